"""A metric at a glance: everything that a tile, a ledger row or the head of a metric page says."""

from collections.abc import Sequence
from dataclasses import dataclass

from ecosystem.domain import wording
from ecosystem.domain.headlines import Headline, headlines
from ecosystem.domain.sparklines import Sparkline, sparkline_of
from ecosystem.domain.staleness import Expectation, day_of_knowledge, expectation_of
from ecosystem.models import Metric, Observation


@dataclass(slots=True)
class Tile:
    """A headline in the reader's words. Without an observation only the metric and `why` are there."""

    metric: Metric
    headline: Headline
    observation: Observation | None
    why: str
    amount: str = ""
    unit_label: str = ""
    qualifier_label: str = ""
    period_label: str = ""
    method_label: str = ""
    change_label: str = ""
    expected: Expectation | None = None
    expected_label: str = ""
    is_overdue: bool = False
    sparkline: Sparkline | None = None

    @property
    def rivals(self) -> Sequence[Observation]:
        return self.headline.rivals


def tile_of(headline: Headline) -> Tile:
    """The headline in the reader's words."""
    value = headline.observation
    tile = Tile(headline.metric, headline, value, wording.why(headline))
    if value is None:
        return tile
    tile.amount, tile.unit_label = wording.big_number(value)
    tile.qualifier_label = wording.qualifier_of(value)
    tile.period_label = wording.period_of(value)
    tile.method_label = wording.method_of(value)
    tile.change_label = wording.change_phrase(headline)
    _add_expectation(tile)
    tile.sparkline = sparkline_of(headline)
    return tile


def _add_expectation(tile: Tile) -> None:
    """When the next value comes, seen on the day as of which the values were attached."""
    metric = tile.metric
    values = getattr(metric, "current_observations", ())
    tile.expected = expectation_of(metric, values, day_of_knowledge(metric))
    if tile.expected:
        tile.expected_label = wording.next_value(tile.expected)
        tile.is_overdue = tile.expected.is_overdue


def tiles_of(metrics: Sequence[Metric]) -> list[Tile]:
    """A tile for each metric, whose observations were attached by `observations.attach_values`."""
    return [tile_of(headline) for headline in headlines(metrics)]
