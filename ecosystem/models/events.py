"""Forums, fairs and launches."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ecosystem.models.base import Named
from ecosystem.models.fields import RichTextField
from ecosystem.models.publishing import KeyedQuerySet, Publishable, PublishableQuerySet


class EventSeries(Named):
    """A forum or fair that is held again and again."""

    short_name = models.CharField(_("short name"), max_length=60, blank=True, default="")
    summary = models.CharField(_("summary"), max_length=300, blank=True, default="")
    summary_zh = models.CharField(_("summary in Chinese"), max_length=300, blank=True, default="")
    website = models.URLField(_("website"), blank=True, default="")

    objects = KeyedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("event series")
        verbose_name_plural = _("event series")

    def get_absolute_url(self) -> str:
        return f"{reverse('event_list')}?series={self.slug}"


class EventQuerySet(PublishableQuerySet):
    def coming(self, on: date) -> Self:
        """Events that have not ended by that day, the next one first."""
        return self._with_last_day().filter(last_known_day__gte=on).order_by("starts_on", "name")

    def past(self, on: date) -> Self:
        """Events that ended before that day, the latest first."""
        return self._with_last_day().filter(last_known_day__lt=on).order_by("-starts_on", "name")

    def _with_last_day(self) -> Self:
        return self.alias(last_known_day=Coalesce("ends_on", "starts_on"))


class Event(Named, Publishable):
    """One edition of a forum, fair or launch, on given days."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        POSTPONED = "postponed", _("postponed")
        CANCELLED = "cancelled", _("cancelled")

    series = models.ForeignKey(
        EventSeries, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("series")
    )
    edition = models.CharField(
        _("edition"), max_length=40, blank=True, default="", help_text=_("Such as 8th, 2025.")
    )
    edition_zh = models.CharField(_("edition in Chinese"), max_length=40, blank=True, default="")
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(
        _("ends on"), null=True, blank=True, help_text=_("Empty when the last day is not known.")
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State,
        default=State.PLANNED,
        help_text=_(
            "A planned event whose days have passed is shown as not confirmed until you say what happened."
        ),
    )
    place = models.ForeignKey(
        "ecosystem.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("place"),
    )
    organizer = models.CharField(_("organizer"), max_length=200, blank=True, default="")
    organizer_zh = models.CharField(_("organizer in Chinese"), max_length=200, blank=True, default="")
    website = models.URLField(_("website"), blank=True, default="")
    topics = models.ManyToManyField(
        "ecosystem.Topic", blank=True, related_name="events", verbose_name=_("topics")
    )
    summary = RichTextField(_("summary"), inline=True)
    summary_zh = RichTextField(_("summary in Chinese"), inline=True)
    note = models.CharField(
        _("note"), max_length=300, blank=True, default="", help_text=_("Public: what differed.")
    )
    note_zh = models.CharField(_("note in Chinese"), max_length=300, blank=True, default="")
    internal_note = models.TextField(_("internal note"), blank=True, default="", help_text=_("Never public."))

    objects = EventQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["-starts_on", "name"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="event_ends_after_start",
                violation_error_message=_("The last day cannot lie before the first."),
            ),
        ]

    @property
    def last_day(self) -> date:
        """The last day that is known: the first one when nobody has found the last."""
        return self.ends_on or self.starts_on

    def is_unconfirmed(self, on: date) -> bool:
        """Whether it was planned for days that have passed and nobody has recorded what happened."""
        return self.state == self.State.PLANNED and self.last_day < on
