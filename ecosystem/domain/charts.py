"""Charts as plain numbers: scales, ticks, paths, marks and labels, drawn by one template."""

from dataclasses import dataclass, field
from decimal import Decimal

from ecosystem.domain.chart_labels import Label, labels_of
from ecosystem.domain.chart_lines import Line, lines_of
from ecosystem.domain.chart_marks import Empty, KeyEntry, Point, empties_of, key_of, points_of, rivals_of
from ecosystem.domain.chart_scales import NARROW, WIDE, Frame, Scale, Tick, axis_number, edges, year_ticks
from ecosystem.domain.headlines import TRUSTED, Headline
from ecosystem.domain.value_groups import groups_of
from ecosystem.models import Metric

__all__ = ["NARROW", "WIDE", "Chart", "Frame", "chart_of"]


@dataclass(slots=True)
class Chart:
    """A drawing of a metric's values over time.

    edges: short marks between years, where values of months stand within them. starts_at: the number at the foot of
    an axis that does not begin at zero, for the caption. rivals: a path that ties rivals of a period together.
    empties: periods without a number. key: the marks that are used.
    """

    width: int
    height: int
    left: float
    right: float
    foot: float
    y_ticks: list[Tick] = field(default_factory=list)
    x_ticks: list[Tick] = field(default_factory=list)
    edges: str = ""
    lines: list[Line] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    empties: list[Empty] = field(default_factory=list)
    rivals: str = ""
    labels: list[Label] = field(default_factory=list)
    key: list[KeyEntry] = field(default_factory=list)
    zero_y: float | None = None
    starts_at: str = ""


def chart_of(metric: Metric, headline: Headline, frame: Frame = WIDE) -> Chart | None:
    """The chart of a metric whose values were attached; None where there are not two periods to compare."""
    values = list(metric.current_observations)
    if len({value.period for value in values if value.value is not None}) < 2:
        return None
    groups = groups_of(metric, headline.observation)[::-1]
    scale = Scale(values, metric, frame)
    main = headline.line if headline.observation and headline.observation.standing in TRUSTED else ()
    labels = labels_of(scale, groups, main, headline)
    points, empties, rivals = points_of(scale, groups), empties_of(scale, groups), rivals_of(scale, groups)
    lines = lines_of(scale, values, main, [group.span.end for group in groups if not group.rows])
    return Chart(
        width=frame.width,
        height=frame.height,
        left=scale.left,
        right=scale.right,
        foot=scale.foot,
        y_ticks=[Tick(axis_number(step), y=scale.y(step)) for step in scale.steps],
        x_ticks=year_ticks(scale),
        edges="" if scale.whole_years else edges(scale),
        lines=lines,
        points=points,
        empties=empties,
        rivals=rivals,
        labels=labels,
        key=key_of(points, empties, [*(["rivals"] if rivals else []), *{line.kind for line in lines}]),
        zero_y=scale.y(Decimal(0)) if scale.low <= 0 <= scale.high else None,
        starts_at=axis_number(scale.low) if scale.low > 0 and not scale.is_rank else "",
    )
