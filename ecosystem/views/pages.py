"""Initiatives, places, topics, people and sources."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.views.generic import DetailView, ListView

from ecosystem.domain import figures, observations, tiles
from ecosystem.domain.evidence import public_citations, with_evidence
from ecosystem.domain.rich_text import Renderer, texts_of
from ecosystem.domain.source_uses import public_uses
from ecosystem.filters.pages import InitiativeFilter, PersonFilter, PlaceFilter, SourceFilter
from ecosystem.models import (
    Article,
    Citation,
    Correction,
    Event,
    Initiative,
    Metric,
    Observation,
    Organization,
    Person,
    Place,
    Source,
    Topic,
)
from ecosystem.views.base import Page, PageList, PageWithPast, public_places
from ecosystem.views.home import topics_by_organizations
from ecosystem.views.removed import removed_lines


class InitiativeList(PageList):
    model = Initiative
    filterset = InitiativeFilter

    def get_queryset(self) -> QuerySet:
        return with_evidence(super().get_queryset()).order_by("-started", "name").prefetch_related("topics")


class InitiativePage(PageWithPast):
    model = Initiative

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        page = self.object
        public = page.participations.filter(organization__in=Organization.objects.published())
        return super().get_context_data(**context) | {
            "topics": self.rows("topics", page.topics.all()),
            "places": self.rows("places", page.places.published()),
            "participations": self.rows("participations", public.select_related("organization")),
            "articles": Article.objects.published().filter(initiatives=page),
        }


class PlaceList(PageList):
    model = Place
    filterset = PlaceFilter
    paginate_by = 60

    def get_queryset(self) -> QuerySet:
        return with_evidence(super().get_queryset()).prefetch_related(*public_places("located_in"))


class PlacePage(PageWithPast):
    model = Place

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        page = self.object
        public = Organization.objects.published()
        here = public.filter(Q(district=page) | Q(park=page)).distinct()
        return super().get_context_data(**context) | {
            "districts": self.rows("located_in", page.located_in.published()),
            "places": page.holds.published(),
            "organizations": here.order_by("name")[:12],
            "organization_count": here.count(),
            "list_parameter": "district" if page.kind == Place.Kind.DISTRICT else "park",
            "initiatives": Initiative.objects.published().filter(places=page),
            "events": Event.objects.published().filter(place=page).select_related("place")[:8],
            "articles": Article.objects.published().filter(places=page),
        }


class TopicList(ListView):
    """The vocabulary, with what is filed under each topic."""

    template_name = "topics/list.html"

    def get_queryset(self) -> QuerySet:
        filed = (Organization, Initiative, Event, Article, Metric)
        return Topic.objects.annotate(
            **{
                f"{model._meta.model_name}_count": number_with(model.objects.published(), "topics")
                for model in filed
            }
        )


def number_with(rows: QuerySet, key: str) -> Coalesce:
    """How many of the rows point to the record by that key; by subquery, since joined lists would be multiplied."""
    filed = rows.filter(**{key: OuterRef("pk")}).order_by().values(key)
    return Coalesce(Subquery(filed.annotate(number=Count("pk")).values("number")), 0)


class TopicPage(DetailView):
    model = Topic
    template_name = "topics/page.html"
    context_object_name = "page"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        topic = self.object
        articles = list(Article.objects.published().filter(topics=topic))
        organizations = Organization.objects.published().filter(topics=topic)
        metrics = Metric.objects.published().filter(topics=topic).select_related("unit")
        texts = texts_of(articles, "standfirst")
        return super().get_context_data(**context) | {
            "articles": articles,
            "tiles": tiles.tiles_of(observations.attach_values(metrics)),
            "organizations": organizations.order_by("name")[:12],
            "organization_count": organizations.count(),
            "initiatives": Initiative.objects.published().filter(topics=topic).order_by("-started", "name"),
            "events": Event.objects.published().filter(topics=topic)[:8],
            "related_topics": [other for other in topics_by_organizations() if other != topic][:10],
            "renderer": Renderer(figures.resolve(texts)),
        }


class PersonList(PageList):
    model = Person
    filterset = PersonFilter


class PersonPage(PageWithPast):
    model = Person
    rich_fields = ("summary",)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        articles = Article.objects.published().filter(contributions__person=self.object).distinct()
        return super().get_context_data(**context) | {"articles": articles}


def values_of_public_metrics() -> QuerySet:
    return Observation.objects.current().filter(metric__in=Metric.objects.published())


class SourceList(PageList):
    model = Source
    filterset = SourceFilter
    rich_fields = ()
    paginate_by = 50

    def get_queryset(self) -> QuerySet:
        return (
            super()
            .get_queryset()
            .annotate(
                value_count=number_with(values_of_public_metrics(), "source"),
                citation_count=number_with(public_citations(), "source"),
            )
        )


class SourcePage(Page):
    model = Source
    rich_fields = ()

    def citations(self) -> list[Citation]:
        return []

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        uses = public_uses(self.object)
        sentences = [use.sentence for use in uses.sentences]
        return super().get_context_data(**context) | {
            "uses": uses,
            "renderer": self.render_texts(figures.resolve(sentences)),
        }


class CorrectionList(ListView):
    """All public notices of errors, the newest first, and the tombstones of what was taken off for good."""

    template_name = "corrections.html"

    def get_queryset(self) -> list[Correction]:
        rows = Correction.objects.select_related(
            "organization", "initiative", "place", "event", "article", "metric", "person"
        )
        return [notice for notice in rows if notice.page.is_public]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"removed": removed_lines()}
