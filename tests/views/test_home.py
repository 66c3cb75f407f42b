"""The home page: the lead, the ledger, ways into the directory, what is on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from tests.factories import (
    LONG_AGO,
    DraftOrganizationFactory,
    PublishedArticleFactory,
    PublishedDistrictFactory,
    PublishedEventFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def home(client) -> dict:
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.context


def test_home_of_an_empty_site_answers(client):
    shown = home(client)
    assert (shown["lead"], shown["tiles"], shown["organization_count"], shown["coming_events"]) == (
        None,
        [],
        0,
        [],
    )


def test_editors_choose_what_leads_and_the_rest_follows_by_date(client):
    for name, age in (("Older", 2), ("Newer", 1)):
        PublishedArticleFactory(title=name, published_at=LONG_AGO - timedelta(days=age))
    PublishedArticleFactory(title="Second", lead_position=2, published_at=LONG_AGO - timedelta(days=9))
    PublishedArticleFactory(title="Lead", lead_position=1, published_at=LONG_AGO - timedelta(days=9))
    PublishedArticleFactory(title="Oldest", published_at=LONG_AGO - timedelta(days=99))
    shown = home(client)
    assert shown["lead"].title == "Lead"
    assert [article.title for article in shown["articles"]] == ["Second", "Newer", "Older"]
    assert [article.title for article in shown["more_articles"]] == ["Oldest"]


def test_ledger_shows_the_chosen_metrics_in_their_order(client):
    for name, position in (("Third", 3), ("First", 1), ("Unchosen", None)):
        metric = PublishedMetricFactory(name=name, ledger_position=position)
        PublishedObservationFactory(metric=metric, value=Decimal(7))
    PublishedMetricFactory(name="Empty", ledger_position=2)
    tiles = home(client)["tiles"]
    assert [(tile.metric.name, tile.amount) for tile in tiles] == [
        ("First", "7"),
        ("Empty", ""),
        ("Third", "7"),
    ]


def test_counts_are_of_what_is_public(client):
    pudong = PublishedDistrictFactory(name="Pudong")
    topic = TopicFactory()
    for district in (pudong, pudong, None):
        PublishedOrganizationFactory(district=district).topics.add(topic)
    DraftOrganizationFactory(district=pudong).topics.add(topic)
    TopicFactory(name="Without organizations")
    shown = home(client)
    assert (shown["organization_count"], shown["without_district"]) == (3, 1)
    assert [(one, one.organization_count) for one in shown["topics"]] == [(topic, 3)]
    assert [(tile.name, tile.organization_count) for tile in shown["district_tiles"]] == [("Pudong", 2)]


def test_districts_stand_in_reading_order_and_are_shaded_by_their_share(client):
    numbers = {(2, 2): 0, (1, 1): 100, (2, 1): 9, (1, 2): 1}
    for (row, column), number in numbers.items():
        district = PublishedDistrictFactory(tile_row=row, tile_column=column)
        PublishedOrganizationFactory.create_batch(min(number, 20), district=district)
    tiles = home(client)["district_tiles"]
    assert [(tile.tile_row, tile.tile_column) for tile in tiles] == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert [tile.shade for tile in tiles] == [10, 2, 8, 0]


@time_machine.travel("2026-07-01T12:00:00+08:00", tick=False)
def test_coming_events_are_on_and_begin_with_the_next(client):
    for name, day in (("Over", 1), ("Next", 20), ("Later", 25)):
        PublishedEventFactory(
            name=name, starts_on=date(2026, 6 + (day > 1), day), ends_on=None, state="planned"
        )
    shown = home(client)
    assert [event.name for event in shown["coming_events"]] == ["Next", "Later"]
    assert shown["latest_events"] == []


@time_machine.travel("2026-07-01T12:00:00+08:00", tick=False)
def test_latest_events_are_shown_when_none_is_coming(client):
    for name, month in (("Long over", 1), ("Over", 6)):
        PublishedEventFactory(name=name, starts_on=date(2026, month, 1), ends_on=None)
    shown = home(client)
    assert [event.name for event in shown["latest_events"]] == ["Over", "Long over"]
    assert shown["coming_events"] == []
