"""Errors that readers report: taken with nothing about the reader, settled by editors with what came of them."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ecosystem.domain import audit, roles
from ecosystem.models import Act, ReaderReport, User

# So many of one hour are taken from all readers together: what nobody could read is not stored.
MOST_IN_AN_HOUR = 60


class TooManyReportsError(ValidationError):
    """More was reported within the hour than editors can read."""


def report(*, address: str, text: str) -> ReaderReport:
    """Take what a reader says about a page of this site. Raises ValidationError with what to do, and stores nothing."""
    found = ReaderReport(address=address, text=text.strip())
    if not found.text:
        raise ValidationError(_("Say what is wrong, and what is right."))
    found.full_clean()
    since = timezone.now() - timedelta(hours=1)
    if ReaderReport.objects.filter(reported_at__gte=since).count() >= MOST_IN_AN_HOUR:
        raise TooManyReportsError(
            _("Many reports have come within this hour. Your words are still here: please send them later.")
        )
    found.save()
    return found


def unsettled() -> QuerySet:
    """The reports about which nobody has said yet what came of them, the newest first."""
    return ReaderReport.objects.filter(settled_at=None)


def settle(found: ReaderReport, *, outcome: str, by: User) -> None:
    """Say what came of a report, or change that; an empty outcome opens it again."""
    roles.require(by, Act.CHANGE, ReaderReport)
    outcome = outcome.strip()
    found.outcome = outcome
    found.settled_at, found.settled_by = (timezone.now(), by) if outcome else (None, None)
    found.full_clean()
    with transaction.atomic():
        found.save()
        audit.note(Act.CHANGE, found, by=by, detail=outcome or _("opened again"))
