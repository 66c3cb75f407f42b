"""Charts as plain numbers: scales, ticks, paths, marks and labels, drawn by one template."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import floor, log10

from django.utils.translation import gettext as _

from ecosystem.domain.headlines import TRUSTED, Headline, line_of
from ecosystem.domain.wording import in_table_unit, method_of, period_of, publisher_of, table_number
from ecosystem.models import Metric, Observation, Standing
from ecosystem.values.quantities import plain_number

WIDTH, HEIGHT = 800, 340
LEFT, RIGHT, TOP, BOTTOM = 56, 96, 24, 34
MAX_GAP_YEARS = 2
# Room that labels need, in pixels, for type of 13: width of a sign, height of a line, and how near is too near.
SIGN_WIDTH, LINE_HEIGHT, LABEL_ROOM = 7, 16, 40
CROWDED_X, CROWDED_Y = 90, 15


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
    """A drawing of a metric's values over time."""

    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    y_ticks: list[Tick] = field(default_factory=list)
    x_ticks: list[Tick] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    zero_y: float | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A small line without axes, with a dot on its last value."""

    width: int
    height: int
    points: str
    dot_x: float
    dot_y: float


class Scale:
    """Turns days and values into pixels."""

    def __init__(self, values: Sequence[Observation], metric: Metric) -> None:
        self.metric = metric
        self.whole_years = all(not value.span.is_part_of_year for value in values)
        self.first = min(value.period_start.year for value in values)
        self.last = max(value.period_end.year for value in values)
        numbers = [in_table_unit(value.value, metric) for value in values]
        self.steps = _ticks(metric, min(numbers), max(numbers))
        self.low, self.high = self.steps[0], self.steps[-1]

    def x(self, value: Observation) -> float:
        """Whole years stand in the middle of their year; where months mix in, everything stands at its last day."""
        year = Decimal(value.period_end.year)
        at = year + Decimal("0.5") if self.whole_years else year + _share_of_year(value.period_end)
        return self.at(at)

    def at(self, year: Decimal) -> float:
        years = Decimal(self.last + 1 - self.first)
        return round(LEFT + float((year - self.first) / years) * (WIDTH - LEFT - RIGHT), 1)

    def y(self, number: Decimal) -> float:
        share = float((number - self.low) / (self.high - self.low)) if self.high != self.low else 0.5
        if self.metric.nature == Metric.Nature.RANK:
            share = 1 - share
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    def point(self, value: Observation) -> tuple[float, float]:
        return self.x(value), self.y(in_table_unit(value.value, self.metric))


def chart_of(metric: Metric, headline: Headline) -> Chart | None:
    """The chart of a metric whose observations were prefetched; None for fewer than two values."""
    values = list(metric.current_observations)
    if len(values) < 2:
        return None
    scale = Scale(values, metric)
    main = list(_main_line(metric, headline, values))
    chart = Chart(
        y_ticks=[Tick(plain_number(step), y=scale.y(step)) for step in scale.steps],
        x_ticks=_year_ticks(scale),
        zero_y=scale.y(Decimal(0)) if scale.low <= 0 <= scale.high else None,
    )
    chart.lines = list(_lines(scale, main, "main"))
    for method in sorted({value.method for value in values} - {main[-1].method if main else ""}):
        others = line_of(metric, [v for v in values if v.standing in TRUSTED and not _is_forecast(v)], method)
        chart.lines += _lines(scale, others, "other")
    chart.points = [Point(*scale.point(value), kind_of(value), _title(value)) for value in values]
    chart.labels = list(_labels(scale, values, main, headline))
    return chart


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


def _main_line(metric: Metric, headline: Headline, values: list[Observation]) -> Iterable[Observation]:
    if headline.observation is None or headline.observation.standing not in TRUSTED:
        return ()
    return headline.line


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
    scale: Scale, values: list[Observation], main: list[Observation], headline: Headline
) -> Iterable[Label]:
    """The newest value of each line, and every value that is off the lines, in words beside its mark."""
    taken: list[tuple[float, float]] = []
    for value in _labelled(values, main, headline):
        in_line = value in main
        label = _placed(scale, value, _label_text(value, in_line=in_line), taken, in_line=in_line)
        taken.append((label.x, label.y))
        yield label


def _labelled(values: list[Observation], main: list[Observation], headline: Headline) -> list[Observation]:
    chosen = [headline.observation] if headline.observation else []
    last_of_method = {value.method: value for value in sorted(values, key=lambda value: value.span.recency)}
    for value in values:
        is_aside = (
            value.standing not in TRUSTED or _is_forecast(value) or value is last_of_method[value.method]
        )
        if value not in main and value not in chosen and is_aside:
            chosen.append(value)
    return chosen


def _placed(
    scale: Scale, value: Observation, text: str, taken: list[tuple[float, float]], *, in_line: bool
) -> Label:
    """The label at the right of its point, above it inside the line, at its left where the drawing ends."""
    x, y = scale.point(value)
    kind = "main" if in_line else kind_of(value)
    beside = not in_line or x > WIDTH - RIGHT - LABEL_ROOM
    left, top = (x + 10, y + 4) if beside else (x, y - 12)
    if any(abs(left - x2) < CROWDED_X and abs(top - y2) < CROWDED_Y for x2, y2 in taken):
        top += LINE_HEIGHT
    if left + len(text) * SIGN_WIDTH > WIDTH:
        return Label(x - 10, top, text, "end", kind)
    return Label(left, top, text, "start" if beside else "middle", kind)


def _label_text(value: Observation, *, in_line: bool) -> str:
    number = table_number(value)
    if in_line:
        return number
    word = value.get_release_display() if _is_forecast(value) else ""
    if value.standing not in TRUSTED:
        word = str(Standing(value.standing).label).lower()
    return f"{number} {word or method_of(value)}".strip()


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
    step = 1 if len(years) <= 9 else 2 if len(years) <= 16 else 5
    return [
        Tick(str(year), x=scale.at(Decimal(year) + Decimal("0.5")))
        for year in years
        if (scale.last - year) % step == 0
    ]


def _ticks(metric: Metric, low: Decimal, high: Decimal) -> list[Decimal]:
    """Four to six round steps that hold all values; from zero unless the values lie close together or are ranks."""
    if metric.nature == Metric.Nature.RANK:
        top = max(int(high), 2)
        step = max(1, round(top / 4))
        return [Decimal(1), *(Decimal(number) for number in range(1 + step, top + step, step))]
    if low == high:
        low, high = min(low, Decimal(0)), max(high, Decimal(0) if low else Decimal(1))
    elif 0 < low < high * Decimal("0.7"):
        low = Decimal(0)
    step = _round_step((high - low) / 4)
    start = floor(low / step) * step
    steps = [start]
    while steps[-1] < high:
        steps.append(steps[-1] + step)
    return steps


def _round_step(rough: Decimal) -> Decimal:
    power = Decimal(10) ** floor(log10(rough))
    return next(
        size * power
        for size in (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
        if size * power >= rough
    )
