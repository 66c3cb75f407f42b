"""When the next value of a metric is expected, and whether it is overdue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from ecosystem.domain.observations import attach_values
from ecosystem.models import Metric, Observation
from ecosystem.values.periods import Period, PeriodError, next_period


@dataclass(frozen=True, slots=True)
class Expectation:
    """The next value of a metric: its period, the last day by which it should be out, and whether that has passed."""

    period: Period
    due: date
    is_overdue: bool


def expectation_of(
    metric: Metric, values: Iterable[Observation], on: date | None = None
) -> Expectation | None:
    """What is expected next after these current values, seen on a day (today).

    None where nothing was promised: the metric is no longer or not yet kept, follows no calendar, says nothing of its
    lag, or has no value to follow. A year that was found to have no figure is answered, so it is not waited for. A
    computed metric has its next value when the last of its inputs has.
    """
    if metric.formula:
        return _expectation_of_inputs(metric, on)
    is_promised = metric.state == Metric.State.ACTIVE and metric.frequency and metric.is_public
    if not is_promised or metric.expected_lag_days is None:
        return None
    known = [value.span.end for value in values if value.release != Observation.Release.FORECAST]
    if not known:
        return None
    try:
        period = next_period(metric.frequency, max(known))
        due = period.end + timedelta(days=metric.expected_lag_days)
    except (PeriodError, OverflowError):  # after the last year of the calendar
        return None
    return Expectation(period, due, is_overdue=(on or timezone.localdate()) > due)


def _expectation_of_inputs(metric: Metric, on: date | None) -> Expectation | None:
    """The earliest period that an input still lacks, due with the last input that lacks it."""
    if metric.state != Metric.State.ACTIVE or not metric.is_public:
        return None
    expected = [expectation_of(one, getattr(one, "current_observations", ()), on) for one in metric.inputs]
    if not expected or None in expected:
        return None
    first = min(one.period.end for one in expected)
    return max((one for one in expected if one.period.end == first), key=lambda one: one.due)


def overdue_after(value: Observation, on: date | None = None) -> Expectation | None:
    """What is overdue after a value whose metric has its values attached; None where a newer number is known.

    A number of a past period is not out of date because a new one is late; the newest number is.
    """
    values = getattr(value.metric, "current_observations", ())
    expected = expectation_of(value.metric, values, on or day_of_knowledge(value.metric))
    if expected is None or not expected.is_overdue or value.release == Observation.Release.FORECAST:
        return None
    return expected if value.span.end >= _newest_number(values) else None


def day_of_knowledge(metric: Metric) -> date | None:
    """The day as of which the metric's values were attached; None for the present."""
    moment = getattr(metric, "known_at", None)
    return timezone.localdate(moment) if moment else None


def _newest_number(values: Iterable[Observation]) -> date:
    counted = (
        value for value in values if value.value is not None and value.release != Observation.Release.FORECAST
    )
    return max((value.span.end for value in counted), default=date.min)


def overdue_metrics(on: date | None = None) -> QuerySet:
    """The public metrics whose next value is overdue."""
    promised = (
        Metric.objects.published()
        .filter(state=Metric.State.ACTIVE, expected_lag_days__isnull=False)
        .exclude(frequency="")
    )
    late = [
        metric.pk
        for metric in attach_values(promised.select_related("unit"))
        if (expected := expectation_of(metric, metric.current_observations, on)) and expected.is_overdue
    ]
    return Metric.objects.filter(pk__in=late)
