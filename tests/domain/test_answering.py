"""A question about a number is answered by the number."""

import pytest

from ecosystem.domain.answering import answers
from ecosystem.models import Standing
from tests.factories import DraftMetricFactory, PublishedMetricFactory, PublishedObservationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def gdp():
    metric = PublishedMetricFactory(
        name="Gross domestic product", name_zh="地区生产总值", other_names="GDP\n经济总量"
    )
    for period, value in (("2022", 44652), ("2023", 47218), ("2024", 53926)):
        PublishedObservationFactory(metric=metric, period=period, value=value)
    return metric


def said(text: str) -> list[tuple[str, int, str]]:
    return [(one.observation.period, int(one.observation.value), one.missed) for one in answers(text)]


@pytest.mark.parametrize(
    "text", ["gdp", "Shanghai GDP", "经济总量", "上海的经济总量是多少", "gross domestic product"]
)
def test_headline_answers_where_no_period_is_asked_for(gdp, text):
    assert said(text) == [("2024", 53926, "")]


@pytest.mark.parametrize(
    "text",
    ["shanghai gdp 2023", "2023年经济总量", "What was the GDP of Shanghai in 2023?", "shanghia gdp 2023"],
)
def test_value_of_the_period_answers(gdp, text):
    assert said(text) == [("2023", 47218, "")]


def test_period_without_a_value_is_said_to_have_none(gdp):
    assert said("gdp 2019") == [("2024", 53926, "2019")]


def test_best_value_of_the_period_answers_and_not_a_disputed_one(gdp):
    PublishedObservationFactory(
        metric=gdp,
        period="2023",
        value=1,
        standing=Standing.DISPUTED,
        standing_reason="It is another city's.",
    )
    assert said("gdp 2023") == [("2023", 47218, "")]


def test_name_with_a_word_of_asking_in_it_is_found_first():
    metric = PublishedMetricFactory(name="AI companies in Shanghai")
    PublishedObservationFactory(metric=metric, period="2024", value=394)
    other = PublishedMetricFactory(name="AI companies in China")
    PublishedObservationFactory(metric=other, period="2024", value=4500)
    assert said("AI companies in Shanghai") == [("2024", 394, "")]
    assert [value for _period, value, _missed in said("ai companies")] == [4500, 394]


@pytest.mark.parametrize(
    "text", ["", "fudan", "2024", "product of shanghai chips", "what", "\x00", "?" * 500]
)
def test_other_texts_have_no_answer(gdp, text):
    assert said(text) == []


def test_draft_metric_answers_nothing():
    DraftMetricFactory(name="Gross domestic product")
    assert said("gross domestic product") == []


def test_metric_without_a_value_answers_nothing():
    PublishedMetricFactory(name="Gross domestic product")
    assert said("gross domestic product 2024") == []


def test_word_that_many_metrics_share_asks_for_none_of_them():
    for name in ("Chip output", "Chip exports", "Chip imports", "Chip makers"):
        PublishedObservationFactory(metric=PublishedMetricFactory(name=name))
    assert (answers("chip"), len(answers("chip output"))) == ([], 1)
