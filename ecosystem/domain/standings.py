"""Decisions on how far a value can be trusted: each has a reason, a person and a moment, and is announced."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ecosystem.domain import audit, figure_records, revisions, roles, superseding, wording
from ecosystem.models import Act, ChangeNote, Observation, Source, Standing, StandingChange, Status, User
from ecosystem.values.languages import CHINESE, ENGLISH


class StandingError(ValidationError):
    """The standing cannot be changed so; the message says what to do."""


def verify(
    value: Observation,
    *,
    by: User,
    locator: str,
    reason: str,
    reason_zh: str = "",
    source: Source | None = None,
) -> Observation:
    """Somebody opened the primary source and found the value there, at `locator`. Answers the verified value.

    A `source` other than that of the value takes its place: then the value is superseded by the same value from the
    primary source. Raises StandingError when the source is not primary or was not opened, when the locator is
    missing, or when the value is superseded, withdrawn or verified already.
    """
    locator = locator.strip()
    source = source or value.source
    _check_primary(source, locator)
    if source.pk == value.source_id:
        return _decide(value, Standing.VERIFIED, by=by, reason=reason, reason_zh=reason_zh, locator=locator)
    return superseding.supersede(
        value,
        by=by,
        reason=Observation.SupersedeReason.BETTER_SOURCE,
        explanation=reason,
        source=source,
        locator=locator,
        standing=Standing.VERIFIED,
        standing_reason=reason,
        standing_reason_zh=reason_zh,
    )


def report(value: Observation, *, by: User, reason: str, reason_zh: str = "") -> Observation:
    """A named source that somebody has opened has the value, and nothing speaks against it."""
    if not value.source.is_opened:
        raise StandingError(
            _("Nobody has opened this source yet. Open it, and say so in the form of the source.")
        )
    return _decide(value, Standing.REPORTED, by=by, reason=reason, reason_zh=reason_zh)


def dispute(value: Observation, *, by: User, reason: str, reason_zh: str = "") -> Observation:
    """Another source or plain arithmetic contradicts the value; the reason, in words for readers, says how."""
    return _decide(value, Standing.DISPUTED, by=by, reason=reason, reason_zh=reason_zh)


def check_decidable(value: Observation) -> None:
    """Raise StandingError, with what to do instead, when nothing is to be decided about the value."""
    if value.superseded_by_id:
        raise StandingError(_("A newer value has taken the place of this one. Decide about that one."))
    if value.status == Status.WITHDRAWN:
        raise StandingError(_("This value was withdrawn. Publish it again before you decide about it."))


def _check_primary(source: Source, locator: str) -> None:
    if source.trust != Source.Trust.PRIMARY:
        raise StandingError(
            _(
                "Verified means found in the primary source, and this one is not primary. Choose the primary source."
            )
        )
    if not source.is_opened:
        raise StandingError(
            _("Nobody has opened this source yet. Open it, and say so in the form of the source.")
        )
    if not locator:
        raise StandingError(_("Say where in the primary source it stands: page 3, table 2."))


def _decide(
    value: Observation,
    standing: Standing,
    *,
    by: User,
    reason: str,
    reason_zh: str,
    locator: str | None = None,
) -> Observation:
    roles.require(by, Act.DECIDE, value)
    if not reason.strip():
        raise StandingError(_("Say why the standing changes."))
    with transaction.atomic():
        # Without joins: PostgreSQL reads the locked row anew after waiting, joined rows not.
        stored = Observation.objects.select_for_update().get(pk=value.pk)
        check_decidable(stored)
        if stored.standing == standing:
            label = Standing(standing).label
            raise StandingError(_("It has this standing already: %(standing)s.") % {"standing": label})
        change = _recorded(stored, standing, by, reason.strip(), reason_zh.strip(), locator)
        stored.full_clean()
        change.save()
        stored.save()
        revisions.record(stored, by=by, note=reason.strip())
        audit.note(Act.DECIDE, stored, by=by, detail=f"{standing}: {reason.strip()}")
        if stored.is_public:
            _announce(stored, change)
            # Another value may be the headline now, which live figures show.
            figure_records.refresh_last_texts([stored.metric])
            revisions.record(stored.metric, by=by, note=reason.strip())
    return stored


def _recorded(
    value: Observation, standing: Standing, by: User, reason: str, reason_zh: str, locator: str | None
) -> StandingChange:
    """The record of the change, which is made on the value itself too."""
    change = StandingChange(
        observation=value,
        standing=standing,
        reason=reason,
        reason_zh=reason_zh,
        locator=value.locator if locator is None else locator,
        standing_before=value.standing,
        reason_before=value.standing_reason,
        reason_before_zh=value.standing_reason_zh,
        locator_before=value.locator,
        decided_at=timezone.now(),
        decided_by=by,
    )
    value.standing, value.locator = change.standing, change.locator
    value.standing_reason, value.standing_reason_zh = reason, reason_zh
    change.full_clean(exclude=["observation"])
    return change


def _announce(value: Observation, change: StandingChange) -> None:
    with override(ENGLISH):
        text = _sentence(value, change, change.reason)
    with override(CHINESE):
        text_zh = _sentence(value, change, change.reason_zh or change.reason)
    notice = ChangeNote(metric=value.metric, happened_on=timezone.localdate(), text=text, text_zh=text_zh)
    notice.full_clean()
    notice.save()


def _sentence(value: Observation, change: StandingChange, reason: str) -> str:
    return _("%(period)s: %(new)s is now %(new_standing)s, was %(old_standing)s. %(note)s") % {
        "period": wording.period_of(value),
        "new": wording.amount_of(value),
        "new_standing": change.get_standing_display(),
        "old_standing": change.get_standing_before_display(),
        "note": reason,
    }
