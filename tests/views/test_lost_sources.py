"""What rests on a dead or changed source says so, and the archived copy comes first."""

import re

import pytest

from ecosystem.models import Source
from tests.factories import (
    CitationFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedSourceFactory,
)

pytestmark = pytest.mark.django_db
DEAD = "The address was found dead on 6 January 2025"
CHANGED = "The page was found changed on 6 January 2025"


@pytest.fixture
def source() -> Source:
    return PublishedSourceFactory(
        slug="report", url="https://example.org/report", archived_url="https://archive.example.org/report"
    )


def become(source: Source, condition: str) -> None:
    source.condition, source.checked_at = condition, source.published_at
    source.save()


def page(client, path: str) -> str:
    return client.get(path).content.decode()


def links(html: str) -> list[str]:
    return re.findall(r'rel="external">([^<]+)</a>', html)


@pytest.fixture
def value(source):
    metric = PublishedMetricFactory(slug="wafers")
    PublishedObservationFactory(metric=metric, period="2023")
    return PublishedObservationFactory(metric=metric, period="2024", source=source)


def test_value_on_a_dead_source_is_flagged_wherever_it_stands_with_its_source(client, source, value):
    body = '<p><figure-ref metric="wafers"></figure-ref> <cited-figure source="report">4</cited-figure></p>'
    paths = {
        "/metrics/wafers/": 1,
        "/metrics/wafers/2024/": 1,
        "/metrics/wafers/2023/": 0,
        PublishedArticleFactory(body=body).get_absolute_url(): 2,
    }
    assert {path: page(client, path).count(DEAD) for path in paths} == dict.fromkeys(paths, 0)
    become(source, Source.Condition.DEAD)
    assert {path: page(client, path).count(DEAD) for path in paths} == paths
    become(source, Source.Condition.CHANGED)
    assert {path: page(client, path).count(CHANGED) for path in paths} == paths


def test_source_that_moved_or_gave_no_answer_is_not_flagged(client, source, value):
    for condition in (Source.Condition.MOVED, Source.Condition.UNREACHABLE):
        become(source, condition)
        assert "mark lost" not in page(client, "/metrics/wafers/2024/")


def test_archived_copy_comes_first_when_the_address_is_dead(client, source, value):
    assert links(page(client, "/metrics/wafers/2024/")) == ["Original", "Archived"]
    become(source, Source.Condition.DEAD)
    assert links(page(client, "/metrics/wafers/2024/")) == ["Archived", "Original"]


def test_citation_of_a_yearbook_names_its_number(client):
    book = PublishedSourceFactory(url="", medium="print", identifier="ISBN 978-7-5037-9600-5")
    cited = CitationFactory(source=book, locator="page 12")
    html = page(client, cited.organization.get_absolute_url())
    assert "page 12&nbsp;· ISBN 978-7-5037-9600-5" in html
    assert links(html) == []
