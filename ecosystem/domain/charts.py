"""Charts as plain numbers: scales, ticks, paths, marks and labels, drawn by one template."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import ceil

from django.utils.translation import gettext as _

from ecosystem.domain.headlines import TRUSTED, Headline, line_of
from ecosystem.domain.wording import in_table_unit, language, method_of, period_of, publisher_of, table_number
from ecosystem.models import Metric, Observation, Standing
from ecosystem.values.axes import rank_steps, steps
from ecosystem.values.labels import Box, Place, Side, Wish, placed, text_width
from ecosystem.values.quantities import grouped_number, significant

MAX_GAP_YEARS = 2
LABEL_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """A size to draw in, in pixels of its own; into how many intervals its axis of values may fall, and how near
    one another the labels of years may stand."""

    width: int
    height: int
    intervals: int
    year_room: int
    top: int = 26
    bottom: int = 34  # below the drawing, for the years
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


@dataclass(frozen=True, slots=True)
class Line:
    """A path that joins values of one method; kind is its style."""

    path: str
    kind: str


@dataclass(frozen=True, slots=True)
class Point:
    """One value; kind is its standing, or forecast; title is what a pointer shows."""

    x: float
    y: float
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Label:
    """A direct label beside a point."""

    x: float
    y: float
    text: str
    anchor: str
    kind: str


@dataclass(slots=True)
class Chart:
    """A drawing of a metric's values over time.

    edges: short marks between years, where values of months stand within them. starts_at: the number at the foot of
    an axis that does not begin at zero, for the caption.
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
    labels: list[Label] = field(default_factory=list)
    zero_y: float | None = None
    starts_at: str = ""


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A small line without axes, with a dot on its last value."""

    width: int
    height: int
    points: str
    dot_x: float
    dot_y: float


class Scale:
    """Turns days and values into pixels of a frame."""

    def __init__(self, values: Sequence[Observation], metric: Metric, frame: Frame) -> None:
        self.metric, self.frame = metric, frame
        self.whole_years = all(not value.span.is_part_of_year for value in values)
        self.first = min(value.period_start.year for value in values)
        self.last = max(value.period_end.year for value in values)
        numbers = [in_table_unit(value.value, metric) for value in values]
        self.steps = _steps(metric, min(numbers), max(numbers), frame.intervals)
        self.low, self.high = self.steps[0], max(self.steps[-1], *numbers)
        self.left = ceil(max(text_width(axis_number(step)) for step in self.steps)) + frame.gap
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
            needed, share = width + Side.RIGHT.value[0] + 2, self.share(self._moment(value))
            if share and needed < self.frame.width / 3:
                self.right = min(self.right, self.left + (self.frame.width - self.left - needed) / share)
        self.right = round(self.right, 1)

    def share(self, year: Decimal) -> float:
        """How far a moment lies between the first year's beginning and the last one's end."""
        return float((year - self.first) / Decimal(self.last + 1 - self.first))

    def _moment(self, value: Observation) -> Decimal:
        """Whole years stand in the middle of their year; where months mix in, everything stands at its last day."""
        year = Decimal(value.period_end.year)
        return year + Decimal("0.5") if self.whole_years else year + _share_of_year(value.period_end)

    def at(self, year: Decimal) -> float:
        return round(self.left + self.share(year) * (self.right - self.left), 1)

    def y(self, number: Decimal) -> float:
        share = float((number - self.low) / (self.high - self.low))
        return round(self.foot - (1 - share if self.is_rank else share) * (self.foot - self.frame.top), 1)

    def point(self, value: Observation) -> tuple[float, float]:
        return self.at(self._moment(value)), self.y(in_table_unit(value.value, self.metric))


def chart_of(metric: Metric, headline: Headline, frame: Frame = WIDE) -> Chart | None:
    """The chart of a metric whose values were attached; None where there are not two periods to compare."""
    values = list(metric.current_observations)
    if len({value.period for value in values}) < 2:
        return None
    scale = Scale(values, metric, frame)
    main = headline.line if headline.observation and headline.observation.standing in TRUSTED else ()
    labelled = [(value, _texts(value, in_line=value in main)) for value in _labelled(values, main, headline)]
    scale.make_room((value, text_width(texts[0])) for value, texts in labelled)
    return Chart(
        width=frame.width,
        height=frame.height,
        left=scale.left,
        right=scale.right,
        foot=scale.foot,
        y_ticks=[Tick(axis_number(step), y=scale.y(step)) for step in scale.steps],
        x_ticks=_year_ticks(scale),
        edges="" if scale.whole_years else _edges(scale),
        lines=[*_lines(scale, main, "main"), *_other_lines(scale, values, main)],
        points=[Point(*scale.point(value), kind_of(value), _title(value)) for value in values],
        labels=list(_labels(scale, values, main, labelled)),
        zero_y=scale.y(Decimal(0)) if scale.low <= 0 <= scale.high else None,
        starts_at=axis_number(scale.low) if scale.low > 0 and not scale.is_rank else "",
    )


def axis_number(number: Decimal) -> str:
    """A number of an axis or a label, grouped as the texts of this language group theirs."""
    return grouped_number(number, language())


def kind_of(value: Observation) -> str:
    return "forecast" if _is_forecast(value) else value.standing


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


def _other_lines(scale: Scale, values: Sequence[Observation], main: Sequence[Observation]) -> Iterable[Line]:
    """A line for each method of counting that is not the headline's."""
    trusted = [value for value in values if value.standing in TRUSTED and not _is_forecast(value)]
    for method in sorted({value.method for value in trusted} - {value.method for value in main[-1:]}):
        yield from _lines(scale, line_of(scale.metric, trusted, method), "other")


