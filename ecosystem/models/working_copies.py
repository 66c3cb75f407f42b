"""Drafts of the next version of what the public sees."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecosystem.models.revisions import Revision


class WorkingCopy(models.Model):
    """The next version of a public item while it is prepared; each saved state of it is a revision.

    `base` is the public state that it began from, `latest` what it says now.
    """

    class Stage(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")

    kind = models.CharField(_("kind"), max_length=40)
    item_id = models.PositiveBigIntegerField(_("item"))
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.DRAFT)
    base = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("begun from"))
    latest = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("says now"))
    publish_at = models.DateTimeField(_("to be published at"), null=True, blank=True, db_index=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("scheduled by"),
    )
    refused = models.TextField(
        _("refused"),
        blank=True,
        default="",
        help_text=_("Why it could not be published when its moment came."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        ordering = ["-updated_at", "-pk"]
        verbose_name = _("draft of a next version")
        verbose_name_plural = _("drafts of next versions")
        constraints = [
            models.UniqueConstraint(fields=["kind", "item_id"], name="working_copy_one_per_item"),
            models.CheckConstraint(
                condition=Q(scheduled_by__isnull=True) | Q(publish_at__isnull=False),
                name="working_copy_scheduled_for_a_moment",
                violation_error_message=_("What somebody has scheduled needs its moment."),
            ),
            models.CheckConstraint(
                condition=Q(base__lte=F("latest")),
                name="working_copy_base_before_latest",
                violation_error_message=_("What it says now cannot be older than what it began from."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.latest.key}"

    @property
    def is_due(self) -> bool:
        return self.publish_at is not None and self.publish_at <= timezone.now()
