"""Drafts of the next version of what the public sees."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ecosystem.models.publishing import ToBePublished, scheduled_for_a_moment
from ecosystem.models.revisions import Revision


class WorkingCopy(ToBePublished):
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

    class Meta:
        ordering = ["-updated_at", "-pk"]
        verbose_name = _("draft of a next version")
        verbose_name_plural = _("drafts of next versions")
        constraints = [
            models.UniqueConstraint(fields=["kind", "item_id"], name="working_copy_one_per_item"),
            scheduled_for_a_moment("working_copy_scheduled_for_a_moment"),
            models.CheckConstraint(
                condition=Q(base__lte=F("latest")),
                name="working_copy_base_before_latest",
                violation_error_message=_("What it says now cannot be older than what it began from."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.latest.key}"
