"""Which value stands for a metric, by the published rule, and what it is compared with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from ecosystem.models import Metric, Observation, Source, Standing

TRUSTED = {Standing.VERIFIED, Standing.REPORTED}
# Standings and trust in sources from the best to the weakest.
PRIORITY = {Standing.VERIFIED: 0, Standing.REPORTED: 1, Standing.UNVERIFIED: 2, Standing.DISPUTED: 3}
TRUST = {trust: place for place, trust in enumerate(Source.Trust)}
# A number that is only about right says so by its zeros, but never by its first two digits.
_SURE_DIGITS = 2


class Rule(Enum):
    """Why a value is the headline: it is trusted, it is the best of untrusted ones, or there is none."""

    TRUSTED = "trusted"
    MARKED = "marked"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Headline:
    """The value that stands for a metric.

    line: the trusted values of the same method, oldest first, one a period, ending with the headline.
    rivals: other current values of the same period that do not agree with it. ties: those of them that the rule ranks
    no lower by standing and moment, so that only the source decided. newer: values of later periods that the rule
    passed over.
    """

    metric: Metric
    rule: Rule
    observation: Observation | None
    line: tuple[Observation, ...] = ()
    rivals: tuple[Observation, ...] = ()
    ties: tuple[Observation, ...] = ()
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
    candidates = comparable(metric, trusted or usable)
    if not candidates:
        return Headline(metric, Rule.NONE, None)
    chosen = max(candidates, key=rank)
    rivals = rivals_of(chosen, values)
    return Headline(
        metric,
        Rule.TRUSTED if trusted else Rule.MARKED,
        chosen,
        line=line_of(metric, candidates, chosen.method, until=chosen),
        rivals=rivals,
        ties=tuple(
            value for value in rivals if value in candidates and _standing_of(value) == _standing_of(chosen)
        ),
        newer=tuple(value for value in values if value.span.recency > chosen.span.recency),
    )


def headlines(metrics: Sequence[Metric]) -> list[Headline]:
    """The headline of each metric whose observations were attached by `observations.attach_values`."""
    return [headline_of(metric, metric.current_observations) for metric in metrics]


def rank(observation: Observation) -> tuple:
    """Sort key of the rule: newest end of period, finer period, better standing, latest recorded.

    Between equals the source decides, by its trust, and between sources of equal trust the value that was entered
    first, so that the outcome never depends on the order in which values are read.
    """
    return (
        *observation.span.recency,
        *_standing_of(observation),
        -TRUST[observation.source.trust],
        -(observation.pk or 0),  # a computed value is not stored
    )


def best_of(values: Iterable[Observation]) -> Observation | None:
    """The value that is to be believed among those of one period: a trusted one before all others, then the rule."""
    return max(values, key=lambda value: (value.standing in TRUSTED, *rank(value)), default=None)


def _standing_of(observation: Observation) -> tuple:
    return -PRIORITY[observation.standing], observation.recorded_at


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
    """Whether two values of a period are the same number in different precision: about 4,720 and 4,721.866.

    They agree when the finer one rounds to the rounder one. An exact number is meant to its last digit, zeros
    included; in a number that is "about", "more than" or "up to", zeros at the end may be rounding, though not within
    its first two digits. What is "more than" a number does not agree with less. A forecast and a counted value are not
    the same statement.
    """
    if one.value is None or other.value is None or one.method != other.method:
        return False
    if (one.release == Observation.Release.FORECAST) != (other.release == Observation.Release.FORECAST):
        return False
    finer, rounder = sorted((one, other), key=_step)
    difference = finer.value - rounder.value
    if rounder.qualifier == Observation.Qualifier.MORE_THAN and difference < 0:
        return False
    if rounder.qualifier == Observation.Qualifier.UP_TO and difference > 0:
        return False
    return abs(difference) <= _step(rounder) / 2


def _step(observation: Observation) -> Decimal:
    """The place to which the number is meant: 1 for 200, 10 for about 200, 0.1 for 4.4."""
    value = observation.value.normalize()
    place = int(value.as_tuple().exponent)
    if place > 0:
        is_exact = observation.qualifier == Observation.Qualifier.EXACT
        place = 0 if is_exact else min(place, max(value.adjusted() - _SURE_DIGITS + 1, 0))
    return Decimal(1).scaleb(place)


def comparable(metric: Metric, values: list[Observation]) -> list[Observation]:
    """Without parts of a year where a yearly flow has whole years: half a year's sum does not follow a year's."""
    if metric.nature != Metric.Nature.FLOW:
        return values
    whole = [value for value in values if not value.span.is_part_of_year]
    return whole or values
