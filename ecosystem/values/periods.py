"""Periods that a figure is about: years, half-years, quarters, months, days and year-to-date."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from ecosystem.values.languages import is_chinese

MONTHS = ("January February March April May June July August September October November December").split()

_PATTERN = re.compile(
    r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|to-(?P<through>\d{2})"
    r"|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?",
    re.ASCII,  # full-width digits are no canonical text: they would be a second address of the same period
)
# Finer periods win over coarser ones that end on the same day, so the order is from coarse to fine.
FINENESS = {"year": 0, "year-to-date": 1, "half-year": 2, "quarter": 3, "month": 4, "day": 5}


# The whole periods that a calendar of values is made of, by their length in months.
MONTHS_OF = {"year": 12, "half-year": 6, "quarter": 3, "month": 1}


class PeriodError(ValueError):
    """The text is not a period; the message says which forms are."""


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days with its canonical text, such as 2024, 2024-H1, 2024-Q3, 2024-to-09, 2024-09 or 2024-09-30."""

    text: str
    kind: str
    start: date
    end: date

    @property
    def recency(self) -> tuple[date, int]:
        """Sort key: the latest end of period first in rank, then the finer period."""
        return self.end, FINENESS[self.kind]

    @property
    def is_part_of_year(self) -> bool:
        return self.kind != "year"

    def label(self, language: str) -> str:
        """The period as a reader says it: "September 2024", "2024年9月"."""
        return _chinese_label(self) if is_chinese(language) else _english_label(self)


def parse_period(text: str) -> Period:
    """The period that a text names. Raises PeriodError with the accepted forms."""
    match = _PATTERN.fullmatch(text.strip())
    if not match:
        raise PeriodError(
            f"“{text}” is not a period. Write 2024, 2024-H1, 2024-Q3, 2024-09, 2024-09-30, "
            "or 2024-to-09 for January to September."
        )
    parts = {name: int(value) for name, value in match.groupdict().items() if value}
    try:
        return _build(text.strip(), parts)
    except ValueError as error:
        raise PeriodError(f"“{text}” names a month or day that does not exist.") from error


def next_period(kind: str, after: date) -> Period:
    """The first whole period of a kind of MONTHS_OF that ends after a day.

    So a value that is known until September 2024 is followed by the whole of 2024, by the second half, by Q4 or by
    October, whatever its own kind: half a year, a quarter, a day, or the year to date.
    """
    length = MONTHS_OF[kind]
    place = (after.month - 1) // length  # of the period that holds the day
    if _month_end(after.year, (place + 1) * length) == after:
        place += 1
    year, place = after.year + place // (12 // length), place % (12 // length)
    endings = {
        "year": "",
        "half-year": f"-H{place + 1}",
        "quarter": f"-Q{place + 1}",
        "month": f"-{place + 1:02}",
    }
    return parse_period(f"{year:04}{endings[kind]}")


def period_before(period: Period) -> Period:
    """The period of the same kind right before; of a year to date, the same months of the year before.

    Raises PeriodError before the first year of the calendar.
    """
    if period.kind == "day" and period.start > date.min:
        return parse_period((period.start - timedelta(days=1)).isoformat())
    if period.kind == "year-to-date":
        return parse_period(f"{period.end.year - 1:04}-to-{period.end.month:02}")
    length = MONTHS_OF.get(period.kind, 0)
    months = period.start.year * 12 + period.start.month - 1 - length
    if not length or months < 12:
        raise PeriodError(f"Nothing comes before “{period.text}”.")
    before = date(months // 12, months % 12 + 1, 1)
    return next_period(period.kind, before)


def periods_between(first: Period, last: Period) -> list[Period]:
    """The periods from the first one to the last, both included, of one kind of MONTHS_OF."""
    found = [first]
    while found[-1].end < last.end:
        found.append(next_period(first.kind, found[-1].end))
    return found


def _build(text: str, parts: dict[str, int]) -> Period:
    year = parts["year"]
    if "day" in parts:
        day = date(year, parts["month"], parts["day"])
        return Period(text, "day", day, day)
    kind, first, last = _months(parts)
    return Period(text, kind, date(year, first, 1), _month_end(year, last))


def _months(parts: dict[str, int]) -> tuple[str, int, int]:
    if "month" in parts:
        return "month", parts["month"], parts["month"]
    if "quarter" in parts:
        return "quarter", parts["quarter"] * 3 - 2, parts["quarter"] * 3
    if "half" in parts:
        return "half-year", parts["half"] * 6 - 5, parts["half"] * 6
    if "through" in parts:
        return "year-to-date", 1, parts["through"]
    return "year", 1, 12


def _month_end(year: int, month: int) -> date:
    date(year, month, 1)
    return date(year, month, calendar.monthrange(year, month)[1])


def _english_label(period: Period) -> str:
    year, month = period.end.year, MONTHS[period.end.month - 1]
    return {
        "year": f"{year}",
        "half-year": f"{'first' if period.end.month == 6 else 'second'} half of {year}",
        "quarter": f"Q{period.end.month // 3} {year}",
        "year-to-date": f"January to {month} {year}",
        "month": f"{month} {year}",
        "day": f"{period.end.day} {month} {year}",
    }[period.kind]


def _chinese_label(period: Period) -> str:
    year, month = period.end.year, period.end.month
    return {
        "year": f"{year}年",
        "half-year": f"{year}年{'上' if month == 6 else '下'}半年",
        "quarter": f"{year}年第{'一二三四'[month // 3 - 1]}季度",
        "year-to-date": f"{year}年1月至{month}月",
        "month": f"{year}年{month}月",
        "day": f"{year}年{month}月{period.end.day}日",
    }[period.kind]
