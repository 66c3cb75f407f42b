"""The home page."""

from math import log
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone
from django.views.generic import TemplateView

from ecosystem.domain import figures, observations, tiles
from ecosystem.domain.rich_text import Renderer, texts_of
from ecosystem.models import Article, Event, Metric, Organization, Place, Topic
from ecosystem.views.base import public_places

LEADS = 3
EVENTS = 4
TOPICS = 12


class Home(TemplateView):
    template_name = "home.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        articles = list(Article.objects.published().order_by(*lead_order()).prefetch_related("topics"))
        return (
            super().get_context_data(**context)
            | {
                "lead": articles[0] if articles else None,
                "articles": articles[1 : LEADS + 1],
                "more_articles": articles[LEADS + 1 :],
                "renderer": Renderer(figures.resolve(texts_of(articles, "standfirst"))),
                "tiles": tiles.tiles_of(ledger()),
                "metric_count": Metric.objects.published().count(),
                "organization_count": Organization.objects.published().count(),
                "topics": topics_by_organizations()[:TOPICS],
                "district_tiles": district_tiles(),
                "without_district": Organization.objects.published().filter(district=None).count(),
            }
            | whats_on()
        )


def lead_order() -> tuple[Any, ...]:
    return (F("lead_position").asc(nulls_last=True), "-published_at", "title")


def ledger() -> list[Metric]:
    """The metrics that editors chose for the home page, with their values."""
    chosen = (
        Metric.objects.published().filter(ledger_position__isnull=False).order_by("ledger_position", "name")
    )
    return observations.attach_values(chosen.select_related("unit"))


def topics_by_organizations() -> list[Topic]:
    """Topics with the number of public organizations, the fullest first."""
    public = Q(organizations__in=Organization.objects.published())
    counted = Topic.objects.annotate(organization_count=Count("organizations", filter=public))
    return list(counted.filter(organization_count__gt=0).order_by("-organization_count", "name"))


def district_tiles() -> list[Place]:
    """The districts with their number of public organizations and a shade from 0 to 10, in reading order."""
    public = Q(district_organizations__in=Organization.objects.published())
    districts = Place.objects.published().filter(tile_column__isnull=False)
    counted = districts.annotate(organization_count=Count("district_organizations", filter=public))
    found = list(counted.order_by("tile_row", "tile_column"))
    most = max((district.organization_count for district in found), default=0)
    for district in found:
        # By logarithm: one district holds more than all others together.
        share = log(1 + district.organization_count) / log(1 + most) if most else 0
        district.shade = round(10 * share)
    return found


def whats_on() -> dict[str, Any]:
    """The coming events, or the latest ones when none is coming."""
    today = timezone.localdate()
    events = Event.objects.published().prefetch_related(*public_places("place"))
    coming = list(events.coming(today)[:EVENTS])
    latest = [] if coming else list(events.past(today)[:EVENTS])
    return {"coming_events": coming, "latest_events": latest, "today": today}
