"""Which page shows which metric, and which source it cites for a number."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecosystem.models.base import AboutOnePage
from ecosystem.values.figure_references import LATEST
from ecosystem.values.languages import CHINESE, ENGLISH


class FigureReference(AboutOnePage):
    """One figure in the text of a page, recorded on save so that a metric or a source can list its pages.

    `shown` is the metric of a reference, `cited` the source of a number that is used once.
    """

    shown = models.ForeignKey(
        "ecosystem.Metric",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="shown_in",
        verbose_name=_("metric"),
    )
    base = models.ForeignKey(
        "ecosystem.Metric",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="based_in",
        verbose_name=_("share of"),
    )
    ranking = models.ForeignKey(
        "ecosystem.Ranking",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="shown_in",
        verbose_name=_("rank in"),
    )
    cited = models.ForeignKey(
        "ecosystem.Source",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="cited_in",
        verbose_name=_("cited source"),
    )
    period = models.CharField(_("period"), max_length=12, default=LATEST)
    since = models.CharField(_("change since"), max_length=12, blank=True, default="")
    known_on = models.DateField(_("as known on"), null=True, blank=True)
    source_slug = models.CharField(_("source"), max_length=100, blank=True, default="")
    locator = models.CharField(_("locator"), max_length=200, blank=True, default="")
    form = models.CharField(_("form"), max_length=10)
    field = models.CharField(_("field"), max_length=40)
    sentence = models.TextField(_("sentence"), blank=True, default="")
    last_text = models.CharField(
        _("last good text"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("What readers saw when it was last resolved; shown when it no longer can be."),
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta(AboutOnePage.Meta):
        ordering = ["pk"]
        verbose_name = _("figure reference")
        verbose_name_plural = _("figure references")
        constraints = [
            *AboutOnePage.Meta.constraints,
            models.CheckConstraint(
                condition=Q(shown__isnull=True, cited__isnull=False)
                | Q(shown__isnull=False, cited__isnull=True),
                name="figure_reference_shows_or_cites",
                violation_error_message=_("It shows a metric or cites a source, one of the two."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown} {self.period}" if self.shown_id else f"{self.cited}: {self.last_text}"

    @property
    def language(self) -> str:
        """The language of the text that it stands in."""
        return CHINESE if self.field.endswith("_zh") else ENGLISH
