"""The shared vocabulary of subjects."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ecosystem.models.base import Named
from ecosystem.models.publishing import KeyedQuerySet


class Topic(Named):
    """A subject that organizations, initiatives, events, articles and metrics are filed under."""

    description = models.TextField(
        _("description"), blank=True, default="", help_text=_("One or two sentences on what belongs here.")
    )
    description_zh = models.TextField(_("description in Chinese"), blank=True, default="")

    objects = KeyedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
