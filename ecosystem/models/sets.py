"""Items that become public together."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecosystem.models.publishing import ToBePublished, scheduled_for_a_moment
from ecosystem.models.users import user_key


class PublishingSet(ToBePublished):
    """Several items that are reviewed together and published at one moment, all of them or none."""

    class Stage(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        PUBLISHED = "published", _("published")

    title = models.CharField(
        _("title"), max_length=120, help_text=_("What belongs together, such as: Yearbook 2025.")
    )
    note = models.TextField(
        _("note"), blank=True, default="", help_text=_("For reviewers: why these items go together.")
    )
    stage = models.CharField(
        _("stage"), max_length=10, choices=Stage, default=Stage.DRAFT, editable=False, db_index=True
    )
    author = user_key(_("begun by"), editable=False)
    done_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-updated_at", "-pk"]
        verbose_name = _("set")
        verbose_name_plural = _("sets published together")
        constraints = [
            models.CheckConstraint(
                condition=Q(stage="published", done_at__isnull=False, publish_at__isnull=True)
                | (~Q(stage="published") & Q(done_at__isnull=True)),
                name="set_published_has_moment",
                violation_error_message=_("A published set has the moment of that, and no coming one."),
            ),
            scheduled_for_a_moment("set_scheduled_for_a_moment"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether its items are still to be published."""
        return self.stage != self.Stage.PUBLISHED

    @property
    def is_held(self) -> bool:
        """Whether its items wait for the act of the whole set, so that none of them goes its own way."""
        return self.is_open and (self.stage == self.Stage.IN_REVIEW or self.publish_at is not None)


class SetMember(models.Model):
    """One item of a set: a draft, or a public item with its next version. The row outlives the item."""

    publishing_set = models.ForeignKey(
        PublishingSet, models.CASCADE, related_name="members", verbose_name=_("set")
    )
    kind = models.CharField(_("kind"), max_length=40)
    item_id = models.PositiveBigIntegerField(_("item"))
    is_open = models.BooleanField(
        _("waits"), default=True, help_text=_("False once its set has been published.")
    )
    approved = models.PositiveBigIntegerField(
        _("approved state"),
        null=True,
        blank=True,
        help_text=_("The number of the state that was scheduled; 0 where none was stored."),
    )
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta:
        ordering = ["publishing_set", "pk"]
        verbose_name = _("member of a set")
        verbose_name_plural = _("members of sets")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "item_id"],
                condition=Q(is_open=True),
                name="set_member_in_one_open_set",
                violation_error_message=_("It is in another set that waits to be published."),
            ),
            models.UniqueConstraint(
                fields=["publishing_set", "kind", "item_id"],
                name="set_member_once",
                violation_error_message=_("It is in the set already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item_id}"
