"""The size of a chart, its axes, and where days and values stand on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil

from ecosystem.domain.wording import in_table_unit, language
from ecosystem.models import Metric, Observation
from ecosystem.values.axes import rank_steps, steps
from ecosystem.values.labels import Side, text_width
from ecosystem.values.quantities import grouped_number


@dataclass(frozen=True, slots=True)
class Frame:
    """A size to draw in, in pixels of its own; into how many intervals its axis of values may fall, and how near
    one another the labels of years may stand."""

    width: int
    height: int
    intervals: int
    year_room: int
    top: int = 26
    bottom: int = 38  # below the drawing, for the marks of empty periods and the years
    margin: int = 14  # at the right, where no label needs more
    gap: int = 10  # between the labels of the axis and the drawing


WIDE = Frame(800, 340, intervals=5, year_room=64)
NARROW = Frame(400, 300, intervals=4, year_room=44)


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on an axis; x or y in the chart's pixels."""

    label: str
    x: float = 0
    y: float = 0


class Scale:
    """Turns days and values into pixels of a frame; of the values at least one has a number.

    They are counted in the unit of the metric, whichever metric they are of. beside: values on another scale that
    share the days.
    """

    def __init__(
        self,
        values: Sequence[Observation],
        metric: Metric,
        frame: Frame,
        beside: Sequence[Observation] = (),
    ) -> None:
        self.metric, self.frame = metric, frame
        timed = [*values, *beside]
        self.whole_years = all(not value.span.is_part_of_year for value in timed)
        self.first = min(value.period_start.year for value in timed)
        self.last = max(value.period_end.year for value in timed)
        numbers = [self.number(value) for value in values if value.value is not None]
        self.steps = _steps(metric, min(numbers), max(numbers), frame.intervals)
        self.low, self.high = self.steps[0], max(self.steps[-1], *numbers)
        self.left = axis_width(self.steps) + frame.gap
        self.right: float = frame.width - frame.margin
        self.foot = frame.height - frame.bottom

    @property
    def is_rank(self) -> bool:
        return self.metric.nature == Metric.Nature.RANK

    def make_room(self, wishes: Iterable[tuple[Observation, float]]) -> None:
        """Ends the drawing early enough for texts of these widths at the right of their values.

        A text that would take more than a third of the frame finds its place at another side.
        """
        for value, width in wishes:
            needed, share = width + Side.RIGHT.value[0] + 2, self.share(self._moment(value.period_end))
            if share and needed < self.frame.width / 3:
                self.right = min(self.right, self.left + (self.frame.width - self.left - needed) / share)
        self.right = round(self.right, 1)

    def share(self, year: Decimal) -> float:
        """How far a moment lies between the first year's beginning and the last one's end."""
        return float((year - self.first) / Decimal(self.last + 1 - self.first))

    def _moment(self, day: date) -> Decimal:
        """Whole years stand in the middle of their year; where months mix in, everything stands at its last day."""
        return Decimal(day.year) + (Decimal("0.5") if self.whole_years else _share_of_year(day))

    def at_end(self, day: date) -> float:
        """Where a period that ends on that day stands."""
        return self.at(self._moment(day))

    def at(self, year: Decimal) -> float:
        return round(self.left + self.share(year) * (self.right - self.left), 1)

    def y(self, number: Decimal) -> float:
        share = float((number - self.low) / (self.high - self.low))
        return round(self.foot - (1 - share if self.is_rank else share) * (self.foot - self.frame.top), 1)

    def point(self, value: Observation) -> tuple[float, float]:
        return self.x(value), self.y(self.number(value))

    def number(self, value: Observation) -> Decimal:
        """The value in the unit of the scale."""
        return in_table_unit(value.value * value.metric.unit.factor / self.metric.unit.factor, self.metric)

    def x(self, value: Observation) -> float:
        return self.at_end(value.period_end)


def axis_width(steps: Iterable[Decimal]) -> int:
    """The room that the labels of an axis need."""
    return ceil(max(text_width(axis_number(step)) for step in steps))


def axis_number(number: Decimal) -> str:
    """A number of an axis or a label, grouped as the texts of this language group theirs."""
    return grouped_number(number, language())


def _share_of_year(day: date) -> Decimal:
    return Decimal(day.timetuple().tm_yday) / Decimal(366)


def year_ticks(scale: Scale) -> list[Tick]:
    years = range(scale.first, scale.last + 1)
    room = (scale.right - scale.left) / len(years)
    step = next((step for step in (1, 2, 5, 10, 20) if room * step >= scale.frame.year_room), len(years))
    return [
        Tick(str(year), x=scale.at(Decimal(year) + Decimal("0.5")))
        for year in years
        if (scale.last - year) % step == 0
    ]


def edges(scale: Scale) -> str:
    years = range(scale.first, scale.last + 2)
    return "".join(f"M{scale.at(Decimal(year)):g} {scale.foot}v5" for year in years)


def _steps(metric: Metric, low: Decimal, high: Decimal, intervals: int) -> list[Decimal]:
    return (
        rank_steps(int(high), intervals)
        if metric.nature == Metric.Nature.RANK
        else steps(low, high, intervals)
    )
