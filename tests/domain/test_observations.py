"""What the public knows of a metric now, and what it knew on any day before."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ecosystem.domain import publishing
from ecosystem.domain.observations import History, attach_values, end_of
from ecosystem.models import Metric, Observation, Standing
from tests.factories import (
    LONG_AGO,
    SCHEDULED,
    DraftObservationFactory,
    EditorFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    StandingChangeFactory,
)

pytestmark = pytest.mark.django_db

LATER = LONG_AGO + timedelta(days=10)


def known(metric: Metric, at: datetime | None = None) -> list[Observation]:
    return attach_values(Metric.objects.filter(pk=metric.pk), at)[0].current_observations


def test_a_day_ends_with_its_last_moment_in_shanghai():
    assert end_of(date(2025, 3, 1)).astimezone(UTC) == datetime(2025, 3, 1, 15, 59, 59, 999999, tzinfo=UTC)


def test_value_is_known_from_the_moment_of_its_publication():
    value = PublishedObservationFactory(published_at=LATER)
    assert known(value.metric, LATER - timedelta(microseconds=1)) == []
    assert known(value.metric, LATER) == [value]


def test_drafts_and_scheduled_values_were_never_known():
    metric = PublishedMetricFactory()
    DraftObservationFactory(metric=metric)
    PublishedObservationFactory(metric=metric, **SCHEDULED)
    assert (known(metric), known(metric, LATER), History([metric]).first_moment(metric)) == ([], [], None)


def test_superseded_value_stood_until_its_successor_came():
    old = PublishedObservationFactory()
    new = PublishedObservationFactory(metric=old.metric, published_at=LATER)
    Observation.objects.filter(pk=old.pk).update(superseded_by=new)
    assert known(old.metric, LATER - timedelta(seconds=1)) == [old]
    assert known(old.metric, LATER) == [new]
    assert History([old.metric]).superseded(old.metric, LATER) == [old]


def test_standing_is_that_of_the_day():
    value = PublishedObservationFactory(
        standing=Standing.DISPUTED, standing_reason="Wrong.", locator="table 2"
    )
    StandingChangeFactory(observation=value, decided_at=LATER)
    StandingChangeFactory(
        observation=value,
        decided_at=LATER + timedelta(days=5),
        standing=Standing.DISPUTED,
        standing_before=Standing.VERIFIED,
        reason_before="Found in the yearbook.",
        locator_before="table 2",
    )
    days = [LATER - timedelta(days=1), LATER, LATER + timedelta(days=5)]
    found = [
        (one.standing, one.standing_reason, one.locator) for day in days for one in known(value.metric, day)
    ]
    assert found == [
        ("reported", "", ""),
        ("verified", "Found in the yearbook.", "table 2"),
        ("disputed", "Wrong.", "table 2"),
    ]


def test_withdrawn_value_was_known_until_then_and_again_when_it_came_back():
    value, editor = PublishedObservationFactory(), EditorFactory()
    publishing.withdraw(value, by=editor, notice="Read in the wrong row.")
    withdrawn = value.withdrawn_at
    publishing.publish(value, by=editor)
    moments = [LONG_AGO, withdrawn - timedelta(microseconds=1), withdrawn, value.published_at]
    assert [known(value.metric, at) for at in moments] == [[value], [value], [], [value]]


def test_values_of_many_metrics_come_in_few_queries(django_assert_num_queries):
    for _ in range(5):
        PublishedObservationFactory()
    with django_assert_num_queries(2):
        attach_values(Metric.objects.all())
    with django_assert_num_queries(4):
        attach_values(Metric.objects.all(), LATER)
