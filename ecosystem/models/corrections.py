"""What readers are told when something changed."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecosystem.models.base import AboutOnePage


class Notice(AboutOnePage):
    """A dated line about a page, in both languages."""

    happened_on = models.DateField(_("on"), default=timezone.localdate)
    text = models.CharField(_("text"), max_length=400)
    text_zh = models.CharField(_("text in Chinese"), max_length=400, blank=True, default="")

    class Meta(AboutOnePage.Meta):
        abstract = True
        ordering = ["-happened_on", "-pk"]
        constraints = [*AboutOnePage.Meta.constraints]

    def __str__(self) -> str:
        return self.text


class Correction(Notice):
    """A public notice that something on a page was wrong, and what is right."""

    class Meta(Notice.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")


class ChangeNote(Notice):
    """A public line on what was changed on a page that was not an error."""

    class Meta(Notice.Meta):
        verbose_name = _("change note")
        verbose_name_plural = _("change notes")
