"""Which numbers in a sentence look like statistics."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.stray_numbers import stray_numbers


def words(sentence: str, language: str = "en") -> list[str]:
    return [number.words for number in stray_numbers(sentence, language)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The city had 2,341 R&D centers of foreign companies in 2024.", ["2,341"]),
        ("GDP reached 5.39 trillion yuan, 5.0% more than in 2023.", ["5.39 trillion", "5.0%"]),
        ("It raised US$1.2 billion, or RMB 8.5bn.", ["US$1.2 billion", "RMB 8.5bn"]),
        ("About 20–30 percent of the 400 firms exported.", ["20–30 percent", "400"]),
        ("More than 300 Chinese companies and 25 startups came.", ["300", "25"]),
        ("The register holds 24870000 people.", ["24870000"]),
        ("A count of 350 was given.", ["350"]),
        ("Terminal 2 handles 76 million passengers.", ["76 million"]),
        ("The share rose by 3 percentage points.", ["3 percentage points"]),
    ],
)
def test_english_statistics(sentence, found):
    assert words(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "Founded in 1985, it moved in May 2001 and on 16 December 2020.",
        "Between 2019 and 2024, or 2021–2025, or in 2020/21, and in the 1990s.",
        "The 863 Program, the STAR 50 index, Line 14 and the CSI 300.",
        "It makes 28nm, 5G and 3D chips, the A320 and GPT-4, in version 2.0 of Industry 4.0.",
        "It was the 4th of 12 districts with 18 laboratories, 16 of them new.",
        "See page 350, table 41 and chapter 22; room 302, 200 Century Avenue.",
        "It took 30 minutes, 48 hours or 120 days; a 100-year flood.",
        "The top 500 companies and the Fortune 500 list.",
        "Call 13812345678, or see record 9131000010.",
        "At 10:30 the score was 21:19, open 24/7.",
    ],
)
def test_english_dates_names_ordinals_and_small_counts_are_none(sentence):
    assert words(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("2024年上海地区生产总值达5.39万亿元，增长5.0%。", ["5.39万亿元", "5.0%"]),
        ("截至2024年底，累计认定外资研发中心591家。", ["591家"]),
        ("全市建成5G基站超过9.2万座，每万人38座。", ["9.2万座", "38座"]),
        ("融资100余家，共２０００万美元，占全国的15.4％。", ["100余家", "2000万美元", "15.4%"]),
        ("百分之20的企业有出口。", ["百分之20"]),
    ],
)
def test_chinese_statistics(sentence, found):
    assert words(sentence, "zh-hans") == found


@pytest.mark.parametrize(
    "sentence",
    [
        "第14号线于2021年12月30日开通，是第24届的项目。",
        "科创50指数、沪深300指数和863计划。",
        "用时3个月，涉及16个区、18家企业，28纳米芯片和5G网络。",
        "一共12天，30分钟，20世纪90年代。",
    ],
)
def test_chinese_dates_names_ordinals_and_small_counts_are_none(sentence):
    assert words(sentence, "zh-hans") == []


@pytest.mark.parametrize(
    ("sentence", "language", "value", "kind"),
    [
        ("It reached 4.72 trillion yuan.", "en", Decimal("4.72E12"), "CNY"),
        ("It reached $13.2 billion.", "en", Decimal("13.2E9"), "USD"),
        ("It reached 15.4%.", "en", Decimal("15.4"), "%"),
        ("It reached 25,000 companies.", "en", Decimal(25000), ""),
        ("达到4721亿元。", "zh-hans", Decimal("4721E8"), "CNY"),
        ("达到132亿美元。", "zh-hans", Decimal("132E8"), "USD"),
        ("达到2480万人。", "zh-hans", Decimal("2480E4"), ""),
    ],
)
def test_value_is_in_base_units(sentence, language, value, kind):
    (number,) = stray_numbers(sentence, language)
    assert (number.value, number.kind) == (value, kind)


@pytest.mark.parametrize(
    ("text", "amount", "is_about"),
    [
        ("4.72 trillion yuan", Decimal("4721.866E9"), True),
        ("4.72 trillion yuan", Decimal("4726E9"), False),
        ("400 companies", Decimal(404), True),
        ("400 companies", Decimal(430), False),
        ("9.0 million people", Decimal("8.96E6"), True),
    ],
)
def test_number_is_about_what_rounds_to_it(text, amount, is_about):
    (number,) = stray_numbers(f"It has {text}.", "en")
    assert number.is_about(amount) is is_about


@given(st.integers(min_value=100, max_value=10**9))
def test_any_grouped_count_is_found_with_its_value(count):
    (number,) = stray_numbers(f"There were {count:,} companies.", "en")
    assert number.value == count


@given(st.text(max_size=60), st.sampled_from(["en", "zh-hans"]))
def test_any_text_is_read(text, language):
    assert all(number.words for number in stray_numbers(text, language))
