"""The filters of the other lists find and count what a plain loop over all rows finds and counts."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict
from django.utils.timezone import localtime

from ecosystem.filters import pages
from ecosystem.models import Article, Event, Initiative, Metric, Person, Place, Source, Topic
from tests.factories import (
    DRAFTS,
    EventSeriesFactory,
    PublishedArticleFactory,
    PublishedDistrictFactory,
    PublishedEventFactory,
    PublishedInitiativeFactory,
    PublishedMetricFactory,
    PublishedPersonFactory,
    PublishedPlaceFactory,
    PublishedSourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
# In Shanghai the second of these moments lies in 2025 already.
MOMENTS = [datetime(2024, 12, 31, hour, tzinfo=UTC) for hour in (15, 16)] + [datetime(2023, 5, 1, tzinfo=UTC)]


def slugs(rows) -> set[str]:
    return {row.slug for row in rows.all()}


# Per list: its filters, and the values of each facet that a row has.
LISTS = {
    Article: (
        pages.ArticleFilter,
        {"topic": lambda row: slugs(row.topics), "year": lambda row: {str(localtime(row.published_at).year)}},
    ),
    Initiative: (
        pages.InitiativeFilter,
        {"kind": lambda row: {row.kind}, "topic": lambda row: slugs(row.topics)},
    ),
    Place: (
        pages.PlaceFilter,
        {"kind": lambda row: {row.kind}, "district": lambda row: slugs(row.located_in)},
    ),
    Event: (
        pages.EventFilter,
        {
            "series": lambda row: {row.series.slug} if row.series else set(),
            "topic": lambda row: slugs(row.topics),
            "state": lambda row: {row.state},
        },
    ),
    Metric: (pages.MetricFilter, {"topic": lambda row: slugs(row.topics)}),
    Source: (
        pages.SourceFilter,
        {
            "kind": lambda row: {row.kind},
            "trust": lambda row: {row.trust},
            "access": lambda row: {row.access},
        },
    ),
    Person: (pages.PersonFilter, {}),
}


@pytest.fixture(autouse=True)
def rows(db) -> None:
    """Some of everything, differing in all that is filtered by, and a draft of each that no list may count."""
    topics = [TopicFactory(slug=slug) for slug in ("chips", "robots")]
    districts = [PublishedDistrictFactory(slug=slug) for slug in ("pudong", "xuhui")]
    series = EventSeriesFactory(slug="forum")
    for model in LISTS:
        filed(DRAFTS[model](), topics)
    for number, moment in enumerate(MOMENTS):
        filed(PublishedArticleFactory(published_at=moment), topics[: number % 3])
        filed(PublishedInitiativeFactory(kind=Initiative.Kind.values[number % 2]), topics[number % 2 :])
        filed(PublishedMetricFactory(), topics[:number])
        held = {"series": series} if number else {"series": None, "state": Event.State.PLANNED}
        filed(PublishedEventFactory(**held), topics[number:])
        PublishedPlaceFactory(kind=Place.Kind.values[number + 1]).located_in.set(districts[:number])
        PublishedSourceFactory(kind=Source.Kind.values[number], trust=Source.Trust.values[number % 2])
        PublishedPersonFactory()


def filed(row, topics: list[Topic]) -> None:
    if hasattr(row, "topics"):
        row.topics.set(topics)


CASES = [(model, facet) for model, (_filter, values) in LISTS.items() for facet in values]


@pytest.mark.parametrize(("model", "name"), CASES, ids=lambda case: getattr(case, "__name__", case))
def test_facet_filters_and_counts_what_it_says(model, name):
    filterset, values = LISTS[model]
    public = list(model.objects.published())
    facet = next(
        each for each in filterset(QueryDict(), model.objects.published()).facets if each.name == name
    )
    assert {option.value for option in facet.options} == {
        value for row in public for value in values[name](row)
    }
    for option in facet.options:
        found = list(filterset(QueryDict(f"{name}={option.value}"), model.objects.published()).rows)
        expected = [row for row in public if option.value in values[name](row)]
        assert (found, len(found)) == (expected, option.count)


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_list_has_the_facets_that_are_tested_here(model):
    filterset, values = LISTS[model]
    assert [facet.name for facet in filterset(QueryDict(), model.objects.published()).facets] == list(values)


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_every_list_is_searched_by_name(model):
    first = model.objects.published().first()
    filterset, _values = LISTS[model]
    found = filterset(QueryDict(mutable=True), model.objects.published())
    assert list(found.rows) == list(model.objects.published())
    found = filterset(QueryDict(f"q={first.name.upper()}"), model.objects.published())
    assert list(found.rows) == [first]


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_bad_value_finds_nothing(model):
    filterset, values = LISTS[model]
    for name in values:
        found = filterset(QueryDict(f"{name}=nonsense"), model.objects.published())
        assert (list(found.rows), len(found.problems)) == ([], 1)


def test_two_facets_narrow_together():
    rows = Event.objects.published()
    found = set(pages.EventFilter(QueryDict("series=forum&topic=robots"), rows).rows)
    assert found == {row for row in rows if row.series and "robots" in slugs(row.topics)}
    assert len(found) == 1
