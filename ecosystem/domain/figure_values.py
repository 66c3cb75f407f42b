"""Which value a figure reference means among those of its metric, and which one it is compared with."""

from collections.abc import Sequence

from ecosystem.domain.headlines import TRUSTED, best_of, headline_of, line_of
from ecosystem.domain.wording import is_in_points
from ecosystem.models import Metric, Observation, Unit
from ecosystem.values.figure_references import LATEST

COMPARED_NATURES = {Metric.Nature.STOCK, Metric.Nature.FLOW}


def chosen(metric: Metric, values: Sequence[Observation], period: str) -> Observation | None:
    """The headline for "latest", else the most trusted value of the period."""
    if period == LATEST:
        return headline_of(metric, values).observation
    return best_of(value for value in values if value.period == period)


def earlier_of(values: Sequence[Observation], now: Observation, since: str) -> Observation | None:
    """The value that a change is since: that of the period, or the one before on the line of the same method.

    None where nothing can be compared: values of another method, a quarter with a year, a rise from zero.
    """
    candidates = [value for value in values if _is_on_line_with(now, value)]
    if since:
        earlier = best_of(value for value in candidates if value.period == since)
    else:
        trusted = [value for value in candidates if value.standing in TRUSTED]
        line = line_of(now.metric, trusted or candidates, now.method, until=now)
        earlier = next((value for value in reversed(line) if value.period != now.period), None)
    if earlier is None or now.value is None or (is_relative(now.metric) and not earlier.value):
        return None
    return earlier


def whole_of(values: Sequence[Observation], part: Observation) -> Observation | None:
    """The value that a share is of: of the same period, of its source before others, counted in the same thing."""
    same = [value for value in values if value.period == part.period and value.value]
    same = [value for value in same if value.source_id == part.source_id] or same
    whole = best_of(same)
    if whole is None or part.value is None or not may_be_share(part.metric, whole.metric):
        return None
    return whole


def may_be_share(part: Metric, whole: Metric) -> bool:
    """Whether one metric can be stated in percent of the other: amounts of the same currency or of the same thing."""
    return {part.nature, whole.nature} <= COMPARED_NATURES and count_the_same(part.unit, whole.unit)


def is_relative(metric: Metric) -> bool:
    """Whether its change is stated in percent; that of ranks is in places, that of percentages in points."""
    return metric.nature != Metric.Nature.RANK and not is_in_points(metric)


def count_the_same(one: Unit, other: Unit) -> bool:
    """Whether amounts in these units may be added: the same unit, currency or counted thing, in whatever size."""
    if one == other:
        return True
    is_amount = one.scales and other.scales and one.currency == other.currency
    return is_amount and bool(one.currency or one.pattern == other.pattern)


def _is_on_line_with(now: Observation, value: Observation) -> bool:
    """Whether the values may be subtracted: one method, counted values, and for flows stretches of equal length."""
    if value.value is None or value.method != now.method or value.release == Observation.Release.FORECAST:
        return False
    return now.metric.nature != Metric.Nature.FLOW or _is_as_long(now, value)


def _is_as_long(now: Observation, value: Observation) -> bool:
    mine, others = now.span, value.span
    # January to September is compared with January to September.
    return mine.kind == others.kind and (mine.kind != "year-to-date" or mine.end.month == others.end.month)
