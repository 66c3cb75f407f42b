"""Which page shows which metric."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ecosystem.models.base import AboutOnePage
from ecosystem.values.figure_references import LATEST


class FigureReference(AboutOnePage):
    """One figure in the text of a page, recorded on save so that a metric can list its pages."""

    shown = models.ForeignKey(
        "ecosystem.Metric", models.CASCADE, related_name="shown_in", verbose_name=_("metric")
    )
    period = models.CharField(_("period"), max_length=12, default=LATEST)
    source_slug = models.CharField(_("source"), max_length=100, blank=True, default="")
    form = models.CharField(_("form"), max_length=10)
    field = models.CharField(_("field"), max_length=40)
    sentence = models.TextField(_("sentence"), blank=True, default="")
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta(AboutOnePage.Meta):
        ordering = ["pk"]
        verbose_name = _("figure reference")
        verbose_name_plural = _("figure references")
        constraints = [*AboutOnePage.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.shown} {self.period}"
