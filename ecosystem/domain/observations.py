"""The values of metrics, as the public knows them now, or as it knew them at an earlier moment."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from datetime import date, datetime, time, timedelta
from itertools import chain

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ecosystem.domain.derivation import derive
from ecosystem.domain.formulas import Formulas, phrases
from ecosystem.models import Metric, Observation, StandingChange

ORDER = ("period_end", "period_start", "pk")


def attach_values(metrics: Iterable[Metric], at: datetime | None = None) -> list[Metric]:
    """Give each metric `current_observations`: its public values that none has superseded, oldest period first.

    The values come with their sources, as they are now or as they were known at a past moment; those of a computed
    metric are computed from the values of its inputs at that moment. The number of queries does not depend on the
    number of metrics.
    """
    metrics = list(metrics)
    formulas = Formulas(metrics)
    _attach(formulas, Reading(formulas, _stored(formulas.metrics, at), at), at)
    return metrics


def _attach(formulas: Formulas, reading: "Reading", at: datetime | None) -> None:
    for metric in formulas.metrics:
        metric.known_at = at  # what is overdue is judged by the same day
        metric.inputs = formulas.inputs(metric)
        metric.current_observations = reading.values(metric)


def _stored(metrics: Sequence[Metric], at: datetime | None) -> Callable[[Metric], list[Observation]]:
    """The values that each metric has by itself, now or at a moment."""
    if at is None:
        values = _by_metric(metrics, Observation.objects.current())
        return lambda metric: values[metric.pk]
    history = History(metrics)
    return lambda metric: history.stored(metric, at)


class Reading:
    """The values of metrics at one moment (now): those that are stored, and those that are computed from them."""

    def __init__(
        self, formulas: Formulas, stored: Callable[[Metric], list[Observation]], at: datetime | None
    ) -> None:
        self._formulas, self._stored = formulas, stored
        self._is_past, self._moment = at is not None, at or timezone.now()
        self._values: dict[int, list[Observation]] = {}

    def values(self, metric: Metric) -> list[Observation]:
        """The current values of the metric; none for one that is computed from itself."""
        if metric.pk not in self._values:
            self._values[metric.pk] = []  # what a cycle finds
            self._values[metric.pk] = self._computed(metric) if metric.formula else self._stored(metric)
        return self._values[metric.pk]

    def _computed(self, metric: Metric) -> list[Observation]:
        if self._is_past and not metric.was_public(self._moment):
            return []
        inputs = self._formulas.inputs(metric)
        # A metric that readers cannot see lends its values to none that they can.
        values = [self.values(one) if one.was_public(self._moment) else [] for one in inputs]
        return derive(metric, values, phrases(metric, inputs))


def end_of(day: date) -> datetime:
    """The last moment of a day where the site is at home."""
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=timezone.get_default_timezone())
    return midnight - timedelta(microseconds=1)


class History:
    """Every value of some metrics that was ever public, and what was known of it at any moment until now."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._formulas = Formulas(metrics)
        rows = Observation.objects.ever_public().prefetch_related("public_spans", "standing_changes")
        self._values = _by_metric(self._formulas.metrics, rows)

    def attach(self, at: datetime) -> None:
        """Give the metrics the values that were known then, as `attach_values` does."""
        _attach(self._formulas, self._reading(at), at)

    def known(self, metric: Metric, at: datetime) -> list[Observation]:
        """The values that were public then and that no value public then had superseded, with their standing then."""
        return self._reading(at).values(metric)

    def _reading(self, at: datetime) -> Reading:
        return Reading(self._formulas, lambda one: self.stored(one, at), at)

    def stored(self, metric: Metric, at: datetime) -> list[Observation]:
        """Those of them that the metric has by itself."""
        public = [value for value in self._values[metric.pk] if is_known(value, at)]
        keys = {value.pk for value in public}
        return [as_known(value, at) for value in public if value.superseded_by_id not in keys]

    def superseded(self, metric: Metric, at: datetime) -> list[Observation]:
        """The values that were public then and whose place another value had taken by then."""
        if metric.formula:
            return self._recomputed(metric, at)
        public = {value.pk: value for value in self._values[metric.pk] if is_known(value, at)}
        found = [as_known(value, at) for value in public.values() if value.superseded_by_id in public]
        for value in found:
            value.superseded_by = public[value.superseded_by_id]
        return found

    def periods(self, metric: Metric) -> set[str]:
        """The periods for which it ever had a value that readers could see."""
        if metric.formula:
            return {value.period for _moment, _old, value in self.computed(metric, timezone.now())}
        return {value.period for value in self._values[metric.pk]}

    def first_moment(self, metric: Metric) -> datetime | None:
        """When the metric's first value became public; None while it never had one."""
        if metric.formula:
            return next((moment for moment in self.moments(metric) if self.known(metric, moment)), None)
        return min((value.recorded_at for value in self._values[metric.pk]), default=None)

    def moments(self, metric: Metric) -> list[datetime]:
        """When the values that the metric rests on came, went or gave way, up to now."""
        metrics = self._formulas.below(metric)
        values = list(chain.from_iterable(self._values[one.pk] for one in metrics))
        found = {moment for one in (*metrics, *values) for moment in (one.published_at, one.withdrawn_at)}
        for value in values:
            found.add(value.recorded_at)
            found |= {moment for span in value.public_spans.all() for moment in (span.since, span.until)}
        now = timezone.now()
        return sorted(moment for moment in found if moment is not None and moment <= now)

    def computed(
        self, metric: Metric, at: datetime
    ) -> Iterator[tuple[datetime, Observation | None, Observation]]:
        """Until then: when which value of a computed metric took the place of which (none), oldest first."""
        before: dict[str, Observation] = {}
        for moment in [moment for moment in self.moments(metric) if moment <= at]:
            now = {value.period: value for value in self.known(metric, moment)}
            for period, value in now.items():
                old = before.get(period)
                if old is None or said_by(old) != said_by(value):
                    yield moment, old, _with_reason(value, moment)
            before = now

    def _recomputed(self, metric: Metric, at: datetime) -> list[Observation]:
        """Values that came out otherwise when an input changed, each with the value that it gave way to."""
        found = []
        for _moment, old, value in self.computed(metric, at):
            if old is not None:
                old.superseded_by = value
                found.append(old)
        return sorted(found, key=lambda value: (value.period_end, value.recorded_at), reverse=True)


def said_by(value: Observation) -> tuple:
    """What a reader learns of the quantity: two values that say the same are the same to them."""
    return value.value, value.absence, value.qualifier, value.low, value.high, value.release


def _with_reason(value: Observation, moment: datetime) -> Observation:
    """A computed value with the reason for which the first of its inputs was corrected at that moment."""
    corrected = (one for one in all_inputs(value) if one.recorded_at == moment and one.supersede_reason)
    cause = next(corrected, None)
    if cause is None:
        value.supersede_note = _("An input changed.")
    else:
        value.supersede_reason, value.supersede_note = cause.supersede_reason, cause.supersede_note
    return value


def all_inputs(value: Observation) -> Iterator[Observation]:
    """Everything that a computed value was computed from, however deep."""
    for one in value.inputs:
        yield one
        yield from all_inputs(one)


def is_known(value: Observation, at: datetime) -> bool:
    """Whether readers could see the value at that moment."""
    return value.was_public(at) or any(span.since <= at < span.until for span in value.public_spans.all())


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
