"""The values of a metric by period: rivals together, agreeing values joined, expected periods without a value named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ecosystem.domain.headlines import agree, rank
from ecosystem.models import Metric, Observation, Standing
from ecosystem.values.periods import Period, periods_between

FORECAST, ESTIMATE = Observation.Release.FORECAST, Observation.Release.ESTIMATE
MAX_GAP_YEARS, MAX_GAP_WHOLE_YEARS = 2, 1.5


@dataclass(frozen=True, slots=True)
class Row:
    """One number of a period, or the word that there is none; `also` are values of other sources that agree with it."""

    head: Observation
    also: tuple[Observation, ...] = ()
    is_headline: bool = False

    @property
    def values(self) -> tuple[Observation, ...]:
        return (self.head, *self.also)

    @property
    def is_number(self) -> bool:
        return self.head.value is not None


@dataclass(frozen=True, slots=True)
class Group:
    """A period with its rows, the best first; an expected period for which nothing is recorded has none.

    since: of several such periods in a row, told as one, the first.
    """

    span: Period
    rows: tuple[Row, ...] = ()
    since: Period | None = None

    @property
    def rivals(self) -> tuple[Row, ...]:
        """Its numbers, where there are several that do not agree."""
        numbers = tuple(row for row in self.rows if row.is_number)
        return numbers if len(numbers) > 1 else ()

    def rivals_by(self, method: str) -> tuple[Row, ...]:
        """Its numbers by one method, where there are several."""
        numbers = tuple(row for row in self.rivals if row.head.method == method)
        return numbers if len(numbers) > 1 else ()


def groups_of(metric: Metric, headline: Observation | None = None) -> list[Group]:
    """The current values of a metric by period, the newest period first."""
    values = sorted(metric.current_observations, key=lambda value: (value.span.recency, value.period))
    found = [
        Group(periods[0].span, tuple(rows_of(periods, headline)))
        for periods in (list(group) for _period, group in groupby(values, key=lambda value: value.period))
    ]
    found += [Group(span) for span in unrecorded(metric)]
    return sorted(found, key=lambda group: group.span.recency, reverse=True)


def without_repeats(groups: Iterable[Group]) -> list[Group]:
    """The same groups, newest first, with empty periods that follow one another told as one."""
    found: list[Group] = []
    for group in groups:
        if not group.rows and found and not found[-1].rows:
            found[-1] = Group(found[-1].span, since=group.span)
        else:
            found.append(group)
    return found


def rows_of(values: Iterable[Observation], headline: Observation | None = None) -> list[Row]:
    """The values of one period, the best first, each joined with those that agree with it; each method for itself."""
    rows: list[list[Observation]] = []
    for value in sorted(values, key=_firm_first, reverse=True):
        same = next((row for row in rows if _is_joined(row[0], value)), None)
        rows.append([value]) if same is None else same.append(value)
    methods = [row[0].method for row in rows]
    rows.sort(key=lambda row: methods.index(row[0].method))
    return [Row(head, tuple(also), head is headline) for head, *also in rows]


def unrecorded(metric: Metric) -> list[Period]:
    """The periods between the first and the last value that the metric's calendar expects and nobody recorded."""
    counted = [value for value in metric.current_observations if value.release != FORECAST]
    spans = sorted((value.span for value in counted), key=lambda span: span.recency)
    regular = [span for span in spans if span.kind == metric.frequency]
    if not regular or metric.state == Metric.State.ONE_OFF:
        return []
    return [
        span
        for span in periods_between(regular[0], regular[-1])
        if not any(span.start <= known.end <= span.end for known in spans)
    ]


def is_gap(before: Observation, after: Observation, *, whole_years: bool) -> bool:
    """Whether so much time lies between two values that no line joins them."""
    years = (after.period_end - before.period_end).days / 365.25
    return years > (MAX_GAP_WHOLE_YEARS if whole_years else MAX_GAP_YEARS)


def gaps_in(line: Sequence[Observation]) -> list[tuple[Observation, Observation]]:
    """The values before and after each gap of a line."""
    whole = all(not value.span.is_part_of_year for value in line)
    return [(before, after) for before, after in pairwise(line) if is_gap(before, after, whole_years=whole)]


def _firm_first(value: Observation) -> tuple:
    return (value.value is not None, value.release != FORECAST, *rank(value))


def _is_joined(one: Observation, other: Observation) -> bool:
    """An estimate is not joined with a count, nor a disputed value with one that nobody disputes."""
    same_kind = (one.release == ESTIMATE) == (other.release == ESTIMATE)
    same_doubt = (one.standing == Standing.DISPUTED) == (other.standing == Standing.DISPUTED)
    return same_kind and same_doubt and agree(one, other)
