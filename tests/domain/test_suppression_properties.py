"""Whatever has happened before: a suppression takes one number out of every day, and puts nothing in its place."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import example, given, settings

from ecosystem.domain import suppression
from ecosystem.domain.observations import end_of
from ecosystem.models import Observation
from tests.domain.test_known_on_properties import (
    DAYS,
    FIRST,
    GONE_AND_BACK,
    Newsroom,
    histories,
    known,
    which,
)

pytestmark = pytest.mark.django_db
SAID = {"ground": "court-order", "reference": "order", "notice": "A value was removed."}
# What chance seldom makes: three values in a row, the middle one away for a while.
THREE = [
    [("add", "a", "2023", 1)], [("correct", 0, 2)], [("withdraw", 1)], [("return", 1)],
    [("correct", 1, 3)], [("withdraw", 2)], [], [],
]  # fmt: skip

# A value is replaced, and the one that replaced it is to go while that which replaced it in turn stays.
MIDDLE_GOES = [
    [], [], [("add", "a", "2023", 1), ("correct", 0, 3)],
    [], [], [("correct", 1, 1), ("withdraw", 1)], [], [],
]  # fmt: skip
LAST_RETURNS = [
    [("add", "a", "2023", 1)], [("correct", 0, 3)], [("correct", 1, 1)],
    [("withdraw", 2)], [("withdraw", 1)], [("return", 2)], [], [],
]  # fmt: skip


def shown_on(days: list[date]) -> dict[date, dict[str, list[tuple]]]:
    return {day: {slug: known(end_of(day))[slug] for slug in "ab"} for day in days}


def lacking(shown: dict, gone: Observation) -> dict:
    return {
        day: {
            slug: [row for row in rows if (slug, *row[:2]) != (gone.metric.slug, gone.period, gone.value)]
            for slug, rows in metrics.items()
        }
        for day, metrics in shown.items()
    }


@settings(max_examples=15, deadline=None)
@example(THREE, 0)
@example(THREE, 1)
@example(THREE, 2)
@example(GONE_AND_BACK, 1)
@example(MIDDLE_GOES, 1)
@example(LAST_RETURNS, 1)
@given(histories, which)
def test_every_day_lacks_the_number_and_has_the_rest(history, place):
    with transaction.atomic():
        newsroom = Newsroom()
        days = list(newsroom.days(history))
        values = list(Observation.objects.order_by("pk"))
        if values:
            with time_machine.travel(end_of(FIRST + timedelta(days=DAYS + 9)), tick=False):
                gone, before, now = values[place % len(values)], shown_on(days), known()
                suppression.suppress_value(gone, by=newsroom.editor, **SAID)
                assert shown_on(days) == lacking(before, gone)
                present = {None: {slug: known()[slug] for slug in "ab"}}
                assert present == lacking({None: {slug: now[slug] for slug in "ab"}}, gone)
        transaction.set_rollback(True)
