"""Small lines without axes end on the headline."""

from decimal import Decimal

import pytest

from ecosystem.domain.headlines import headline_of
from ecosystem.domain.observations import attach_values
from ecosystem.domain.sparklines import Sparkline, sparkline_of
from ecosystem.models import Metric
from tests.factories import PublishedMetricFactory, PublishedObservationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def metric() -> Metric:
    return PublishedMetricFactory(nature=Metric.Nature.STOCK)


def with_values(metric, values: dict[str, int]) -> Metric:
    for period, value in values.items():
        PublishedObservationFactory(metric=metric, period=period, value=Decimal(value))
    return metric


def sparkline(metric) -> Sparkline | None:
    [metric] = attach_values(Metric.objects.filter(pk=metric.pk))
    return sparkline_of(headline_of(metric, metric.current_observations))


def test_sparkline_ends_in_a_dot_on_the_headline(metric):
    line = sparkline(with_values(metric, {"2022": 100, "2023": 50, "2024": 400}))
    points = [tuple(map(float, pair.split(","))) for pair in line.points.split()]
    assert points[-1] == (line.dot_x, line.dot_y)
    assert [y for _x, y in points].index(min(y for _x, y in points)) == 2
    assert all(0 <= x <= line.width and 0 <= y <= line.height for x, y in points)


def test_sparkline_of_a_rank_rises_toward_the_first_place(metric):
    metric.nature = Metric.Nature.RANK
    metric.save()
    line = sparkline(with_values(metric, {"2023": 9, "2024": 2}))
    ys = [float(pair.split(",")[1]) for pair in line.points.split()]
    assert ys[1] < ys[0]


def test_sparkline_needs_two_values(metric):
    assert sparkline(with_values(metric, {"2024": 1})) is None
    with_values(metric, {"2023": 1})
    assert sparkline(metric).dot_y == 13
