"""What had to be taken off the site for good."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecosystem.models.users import user_key


class Suppression(models.Model):
    """The tombstone of something that was taken off for good: that it was there and why it went, never what it was."""

    class Subject(models.TextChoices):
        VALUE = "value", _("value")
        TEXT = "text", _("words of a text")
        PICTURE = "picture", _("picture")

    class Ground(models.TextChoices):
        COURT_ORDER = "court-order", _("order of a court or an authority")
        PERSONAL_DATA = "personal-data", _("protection of personal data")
        RIGHTS = "rights", _("rights of others")
        SAFETY = "safety", _("somebody’s safety")

    subject = models.CharField(_("what was suppressed"), max_length=7, choices=Subject)
    ground = models.CharField(_("ground"), max_length=13, choices=Ground)
    reference = models.CharField(
        _("reference"), max_length=200, help_text=_("The number of the order or the request. Never public.")
    )
    notice = models.CharField(
        _("notice"), max_length=300, help_text=_("One sentence for readers, without what was suppressed.")
    )
    notice_zh = models.CharField(_("notice in Chinese"), max_length=300, blank=True, default="")
    # Where it stood: a value by its metric and period, everything else by the address of its page.
    metric = models.ForeignKey(
        "ecosystem.Metric",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="suppressions",
        verbose_name=_("metric"),
    )
    period = models.CharField(_("period"), max_length=12, blank=True, default="")
    address = models.CharField(_("address"), max_length=300, blank=True, default="")
    suppressed_at = models.DateTimeField(_("suppressed at"))
    suppressed_by = user_key(_("suppressed by"), related_name="suppressions")

    class Meta:
        ordering = ["-suppressed_at", "-pk"]
        verbose_name = _("suppression")
        verbose_name_plural = _("suppressions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reference="") & ~Q(notice=""),
                name="suppression_has_reference_and_notice",
                violation_error_message=_("Name the order or request, and say one sentence to readers."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}, {self.suppressed_at:%Y-%m-%d}"
