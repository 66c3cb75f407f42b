"""Events are coming until their last known day is over, and planned ones that passed are not confirmed."""

from datetime import date

import pytest

from ecosystem.models import Event
from tests.factories import DraftEventFactory, EventSeriesFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 4)


@pytest.fixture
def events() -> list[Event]:
    days = [
        ("Long over", date(2025, 7, 1), date(2025, 7, 3)),
        ("Over", date(2026, 7, 1), date(2026, 7, 3)),
        ("Ends today", date(2026, 7, 1), TODAY),
        ("Today, end unknown", TODAY, None),
        ("Yesterday, end unknown", date(2026, 7, 3), None),
        ("Next", date(2026, 7, 5), date(2026, 7, 6)),
        ("Later", date(2027, 1, 1), None),
    ]
    return [DraftEventFactory(name=name, starts_on=first, ends_on=last) for name, first, last in days]


def test_coming_events_begin_with_the_next_one(events):
    assert [event.name for event in Event.objects.coming(TODAY)] == [
        *("Ends today", "Today, end unknown", "Next", "Later")
    ]


def test_past_events_begin_with_the_latest_one(events):
    assert [event.name for event in Event.objects.past(TODAY)] == [
        "Yesterday, end unknown",
        "Over",
        "Long over",
    ]


def test_every_event_is_either_coming_or_past(events):
    assert {*Event.objects.coming(TODAY), *Event.objects.past(TODAY)} == set(events)
    assert not set(Event.objects.coming(TODAY)) & set(Event.objects.past(TODAY))


@pytest.mark.parametrize(
    ("state", "last", "expected"),
    [
        ("planned", date(2026, 7, 3), True),
        ("planned", TODAY, False),
        ("planned", None, True),
        ("held", date(2026, 7, 3), False),
        ("cancelled", date(2026, 7, 3), False),
        ("postponed", date(2026, 7, 3), False),
    ],
)
def test_only_a_planned_event_that_passed_is_unconfirmed(state, last, expected):
    event = DraftEventFactory.build(state=state, starts_on=date(2026, 7, 1), ends_on=last)
    assert event.is_unconfirmed(TODAY) is expected


def test_series_leads_to_its_events():
    assert EventSeriesFactory(slug="forum").get_absolute_url() == "/events/?series=forum"
