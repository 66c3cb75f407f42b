"""The filters of the other lists."""

from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from ecosystem.filters.base import FacetFilter, ListFilter, in_language, topic_choices
from ecosystem.filters.organizations import district_choices
from ecosystem.models import Article, Event, EventSeries, Initiative, Place, Source


def series_choices() -> list[tuple[str, str]]:
    return in_language(EventSeries.objects.all())


def year_choices() -> list[tuple[str, str]]:
    years = Article.objects.published().dates("published_at", "year", order="DESC")
    return [(str(day.year), str(day.year)) for day in years]


class ArticleFilter(ListFilter):
    topic = FacetFilter(label=_("Topic"), choices=topic_choices, lookup="topics__slug")
    year = FacetFilter(
        label=_("Year"),
        choices=year_choices,
        lookup="published_at__year",
        expression=ExtractYear("published_at"),
    )


class InitiativeFilter(ListFilter):
    kind = FacetFilter(label=_("Kind"), choices=Initiative.Kind, lookup="kind")
    topic = FacetFilter(label=_("Topic"), choices=topic_choices, lookup="topics__slug")


class PlaceFilter(ListFilter):
    kind = FacetFilter(label=_("Kind"), choices=Place.Kind, lookup="kind")
    district = FacetFilter(label=_("District"), choices=district_choices, lookup="located_in__slug")


class EventFilter(ListFilter):
    series = FacetFilter(label=_("Series"), choices=series_choices, lookup="series__slug")
    topic = FacetFilter(label=_("Topic"), choices=topic_choices, lookup="topics__slug")
    state = FacetFilter(label=_("State"), choices=Event.State, lookup="state")


class MetricFilter(ListFilter):
    topic = FacetFilter(label=_("Topic"), choices=topic_choices, lookup="topics__slug")


class SourceFilter(ListFilter):
    kind = FacetFilter(label=_("Kind"), choices=Source.Kind, lookup="kind")
    trust = FacetFilter(label=_("Trust"), choices=Source.Trust, lookup="trust")
    access = FacetFilter(label=_("Opened"), choices=Source.Access, lookup="access")


class PersonFilter(ListFilter):
    """People are found by name alone."""
