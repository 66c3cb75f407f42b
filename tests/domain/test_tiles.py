"""A tile says everything about a metric's headline in the reader's words."""

from decimal import Decimal

import pytest

from ecosystem.domain.observations import attach_values
from ecosystem.domain.tiles import tiles_of
from ecosystem.models import Metric
from tests.factories import PublishedMetricFactory, PublishedObservationFactory

pytestmark = pytest.mark.django_db


def tiles():
    rows = Metric.objects.select_related("unit")
    return tiles_of(attach_values(rows.order_by("pk")))


def test_tile_says_the_headline_in_words():
    metric = PublishedMetricFactory()
    for year, value in ((2022, 300), (2023, 400), (2024, 500)):
        PublishedObservationFactory(
            metric=metric, period=str(year), value=Decimal(value), qualifier=">", method="large firms"
        )
    (tile,) = tiles()
    assert (tile.qualifier_label, tile.amount, tile.unit_label) == ("more than", "500", "companies")
    assert (tile.period_label, tile.method_label) == ("2024", "large firms")
    assert tile.change_label == "about +25% since 2023"
    assert len(tile.sparkline.points.split()) == 3
    assert tile.observation.period == "2024"


def test_tile_shows_rivals_beside_the_value():
    value = PublishedObservationFactory(value=Decimal(500))
    rival = PublishedObservationFactory(metric=value.metric, value=Decimal(700))
    (tile,) = tiles()
    assert {tile.observation, *tile.rivals} == {value, rival}


def test_tile_without_a_value_says_why():
    PublishedMetricFactory()
    (tile,) = tiles()
    assert (tile.observation, tile.amount, tile.why) == (None, "", "There is no public value yet.")


def test_tiles_take_two_queries_whatever_their_number(django_assert_num_queries):
    for metric in PublishedMetricFactory.create_batch(4):
        for period in ("2023", "2024"):
            PublishedObservationFactory(metric=metric, period=period)
    with django_assert_num_queries(2):
        assert len(tiles()) == 4
