"""The organizations of a selection, counted by topic, district and decade."""

from collections.abc import Callable, Iterable
from math import log
from typing import NamedTuple

from ecosystem.domain.directory import Answer
from ecosystem.models import Place

COUNTED = ("topic", "district", "decade")
SEVERAL = "topic"
DARKEST = 10


class Tile(NamedTuple):
    """A district of the tile map: its names, its place there, its number of organizations, and a shade from 0 to 10."""

    slug: str
    name: str
    name_zh: str
    column: int
    row: int
    count: int
    shade: int


class Table(NamedTuple):
    """How many of the selected organizations have each value of a facet, and how many have none.

    An organization has several topics or none, but one district and one decade at most: only there the numbers add up.
    """

    facet: str
    counts: dict[str, int]
    without: int | None
    total: int

    @property
    def most(self) -> int:
        return max([*self.counts.values(), self.without or 0, 1])


def statistics_of(answer: Answer, order_of: Callable[[str], Iterable[str]]) -> list[Table]:
    """One table for each facet that is counted; values come in the order of the facet, topics by their number."""
    return [_table(facet, answer, order_of(facet)) for facet in COUNTED]


def _table(facet: str, answer: Answer, order: Iterable[str]) -> Table:
    counts = answer.within(facet)
    ordered = {value: counts[value] for value in order if value in counts}
    if facet == SEVERAL:
        ordered = dict(sorted(ordered.items(), key=lambda item: -item[1]))
    without = None if facet == SEVERAL else answer.count - sum(ordered.values())
    return Table(facet, ordered, without, answer.count)


def tiles_of(counts: dict[str, int]) -> list[Tile]:
    """The districts in reading order, each with its number."""
    districts = (
        Place.objects.published().filter(tile_column__isnull=False).order_by("tile_row", "tile_column")
    )
    rows = list(districts.values_list("slug", "name", "name_zh", "tile_column", "tile_row"))
    most = max((counts.get(slug, 0) for slug, *_rest in rows), default=0)
    return [Tile(*row, counts.get(row[0], 0), shade_of(counts.get(row[0], 0), most)) for row in rows]


def shade_of(number: int, most: int) -> int:
    """From 0 for none to 10 for the most, by logarithm: one district holds more than all others together."""
    return round(DARKEST * log(1 + number) / log(1 + most)) if most else 0
