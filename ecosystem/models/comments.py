"""What editors and authors say to each other about what they prepare."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecosystem.models.revisions import Revision
from ecosystem.models.users import user_key

LONGEST_COMMENT = 4000


class Comment(models.Model):
    """Something that somebody said about a draft, on one field of it or on the whole, until it is resolved.

    It names its item as a working copy does, so that it stays when the draft becomes what readers see.
    """

    kind = models.CharField(_("kind"), max_length=40)
    item_id = models.PositiveBigIntegerField(_("item"))
    field = models.CharField(
        _("field"), max_length=60, blank=True, default="", help_text=_("Empty for the whole item.")
    )
    text = models.TextField(
        _("text"),
        max_length=LONGEST_COMMENT,
        blank=True,
        help_text=_("Empty where all of it was suppressed."),
    )
    author = user_key(_("author"), related_name="comments")
    created_at = models.DateTimeField(_("at"), auto_now_add=True)
    answers = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="answered_by",
        verbose_name=_("answer to"),
    )
    resolved_by = user_key(_("resolved by"))
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)
    mentioned = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="mentioned_in", verbose_name=_("mentioned")
    )
    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="+", verbose_name=_("said of this state")
    )

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True) | Q(resolved_at__isnull=False),
                name="comment_resolved_has_moment",
                violation_error_message=_("What somebody has resolved needs the moment."),
            ),
            models.CheckConstraint(
                condition=Q(answers__isnull=True) | Q(resolved_at__isnull=True),
                name="comment_answer_not_resolved_alone",
                violation_error_message=_("An answer is resolved with the comment that it answers."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "item_id", "created_at"], name="comment_of_item")]

    def __str__(self) -> str:
        return f"{self.kind} {self.item_id}, {timezone.localtime(self.created_at):%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None
