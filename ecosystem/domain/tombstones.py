"""Tombstones: that something was taken off for good, when and on which ground, never what it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NotRequired, TypedDict

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ecosystem.domain import audit, roles
from ecosystem.models import Act, Metric, Suppression, User
from ecosystem.values.cutting import Cutter


class SuppressionError(ValidationError):
    """It cannot be taken off like this; the message says what to do."""


class AdministratorsOnlyError(PermissionDenied):
    """Only administrators take something off for good."""


class Said(TypedDict):
    """What every suppression asks for."""

    ground: str
    reference: str
    notice: str
    notice_zh: NotRequired[str]
    by: User


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Why something has to go, and what readers are told."""

    ground: str
    reference: str
    notice: str
    notice_zh: str = ""
    by: User

    def check(self, *cutters: Cutter) -> None:
        """Raise when the person may not order it, when something is missing, or when it tells what it removes."""
        if not roles.may(self.by, Act.SUPPRESS):
            raise AdministratorsOnlyError(_("Only an administrator takes something off for good."))
        if self.ground not in Suppression.Ground.values:
            raise SuppressionError(_("Choose the ground on which it is taken off."))
        if not self.reference.strip() or not self.notice.strip():
            raise SuppressionError(_("Name the order or request, and say one sentence to readers."))
        said = (self.reference, self.notice, self.notice_zh)
        if any(cutter.stands_in(text) for cutter in cutters for text in said):
            raise SuppressionError(
                _("The reference and the notice stay: say them without what is taken off.")
            )

    def bury(self, **what: object) -> Suppression:
        """Set the tombstone of what is gone."""
        stone = Suppression(
            ground=self.ground,
            reference=self.reference.strip(),
            notice=self.notice.strip(),
            notice_zh=self.notice_zh.strip(),
            suppressed_at=timezone.now(),
            suppressed_by=self.by,
            **what,
        )
        stone.full_clean()
        stone.save()
        audit.note(Act.SUPPRESS, stone, by=self.by, detail=f"{stone.ground}, {stone.reference}")
        return stone


def stones_of(metrics: Iterable[Metric], period: str) -> list[Suppression]:
    """The tombstones of values of these metrics for the period, the latest first."""
    values = Suppression.objects.filter(subject=Suppression.Subject.VALUE, suppressed_at__lte=timezone.now())
    return list(values.filter(metric__in=metrics, period=period))


def public_stones() -> list[Suppression]:
    """All tombstones with their metrics, the latest first."""
    return list(Suppression.objects.filter(suppressed_at__lte=timezone.now()).select_related("metric"))
