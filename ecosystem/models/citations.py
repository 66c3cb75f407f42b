"""What a page rests on."""

import uuid

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecosystem.models.base import AboutOnePage
from ecosystem.models.sources import Source
from ecosystem.models.standings import Standing, disputed_has_reason


class Citation(AboutOnePage):
    """The use of a source by a page, for the whole of it or for one fact."""

    uid = models.CharField(_("key"), max_length=120, unique=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="citations", verbose_name=_("source"))
    locator = models.CharField(
        _("locator"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("Where in the source: page 3, table 2, an id."),
    )
    note = models.CharField(
        _("note"), max_length=300, blank=True, default="", help_text=_("What it supports.")
    )
    note_zh = models.CharField(_("note in Chinese"), max_length=300, blank=True, default="")
    field = models.CharField(
        _("fact"),
        max_length=40,
        blank=True,
        default="",
        help_text=_(
            "The one fact it serves, by its field name, such as founded; empty for the page as a whole."
        ),
    )
    standing = models.CharField(_("standing"), max_length=10, choices=Standing, blank=True, default="")
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    natural_key_fields = ("uid",)

    class Meta(AboutOnePage.Meta):
        ordering = ["position", "pk"]
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            *AboutOnePage.Meta.constraints,
            models.CheckConstraint(
                condition=disputed_has_reason("standing", "reason"),
                name="citation_disputed_has_reason",
                violation_error_message=_("Say why the fact is disputed."),
            ),
            models.CheckConstraint(
                condition=Q(field="") | ~Q(standing=""),
                name="citation_fact_has_standing",
                violation_error_message=_("A citation of one fact needs its standing."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.source)

    @property
    def fact(self) -> str:
        """The name of the one fact that it serves, as readers know it; empty for the page as a whole."""
        if not self.field:
            return ""
        try:
            return str(self.page._meta.get_field(self.field).verbose_name)
        except FieldDoesNotExist:
            return self.field

    def natural_key(self) -> tuple[str]:
        return (str(self.uid),)
