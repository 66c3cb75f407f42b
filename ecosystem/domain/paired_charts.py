"""A chart of two metrics over one axis of time, on a common scale where they count the same, else on two scales."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ecosystem.domain.chart_lines import paths
from ecosystem.domain.chart_marks import kind_of, title_of
from ecosystem.domain.chart_scales import (
    WIDE,
    Frame,
    Scale,
    Tick,
    axis_number,
    axis_width,
    edges,
    year_ticks,
)
from ecosystem.domain.figure_values import count_the_same
from ecosystem.domain.headlines import TRUSTED, Headline
from ecosystem.models import Metric, Observation, Standing
from ecosystem.values.labels import Box, Place, Side, Wish, placed, text_width
from ecosystem.values.quantities import significant

LABEL_DIGITS = 4
SIDES = (Side.ABOVE, Side.BELOW, Side.LEFT)


@dataclass(frozen=True, slots=True)
class PairPoint:
    """A value of one line; is_plain says that it is drawn as the mark of its line, without a doubt to show."""

    x: float
    y: float
    kind: str
    is_plain: bool
    title: str


@dataclass(frozen=True, slots=True)
class PairLine:
    """The line of one metric; kind is "first" or "second" and stands for color, dash and mark."""

    kind: str
    metric: Metric
    paths: tuple[str, ...]
    points: tuple[PairPoint, ...]
    label: Place | None
    starts_at: str


@dataclass(frozen=True, slots=True)
class PairChart:
    """Both lines; right_ticks are empty where the scale at the left counts for both. axis: where it stands."""

    width: int
    height: int
    left: float
    axis: float
    foot: float
    is_common: bool
    left_ticks: list[Tick]
    right_ticks: list[Tick]
    x_ticks: list[Tick]
    edges: str
    lines: list[PairLine] = field(default_factory=list)


def have_common_scale(first: Metric, second: Metric) -> bool:
    """Whether amounts of both may stand on one scale; of a rank the top is its first place."""
    ranks = {metric.nature == Metric.Nature.RANK for metric in (first, second)}
    return len(ranks) == 1 and count_the_same(first.unit, second.unit)


def pair_chart_of(headlines: Sequence[Headline], frame: Frame = WIDE) -> PairChart | None:
    """The lines of two headlines; None where one of them has no value, or both only one of the same period."""
    first, second = headlines
    spans = {value.period for headline in headlines for value in headline.line}
    if not first.line or not second.line or len(spans) < 2:
        return None
    is_common = have_common_scale(first.metric, second.metric)
    scales = _common(headlines, frame) if is_common else _apart(headlines, frame)
    left, right = scales
    labels = _labels(headlines, scales)
    return PairChart(
        width=frame.width,
        height=frame.height,
        left=left.left,
        axis=left.right if is_common else _axis(right),
        foot=left.foot,
        is_common=is_common,
        left_ticks=_ticks(left),
        right_ticks=[] if is_common else _ticks(right),
        x_ticks=year_ticks(left),
        edges="" if left.whole_years else edges(left),
        lines=[
            _line(kind, headline, scale, label)
            for kind, headline, scale, label in zip(
                ("first", "second"), headlines, scales, labels, strict=True
            )
        ],
    )


def _common(headlines: Sequence[Headline], frame: Frame) -> tuple[Scale, Scale]:
    values = [value for headline in headlines for value in headline.line]
    scale = Scale(values, headlines[0].metric, frame)
    return scale, scale


def _apart(headlines: Sequence[Headline], frame: Frame) -> tuple[Scale, Scale]:
    """Two scales over the same days, with room for the numbers of the second one at the right."""
    first, second = headlines
    left = Scale(first.line, first.metric, frame, beside=second.line)
    right = Scale(second.line, second.metric, frame, beside=first.line)
    right.left = left.left
    left.right = right.right = _axis(right)
    overhang = max(
        _overhang(headline.line[-1], scale) for headline, scale in zip(headlines, (left, right), strict=True)
    )
    left.right = right.right = round(left.right - overhang * 1.1, 1)  # the marks move by less than the edge
    return left, right


def _axis(scale: Scale) -> float:
    """Where an axis at the right leaves room for its numbers."""
    return float(scale.frame.width - axis_width(scale.steps) - scale.frame.gap)


def _overhang(value: Observation, scale: Scale) -> float:
    """How far the newest number above its mark would reach beyond the drawing, into the numbers of the axis."""
    return max(0.0, scale.x(value) + text_width(_newest(value, scale)) / 2 - scale.right)


def _newest(value: Observation, scale: Scale) -> str:
    return axis_number(significant(scale.number(value), LABEL_DIGITS))


def _ticks(scale: Scale) -> list[Tick]:
    return [Tick(axis_number(step), y=scale.y(step)) for step in scale.steps]


def _labels(headlines: Sequence[Headline], scales: Sequence[Scale]) -> list[Place]:
    """The newest number of each line, clear of the marks of both."""
    newest = [headline.line[-1] for headline in headlines]
    wishes = [
        Wish(*scale.point(value), (_newest(value, scale),), SIDES)
        for scale, value in zip(scales, newest, strict=True)
    ]
    marks = [
        scale.point(value)
        for scale, headline in zip(scales, headlines, strict=True)
        for value in headline.line
    ]
    frame = scales[0].frame
    return list(placed(wishes, marks, Box(0, 0, frame.width, scales[0].foot + 4)))


def _line(kind: str, headline: Headline, scale: Scale, label: Place) -> PairLine:
    trusted = [value for value in headline.line if value.standing in TRUSTED]
    return PairLine(
        kind,
        headline.metric,
        tuple(paths(scale, trusted)),
        tuple(_point(value, scale) for value in headline.line),
        label,
        axis_number(scale.low) if scale.low > 0 and not scale.is_rank else "",
    )


def _point(value: Observation, scale: Scale) -> PairPoint:
    shape = kind_of(value)
    is_plain = shape in {Standing.VERIFIED, Standing.REPORTED}
    return PairPoint(*scale.point(value), str(shape), is_plain, title_of(value))
