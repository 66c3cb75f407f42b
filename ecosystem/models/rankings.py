"""Metrics of one kind, set in order."""

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from ecosystem.models.base import Named
from ecosystem.models.metrics import Metric
from ecosystem.models.publishing import Publishable, PublishableQuerySet


class Ranking(Named, Publishable):
    """Metrics that measure the same of different subjects, in the order of their values of one period."""

    class First(models.TextChoices):
        HIGHEST = "highest", _("the highest value first")
        LOWEST = "lowest", _("the lowest value first")

    first = models.CharField(_("order"), max_length=7, choices=First, default=First.HIGHEST)
    metrics = models.ManyToManyField(
        Metric,
        related_name="rankings",
        verbose_name=_("metrics"),
        help_text=_("Two or more, counted in the same thing."),
    )
    description = models.TextField(
        _("description"), blank=True, default="", help_text=_("What is compared, and what is left out.")
    )
    description_zh = models.TextField(_("description in Chinese"), blank=True, default="")

    # The metrics that readers can see, once they are fetched.
    ranked_metrics: Sequence[Metric]

    objects = PublishableQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["name"]
        verbose_name = _("ranking")
        verbose_name_plural = _("rankings")
