"""Small lines without axes."""

from collections.abc import Sequence
from dataclasses import dataclass

from ecosystem.domain.headlines import Headline
from ecosystem.models import Metric


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A small line without axes, with a dot on its last value."""

    width: int
    height: int
    points: str
    dot_x: float
    dot_y: float


def sparkline_of(headline: Headline, width: int = 84, height: int = 26) -> Sparkline | None:
    """The headline's line without axes; None for fewer than two values."""
    if len(headline.line) < 2:
        return None
    days = [value.period_end.toordinal() for value in headline.line]
    numbers = [float(value.value) for value in headline.line]
    if headline.metric.nature == Metric.Nature.RANK:
        numbers = [-number for number in numbers]
    xs = _spread(days, 2, width - 3)
    ys = [height - y for y in _spread(numbers, 3, height - 3)]
    points = " ".join(f"{x:g},{y:g}" for x, y in zip(xs, ys, strict=True))
    return Sparkline(width, height, points, xs[-1], ys[-1])


def _spread(numbers: Sequence[float], low: float, high: float) -> list[float]:
    first, span = min(numbers), max(numbers) - min(numbers)
    return [
        round(low + (number - first) / span * (high - low), 1) if span else (low + high) / 2
        for number in numbers
    ]
