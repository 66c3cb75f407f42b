"""The life of values as a list of changes: what happened, when, why, and where to read it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from ecosystem.domain import publishing, standings, superseding
from ecosystem.domain.changes import changes
from ecosystem.models import Observation
from tests.factories import (
    LONG_AGO,
    SCHEDULED,
    DraftObservationFactory,
    EditorFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    SuppressionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def wafers():
    return PublishedMetricFactory(slug="wafers", name="Wafers", name_zh="晶圆")


@pytest.fixture
def value(wafers) -> Observation:
    return PublishedObservationFactory(metric=wafers, source__publisher="Bureau")


def told(metric=None) -> list[tuple[str, str]]:
    return [(change.title, change.text.replace("\u00a0", " ")) for change in changes(metric)]


def test_new_value_is_told_with_its_standing_and_source(value):
    assert told() == [("Wafers, 2024", "400 companies, Reported. Source: Bureau.")]
    [change] = changes()
    assert (change.moment, change.address, change.key) == (
        LONG_AGO,
        "/metrics/wafers/2024/",
        f"value-{value.pk}",
    )


def test_drafts_and_scheduled_values_are_not_told(wafers):
    DraftObservationFactory(metric=wafers)
    PublishedObservationFactory(metric=wafers, **SCHEDULED)
    assert told() == []


def test_correction_is_told_with_both_values_and_the_reason(value):
    superseding.supersede(
        value,
        by=EditorFactory(),
        reason=Observation.SupersedeReason.OUR_ERROR,
        explanation="Read in the wrong row.",
        value=Decimal(500),
    )
    assert told()[0] == (
        "Wafers, 2024",
        "500 companies instead of 400 companies (our error). Read in the wrong row.",
    )


def test_decision_is_told_with_its_reason(value):
    standings.dispute(value, by=EditorFactory(), reason="The bulletin says 300.", reason_zh="公报为300。")
    assert told()[0] == (
        "Wafers, 2024",
        "400 companies is now Disputed, was Reported. The bulletin says 300.",
    )
    with override("zh-hans"):
        title, text = told()[0]
    assert (title, text.endswith("公报为300。")) == ("晶圆，2024年", True)


def test_withdrawn_value_is_told_without_its_number(value):
    publishing.withdraw(value, by=EditorFactory(), notice="It described something else.")
    assert told() == [("Wafers, 2024", "Withdrawn. It described something else.")]


def test_suppressed_value_leaves_a_tombstone(wafers):
    SuppressionFactory(metric=wafers, period="2023")
    assert told() == [("Wafers, 2023", "A value was removed by order of a court.")]


def test_changes_of_one_metric_are_its_own(value):
    other = PublishedObservationFactory()
    assert [change.key for change in changes(value.metric)] == [f"value-{value.pk}"]
    assert {change.key for change in changes()} == {f"value-{value.pk}", f"value-{other.pk}"}


def test_newest_come_first_and_the_rest_is_left_out(wafers):
    for day in range(4):
        PublishedObservationFactory(
            metric=wafers, published_at=LONG_AGO + timedelta(days=day), period=f"202{day}"
        )
    assert [change.title for change in changes(limit=2)] == ["Wafers, 2023", "Wafers, 2022"]


def test_many_changes_come_in_as_many_queries_as_few(value, django_assert_num_queries):
    for _ in range(5):
        PublishedObservationFactory()
    with django_assert_num_queries(6):
        changes()
