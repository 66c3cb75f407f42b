"""Computed values: made from the values of other metrics whenever they are read, and never stored.

The rules are those of decision 0021. A value is computed for each period for which every input has one, from the value
that is to be believed of each (`headlines.best_of`). It is never better than its inputs: of their standings, releases
and trust in sources the weakest wins, their qualifiers carry over by the direction in which each input moves the
result, and it became public with the last of them. Where an input says that there is no number, or the divisor is zero,
there is none, with the reason.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, localcontext

from django.utils.translation import gettext as _
from django.utils.translation import override

from ecosystem.domain.headlines import PRIORITY, TRUST, best_of
from ecosystem.models import Metric, Observation, Source, Standing, Status
from ecosystem.values.arithmetic import ARITHMETIC, MULTIPLICATION, Arithmetic, combined_qualifier
from ecosystem.values.languages import CHINESE, ENGLISH
from ecosystem.values.periods import PeriodError, period_before

RELEASES = tuple(Observation.Release)  # the firmest first
# Digits that no product of two stored numbers exceeds.
PRECISION = 80


@dataclass(frozen=True, slots=True)
class Pair:
    """A text in both languages."""

    english: str
    chinese: str


def derive(
    metric: Metric, inputs: Sequence[Sequence[Observation]], phrase: tuple[str, str]
) -> list[Observation]:
    """The values of a computed metric, oldest period first, from the current values of each of its inputs.

    `phrase` is the formula in words, in English and Chinese.
    """
    if not inputs:
        return []
    found = [_derived(metric, values, phrase) for values in _by_period(metric, inputs)]
    return sorted(found, key=lambda value: (value.period_end, value.period_start, value.period))


def _by_period(metric: Metric, inputs: Sequence[Sequence[Observation]]) -> Iterable[tuple[Observation, ...]]:
    """The values that are computed with one another: of each period, or of one period and the one before it."""
    tables = [best_of_each_period(values) for values in inputs]
    for period, first in tables[0].items():
        if metric.formula == Metric.Formula.GROWTH:
            found = [first, tables[0].get(_text_before(first))]
        else:
            found = [table.get(period) for table in tables]
        values = tuple(value for value in found if value is not None)
        if len(values) == len(found) and not _is_mixed(metric, values):
            yield values


def best_of_each_period(values: Iterable[Observation]) -> dict[str, Observation]:
    """A number before the statement that there is none, a counted number before a forecast, then the rule."""
    periods: dict[str, list[Observation]] = {}
    for value in values:
        periods.setdefault(value.period, []).append(value)
    return {period: best_of(_firmest(values)) for period, values in periods.items()}


def _firmest(values: Sequence[Observation]) -> list[Observation]:
    numbers = [value for value in values if value.value is not None]
    counted = [value for value in numbers if value.release != Observation.Release.FORECAST]
    return counted or numbers or list(values)


def _text_before(value: Observation) -> str:
    try:
        return period_before(value.span).text
    except PeriodError:
        return ""


def _is_mixed(metric: Metric, values: Sequence[Observation]) -> bool:
    """Whether a growth would compare values by two methods, which is no growth."""
    return metric.formula == Metric.Formula.GROWTH and len({value.method for value in values}) > 1


def _derived(metric: Metric, inputs: tuple[Observation, ...], phrase: tuple[str, str]) -> Observation:
    first = inputs[0]
    value = Observation(
        metric=metric,
        period=first.period,
        period_start=first.period_start,
        period_end=first.period_end,
        standing=max((one.standing for one in inputs), key=PRIORITY.__getitem__),
        release=max((one.release for one in inputs), key=RELEASES.index),
        source=_source(inputs, phrase),
        status=Status.PUBLISHED,
        recorded_at=_moment(metric, inputs),
        published_at=_moment(metric, inputs),
    )
    value.inputs = inputs
    value.known_on = first.known_on
    value.method, value.method_zh = _methods(inputs)
    value.standing_reason, value.standing_reason_zh = _doubts(value, inputs)
    _count(value, inputs)
    return value


def _count(value: Observation, inputs: Sequence[Observation]) -> None:
    """Give the value its number, or the reason why there is none."""
    absent = [one for one in inputs if one.value is None]
    if absent:
        is_missing = any(one.absence == Observation.Absence.MISSING for one in absent)
        kind = Observation.Absence.MISSING if is_missing else Observation.Absence.NOT_APPLICABLE
        _leave_empty(value, kind, _no_number(absent[0]))
        return
    rule = arithmetic_of(value.metric, [one.metric for one in inputs])
    with localcontext(prec=PRECISION):
        _calculate(value, inputs, rule)


def _calculate(value: Observation, inputs: Sequence[Observation], rule: Arithmetic) -> None:
    numbers = [one.value * one.metric.unit.factor for one in inputs]
    factor = value.metric.unit.factor
    result = rule.compute(numbers)
    if result is None:
        _leave_empty(value, Observation.Absence.NOT_APPLICABLE, _nothing_to_divide_by(inputs[-1]))
        return
    value.value = rule.rounded(result / factor)
    value.qualifier = combined_qualifier(rule, numbers, [one.qualifier for one in inputs])
    if any(one.low is not None or one.high is not None for one in inputs):
        value.low, value.high = rule.bounds([_bounds(one) for one in inputs], factor, value.value)


def arithmetic_of(metric: Metric, inputs: Sequence[Metric]) -> Arithmetic:
    """How the formula counts; a rate that is quoted in the currency of the result is multiplied with, others divide."""
    if metric.formula == Metric.Formula.CURRENCY and inputs[1].unit.currency == metric.unit.currency:
        return MULTIPLICATION
    return ARITHMETIC[metric.formula]


def _bounds(value: Observation) -> tuple[Decimal, Decimal]:
    """The least and the most that the value may be, in base units."""
    factor = value.metric.unit.factor
    low = value.value if value.low is None else value.low
    high = value.value if value.high is None else value.high
    return low * factor, high * factor


def _leave_empty(value: Observation, absence: Observation.Absence, note: Pair) -> None:
    value.value, value.absence = None, absence
    value.note, value.note_zh = note.english, note.chinese


def _no_number(value: Observation) -> Pair:
    return _in_both(lambda: _("%(input)s has no number for this period."), value)


def _nothing_to_divide_by(value: Observation) -> Pair:
    return _in_both(lambda: _("%(input)s is zero, and nothing can be divided by zero."), value)


def _methods(inputs: Sequence[Observation]) -> tuple[str, str]:
    """The coverage of inputs that differs from what their metrics say, so that unlike values stay apart."""
    told = [one for one in inputs if one.method]
    english = [f"{one.metric.name}: {one.method}" for one in told]
    chinese = [f"{one.metric.name_zh or one.metric.name}：{one.method_zh or one.method}" for one in told]
    return "; ".join(dict.fromkeys(english)), "；".join(dict.fromkeys(chinese))


def _doubts(value: Observation, inputs: Sequence[Observation]) -> tuple[str, str]:
    """Why the value is disputed: the first input that is."""
    disputed = next((one for one in inputs if one.standing == Standing.DISPUTED), None)
    if disputed is None or value.standing != Standing.DISPUTED:
        return "", ""
    said = _in_both(lambda: _("The input %(input)s is disputed."), disputed)
    chinese_reason = disputed.standing_reason_zh or disputed.standing_reason
    return f"{said.english} {disputed.standing_reason}".strip(), f"{said.chinese}{chinese_reason}"


def _in_both(said: Callable[[], str], value: Observation) -> Pair:
    with override(ENGLISH):
        english = said() % {"input": value.metric.name}
    with override(CHINESE):
        return Pair(english, said() % {"input": value.metric.name_zh or value.metric.name})


def _moment(metric: Metric, inputs: Sequence[Observation]) -> datetime:
    """When readers could see it first: with the metric and the last input."""
    moments = [one.recorded_at for one in inputs]
    return max([*moments, metric.published_at] if metric.published_at else moments)


def _source(inputs: Sequence[Observation], phrase: tuple[str, str]) -> Source:
    """This site, which computed it; no document, so its page is the method. It is as lost as a source of an input."""
    lost = next((one.source for one in inputs if one.source.is_lost), None)
    with override(ENGLISH):
        publisher = _("Computed by Shanghai Tech")
    with override(CHINESE):
        publisher_zh = _("Computed by Shanghai Tech")
    return Source(
        title=phrase[0],
        title_zh=phrase[1],
        publisher=publisher,
        publisher_zh=publisher_zh,
        trust=max((one.source.trust for one in inputs), key=TRUST.__getitem__),
        access=Source.Access.READ,
        condition=lost.condition if lost else "",
        checked_at=lost.checked_at if lost else None,
    )
