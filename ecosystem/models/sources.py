"""Publications that this site relies on."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ecosystem.models.base import Slugged
from ecosystem.models.fields import PartialDateField
from ecosystem.models.publishing import Publishable


class Source(Slugged, Publishable):
    """A document, page, dataset or ranking that a fact of this site rests on."""

    class Kind(models.TextChoices):
        OFFICIAL_STATISTICS = "official-statistics", _("official statistics")
        OFFICIAL_REPORT = "official-report", _("official report")
        OFFICIAL_TEXT = "official-text", _("official text")
        OFFICIAL_PORTAL = "official-portal", _("official portal")
        ORGANIZER = "organizer", _("organizer")
        UNIVERSITY = "university", _("university")
        ASSOCIATION = "association", _("industry association")
        DATASET = "dataset", _("dataset")
        RANKING = "ranking", _("ranking")
        REPORT = "report", _("report")
        RESEARCH = "research", _("research")
        PRESS = "press", _("press")
        SECONDARY = "secondary", _("secondary page")
        UNSIGNED = "unsigned", _("unsigned article")

    class Trust(models.TextChoices):
        PRIMARY = "primary", _("primary: who made the number or the fact published it")
        EDITED = "edited", _("edited: a named press or research body reports it")
        COPY = "copy", _("copy: a repost, summary or secondary page")
        LOWEST = "lowest", _("lowest: unsigned, undated, without references")

    class Access(models.TextChoices):
        READ = "read", _("opened and read")
        NOT_OPENED = "not_opened", _("named, not opened yet")

    class Medium(models.TextChoices):
        ONLINE = "online", _("online")
        PRINT = "print", _("in print or otherwise offline")

    class Condition(models.TextChoices):
        ALIVE = "alive", _("answers as before")
        MOVED = "moved", _("has moved")
        CHANGED = "changed", _("has changed")
        DEAD = "dead", _("is gone")
        UNREACHABLE = "unreachable", _("did not answer")

    title = models.CharField(_("title"), max_length=300)
    title_zh = models.CharField(_("title in Chinese"), max_length=300, blank=True, default="")
    publisher = models.CharField(_("publisher"), max_length=200)
    publisher_zh = models.CharField(_("publisher in Chinese"), max_length=200, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, db_index=True)
    medium = models.CharField(_("medium"), max_length=6, choices=Medium, default=Medium.ONLINE)
    identifier = models.CharField(
        _("identifier"),
        max_length=120,
        blank=True,
        default="",
        help_text=_(
            "ISBN, ISSN, DOI or number of the report; for what is in print it takes the place of an address."
        ),
    )
    published_on = PartialDateField(_("published on"))
    accessed_on = models.DateField(_("accessed on"), null=True, blank=True)
    url = models.URLField(
        _("address"), max_length=500, blank=True, default="", help_text=_("Empty when offline.")
    )
    archived_url = models.URLField(_("archived address"), max_length=500, blank=True, default="")
    licence = models.CharField(_("licence"), max_length=100, blank=True, default="")
    trust = models.CharField(_("trust"), max_length=8, choices=Trust)
    access = models.CharField(
        _("access"),
        max_length=10,
        choices=Access,
        default=Access.NOT_OPENED,
        help_text=_(
            "Whether one of us has opened the document; nothing is reported from one that nobody opened."
        ),
    )
    # What `check_sources` found when it last asked the address.
    condition = models.CharField(
        _("condition of the address"),
        max_length=11,
        choices=Condition,
        blank=True,
        default="",
        editable=False,
        db_index=True,
    )
    condition_code = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True, editable=False)
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True, editable=False)
    content_digest = models.CharField(
        _("digest of the content"), max_length=64, blank=True, default="", editable=False
    )
    moved_to = models.URLField(_("moved to"), max_length=500, blank=True, default="", editable=False)
    note = models.TextField(
        _("note"), blank=True, default="", help_text=_("Public: what a reader should know of it.")
    )
    note_zh = models.TextField(_("note in Chinese"), blank=True, default="")

    class Meta(Publishable.Meta):
        ordering = ["title"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(archived_url__gt="", url=""),
                name="source_archive_has_address",
                violation_error_message=_("An archived address needs the address it is a copy of."),
            ),
            models.CheckConstraint(
                condition=Q(condition="") | Q(checked_at__isnull=False),
                name="source_condition_has_moment",
                violation_error_message=_("A condition needs the moment when it was found."),
            ),
            models.CheckConstraint(
                condition=~Q(medium="print", identifier=""),
                name="source_in_print_has_identifier",
                violation_error_message=_(
                    "Say how a reader finds it: ISBN, ISSN, DOI or the number of the report."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"

    @property
    def name(self) -> str:
        return self.title

    @property
    def name_zh(self) -> str:
        return self.title_zh

    def get_absolute_url(self) -> str:
        """Its page; what this site computed itself rests on no document, and its page is the method."""
        return super().get_absolute_url() if self.slug else reverse("method") + "#computed"

    @property
    def is_lost(self) -> bool:
        """Whether its address is gone, or shows something else than what was read there."""
        return self.condition in {self.Condition.DEAD, self.Condition.CHANGED}

    @property
    def is_opened(self) -> bool:
        return self.access == self.Access.READ
