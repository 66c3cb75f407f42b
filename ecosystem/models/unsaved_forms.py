"""What people have typed into forms and not saved yet."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LONGEST_KEY = 40


class UnsavedForm(models.Model):
    """What a person typed into a form that they opened, as the form would send it, before it is saved or valid.

    One row for each opening of a form, by the key that its page carries: two windows never write over each other.
    What is saved, discarded or emptied stays for a day without its words: what was under way is not taken for new.
    """

    class State(models.TextChoices):
        KEPT = "kept", _("kept")
        SAVED = "saved", _("saved")
        DISCARDED = "discarded", _("discarded")
        EMPTIED = "emptied", _("emptied by a suppression")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="unsaved_forms",
        verbose_name=pgettext_lazy("who did something", "person"),
    )
    key = models.CharField(_("key of the opened form"), max_length=LONGEST_KEY)
    kind = models.CharField(_("kind"), max_length=40)
    item_id = models.PositiveBigIntegerField(
        _("item"), null=True, blank=True, help_text=_("None for a record that is being added.")
    )
    shown = models.CharField(
        _("filled from"),
        max_length=20,
        blank=True,
        default="",
        help_text=_("The state that the form was filled from."),
    )
    data = models.JSONField(_("what was typed"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.KEPT)
    begun_at = models.DateTimeField(_("begun at"))
    updated_at = models.DateTimeField(_("updated at"), db_index=True)

    class Meta:
        ordering = ["-updated_at", "-pk"]
        default_permissions = ("view",)
        verbose_name = _("unsaved form")
        verbose_name_plural = _("unsaved forms")
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="unsaved_form_one_per_opening"),
            models.CheckConstraint(
                condition=Q(state="kept") | Q(data={}),
                name="unsaved_form_words_only_while_kept",
                violation_error_message=_("What is saved or given up is not kept here any more."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item_id or '+'}, {timezone.localtime(self.updated_at):%Y-%m-%d %H:%M}"
