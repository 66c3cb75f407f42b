"""Who has which form open."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OpenForm(models.Model):
    """That a person has the form of an item open, as their browser last said; nothing of what they do in it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="open_forms",
        verbose_name=pgettext_lazy("who did something", "person"),
    )
    kind = models.CharField(_("kind"), max_length=40)
    item_id = models.PositiveBigIntegerField(_("item"))
    opened_at = models.DateTimeField(_("opened at"))
    seen_at = models.DateTimeField(_("seen at"), db_index=True)

    class Meta:
        ordering = ["-seen_at", "-pk"]
        default_permissions = ("view",)
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        constraints = [
            models.UniqueConstraint(fields=["kind", "item_id", "user"], name="open_form_one_per_person"),
            models.CheckConstraint(
                condition=Q(seen_at__gte=F("opened_at")),
                name="open_form_seen_after_opened",
                violation_error_message=_("A form is seen open after it was opened, not before."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item_id}, {self.user}"
