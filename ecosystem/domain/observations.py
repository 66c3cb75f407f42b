"""The values of metrics, as the public knows them now, or as it knew them at an earlier moment."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from ecosystem.models import Metric, Observation, StandingChange, Status

ORDER = ("period_end", "period_start", "pk")


def attach_values(metrics: Iterable[Metric], at: datetime | None = None) -> list[Metric]:
    """Give each metric `current_observations`: its public values that none has superseded, oldest period first.

    The values come with their sources, as they are now or as they were known at a past moment; the number of
    queries does not depend on the number of metrics.
    """
    metrics = list(metrics)
    for metric in metrics:
        metric.known_at = at  # what is overdue is judged by the same day
    if at is not None:
        history = History(metrics)
        for metric in metrics:
            metric.current_observations = history.known(metric, at)
        return metrics
    values = _by_metric(metrics, Observation.objects.current())
    for metric in metrics:
        metric.current_observations = values[metric.pk]
    return metrics


def end_of(day: date) -> datetime:
    """The last moment of a day where the site is at home."""
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=timezone.get_default_timezone())
    return midnight - timedelta(microseconds=1)


class History:
    """Every value of some metrics that was ever public, and what was known of it at any moment until now."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        rows = Observation.objects.ever_public().prefetch_related("public_spans", "standing_changes")
        self._values = _by_metric(list(metrics), rows)

    def known(self, metric: Metric, at: datetime) -> list[Observation]:
        """The values that were public then and that no value public then had superseded, with their standing then."""
        public = [value for value in self._values[metric.pk] if was_public(value, at)]
        keys = {value.pk for value in public}
        return [as_known(value, at) for value in public if value.superseded_by_id not in keys]

    def superseded(self, metric: Metric, at: datetime) -> list[Observation]:
        """The values that were public then and whose place another value had taken by then."""
        public = {value.pk: value for value in self._values[metric.pk] if was_public(value, at)}
        found = [as_known(value, at) for value in public.values() if value.superseded_by_id in public]
        for value in found:
            value.superseded_by = public[value.superseded_by_id]
        return found

    def first_moment(self, metric: Metric) -> datetime | None:
        """When the metric's first value became public; None while it never had one."""
        return min((value.recorded_at for value in self._values[metric.pk]), default=None)


def was_public(value: Observation, at: datetime) -> bool:
    """Whether readers could see the value at that moment."""
    is_begun = value.published_at is not None and value.published_at <= at
    is_over = value.status == Status.WITHDRAWN and value.withdrawn_at <= at
    if is_begun and not is_over and value.status in {Status.PUBLISHED, Status.WITHDRAWN}:
        return True
    return any(span.since <= at < span.until for span in value.public_spans.all())


def as_known(value: Observation, at: datetime) -> Observation:
    """A copy of the value with the standing that it had at that moment; its links lead to that day."""
    later = (change for change in value.standing_changes.all() if change.decided_at > at)
    first = min(later, key=lambda change: (change.decided_at, change.pk), default=None)
    known = copy(value)
    known.known_on = timezone.localdate(at)
    if first is not None:
        _take_back(known, first)
    return known


def _take_back(value: Observation, change: StandingChange) -> None:
    value.standing = change.standing_before
    value.standing_reason = change.reason_before
    value.standing_reason_zh = change.reason_before_zh
    value.locator = change.locator_before


def _by_metric(metrics: Sequence[Metric], values: QuerySet) -> dict[int, list[Observation]]:
    """The values of each metric with their sources, each knowing its metric without another query."""
    known = {metric.pk: metric for metric in metrics}
    found: dict[int, list[Observation]] = defaultdict(list)
    if known:
        for value in values.filter(metric__in=known).select_related("source").order_by(*ORDER):
            value.metric = known[value.metric_id]
            found[value.metric_id].append(value)
    return found
