"""What happened to the values of metrics, in order: new and corrected values, decisions, withdrawals, suppressions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ecosystem.domain import wording
from ecosystem.domain.observations import History
from ecosystem.models import Metric, Observation, StandingChange, Status, Suppression
from ecosystem.values.languages import is_chinese


@dataclass(frozen=True, slots=True)
class Change:
    """One event in the life of a value: when, where it is to be read, and what to say; `key` never changes."""

    key: str
    moment: datetime
    title: str
    text: str
    address: str


def changes(metric: Metric | None = None, limit: int = 50) -> list[Change]:
    """The latest changes of a metric, or of all public metrics, newest first, in the language of the reader.

    The number of queries does not depend on the number of changes.
    """
    metrics = Metric.objects.filter(pk=metric.pk) if metric else Metric.objects.published()
    found = chain(
        _values(metrics, limit),
        _decisions(metrics, limit),
        _withdrawals(metrics, limit),
        _removals(metrics, limit),
        _recomputed(metrics),
    )
    return sorted(found, key=lambda change: (change.moment, change.key), reverse=True)[:limit]


def _values(metrics: QuerySet, limit: int) -> Iterator[Change]:
    rows = (
        Observation.objects.published()
        .filter(metric__in=metrics)
        .select_related("metric__unit", "source")
        .prefetch_related("supersedes__metric__unit")
        .order_by("-recorded_at", "-pk")
    )
    for value in rows[:limit]:
        old = next((one for one in value.supersedes.all() if one.recorded_at), None)
        yield _change(value, f"value-{value.pk}", value.recorded_at, _said_of(value, old))


def _said_of(value: Observation, old: Observation | None) -> str:
    words = {
        "amount": wording.amount_of(value),
        "standing": value.get_standing_display(),
        "publisher": wording.publisher_of(value),
    }
    if old is None:
        return _("%(amount)s, %(standing)s. Source: %(publisher)s.") % words
    words |= {
        "old": wording.amount_of(old),
        "reason": value.get_supersede_reason_display(),
        "note": value.supersede_note,
    }
    if not words["reason"]:
        return _("%(amount)s instead of %(old)s. %(note)s") % words
    return _("%(amount)s instead of %(old)s (%(reason)s). %(note)s") % words


def _decisions(metrics: QuerySet, limit: int) -> Iterator[Change]:
    rows = StandingChange.objects.filter(
        observation__metric__in=metrics, observation__in=Observation.objects.addressable()
    ).select_related("observation__metric__unit", "observation__source")
    chinese = is_chinese(get_language())
    for decision in rows.order_by("-decided_at", "-pk")[:limit]:
        text = _("%(amount)s is now %(standing)s, was %(before)s. %(reason)s") % {
            "amount": wording.amount_of(decision.observation),
            "standing": decision.get_standing_display(),
            "before": decision.get_standing_before_display(),
            "reason": (decision.reason_zh if chinese else "") or decision.reason,
        }
        yield _change(decision.observation, f"standing-{decision.pk}", decision.decided_at, text)


def _withdrawals(metrics: QuerySet, limit: int) -> Iterator[Change]:
    rows = Observation.objects.addressable().filter(metric__in=metrics, status=Status.WITHDRAWN)
    for value in rows.select_related("metric__unit").order_by("-withdrawn_at")[:limit]:
        text = _("Withdrawn. %(notice)s") % {"notice": value.withdrawn_notice}
        yield _change(value, f"withdrawn-{value.pk}", value.withdrawn_at, text)


def _removals(metrics: QuerySet, limit: int) -> Iterator[Change]:
    """Tombstones say that something was there, never what it was."""
    rows = Suppression.objects.filter(metric__in=metrics, suppressed_at__lte=timezone.now())
    for removal in rows.select_related("metric").order_by("-suppressed_at")[:limit]:
        title = wording.named(removal.metric)
        if removal.period:
            title = _joined(title, wording.period_label(removal.period))
        text = wording.notice_of(removal)
        address = removal.metric.get_absolute_url()
        yield Change(f"suppressed-{removal.pk}", removal.suppressed_at, title, text, address)


def _recomputed(metrics: QuerySet) -> Iterator[Change]:
    """Computed values, as they became known and as they changed with their inputs."""
    computed = list(metrics.exclude(formula="").select_related("unit"))
    if not computed:
        return
    history = History(computed)
    for metric in computed:
        for moment, old, value in history.computed(metric, timezone.now()):
            key = f"computed-{metric.slug}-{value.period}-{moment.isoformat()}"
            value.known_on = None  # readers are led to what stands there now
            yield _change(value, key, moment, _said_of(value, old))


def _change(value: Observation, key: str, moment: datetime, text: str) -> Change:
    title = _joined(wording.named(value.metric), wording.period_of(value))
    return Change(key, moment, title, text, value.get_absolute_url())


def _joined(*parts: str) -> str:
    return ("，" if is_chinese(get_language()) else ", ").join(parts)
