"""What readers say is wrong on a page."""

from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecosystem.models.users import user_key

LONGEST_ADDRESS, LONGEST_REPORT = 300, 2000


class ReaderReport(models.Model):
    """What a reader reported about a page, until an editor says what came of it; nothing is known about who it was."""

    address = models.CharField(
        _("page"), max_length=LONGEST_ADDRESS, help_text=_("Its address on this site, such as /metrics/gdp/.")
    )
    text = models.TextField(
        _("text"),
        max_length=LONGEST_REPORT,
        validators=[MaxLengthValidator(LONGEST_REPORT), ProhibitNullCharactersValidator()],
        blank=True,
        help_text=_("Empty where all of it was suppressed."),
    )
    reported_at = models.DateTimeField(_("reported at"), auto_now_add=True)
    outcome = models.CharField(
        _("what came of it"),
        max_length=300,
        blank=True,
        default="",
        help_text=_(
            "One sentence for other editors. A report with one is settled; emptied, it is open again."
        ),
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True, editable=False, db_index=True)
    settled_by = user_key(_("settled by"), editable=False)

    class Meta:
        ordering = ["-reported_at", "-pk"]
        default_permissions = ("view", "change", "delete")
        verbose_name = _("report of a reader")
        verbose_name_plural = _("reports of readers")
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, outcome="")
                | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="reader_report_settled_with_outcome",
                violation_error_message=_("A settled report has a moment and says what came of it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.text[:60]}"
