"""Which value stands for a metric, by the published rule, and what it is compared with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from ecosystem.models import Metric, Observation, Standing

TRUSTED = {Standing.VERIFIED, Standing.REPORTED}
# Two values agree when the rounder one is what the finer one rounds to.
_PRIORITY = {Standing.VERIFIED: 0, Standing.REPORTED: 1, Standing.UNVERIFIED: 2, Standing.DISPUTED: 3}


class Rule(Enum):
    """Why a value is the headline: it is trusted, it is the best of untrusted ones, or there is none."""

    TRUSTED = "trusted"
    MARKED = "marked"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Headline:
    """The value that stands for a metric.

    line: the trusted values of the same method, oldest first, one a period, ending with the headline.
    rivals: other current values of the same period that do not agree with it. newer: values of later periods that
    the rule passed over.
    """

    metric: Metric
    rule: Rule
    observation: Observation | None
    line: tuple[Observation, ...] = ()
    rivals: tuple[Observation, ...] = ()
    newer: tuple[Observation, ...] = ()

    @property
    def previous(self) -> Observation | None:
        return self.line[-2] if len(self.line) > 1 else None

    @property
    def change(self) -> Decimal | None:
        """Difference to the period before in the metric's unit; None without one."""
        return self.observation.value - self.previous.value if self.previous and self.observation else None


def headline_of(metric: Metric, observations: Iterable[Observation]) -> Headline:
    """The headline among the current observations of the metric."""
    values = list(observations)
    usable = [
        value for value in values if value.value is not None and value.release != Observation.Release.FORECAST
    ]
    trusted = [value for value in usable if value.standing in TRUSTED]
    candidates = _comparable(metric, trusted or usable)
    if not candidates:
        return Headline(metric, Rule.NONE, None)
    chosen = max(candidates, key=rank)
    return Headline(
        metric,
        Rule.TRUSTED if trusted else Rule.MARKED,
        chosen,
        line=line_of(metric, candidates, chosen.method, until=chosen),
        rivals=rivals_of(chosen, values),
        newer=tuple(value for value in values if value.span.recency > chosen.span.recency),
    )


def headlines(metrics: Sequence[Metric]) -> list[Headline]:
    """The headline of each metric whose observations were attached by `observations.attach_values`."""
    return [headline_of(metric, metric.current_observations) for metric in metrics]


def rank(observation: Observation) -> tuple:
    """Sort key of the rule: newest end of period, finer period, better standing, latest recorded."""
    return (
        *observation.span.recency,
        -_PRIORITY[observation.standing],
        observation.recorded_at,
        observation.pk or 0,  # a computed value is not stored
    )


def line_of(
    metric: Metric, values: Iterable[Observation], method: str, until: Observation | None = None
) -> tuple[Observation, ...]:
    """The best value of each period within one method, oldest first."""
    best: dict[str, Observation] = {}
    for value in sorted(values, key=rank):
        if value.method == method and (until is None or value.span.recency <= until.span.recency):
            best[value.period] = value
    return tuple(sorted(best.values(), key=lambda value: value.span.recency))


def rivals_of(chosen: Observation, values: Iterable[Observation]) -> tuple[Observation, ...]:
    """Other values of the same period that do not agree with the chosen one within rounding."""
    return tuple(
        value
        for value in values
        if value.period == chosen.period
        and value is not chosen
        and value.value is not None
        and not agree(value, chosen)
    )


def agree(one: Observation, other: Observation) -> bool:
    """Whether two values of a period are the same number in different precision: 4,720 and 4,721.866."""
    if one.method != other.method:
        return False
    rounder, finer = sorted((one.value, other.value), key=_digits)
    step = Decimal(1).scaleb(_last_digit(rounder))
    return abs(rounder - finer) <= step / 2


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _last_digit(value: Decimal) -> int:
    return int(value.normalize().as_tuple().exponent)


def _comparable(metric: Metric, values: list[Observation]) -> list[Observation]:
    """Without parts of a year where a yearly flow has whole years: half a year's sum does not follow a year's."""
    if metric.nature != Metric.Nature.FLOW:
        return values
    whole = [value for value in values if not value.span.is_part_of_year]
    return whole or values