def _lines(scale: Scale, values: Sequence[Observation], kind: str) -> Iterable[Line]:
    """Paths through the values; where years are missing the line breaks, so that a gap is seen as one."""
    run: list[Observation] = []
    for value in values:
        if run and _is_gap(scale, run[-1], value):
            yield from _path(scale, run, kind)
            run = []
        run.append(value)
    yield from _path(scale, run, kind)


def _is_gap(scale: Scale, before: Observation, after: Observation) -> bool:
    years = (after.period_end - before.period_end).days / 365.25
    return years > (1.5 if scale.whole_years else MAX_GAP_YEARS)


def _path(scale: Scale, run: Sequence[Observation], kind: str) -> Iterable[Line]:
    if len(run) > 1:
        yield Line("M" + "L".join("{:g} {:g}".format(*scale.point(value)) for value in run), kind)


def _labels(
    scale: Scale,
    values: Sequence[Observation],
    main: Sequence[Observation],
    labelled: Sequence[tuple[Observation, Sequence[str]]],
) -> Iterable[Label]:
    """The newest value of each line, and every value that is off the lines, in words beside its mark."""
    wishes = [
        Wish(*scale.point(value), texts, _sides(scale, value, values, main)) for value, texts in labelled
    ]
    paper = Box(0, 0, scale.frame.width, scale.foot + 4)
    places = placed(wishes, [scale.point(value) for value in values], paper)
    for (value, _texts), place in zip(labelled, places, strict=True):
        yield _label(place, "main" if value in main else kind_of(value))


def _label(place: Place, kind: str) -> Label:
    return Label(place.x, place.y, place.text, place.anchor, kind)


def _labelled(
    values: Sequence[Observation], main: Sequence[Observation], headline: Headline
) -> list[Observation]:
    chosen = [headline.observation] if headline.observation else []
    last_of_method = {value.method: value for value in sorted(values, key=lambda value: value.span.recency)}
    for value in values:
        is_aside = (
            value.standing not in TRUSTED or _is_forecast(value) or value is last_of_method[value.method]
        )
        if value not in main and value not in chosen and is_aside:
            chosen.append(value)
    return chosen


def _sides(
    scale: Scale, value: Observation, values: Sequence[Observation], main: Sequence[Observation]
) -> Sequence[Side]:
    """Right of the mark; within the drawing a value of the line has its label where the line does not come from."""
    if value not in main or value.span.recency == max(one.span.recency for one in values):
        return (Side.RIGHT, Side.ABOVE, Side.BELOW, Side.LEFT)
    is_falling = len(main) > 1 and scale.point(main[-2])[1] < scale.point(value)[1]
    first, second = (Side.BELOW, Side.ABOVE) if is_falling else (Side.ABOVE, Side.BELOW)
    return (first, Side.RIGHT, second, Side.LEFT)


def _texts(value: Observation, *, in_line: bool) -> tuple[str, ...]:
    """What a label may say: the number and why it is off the line, or the number alone."""
    number = axis_number(significant(in_table_unit(value.value, value.metric), LABEL_DIGITS))
    if in_line:
        return (number,)
    word = value.get_release_display() if _is_forecast(value) else ""
    if value.standing not in TRUSTED:
        word = str(Standing(value.standing).label).lower()
    if not word and value.span.is_part_of_year and value.metric.nature == Metric.Nature.FLOW:
        word = period_of(value)
    return (f"{number} {word or method_of(value)}".strip(), number)


def _is_forecast(value: Observation) -> bool:
    return value.release == Observation.Release.FORECAST


def _title(value: Observation) -> str:
    return _("%(period)s: %(number)s (%(standing)s), %(publisher)s") % {
        "period": period_of(value),
        "number": table_number(value),
        "standing": value.get_standing_display(),
        "publisher": publisher_of(value),
    }


def _share_of_year(day: date) -> Decimal:
    return Decimal(day.timetuple().tm_yday) / Decimal(366)


def _year_ticks(scale: Scale) -> list[Tick]:
    years = range(scale.first, scale.last + 1)
    room = (scale.right - scale.left) / len(years)
    step = next((step for step in (1, 2, 5, 10, 20) if room * step >= scale.frame.year_room), len(years))
    return [
        Tick(str(year), x=scale.at(Decimal(year) + Decimal("0.5")))
        for year in years
        if (scale.last - year) % step == 0
    ]


def _edges(scale: Scale) -> str:
    years = range(scale.first, scale.last + 2)
    return "".join(f"M{scale.at(Decimal(year)):g} {scale.foot}v5" for year in years)


def _steps(metric: Metric, low: Decimal, high: Decimal, intervals: int) -> list[Decimal]:
    return (
        rank_steps(int(high), intervals)
        if metric.nature == Metric.Nature.RANK
        else steps(low, high, intervals)
    )
