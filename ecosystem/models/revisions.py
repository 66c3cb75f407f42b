"""Stored states of items."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecosystem.models.users import user_key


class Revision(models.Model):
    """The state of an item with its inlines at one moment, kept when the item itself is gone."""

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("key"), max_length=200, help_text=_("The natural key of the item."))
    data = models.JSONField(_("data"))
    author = user_key(_("author"), related_name="revisions")
    created_at = models.DateTimeField(_("at"), auto_now_add=True)
    note = models.CharField(_("note"), max_length=300, blank=True, default="")
    of_working_copy = models.BooleanField(
        _("draft of a next version"), default=False, help_text=_("Readers have not seen it.")
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        indexes = [models.Index(fields=["kind", "key", "-created_at"], name="revision_of_item")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}, {timezone.localtime(self.created_at):%Y-%m-%d %H:%M}"
