"""Periods are read from their canonical text, ordered by the rule of headlines, and said in both languages."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.periods import (
    FINENESS,
    MONTHS_OF,
    PeriodError,
    next_period,
    parse_period,
    period_before,
    periods_between,
)

YEARS = st.integers(1000, 9999)
MONTHS = st.integers(1, 12)
TEXTS = st.one_of(
    YEARS.map(str),
    st.builds("{}-H{}".format, YEARS, st.integers(1, 2)),
    st.builds("{}-Q{}".format, YEARS, st.integers(1, 4)),
    st.builds("{}-to-{:02}".format, YEARS, MONTHS),
    st.builds("{}-{:02}".format, YEARS, MONTHS),
    st.dates(min_value=date(1000, 1, 1)).map(date.isoformat),
)


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("2024", "year", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-H1", "half-year", date(2024, 1, 1), date(2024, 6, 30)),
        ("2024-H2", "half-year", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024-Q1", "quarter", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-Q4", "quarter", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-to-09", "year-to-date", date(2024, 1, 1), date(2024, 9, 30)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", "month", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-09-30", "day", date(2024, 9, 30), date(2024, 9, 30)),
    ],
)
def test_period_spans_its_days(text, kind, start, end):
    period = parse_period(text)
    assert (period.text, period.kind, period.start, period.end) == (text, kind, start, end)


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("2024", "2024", "2024年"),
        ("2024-H1", "first half of 2024", "2024年上半年"),
        ("2024-H2", "second half of 2024", "2024年下半年"),
        ("2024-Q1", "Q1 2024", "2024年第一季度"),
        ("2024-Q4", "Q4 2024", "2024年第四季度"),
        ("2024-to-09", "January to September 2024", "2024年1月至9月"),
        ("2024-09", "September 2024", "2024年9月"),
        ("2024-09-03", "3 September 2024", "2024年9月3日"),
    ],
)
def test_period_is_said_in_both_languages(text, english, chinese):
    period = parse_period(text)
    assert (period.label("en"), period.label("zh-hans")) == (english, chinese)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "24",
            "20245",
            "2024-9",
            "2024-Q0",
            "2024-Q5",
            "2024-H3",
            "2024-q3",
            "2024-to-9",
            "2024/09",
        ),
        *("2024-09-3", "2024-09-30-01", "2024 Q3", "latest", "2024-", "x2024", "２０２４", "2024-Q３"),
    ],
)
def test_text_that_is_no_period_is_refused_with_the_forms(text):
    with pytest.raises(PeriodError) as refused:
        parse_period(text)
    assert str(refused.value) == (
        f"“{text}” is not a period. Write 2024, 2024-H1, 2024-Q3, 2024-09, 2024-09-30, "
        "or 2024-to-09 for January to September."
    )


@pytest.mark.parametrize(
    "text", ["2024-00", "2024-13", "2024-02-30", "2023-02-29", "2024-to-00", "2024-to-13"]
)
def test_month_or_day_that_does_not_exist_is_refused(text):
    with pytest.raises(PeriodError) as refused:
        parse_period(text)
    assert str(refused.value) == f"“{text}” names a month or day that does not exist."


def test_space_around_a_period_is_no_part_of_it():
    assert parse_period(" 2024-09 ") == parse_period("2024-09")


def test_newest_end_ranks_first_and_then_the_finer_period():
    texts = ["2023-12-31", "2024-Q3", "2024-09-30", "2024", "2024-H2", "2024-Q4", "2024-to-12", "2024-12"]
    texts = [*texts, "2024-12-31"]
    ranked = sorted(texts, key=lambda text: parse_period(text).recency, reverse=True)
    assert ranked == [
        *("2024-12-31", "2024-12", "2024-Q4", "2024-H2", "2024-to-12", "2024"),
        *("2024-09-30", "2024-Q3", "2023-12-31"),
    ]


def test_only_a_year_is_no_part_of_a_year():
    whole = {
        text: not parse_period(text).is_part_of_year for text in ("2024", "2024-H1", "2024-to-12", "2024-12")
    }
    assert whole == {"2024": True, "2024-H1": False, "2024-to-12": False, "2024-12": False}


@given(TEXTS)
def test_every_canonical_text_is_kept_and_spans_at_least_a_day(text):
    period = parse_period(text)
    assert period.text == text
    assert period.start <= period.end
    assert period.kind in FINENESS
    assert period.start.year == period.end.year == int(text[:4])


@given(TEXTS, TEXTS)
def test_two_periods_never_share_a_label(one, other):
    for language in ("en", "zh-hans"):
        same = parse_period(one).label(language) == parse_period(other).label(language)
        assert same == (one == other)


@given(st.text())
def test_any_other_text_is_refused_by_name(text):
    try:
        period = parse_period(text)
    except PeriodError:
        return
    assert period.text == text.strip()
    assert period.text.isascii()


@pytest.mark.parametrize(
    ("kind", "after", "following"),
    [
        ("year", date(2024, 12, 31), "2025"),
        ("year", date(2024, 12, 30), "2024"),
        ("half-year", date(2024, 6, 30), "2024-H2"),
        ("half-year", date(2024, 12, 31), "2025-H1"),
        ("quarter", date(2024, 8, 1), "2024-Q3"),
        ("quarter", date(2024, 9, 30), "2024-Q4"),
        ("month", date(2024, 2, 28), "2024-02"),
        ("month", date(2024, 2, 29), "2024-03"),
        ("month", date(2023, 12, 31), "2024-01"),
    ],
)
def test_next_period_is_the_first_whole_one_that_ends_after_the_day(kind, after, following):
    assert next_period(kind, after).text == following


@given(kind=st.sampled_from(sorted(MONTHS_OF)), after=st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_next_period_ends_after_the_day_and_the_one_before_it_does_not(kind, after):
    following = next_period(kind, after)
    assert following.kind == kind
    assert following.start - timedelta(days=1) <= after < following.end


@pytest.mark.parametrize(
    ("first", "last", "between"),
    [
        ("2022", "2024", ["2022", "2023", "2024"]),
        ("2023-H2", "2024-H2", ["2023-H2", "2024-H1", "2024-H2"]),
        ("2023-Q4", "2024-Q1", ["2023-Q4", "2024-Q1"]),
        ("2023-12", "2024-02", ["2023-12", "2024-01", "2024-02"]),
        ("2024", "2024", ["2024"]),
    ],
)
def test_periods_between_two_are_all_of_their_kind(first, last, between):
    found = periods_between(parse_period(first), parse_period(last))
    assert [period.text for period in found] == between


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2024", "2023"),
        ("2024-H1", "2023-H2"),
        ("2024-Q1", "2023-Q4"),
        ("2024-Q3", "2024-Q2"),
        ("2024-01", "2023-12"),
        ("2024-03-01", "2024-02-29"),
        ("2024-to-09", "2023-to-09"),
    ],
)
def test_period_before_is_of_the_same_kind(text, before):
    assert period_before(parse_period(text)).text == before


@pytest.mark.parametrize("text", ["0001", "0001-H1", "0001-01-01", "0001-to-09"])
def test_nothing_comes_before_the_calendar(text):
    with pytest.raises(PeriodError):
        period_before(parse_period(text))
