"""Events: coming ones first, the latest when none is coming, and planned ones that passed are not confirmed."""

from datetime import date

import pytest
import time_machine

from tests.factories import EventSeriesFactory, PublishedEventFactory, PublishedPlaceFactory

pytestmark = [pytest.mark.django_db]
NOW = "2026-07-04T12:00:00+08:00"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def event(name, month, day, **particulars):
    return PublishedEventFactory(
        **(
            {"name": name, "starts_on": date(2026, month, day), "ends_on": None, "state": "planned"}
            | particulars
        )
    )


def shown(client, path="/events/") -> dict:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.context


def names(events) -> list[str]:
    return [one.name for one in events]


def test_list_begins_with_what_is_coming(client):
    for name, month, day in (("Over", 7, 3), ("Later", 8, 1), ("Today", 7, 4)):
        event(name, month, day)
    page = shown(client)
    assert (names(page["coming"]), page["latest"]) == (["Today", "Later"], [])
    assert names(page["object_list"]) == ["Later", "Today", "Over"]


def test_latest_three_stand_there_when_none_is_coming(client):
    for day in range(1, 5):
        event(f"On {day}", 6, day)
    page = shown(client)
    assert (page["coming"], names(page["latest"])) == ([], ["On 4", "On 3", "On 2"])


def test_filters_hold_for_what_is_coming_too(client):
    event("Other", 8, 1)
    event("Own", 8, 2, series=EventSeriesFactory(slug="forum"))
    assert names(shown(client, "/events/?series=forum")["coming"]) == ["Own"]


@pytest.mark.parametrize(
    ("state", "month", "said"),
    [("planned", 7, True), ("planned", 8, False), ("held", 7, False), ("cancelled", 7, False)],
)
def test_planned_event_that_passed_reads_not_confirmed(client, state, month, said):
    page = event("Forum", month, 1, state=state)
    place = PublishedPlaceFactory()
    page.place = place
    page.save()
    for path in ("/events/", page.get_absolute_url(), place.get_absolute_url(), "/"):
        html = client.get(path).content.decode().lower()
        assert (path, "not confirmed" in html) == (path, said)


def test_cancelled_and_postponed_events_say_so(client):
    for state in ("cancelled", "postponed"):
        page = event("Forum", 8, 1, state=state)
        assert state.capitalize() in client.get(page.get_absolute_url()).content.decode()


def test_page_lists_the_other_editions(client):
    series = EventSeriesFactory()
    first, second = event("First", 7, 1, series=series), event("Second", 8, 1, series=series)
    event("Of no series", 8, 1)
    assert list(shown(client, first.get_absolute_url())["editions"]) == [second]


def test_event_without_a_series_has_no_other_editions(client):
    page = event("Alone", 7, 1)
    event("Also alone", 8, 1)
    assert list(shown(client, page.get_absolute_url())["editions"]) == []
