"""Numbers as readers see them, in both languages, from the same value and unit."""

from decimal import Decimal

import pytest

from ecosystem.values.quantities import UnitOfMeasure, amount, ordinal, plain_number, significant

YUAN = UnitOfMeasure(Decimal(10**9), True, "{number} yuan", "{number}元", short="CNY {number}")
PEOPLE = UnitOfMeasure(Decimal(10**6), True, "{number} people", "{number}人")
VEHICLES = UnitOfMeasure(Decimal(1000), True, "{number} vehicles", "{number}辆")
COMPANIES = UnitOfMeasure(
    Decimal(1), True, "{number} companies", "{number}家", pattern_one="{number} company"
)
DENSITY = UnitOfMeasure(
    Decimal(1), False, "{number} stations per 10,000 people", "每万人{number}座", short="{number} per 10,000"
)
PERCENT = UnitOfMeasure(Decimal(1), False, "{number}%", "{number}%")
RANK = UnitOfMeasure(Decimal(1), False, "{ordinal}", "{ordinal}位")


def written(
    value: str, unit: UnitOfMeasure, qualifier: str = "=", language: str = "en", form: str = "unit"
) -> str:
    return amount(Decimal(value), unit, qualifier, language, form).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "english", "chinese"),
    [
        ("4721.866", YUAN, "=", "4.722 trillion yuan", "4.722万亿元"),
        ("305.7", YUAN, "=", "305.7 billion yuan", "3057亿元"),
        ("130", YUAN, ">", "more than 130 billion yuan", "超过1300亿元"),
        ("24.871", PEOPLE, "=", "24.87 million people", "2487万人"),
        ("24.8", PEOPLE, "~", "about 24.8 million people", "约2480万人"),
        ("916.66", VEHICLES, "=", "916,660 vehicles", "91.666万辆"),
        ("1510", VEHICLES, "=", "1.51 million vehicles", "151万辆"),
        ("51716", COMPANIES, "=", "51,716 companies", "51,716家"),
        ("24000", COMPANIES, ">", "more than 24,000 companies", "超过2.4万家"),
        ("1116", COMPANIES, "=", "1,116 companies", "1116家"),
        ("1", COMPANIES, "=", "1 company", "1家"),
        ("38", DENSITY, ">", "more than 38 stations per 10,000 people", "每万人超过38座"),
        ("5.0", PERCENT, "=", "5%", "5%"),
        ("4.5", PERCENT, "~", "about 4.5%", "约4.5%"),
        ("5", RANK, "=", "5th", "第5位"),
        ("0", COMPANIES, "=", "0 companies", "0家"),
    ],
)
def test_amount_reads_well_in_both_languages(value, unit, qualifier, english, chinese):
    assert written(value, unit, qualifier) == english
    assert written(value, unit, qualifier, "zh-hans") == chinese


@pytest.mark.parametrize(
    ("value", "unit", "form", "english", "chinese"),
    [
        ("4721.866", YUAN, "short", "CNY 4.72 tn", "4.72万亿元"),
        ("4721.866", YUAN, "value", "4.722 trillion", "4.722万亿"),
        ("38", DENSITY, "short", "38 per 10,000", "每万人38座"),
        ("5", RANK, "value", "5th", "第5"),
    ],
)
def test_amount_has_shorter_forms(value, unit, form, english, chinese):
    assert written(value, unit, form=form) == english
    assert written(value, unit, language="zh-hans", form=form) == chinese


def test_amount_keeps_number_and_unit_on_one_line():
    assert amount(Decimal(24), COMPANIES, "~", "en") == "about 24\u00a0companies"


def test_amount_rounds_before_it_chooses_the_word():
    assert written("999.996", PEOPLE) == "1 billion people"
    assert written("99.9999", PEOPLE, language="zh-hans") == "1亿人"


def test_plain_number_groups_digits_and_drops_trailing_zeros():
    assert plain_number(Decimal("1234567.500")) == "1,234,567.5"
    assert plain_number(Decimal("12.345"), places=1) == "12.3"


def test_significant_rounds_half_up_and_keeps_the_integer_part():
    assert significant(Decimal("4.7225"), 4) == Decimal("4.723")
    assert significant(Decimal("51716"), 3) == Decimal("51716")


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd"), (112, "112th")],
)
def test_ordinal_is_written_as_spoken(number, text):
    assert ordinal(Decimal(number), "en") == text
