"""Signing what a check warns of: a reason, and who gave it; and what stays to be signed."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from ecosystem.domain.checklist.findings import ChecklistError, Finding, Level
from ecosystem.domain.checklist.running import findings
from ecosystem.models import SignedWarning, User


def sign(item: Model, finding_key: str, reason: str, *, by: User) -> SignedWarning:
    """Sign one warning of the item. Raises ValidationError without a reason, or where nothing has that key."""
    return sign_all(item, {finding_key: reason}, by=by)[0]


def sign_all(
    item: Model, reasons: Mapping[str, str], *, by: User, found: Iterable[Finding] | None = None
) -> list[SignedWarning]:
    """Sign warnings by their keys, all or none; `found` are the findings of an item that is in place no longer."""
    known = findings(item) if found is None else found
    warnings = {finding.key: finding for finding in known if finding.level is Level.WARNING}
    if any(key not in warnings for key in reasons):
        raise ValidationError(_("Something has changed since you looked. Read the list again."))
    if not all(reason.strip() for reason in reasons.values()):
        raise ValidationError(_("Say why it may stay; a signature needs a reason."))
    with transaction.atomic():
        return [_sign(item, warnings[key], reason.strip(), by) for key, reason in reasons.items()]


def _sign(item: Model, warning: Finding, reason: str, by: User) -> SignedWarning:
    signed = SignedWarning(
        **_item_key(item), check_name=warning.check, finding=warning.key, reason=reason, signed_by=by
    )
    signed.full_clean()
    signed.save(force_insert=True)
    return signed


def signatures(item: Model, found: Iterable[Finding]) -> dict[str, SignedWarning]:
    """The newest signature under each of the findings, by the key of the finding."""
    keys = [finding.key for finding in found if finding.level is Level.WARNING]
    rows = SignedWarning.objects.filter(**_item_key(item), finding__in=keys).select_related("signed_by")
    # The newest come first, and the last one written into a dictionary stays.
    return {row.finding: row for row in reversed(rows)} if keys else {}


def unsigned(item: Model, found: Iterable[Finding] | None = None) -> list[Finding]:
    """The warnings of the item that nobody has signed; of `found`, where the checks have run already."""
    found = findings(item) if found is None else list(found)
    signed = signatures(item, found)
    return [one for one in found if one.level is Level.WARNING and one.key not in signed]


def require(item: Model) -> None:
    """Raise ChecklistError while the item has errors, or warnings that nobody has signed."""
    found = findings(item)
    open_ones = [one for one in found if one.level is Level.ERROR] + unsigned(item, found)
    if open_ones:
        raise ChecklistError(open_ones)


def _item_key(item: Model) -> dict[str, str]:
    return {"kind": item._meta.model_name, "key": " ".join(item.natural_key())}
