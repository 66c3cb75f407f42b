"""Events: coming, past, by series."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from ecosystem.domain.evidence import with_evidence
from ecosystem.filters.pages import EventFilter
from ecosystem.models import Article, Event
from ecosystem.views.base import PageList, PageWithPast, public_places

LATEST = 3


class EventList(PageList):
    model = Event
    filterset = EventFilter

    def get_queryset(self) -> QuerySet:
        rows = with_evidence(super().get_queryset()).select_related("series")
        return rows.prefetch_related(*public_places("place")).order_by("-starts_on", "name")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        today = timezone.localdate()
        rows = self.filter.rows.select_related("series").prefetch_related(*public_places("place"))
        coming = list(rows.coming(today))
        return super().get_context_data(**context) | {
            "today": today,
            "coming": coming,
            "latest": [] if coming else list(rows.past(today)[:LATEST]),
        }


class EventPage(PageWithPast):
    model = Event
    rich_fields = ("summary",)

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("series").prefetch_related(*public_places("place"))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        page = self.object
        editions = Event.objects.published().filter(series=page.series).exclude(series=None)
        return super().get_context_data(**context) | {
            "is_unconfirmed": page.is_unconfirmed(timezone.localdate()),
            "topics": self.rows("topics", page.topics.all()),
            "editions": editions.exclude(pk=page.pk).prefetch_related(*public_places("place")),
            "articles": Article.objects.published().filter(events=page),
        }
