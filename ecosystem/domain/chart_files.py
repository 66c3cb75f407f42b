"""A chart as a file that travels alone: laid out with its title, its sources, its day, its licence and its address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ecosystem.domain.chart_marks import KeyEntry
from ecosystem.domain.charts import Chart, chart_of
from ecosystem.domain.describing import describe
from ecosystem.domain.exporting import LICENCE
from ecosystem.domain.headlines import headline_of
from ecosystem.domain.wording import (
    amount_of,
    day_of,
    language,
    named,
    period_of,
    publisher_of,
    table_unit,
    together,
)
from ecosystem.models import Metric, Observation
from ecosystem.values.labels import text_width
from ecosystem.values.languages import is_chinese
from ecosystem.values.lines import broken

MARGIN = 24
SIZES = {"title": 22, "lead": 14, "key": 13, "foot": 12}
LEADING = 1.4
MARK_ROOM, KEY_GAP = 26, 18  # before and behind the words of a mark in the key
KEY_SIGN = 6.7  # the mean width of its letters: too much would leave holes between its marks


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; kind is its style, y its baseline."""

    text: str
    kind: str
    y: float


@dataclass(frozen=True, slots=True)
class PlacedKey:
    """A mark of the key, and the baseline of its words."""

    entry: KeyEntry
    x: float
    y: float


@dataclass(slots=True)
class ChartFile:
    """A chart with everything that a reader of the file alone must know.

    sources: the publishers of its values. as_of: the period of the headline, empty where there is none. height grows
    with the lines that are set below one another.
    """

    name: str
    description: str
    sources: str
    as_of: str
    address: str
    taken_on: date
    language: str
    chart: Chart
    chart_y: float = 0
    width: int = 0
    height: float = MARGIN
    lines: list[Line] = field(default_factory=list)
    key: list[PlacedKey] = field(default_factory=list)

    margin = MARGIN
    licence = LICENCE

    def set_lines(self, text: str, kind: str) -> None:
        """Adds the text below what stands there already."""
        size = SIZES[kind]
        for line in broken(text, self.width - 2 * MARGIN, size):
            self.height += size * LEADING
            self.lines.append(Line(line, kind, round(self.height - size * (LEADING - 1), 1)))

    def set_key(self, entries: Iterable[KeyEntry]) -> None:
        """Adds the marks and their words, in as many rows as they need."""
        x, step = float(MARGIN), SIZES["key"] * 1.7
        self.height += step
        for entry in entries:
            room = MARK_ROOM + text_width(str(entry.text), KEY_SIGN)
            if x > MARGIN and x + room > self.width - MARGIN:
                x, self.height = float(MARGIN), self.height + step
            self.key.append(PlacedKey(entry, x, round(self.height - 6, 1)))
            x = round(x + room + KEY_GAP, 1)


def chart_file_of(metric: Metric, address: str, today: date, known_on: date | None) -> ChartFile | None:
    """The chart of a metric whose values were attached, laid out; None where it has no chart."""
    headline = headline_of(metric, metric.current_observations)
    chart = chart_of(metric, headline)
    if chart is None:
        return None
    file = ChartFile(
        name=named(metric),
        description=describe(metric, headline, chart.starts_at),
        sources=_sources(metric.current_observations),
        as_of=period_of(headline.observation) if headline.observation else "",
        address=address,
        taken_on=today,
        language="zh-Hans" if is_chinese(language()) else "en",
        chart=chart,
    )
    file.width = chart.width + 2 * MARGIN
    file.set_lines(file.name, "title")
    file.height += 2
    file.set_lines(_lead(metric, headline.observation, chart), "lead")
    file.chart_y = file.height = round(file.height + 8, 1)
    file.height += chart.height
    file.set_key(chart.key)
    file.height += 14
    for sentence in _foot(file, known_on):
        file.set_lines(sentence, "foot")
    file.height = round(file.height + MARGIN - 6, 1)
    return file


def _lead(metric: Metric, value: Observation | None, chart: Chart) -> str:
    latest = _("As of %(period)s: %(amount)s (%(standing)s).")
    start = _("The scale begins at %(start)s, not at zero.")
    return together(
        _("%(unit)s.") % {"unit": capfirst(table_unit(metric))},
        latest
        % {
            "period": period_of(value),
            "amount": amount_of(value),
            "standing": value.get_standing_display().lower(),
        }
        if value
        else "",
        start % {"start": chart.starts_at} if chart.starts_at else "",
    )


def _foot(file: ChartFile, known_on: date | None) -> Sequence[str]:
    known = _("Values as known on %(day)s.") % {"day": day_of(known_on)} if known_on else ""
    taken = _("Shanghai Tech, CC BY 4.0, taken on %(day)s.") % {"day": day_of(file.taken_on)}
    return [
        _("Sources: %(publishers)s.") % {"publishers": file.sources},
        together(known, taken),
        file.address,
    ]


def _sources(values: Iterable[Observation]) -> str:
    """Each publisher once; some have a comma in their name."""
    names = dict.fromkeys(publisher_of(value) for value in values)
    return ("；" if is_chinese(language()) else "; ").join(names)
