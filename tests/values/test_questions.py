"""What a question about a number asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.periods import parse_period
from ecosystem.values.questions import Question, parse_question


@pytest.mark.parametrize(
    ("text", "subject", "period"),
    [
        ("shanghai gdp 2024", "gdp", "2024"),
        ("What was the GDP of Shanghai in 2024?", "gdp", "2024"),
        ("how many unicorns are there in Shanghai", "unicorns", ""),
        ("GDP", "gdp", ""),
        ("gdp q3 2024", "gdp", "2024-Q3"),
        ("gdp 2024-Q3", "gdp", "2024-Q3"),
        ("GDP third quarter of 2024", "gdp", "2024-Q3"),
        ("gdp 2024 h1", "gdp", "2024-H1"),
        ("GDP first half 2024", "gdp", "2024-H1"),
        ("gdp september 2024", "gdp", "2024-09"),
        ("gdp 2024-09", "gdp", "2024-09"),
        ("研发投入强度", "研发投入强度", ""),
        ("上海2024年研发投入强度是多少？", "研发投入强度", "2024"),
        ("上海市2024年第三季度生产总值", "生产总值", "2024-Q3"),
        ("2024年三季度GDP", "gdp", "2024-Q3"),
        ("2024年上半年 生产总值", "生产总值", "2024-H1"),
        ("２０２４年９月的进出口", "进出口", "2024-09"),
        ("5g base stations 2023", "5g base stations", "2023"),
        ("patents per 10,000 people", "patents per 10,000 people", ""),
        ("star 12024", "star 12024", ""),
    ],
)
def test_subject_and_period_are_told_apart(text, subject, period):
    asked = parse_question(text)
    assert (asked.subject, asked.period) == (subject, period)


def test_name_that_holds_a_word_of_asking_stays_whole():
    assert parse_question("AI companies in Shanghai 2024") == Question(
        "ai companies in shanghai", "ai companies", "ai companies", "2024"
    )


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("shanghia gdp 2024", "gdp"),
        ("Shangai’s latset GDP figurs", "gdp"),
        ("whta gdp", "whta gdp"),  # a short word is like too many
        ("shaghia gdp", "shaghia gdp"),
        ("shanghai gdp", "gdp"),
    ],
)
def test_mistyped_word_of_asking_is_no_part_of_the_bare_name(text, bare):
    assert parse_question(text).bare == bare


@given(st.text(max_size=300))
def test_any_text_is_a_question_with_a_period_that_exists(text):
    period = parse_question(text).period
    assert not period or parse_period(period).text == period
