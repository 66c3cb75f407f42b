"""Whatever has happened to values: asking today what was known on a day gives what that day gave itself."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ecosystem.domain import publishing, standings, superseding
from ecosystem.domain.observations import attach_values, end_of
from ecosystem.models import Metric, Observation, Source, Standing
from tests.factories import (
    DraftObservationFactory,
    EditorFactory,
    FormulaInputFactory,
    PublishedMetricFactory,
    PublishedSourceFactory,
)

pytestmark = pytest.mark.django_db

FIRST, DAYS = date(2025, 3, 1), 8
PERIODS = ("2023", "2024")
WEAKEST = (Standing.VERIFIED, Standing.REPORTED, Standing.UNVERIFIED, Standing.DISPUTED)

numbers = st.integers(1, 9)
which = st.integers(0, 2)
acts = st.one_of(
    st.tuples(st.just("add"), st.sampled_from("ab"), st.sampled_from(PERIODS), numbers),
    st.tuples(
        st.just("schedule"), st.sampled_from("ab"), st.sampled_from(PERIODS), numbers, st.integers(1, 4)
    ),
    st.tuples(st.just("correct"), which, numbers),
    st.tuples(st.sampled_from(["withdraw", "return", "unschedule", "verify", "dispute", "report"]), which),
)
# What is done on each day, in its order.
histories = st.lists(st.lists(acts, max_size=3), min_size=DAYS, max_size=DAYS)


class Newsroom:
    """Does what a history says through the verbs of the site; what they refuse is not done."""

    def __init__(self) -> None:
        self.editor, self.source = EditorFactory(), PublishedSourceFactory(trust=Source.Trust.PRIMARY)
        unit = PublishedMetricFactory(slug="a").unit
        PublishedMetricFactory(slug="b", unit=unit)
        total = PublishedMetricFactory(slug="total", unit=unit, formula=Metric.Formula.SUM)
        for slug in "ab":
            FormulaInputFactory(metric=total, input=Metric.objects.get(slug=slug))

    def do(self, act: tuple) -> None:
        name, *more = act
        try:
            with transaction.atomic():
                getattr(self, f"do_{name}")(*more)
        except ValidationError:
            return

    def do_add(self, slug: str, period: str, number: int) -> None:
        publishing.publish(self.draft(slug, period, number), by=self.editor)

    def do_schedule(self, slug: str, period: str, number: int, days: int) -> None:
        at = end_of(self.today + timedelta(days=days)) - timedelta(hours=3)
        publishing.schedule(self.draft(slug, period, number), by=self.editor, at=at)

    def draft(self, slug: str, period: str, number: int) -> Observation:
        metric = Metric.objects.get(slug=slug)
        made = DraftObservationFactory.build(
            metric=metric,
            period=period,
            value=Decimal(number),
            source=self.source,
            standing=Standing.REPORTED,
        )
        made.full_clean()
        made.save()
        return made

    def one(self, place: int) -> Observation:
        """One of all values, whatever has become of it."""
        values = list(Observation.objects.order_by("pk"))
        if not values:
            raise ValidationError("There is none yet.")
        return values[place % len(values)]

    def do_correct(self, place: int, number: int) -> None:
        reason = Observation.SupersedeReason.OUR_ERROR
        superseding.supersede(
            self.one(place), by=self.editor, reason=reason, explanation="Read again.", value=Decimal(number)
        )

    def do_withdraw(self, place: int) -> None:
        publishing.withdraw(self.one(place), by=self.editor, notice="Not ours.")

    def do_return(self, place: int) -> None:
        value = self.one(place)
        if value.withdrawn_at is None:
            raise ValidationError("It was not withdrawn.")
        publishing.publish(value, by=self.editor)

    def do_unschedule(self, place: int) -> None:
        publishing.unschedule(self.one(place), by=self.editor)

    def do_verify(self, place: int) -> None:
        standings.verify(self.one(place), by=self.editor, locator="table 1", reason="Found there.")

    def do_dispute(self, place: int) -> None:
        standings.dispute(self.one(place), by=self.editor, reason="Another office counts fewer.")

    def do_report(self, place: int) -> None:
        standings.report(self.one(place), by=self.editor, reason="Both agree now.")

    def days(self, history: list[list[tuple]]) -> Iterator[date]:
        """Live through the history; at the end of each day the clock stands at its last moment."""
        for number, todays in enumerate(history):
            self.today = FIRST + timedelta(days=number)
            morning = end_of(self.today) - timedelta(hours=16)
            for hour, act in enumerate(todays):
                with time_machine.travel(morning + timedelta(hours=hour), tick=False):
                    self.do(act)
            with time_machine.travel(end_of(self.today), tick=False):
                yield self.today


def known(at=None) -> dict[str, list[tuple]]:
    """What the site says of each metric now or then."""
    return {
        metric.slug: [
            (value.period, value.value, value.standing, value.standing_reason, value.locator)
            for value in metric.current_observations
        ]
        for metric in attach_values(Metric.objects.select_related("unit").order_by("slug"), at)
    }


# What chance seldom makes: a value that went and came back, and was decided about in between.
GONE_AND_BACK = [
    [("add", "a", "2023", 1)], [("withdraw", 0)], [("return", 0)], [("dispute", 0)],
    [("correct", 0, 2)], [("report", 1)], [], [],
]  # fmt: skip


@settings(max_examples=30, deadline=None)
@example(GONE_AND_BACK)
@given(histories)
def test_what_was_known_on_a_day_is_what_that_day_showed(history):
    with transaction.atomic():
        shown = {day: known() for day in Newsroom().days(history)}
        with time_machine.travel(end_of(FIRST + timedelta(days=DAYS + 9)), tick=False):
            assert {day: known(end_of(day)) for day in shown} == shown
        transaction.set_rollback(True)


@settings(max_examples=15, deadline=None)
@given(histories)
def test_computed_values_of_a_day_follow_from_their_inputs_of_that_day(history):
    with transaction.atomic():
        days = list(Newsroom().days(history))
        with time_machine.travel(end_of(FIRST + timedelta(days=DAYS + 9)), tick=False):
            for day in days:
                found = known(end_of(day))
                [firsts, seconds] = [{row[0]: row for row in found[slug]} for slug in "ab"]
                assert [row[:3] for row in found["total"]] == [
                    (
                        period,
                        firsts[period][1] + seconds[period][1],
                        _weakest(firsts[period], seconds[period]),
                    )
                    for period in PERIODS
                    if period in firsts and period in seconds
                ]
        transaction.set_rollback(True)


def _weakest(*rows: tuple) -> str:
    return max((row[2] for row in rows), key=WEAKEST.index)
