"""A chart in words says the latest value, its course, the extremes and what is disputed."""

from decimal import Decimal

import pytest

from ecosystem.domain.describing import describe
from ecosystem.domain.headlines import headline_of
from ecosystem.domain.observations import attach_values
from ecosystem.models import Metric
from tests.factories import DisputedObservationFactory, PublishedMetricFactory, PublishedObservationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def metric() -> Metric:
    return PublishedMetricFactory(nature=Metric.Nature.STOCK)


def described(metric, values: dict[str, int]) -> str:
    for period, value in values.items():
        PublishedObservationFactory(metric=metric, period=period, value=Decimal(value))
    [found] = attach_values(Metric.objects.select_related("unit").filter(pk=metric.pk))
    return describe(found, headline_of(found, found.current_observations)).replace("\u00a0", " ")


def test_nothing_is_said_without_a_value(metric):
    assert described(metric, {}) == ""


def test_one_value_is_the_latest(metric):
    assert described(metric, {"2024": 1}) == "Latest value: 1 company, 2024."


def test_two_values_have_a_beginning(metric):
    assert described(metric, {"2023": 300, "2024": 400}) == (
        "Latest value: 400 companies, 2024. The line begins with 300 companies in 2023 and holds 2 values."
    )


def test_three_values_have_extremes(metric):
    assert described(metric, {"2022": 300, "2023": 500, "2024": 400}) == (
        "Latest value: 400 companies, 2024. The line begins with 300 companies in 2022 and holds 3 values. "
        "Lowest: 300 companies (2022); highest: 500 companies (2023)."
    )


@pytest.mark.parametrize(("count", "sentence"), [(1, "1 value is disputed."), (2, "2 values are disputed.")])
def test_disputed_values_are_counted(metric, count, sentence):
    DisputedObservationFactory.create_batch(count, metric=metric, period="2023")
    assert described(metric, {"2024": 5}) == f"Latest value: 5 companies, 2024. {sentence}"
