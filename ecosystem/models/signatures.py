"""Warnings of the checklist before publishing that somebody took upon themselves."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecosystem.models.users import user_key


class SignedWarning(models.Model):
    """The reason for which somebody let an item be published as a check warned it should not be; never changed.

    It holds for one finding: when what the check found changes, it lapses, and stays as a record.
    """

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("key"), max_length=200, help_text=_("The natural key of the item."))
    check_name = models.CharField(_("check"), max_length=40)
    finding = models.CharField(_("finding"), max_length=32, help_text=_("A digest of what the check found."))
    reason = models.CharField(_("reason"), max_length=300)
    signed_by = user_key(_("signed by"), related_name="signed_warnings")
    signed_at = models.DateTimeField(_("signed at"), auto_now_add=True)

    class Meta:
        ordering = ["-signed_at", "-pk"]
        verbose_name = _("signed warning")
        verbose_name_plural = _("signed warnings")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="signed_warning_has_reason",
                violation_error_message=_("Say why it may stay; a signature needs a reason."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "key", "finding"], name="signed_warning_of_item")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}, {self.check_name}, {self.signed_at:%Y-%m-%d}"
