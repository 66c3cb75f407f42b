"""A chart in words says the latest value, its course, the extremes and what is disputed."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from ecosystem.domain.describing import describe
from ecosystem.domain.headlines import headline_of
from ecosystem.domain.observations import attach_values
from ecosystem.models import Metric, Standing
from tests.factories import (
    DisputedObservationFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def metric() -> Metric:
    return PublishedMetricFactory(nature=Metric.Nature.STOCK)


def described(metric, values: dict[str, int]) -> str:
    for period, value in values.items():
        PublishedObservationFactory(metric=metric, period=period, value=Decimal(value))
    [found] = attach_values(Metric.objects.select_related("unit").filter(pk=metric.pk))
    return describe(found, headline_of(found, found.current_observations)).replace("\u00a0", " ")


def test_nothing_is_said_without_a_value(metric):
    assert described(metric, {}) == ""


def test_one_value_is_the_latest(metric):
    assert described(metric, {"2024": 1}) == "Latest value: 1 company, 2024."


def test_two_values_have_a_beginning(metric):
    assert described(metric, {"2023": 300, "2024": 400}) == (
        "Latest value: 400 companies, 2024. Change: +33% since 2023. "
        "The line begins with 300 companies in 2023 and holds 2 values."
    )


def test_three_values_have_extremes(metric):
    assert described(metric, {"2022": 300, "2023": 500, "2024": 400}) == (
        "Latest value: 400 companies, 2024. Change: −20% since 2023. "
        "The line begins with 300 companies in 2022 and holds 3 values. "
        "Lowest: 300 companies (2022); highest: 500 companies (2023)."
    )


@pytest.mark.parametrize(("count", "sentence"), [(1, "1 value is disputed."), (2, "2 values are disputed.")])
def test_disputed_values_are_counted(metric, count, sentence):
    DisputedObservationFactory.create_batch(count, metric=metric, period="2023")
    assert described(metric, {"2024": 5}) == f"Latest value: 5 companies, 2024. {sentence}"


def value(metric, period, number=400, **particulars):
    number = None if number is None else Decimal(number)
    return PublishedObservationFactory(metric=metric, period=period, value=number, **particulars)


def everything(metric) -> None:
    """A line with a gap, every kind of empty period, rivals, another method, an estimate and a forecast."""
    metric.frequency = Metric.Frequency.YEARLY
    metric.save()
    value(metric, "2016", 100), value(metric, "2017", 0), value(metric, "2021", 300, qualifier="~")
    value(metric, "2018", None, absence="missing"), value(metric, "2019", None, absence="not-applicable")
    value(metric, "2022", 400, release="estimate"), value(metric, "2026", 500)
    value(metric, "2026", 700, standing=Standing.DISPUTED, standing_reason="Counted twice.")
    (
        value(metric, "2022", 90, method="large firms", method_zh="大企业"),
        value(metric, "2028", 600, release="forecast"),
    )


def test_everything_that_a_chart_shows_is_said(metric):
    everything(metric)
    assert described(metric, {}).split(". ") == [
        "Latest value: 500 companies, 2026",
        "Change: +25% since 2022",
        "The line begins with 100 companies in 2016 and holds 5 values",
        "Lowest: 0 companies (2017); highest: 500 companies (2026)",
        "The line has a gap: 2017 to 2021, 2022 to 2026",
        "No value here for 2020, 2023 to 2025",
        "No figure was published for 2018",
        "Does not apply to 2019",
        "Sources give rival values for 2026",
        "1 value is disputed",
        "Counted in another way: 90 companies (2022, large firms)",
        "Estimate: 400 companies (2022)",
        "Forecast: 600 companies (2028).",
    ]


def test_everything_is_said_in_chinese(metric):
    everything(metric)
    with override("zh-hans"):
        assert described(metric, {}).split("。") == [
            "最新数值：2026年，500家",
            "变化：较2022年 +25%",
            "数据线始于2016年的100家，共5个数值",
            "最低：0家（2017年）；最高：500家（2026年）",
            "数据线在此处中断：2017年至2021年、2022年至2026年",
            "本站没有2020年、2023年至2025年的数值",
            "2018年未公布数值",
            "不适用于2019年",
            "2026年各来源数值不一",
            "1个数值有争议",
            "另一种口径：90家（2022年、大企业）",
            "估计数：400家（2022年）",
            "预测数：600家（2028年）",
            "",
        ]


def test_scale_that_does_not_begin_at_zero_is_said(metric):
    value(metric, "2024")
    [found] = attach_values(Metric.objects.select_related("unit").filter(pk=metric.pk))
    words = describe(found, headline_of(found, found.current_observations), "380")
    assert words.partition(". ")[2] == "The scale begins at 380, not at zero."


def test_untrusted_latest_value_is_said_with_its_mark(metric):
    DisputedObservationFactory(metric=metric, period="2024", value=Decimal(5))
    assert described(metric, {}) == "Latest value: 5 companies, 2024, disputed. 1 value is disputed."


def test_metric_with_forecasts_alone_says_them(metric):
    value(metric, "2030", release="forecast")
    assert described(metric, {}) == "Forecast: 400 companies (2030)."
