"""What waits for editors: each queue leads to a list that shows what it counts."""

from datetime import date

import pytest
from django.urls import reverse

from ecosystem.models import Event
from tests.factories import (
    LONG_AGO,
    CitationFactory,
    DisputedObservationFactory,
    DraftArticleFactory,
    DraftEventFactory,
    DraftObservationFactory,
    MissedSearchFactory,
    PublishedEventFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    PublishedSourceFactory,
    ReaderOfTheAdminFactory,
    UnopenedSourceFactory,
)

pytestmark = pytest.mark.django_db
INDEX = reverse("admin:index")


def queues(client) -> list[dict]:
    return client.get(INDEX).context["queues"]


def listed(client, found) -> list[int]:
    """How many each list shows; the last one is the queue of reviews, which is no list of one kind."""
    *lists, reviews = [client.get(queue["url"]).context for queue in found]
    return [*(page["cl"].result_count for page in lists), len(reviews["rows"])]


def test_nothing_waits_at_first(admin_client):
    assert queues(admin_client) == []
    assert "Nothing waits." in admin_client.get(INDEX).content.decode()


def test_every_queue_leads_to_a_list_of_as_many(admin_client):
    DraftObservationFactory.create_batch(
        3, source=UnopenedSourceFactory(), metric__name="Same"
    )  # three metrics
    DisputedObservationFactory.create_batch(2)
    replaced = PublishedObservationFactory()
    replaced.superseded_by = PublishedObservationFactory(metric=replaced.metric)
    replaced.save()
    PublishedEventFactory(state=Event.State.PLANNED)
    PublishedEventFactory(state=Event.State.PLANNED, starts_on=date(2999, 1, 1), ends_on=None)
    PublishedObservationFactory(
        period="2010", standing="verified", metric__frequency="year", metric__expected_lag_days=31
    )
    PublishedObservationFactory(standing="verified", source__condition="dead", source__checked_at=LONG_AGO)
    PublishedSourceFactory(condition="changed", checked_at=LONG_AGO)
    PublishedSourceFactory(condition="unreachable", checked_at=LONG_AGO)
    PublishedOrganizationFactory()
    CitationFactory()
    for factory in (DraftArticleFactory, DraftEventFactory):
        factory(status="in_review")

    found = queues(admin_client)
    assert {queue["name"]: queue["count"] for queue in found} == {
        "Recalled values, not compared with their document": 3,
        "Disputed values": 2,
        "Reported values, not yet verified in the primary source": 1,
        "Metrics whose next value is overdue": 1,
        "Sources that are gone or have changed": 2,
        "Values whose source is gone or has changed": 1,
        "Sources that nobody has opened": 1,
        "Planned events whose days have passed": 1,
        "Organizations without any source": 1,
        "In review, of every kind": 2,
    }
    assert listed(admin_client, found) == [queue["count"] for queue in found]


def test_missed_searches_stand_with_how_often_readers_typed_them(admin_client):
    MissedSearchFactory(text="nameless works", times=3)
    page = admin_client.get(INDEX)
    assert [one.text for one in page.context["missed"]] == ["nameless works"]
    assert "3 times, last on" in page.content.decode()


def test_who_may_see_nothing_sees_no_queues(client):
    DraftObservationFactory()
    client.force_login(ReaderOfTheAdminFactory())
    page = client.get(INDEX).content.decode()
    assert [text in page for text in ("Waits for me", "Evidence work")] == [False, False]
