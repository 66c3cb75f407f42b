"""Dates of which only the year, or the year and the month, may be known."""

import re
from datetime import date
from functools import lru_cache

from ecosystem.values.languages import is_chinese
from ecosystem.values.periods import MONTHS

_PATTERN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_EARLY = re.compile(r"\d{3}(?:-|$)", re.ASCII)


class PartialDateError(ValueError):
    """The text is not a partial date; the message says which forms are."""


def with_four_digits(text: str) -> str:
    """The text of a date; where its year has three digits, as 976, with the four that sort: 0976."""
    return f"0{text}" if _EARLY.match(text) else text


def parse_partial_date(text: str) -> tuple[int, int | None, int | None]:
    """Year, month and day (None where unknown) of "1990", "1990-04" or "1990-04-18"."""
    match = _PATTERN.fullmatch(text.strip())
    if not match:
        raise PartialDateError(f"“{text}” is not a date. Write 1990, 1990-04 or 1990-04-18.")
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError as error:
        raise PartialDateError(f"“{text}” names a month or day that does not exist.") from error
    return year, month, day


@lru_cache(maxsize=10_000)
def partial_date_label(text: str, language: str) -> str:
    """The date as a reader says it, as exact as it is known: "April 1990", "1990年4月"; empty for none."""
    if not text:
        return ""
    year, month, day = parse_partial_date(text)
    if is_chinese(language):
        return f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")
    return " ".join(filter(None, [str(day or ""), MONTHS[month - 1] if month else "", str(year)]))


def decade_of(text: str) -> int | None:
    """The decade that a partial date falls in, as its first year: 1990 for "1994-04"; None for an empty text."""
    return parse_partial_date(text)[0] // 10 * 10 if text else None
