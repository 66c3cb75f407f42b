"""Dates known to the year or the month are read, said in both languages, and put into decades."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.partial_dates import (
    PartialDateError,
    decade_of,
    parse_partial_date,
    partial_date_label,
)

DAYS = st.dates(min_value=date(1000, 1, 1)).map(date.isoformat)
TEXTS = st.one_of(DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4]))


@pytest.mark.parametrize(
    ("text", "parts", "english", "chinese"),
    [
        ("1990", (1990, None, None), "1990", "1990年"),
        ("1990-04", (1990, 4, None), "April 1990", "1990年4月"),
        ("1990-04-18", (1990, 4, 18), "18 April 1990", "1990年4月18日"),
        ("2024-02-29", (2024, 2, 29), "29 February 2024", "2024年2月29日"),
    ],
)
def test_partial_date_is_as_exact_as_it_is_known(text, parts, english, chinese):
    assert parse_partial_date(text) == parts
    assert partial_date_label(text, "en") == english
    assert partial_date_label(text, "zh-hans") == chinese


@pytest.mark.parametrize(
    "text", ["", "90", "1990-4", "1990-04-1", "April 1990", "1990-Q2", "19900418", "１９９０"]
)
def test_text_that_is_no_date_is_refused_with_the_forms(text):
    with pytest.raises(PartialDateError) as refused:
        parse_partial_date(text)
    assert str(refused.value) == f"“{text}” is not a date. Write 1990, 1990-04 or 1990-04-18."


@pytest.mark.parametrize("text", ["1990-00", "1990-13", "2023-02-29", "1990-04-31", "0000"])
def test_month_or_day_that_does_not_exist_is_refused(text):
    with pytest.raises(PartialDateError) as refused:
        parse_partial_date(text)
    assert str(refused.value) == f"“{text}” names a month or day that does not exist."


def test_unknown_date_says_nothing():
    assert (partial_date_label("", "en"), partial_date_label("", "zh-hans"), decade_of("")) == ("", "", None)


@pytest.mark.parametrize(("text", "decade"), [("1990", 1990), ("1999-12-31", 1990), ("2000-01", 2000)])
def test_decade_begins_with_its_round_year(text, decade):
    assert decade_of(text) == decade


@given(TEXTS, TEXTS)
def test_texts_sort_like_their_dates(one, other):
    """Kept as text, partial dates are compared by the database: that must be the order of the calendar."""
    parts = [tuple(part or 0 for part in parse_partial_date(text)) for text in (one, other)]
    assert (one < other) == (parts[0] < parts[1])


@given(TEXTS, TEXTS)
def test_two_dates_never_share_a_label(one, other):
    for language in ("en", "zh-hans"):
        assert (partial_date_label(one, language) == partial_date_label(other, language)) == (one == other)
