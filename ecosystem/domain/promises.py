"""The promised next value of a metric: it never moves without a word to readers."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ecosystem.domain import wording
from ecosystem.domain.observations import attach_values
from ecosystem.domain.staleness import Expectation, expectation_of
from ecosystem.models import ChangeNote, Metric
from ecosystem.values.languages import CHINESE, ENGLISH


def promise_of(metric: Metric) -> Expectation | None:
    """What readers are told now to expect of the stored metric."""
    [metric] = attach_values(Metric.objects.filter(pk=metric.pk).select_related("unit"))
    return expectation_of(metric, metric.current_observations)


def announce_moved(metric: Metric, before: Expectation | None) -> ChangeNote | None:
    """Tell readers that the next value is expected by another day than before; None where it is the same day.

    To be called in the transaction that changes the metric, with what `promise_of` said before it.
    """
    after = promise_of(metric)
    if (before and before.due) == (after and after.due):
        return None
    with override(ENGLISH):
        text = _sentence(before, after)
    with override(CHINESE):
        text_zh = _sentence(before, after)
    note = ChangeNote(metric=metric, happened_on=timezone.localdate(), text=text, text_zh=text_zh)
    note.full_clean()
    note.save()
    return note


def _sentence(before: Expectation | None, after: Expectation | None) -> str:
    old = wording.day_of(before.due) if before else ""
    new = wording.day_of(after.due) if after else ""
    if not after:
        return _("No next value is expected any more; it was expected by %(old)s.") % {"old": old}
    if not before:
        return _("Next value now expected by %(new)s.") % {"new": new}
    return _("Next value now expected by %(new)s instead of %(old)s.") % {"new": new, "old": old}
