"""Figures that are pinned to a day of knowledge, or that compare values: which values, and in which words."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from ecosystem.domain import figures
from ecosystem.models import Metric, Observation
from tests.factories import (
    LONG_AGO,
    DisputedObservationFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


def ref(slug="gdp", **attributes) -> str:
    said = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<figure-ref metric="{slug}"{said}></figure-ref>'


def figure(text: str) -> figures.Figure | None:
    (reference,) = figures.references(text)
    return figures.resolve([text]).figure(reference)


def written(text: str, language: str = "en") -> str:
    with override(language):
        return figure(text).text.replace("\u00a0", " ")


@pytest.fixture
def gdp() -> Metric:
    """A yearly amount in billion yuan."""
    unit = UnitFactory(factor=10**9, currency="CNY", pattern="{number} yuan", pattern_zh="{number}元")
    return PublishedMetricFactory(slug="gdp", unit=unit, nature=Metric.Nature.FLOW)


def values(metric: Metric, **by_year: str) -> list[Observation]:
    return [
        PublishedObservationFactory(metric=metric, period=period.strip("y"), value=Decimal(value))
        for period, value in by_year.items()
    ]


def test_figure_known_on_a_day_stays_with_what_was_known_at_its_end(gdp):
    old = PublishedObservationFactory(metric=gdp, value=Decimal(5000))
    later = LONG_AGO + timedelta(days=10)
    new = PublishedObservationFactory(metric=gdp, value=Decimal(5100), published_at=later)
    Observation.objects.filter(pk=old.pk).update(superseded_by=new)
    assert written(ref(known_on="2025-01-06")) == written(ref(known_on="2025-01-15")) == "5 trillion yuan"
    assert written(ref(known_on="2025-01-16")) == written(ref()) == "5.1 trillion yuan"
    assert figure(ref(known_on="2025-01-05")) is None
    assert written(ref(period="2024", known_on="2025-01-06")) == "5 trillion yuan"


def test_figure_known_on_a_day_leads_to_the_evidence_of_that_day(gdp):
    values(gdp, y2024="5000")
    assert (
        figure(ref(known_on="2025-02-01")).observation.get_absolute_url()
        == "/metrics/gdp/2024/?known_on=2025-02-01"
    )
    assert figure(ref()).observation.get_absolute_url() == "/metrics/gdp/2024/"


def test_the_same_value_of_two_days_stands_twice_in_the_table(gdp):
    values(gdp, y2024="5000")
    text = ref() + ref(known_on="2025-02-01") + ref(known_on="2025-02-01")
    found = figures.resolve([text])
    assert [found.figure(reference).number for reference in figures.references(text)] == [1, 2, 2]
    assert [shown.known_on for shown in found.shown] == [None, date(2025, 2, 1)]


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        (ref(form="change"), "3.1%", "3.1%"),
        (ref(form="change", period="2023"), "−2%", "−2%"),
        (ref(form="change", since="2022"), "1%", "1%"),
    ],
)
def test_change_of_an_amount_is_in_percent(gdp, text, english, chinese):
    values(gdp, y2022="5000", y2023="4900", y2024="5050")
    assert (written(text), written(text, "zh-hans")) == (english, chinese)


def test_change_of_a_percentage_is_in_points():
    unit = UnitFactory(pattern="{number}%", pattern_zh="{number}%", scales=False)
    metric = PublishedMetricFactory(slug="gdp", unit=unit, nature=Metric.Nature.RATE)
    values(metric, y2022="5.2", y2023="4.2", y2024="4.4")
    text = ref(form="change")
    assert (written(text), written(text, "zh-hans")) == ("0.2 percentage points", "0.2个百分点")
    assert written(ref(form="change", period="2023")) == "−1 percentage point"


def test_change_of_a_rank_is_in_places_and_up_is_more():
    unit = UnitFactory(pattern="{ordinal}", pattern_zh="{ordinal}位", scales=False)
    metric = PublishedMetricFactory(slug="gdp", unit=unit, nature=Metric.Nature.RANK)
    values(metric, y2022="5", y2023="8", y2024="7")
    assert (written(ref(form="change")), written(ref(form="change"), "zh-hans")) == ("1 place", "1位")
    assert written(ref(form="change", period="2023")) == "−3 places"


def test_change_from_a_value_that_is_not_exact_is_about_that_much(gdp):
    PublishedObservationFactory(metric=gdp, period="2023", value=Decimal(4000), qualifier=">")
    values(gdp, y2024="5000")
    text = ref(form="change")
    assert (written(text), written(text, "zh-hans")) == ("about 25%", "约25%")


def test_change_is_never_from_zero_another_method_or_a_stretch_of_another_length(gdp):
    values(gdp, y2021="0", y2022="10")
    assert figure(ref(form="change", period="2022")) is None
    PublishedObservationFactory(metric=gdp, period="2023", value=Decimal(7), method="another")
    PublishedObservationFactory(metric=gdp, period="2024-Q1", value=Decimal(7))
    PublishedObservationFactory(metric=gdp, period="2025", value=Decimal(20))
    assert written(ref(form="change", period="2025")) == "100%"
    assert figure(ref(form="change", period="2025", since="2024-Q1")) is None
    assert figure(ref(form="change", period="2024-Q1")) is None


def test_share_is_in_percent_of_the_whole_of_the_same_period(gdp):
    exports = PublishedMetricFactory(
        slug="exports",
        nature=Metric.Nature.FLOW,
        unit=UnitFactory(factor=10**8, currency="CNY", pattern="{number} yuan"),
    )
    values(gdp, y2023="4000", y2024="5000")
    values(exports, y2024="6170")
    text = ref("exports", form="share", of="gdp")
    assert (written(text), written(text, "zh-hans"), figure(text).machine) == ("12.3%", "12.3%", "12.3")
    assert figure(text).observation.get_absolute_url() == "/metrics/exports/2024/"
    assert figure(ref("exports", form="share", of="gdp", period="2023")) is None


def test_share_of_another_currency_is_none(gdp):
    dollars = PublishedMetricFactory(slug="usd", nature=Metric.Nature.FLOW, unit=UnitFactory(currency="USD"))
    values(gdp, y2024="5000")
    values(dollars, y2024="9")
    assert figure(ref("usd", form="share", of="gdp")) is None


def test_comparison_lists_both_values_as_evidence_and_carries_the_mark_of_either(gdp):
    DisputedObservationFactory(metric=gdp, period="2023", value=Decimal(4000))
    values(gdp, y2024="5000")
    text = ref(form="change", since="2023")
    found = figures.resolve([text])
    assert found.figure(next(figures.references(text))).mark == "disputed"
    assert [shown.observation.period for shown in found.shown] == ["2024", "2023"]


def test_absent_value_is_said_in_words_and_is_no_number_for_machines(gdp):
    PublishedObservationFactory(metric=gdp, value=None, absence=Observation.Absence.MISSING)
    shown = figure(ref(period="2024"))
    assert (shown.text, shown.machine) == ("no figure was published", "")
    assert figure(ref(period="2024", form="change")) is None
    assert figure(ref(period="2024", form="share", of="gdp")) is None


def test_days_of_knowledge_cost_three_queries_however_many(gdp, django_assert_num_queries):
    values(gdp, y2022="4000", y2023="4900", y2024="5000")
    days = [LONG_AGO.date() + timedelta(days=number) for number in range(1, 50)]
    many = [ref(known_on=day.isoformat(), form=form) for day in days for form in ("unit", "change", "short")]
    for texts in (many[:1], many):
        with django_assert_num_queries(5):
            found = figures.resolve(texts)
            assert all(found.figure(each) for text in texts for each in figures.references(text))
