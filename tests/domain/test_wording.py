"""Values in words: amounts, table numbers, tiles, changes and reasons, in both languages."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from ecosystem.domain import wording
from ecosystem.domain.headlines import Headline, headline_of
from ecosystem.domain.observations import attach_values
from ecosystem.models import Metric, Observation
from tests.factories import (
    DisputedObservationFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
Nature = Metric.Nature
YUAN = {
    "name": "billion yuan",
    "name_zh": "亿元",
    "factor": Decimal(10) ** 9,
    "factor_zh": Decimal(10) ** 8,
    "pattern": "{number} yuan",
    "pattern_one": "",
    "pattern_zh": "{number}元",
    "short": "CNY {number}",
}
PERCENT = {
    "name": "percent",
    "scales": False,
    "pattern": "{number}%",
    "pattern_one": "",
    "pattern_zh": "{number}%",
}
OF_GDP = PERCENT | {"pattern": "{number}% of GDP"}
RANK = {
    "name": "rank",
    "scales": False,
    "pattern": "{ordinal}",
    "pattern_one": "",
    "pattern_zh": "{ordinal}位",
}
DENSITY = {
    "name": "stations per 10,000 people",
    "name_zh": "座/万人",
    "scales": False,
    "pattern": "{number} stations per 10,000 people",
    "pattern_one": "",
    "pattern_zh": "每万人{number}座",
}


def value_of(number, unit=None, **particulars) -> Observation:
    nature = particulars.pop("nature", Nature.STOCK)
    metric = PublishedMetricFactory(unit=UnitFactory(**(unit or {})), nature=nature)
    return PublishedObservationFactory(metric=metric, value=Decimal(number), **particulars)


def headline_with(unit, nature, *numbers, qualifier="=") -> Headline:
    metric = PublishedMetricFactory(unit=UnitFactory(**unit), nature=nature)
    for year, number in zip(range(2025 - len(numbers), 2025), numbers, strict=True):
        PublishedObservationFactory(
            metric=metric, period=f"{year}", value=Decimal(number), qualifier=qualifier
        )
    return headline(metric)


def headline(metric) -> Headline:
    [found] = attach_values(Metric.objects.select_related("unit").filter(pk=metric.pk))
    return headline_of(found, found.current_observations)


def said(tell, *arguments) -> tuple[object, object]:
    """The same in English and in Chinese."""
    english = tell(*arguments)
    with override("zh-hans"):
        return english, tell(*arguments)


def test_amount_is_said_in_both_languages():
    value = value_of("4721.866", YUAN, qualifier="~")
    assert said(wording.amount_of, value) == ("about 4.722\u00a0trillion\u00a0yuan", "约4.722万亿元")
    assert said(wording.amount_of, value, "value") == ("about 4.722\u00a0trillion", "约4.722万亿")


def test_table_keeps_every_digit_in_the_unit_of_its_heading():
    value = value_of("4721.866", YUAN)
    assert said(wording.table_unit, value.metric) == ("billion yuan", "亿元")
    assert said(wording.table_number, value) == ("4,721.866", "47,218.66")


def test_table_unit_falls_back_to_english():
    assert said(wording.table_unit, value_of(1, {"name": "stations"}).metric) == ("stations", "stations")


@pytest.mark.parametrize(
    ("sign", "words"),
    [("=", ("", "")), ("~", ("about", "约")), (">", ("more than", "超过")), ("<", ("up to", "最多"))],
)
def test_qualifier_has_its_word(sign, words):
    assert said(wording.qualifier_of, value_of(1, qualifier=sign)) == words


def test_period_is_said_in_both_languages():
    assert said(wording.period_of, value_of(1, period="2024-H1")) == ("first half of 2024", "2024年上半年")


@pytest.mark.parametrize(
    ("method", "method_zh", "words"),
    [("", "", ("", "")), ("outdoor", "室外", ("outdoor", "室外")), ("outdoor", "", ("outdoor", "outdoor"))],
)
def test_method_falls_back_to_english(method, method_zh, words):
    assert said(wording.method_of, value_of(1, method=method, method_zh=method_zh)) == words


@pytest.mark.parametrize(
    ("number", "unit", "english", "chinese"),
    [
        ("4721.866", YUAN, ("4.72", "trillion yuan"), ("4.72", "万亿元")),
        ("0.5", YUAN, ("500", "million yuan"), ("5", "亿元")),
        ("51716", {}, ("51,716", "companies"), ("51,716", "家")),
        ("4.5", OF_GDP, ("4.5%", "of GDP"), ("4.5%", "")),
        ("38", DENSITY, ("38", "stations per 10,000 people"), ("38", "座/万人")),
    ],
)
def test_tile_says_number_and_unit_apart(number, unit, english, chinese):
    assert said(wording.big_number, value_of(number, unit)) == (english, chinese)


def test_tile_of_a_rank_says_the_place():
    value = value_of(5, RANK, nature=Nature.RANK)
    assert said(wording.big_number, value) == (("5th", ""), ("第5", "位"))


def test_change_of_an_amount_is_relative():
    found = headline_with(YUAN, Nature.FLOW, 1000, "1102.6")
    assert wording.change_phrase(found) == "+10% since 2023"


@pytest.mark.parametrize(
    ("numbers", "phrase"),
    [
        ((1000, 956), "−4.4% since 2023"),
        ((1000, 1000), "±0% since 2023"),
        ((1000, 3456), "+246% since 2023"),
        ((0, 50), ""),
        ((50,), ""),
    ],
)
def test_change_has_a_sign_and_two_digits(numbers, phrase):
    assert wording.change_phrase(headline_with(YUAN, Nature.FLOW, *numbers)) == phrase


def test_change_of_inexact_values_is_about_that_much():
    found = headline_with(YUAN, Nature.FLOW, 1000, 1100, qualifier=">")
    assert wording.change_phrase(found) == "about +10% since 2023"


def test_change_of_a_rate_is_in_points():
    assert wording.change_phrase(headline_with(OF_GDP, Nature.RATE, "4.2", "4.5")) == "+0.3 points since 2023"
    assert wording.change_phrase(headline_with(DENSITY, Nature.RATE, 40, 50)) == "+25% since 2023"


def test_change_of_inexact_rates_is_about_that_much():
    found = headline_with(OF_GDP, Nature.RATE, "4.2", "4.5", qualifier="~")
    assert wording.change_phrase(found) == "about +0.3 points since 2023"


@pytest.mark.parametrize(
    ("places", "phrase"),
    [
        ((8, 5), "up 3 places since 2023"),
        ((5, 6), "down 1 place since 2023"),
        ((5, 5), "same place as in 2023"),
    ],
)
def test_change_of_a_rank_counts_places(places, phrase):
    assert wording.change_phrase(headline_with(RANK, Nature.RANK, *places)) == phrase


def test_change_of_a_negative_amount_keeps_its_direction():
    """From a loss of 10 to a loss of 5 is a rise: its sign must not come from the sign of the base."""
    assert wording.change_phrase(headline_with(YUAN, Nature.FLOW, -10, -5)) == "+50% since 2023"


def test_reason_names_the_rule():
    assert wording.why(headline_with(YUAN, Nature.STOCK, 1)) == (
        "The newest period with a verified or reported value."
    )


def test_reason_says_that_there_is_no_value():
    assert wording.why(headline_with(YUAN, Nature.STOCK)) == "There is no public value yet."


def test_reason_says_that_only_doubtful_values_exist():
    assert wording.why(headline(DisputedObservationFactory().metric)) == (
        "No verified or reported value exists, so the newest other value is shown with its mark."
    )


def test_reason_names_the_newer_periods_that_were_passed_over():
    metric = PublishedObservationFactory(period="2023").metric
    for period in ("2025", "2024-12", "2025"):
        DisputedObservationFactory(metric=metric, period=period)
    assert wording.why(headline(metric)) == (
        "The newest period with a verified or reported value. "
        "Passed over, because disputed, unverified, forecast or part of a year: December 2024, 2025."
    )
