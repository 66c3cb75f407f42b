"""Correcting a value: a new observation takes the place of the old one, which stays readable."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ecosystem.domain import publishing, revisions, roles, wording
from ecosystem.models import Act, ChangeNote, Correction, Observation, Standing, User
from ecosystem.values.languages import CHINESE, ENGLISH

# What a correction may change. Metric and period say which value it is: a wrong one is withdrawn and added anew.
CORRECTABLE = (
    "value",
    "qualifier",
    "low",
    "high",
    "method",
    "method_zh",
    "release",
    "standing",
    "standing_reason",
    "standing_reason_zh",
    "source",
    "locator",
    "note",
    "note_zh",
)


class SupersedingError(ValidationError):
    """The value cannot be corrected; `newer` is the value that has taken its place, where there is one."""

    def __init__(self, message: str, newer: Observation | None = None) -> None:
        super().__init__(message)
        self.newer = newer


def supersede(
    old: Observation, *, by: User, reason: Observation.SupersedeReason, explanation: str, **changes: Any
) -> Observation:
    """Publish a value that takes the place of a public one, and say so on the metric's page.

    `explanation` is one sentence for readers; `changes` are fields of CORRECTABLE. Raises SupersedingError when
    the old value is not public, was corrected before, or would not change; ValidationError when the new value is
    not valid.
    """
    roles.require(by, Act.CORRECT, old)
    with transaction.atomic():
        old = _claimed(old)
        new = _successor(old, changes, reason, explanation)
        _change_places(old, new)
        publishing.publish(new, by=by, note=explanation, act=Act.CORRECT)
        revisions.record(old, by=by, note=_("superseded"))
        _announce(old, new)
        revisions.record(new.metric, by=by, note=explanation)
    return new


def check_correctable(observation: Observation) -> None:
    """Raise SupersedingError, with what to do instead, when the value cannot be corrected."""
    newer = observation.superseded_by
    if newer and newer.is_public:
        raise SupersedingError(_("This value was corrected already. Correct the newer one."), newer)
    if newer:
        raise SupersedingError(
            _("A value that is to take its place is not public. Publish that one, and correct it."), newer
        )
    if not observation.is_public:
        raise SupersedingError(_("Only a public value is corrected. This one is changed in its form."))


def _claimed(old: Observation) -> Observation:
    """The old value as it is stored now, kept from other editors until the transaction ends."""
    # Without joins: PostgreSQL, after waiting, reads the locked row anew and rows joined to it as they were before.
    old = Observation.objects.select_for_update().get(pk=old.pk)
    check_correctable(old)
    return old


def _successor(
    old: Observation, changes: dict[str, Any], reason: Observation.SupersedeReason, explanation: str
) -> Observation:
    if unknown := changes.keys() - set(CORRECTABLE):
        raise TypeError(f"A correction cannot change {', '.join(sorted(unknown))}.")
    before = {name: getattr(old, name) for name in CORRECTABLE}
    if before == before | changes:
        raise SupersedingError(_("Nothing was changed, so there is nothing to correct."))
    if reason not in Observation.SupersedeReason.values or not explanation.strip():
        raise SupersedingError(_("Say why it is corrected, and in one sentence what changed."))
    return Observation(
        metric=old.metric,
        period=old.period,
        period_start=old.period_start,
        period_end=old.period_end,
        supersede_reason=reason,
        supersede_note=explanation,
        **before | changes,
    )


def _change_places(old: Observation, new: Observation) -> None:
    """Store the new value and let it supersede the old one.

    A source has one value for a period that nothing supersedes, at every moment: so the new value enters behind
    the old one, and then they change places.
    """
    new.superseded_by = old
    new.full_clean()
    new.save()
    old.superseded_by = new
    old.save(update_fields=["superseded_by", "updated_at"])
    new.superseded_by = None


def _announce(old: Observation, new: Observation) -> None:
    """Tell readers of the metric: our error is a correction, everything else a change."""
    is_error = new.supersede_reason == Observation.SupersedeReason.OUR_ERROR
    kind = Correction if is_error else ChangeNote
    with override(ENGLISH):
        text = _sentence(old, new)
    with override(CHINESE):
        text_zh = _sentence(old, new)
    notice = kind(metric=new.metric, happened_on=timezone.localdate(), text=text, text_zh=text_zh)
    notice.full_clean()
    notice.save()


def _sentence(old: Observation, new: Observation) -> str:
    words = {
        "period": wording.period_of(new),
        "old": wording.amount_of(old),
        "new": wording.amount_of(new),
        "old_standing": Standing(old.standing).label,
        "new_standing": Standing(new.standing).label,
        "reason": new.get_supersede_reason_display(),
        "note": new.supersede_note,
    }
    if words["old"] != words["new"]:
        return _("%(period)s: %(new)s instead of %(old)s (%(reason)s). %(note)s") % words
    if old.standing != new.standing:
        return _("%(period)s: %(new)s is now %(new_standing)s, was %(old_standing)s. %(note)s") % words
    return _("%(period)s: %(new)s, with other particulars (%(reason)s). %(note)s") % words
