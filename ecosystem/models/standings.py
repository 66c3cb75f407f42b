"""How far a value or a fact can be trusted."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """verified: found in the primary source by an editor; reported: in a named secondary source;
    unverified: a source is named, nobody opened it; disputed: contradicted, with a reason."""

    VERIFIED = "verified", _("Verified")
    REPORTED = "reported", _("Reported")
    UNVERIFIED = "unverified", _("Unverified")
    DISPUTED = "disputed", _("Disputed")


def disputed_has_reason(standing: str, reason: str) -> models.Q:
    """The condition that whoever disputes says why."""
    return ~models.Q(**{standing: Standing.DISPUTED}) | ~models.Q(**{reason: ""})
