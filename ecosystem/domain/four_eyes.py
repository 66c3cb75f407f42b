"""Where FOUR_EYES is set, nobody publishes alone: somebody else has reviewed what becomes public."""

from collections.abc import Collection

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from ecosystem.domain import audit, roles, working_copies
from ecosystem.models import Act, AuditEntry, Observation, Revision, Status, User
from ecosystem.models.publishing import Publishable

GUARDED = {Act.PUBLISH, Act.SCHEDULE, Act.REPUBLISH}


class FourEyesError(ValidationError):
    """Somebody else has to do this, or the item has to be reviewed first."""


def check(item: Publishable, act: Act, *, by: User | None) -> None:
    """Raise FourEyesError while the item may not become public by this person.

    It must be in review (one that was public before, or is scheduled, has been), and another person must have submitted
    it and changed it last. The site itself, and corrections of values, are not held up.
    """
    if said := refusal(item, act, by=by):
        raise FourEyesError(said)


def refusal(item: Publishable, act: Act, *, by: User | None) -> str:
    """What stands in the way, in words for the person; empty when nothing does."""
    if by is None or act not in GUARDED or not settings.FOUR_EYES:
        return ""
    if _stage(item) == Status.DRAFT:
        return _("Four eyes: submit it for review first, and another editor publishes it.")
    if holds_up(_hands(item), by=by):
        return _("Four eyes: you submitted it or changed it last, so another editor has to publish it.")
    return ""


def holds_up(hands: Collection[int | None], *, by: User) -> bool:
    """Whether the person cannot publish what these, by their keys, submitted or changed last."""
    return settings.FOUR_EYES and by.pk in hands


def hint(item: Publishable, *, by: User) -> str:
    """For an item that waits to become public: why this person cannot publish it."""
    is_waiting = not item.is_public or working_copies.of(item) is not None
    return refusal(item, Act.PUBLISH, by=by) if is_waiting else ""


def corrections_unseen() -> QuerySet:
    """The values that took the place of others by a correction at which no second person has looked yet."""
    about = AuditEntry.objects.filter(kind=Observation._meta.model_name)
    # From the few acts to the values, and not the other way: this is asked on the first page of the admin.
    corrected = about.filter(act=Act.CORRECT).values("number")
    seen = about.filter(act=Act.REVIEW, number=OuterRef("pk"))
    return Observation.objects.filter(~Exists(seen), pk__in=corrected).order_by(
        F("recorded_at").desc(), "-pk"
    )


def mark_seen(value: Observation, *, by: User) -> None:
    """Note that a second person has looked at a correction. Raises FourEyesError for the one who made it."""
    roles.require(by, Act.REVIEW, value)
    with transaction.atomic():
        made = AuditEntry.objects.filter(kind=value._meta.model_name, number=value.pk, act=Act.CORRECT)
        if made.filter(actor_key=by.pk).exists():
            raise FourEyesError(
                _("Four eyes: you made this correction, so another editor has to look at it.")
            )
        audit.note(Act.REVIEW, value, by=by)


def _stage(item: Publishable) -> str:
    """Where the item stands, or its next version where it has one."""
    copy = working_copies.of(item)
    return copy.stage if copy else item.status


def _hands(item: Publishable) -> set[int | None]:
    """Who submitted the item last, and whose is its last stored state."""
    kind = item._meta.model_name
    submitted = AuditEntry.objects.filter(kind=kind, number=item.pk, act=Act.SUBMIT).first()
    stored = Revision.objects.filter(kind=kind, key=" ".join(item.natural_key())).first()
    return {submitted and submitted.actor_key, stored and stored.author_id}
