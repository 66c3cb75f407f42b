"""Checks of figures: what resolves, what stands firm, what has its unit and its source."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from tests.domain.checklist.found import found_by, levels_by, said_by
from tests.factories import (
    DisputedObservationFactory,
    DraftArticleFactory,
    DraftObservationFactory,
    DraftSourceFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
YEAR_2024 = '<figure-ref metric="companies" period="2024" form="{form}"></figure-ref>'
UNIT, VALUE = YEAR_2024.format(form="unit"), YEAR_2024.format(form="value")


@pytest.fixture
def metric():
    return PublishedMetricFactory(slug="companies", name="AI companies", name_zh="人工智能企业")


def test_reference_to_nothing_is_an_error():
    article = DraftArticleFactory(body='<p><figure-ref metric="none" period="latest"></figure-ref></p>')
    assert [(str(one.level), one.field, one.message) for one in found_by("references", article)] == [
        (
            "error",
            "body",
            "figure-ref metric=none period=latest: there is no public metric “none”. "
            "Look its slug up in the list of metrics.",
        )
    ]


def test_cited_figure_without_a_source_is_an_error():
    article = DraftArticleFactory(body="<p><cited-figure>400</cited-figure> firms</p>")
    assert said_by("references", article) == [
        "There is no public source “”. Look its slug up in the list of sources."
    ]


def test_disputed_figure_is_a_warning_once_with_its_reason(metric):
    DisputedObservationFactory(metric=metric)
    article = DraftArticleFactory(standfirst=f"It has {UNIT}.", body=f"<p>Of these {UNIT} some are new.</p>")
    (finding,) = found_by("figures", article)
    assert (str(finding.level), finding.field, finding.message, finding.quote, finding.advice) == (
        "warning",
        "standfirst",
        "“400\xa0companies” (AI companies) is disputed.",
        "It has 400\xa0companies.",
        "Another office counts fewer.",
    )


def test_overdue_figure_is_a_warning(metric):
    metric.frequency, metric.expected_lag_days = "year", 30
    metric.save()
    PublishedObservationFactory(metric=metric)
    article = DraftArticleFactory(body=f"<p>It has {UNIT}.</p>")
    with time_machine.travel(date(2026, 1, 20)):
        assert found_by("figures", article) == []
    with time_machine.travel(date(2026, 2, 20)):
        (finding,) = found_by("figures", article)
    assert (finding.message, finding.advice) == (
        "“400\xa0companies” (AI companies) is out of date: its next value is overdue.",
        "Next value (2025) overdue since 30 January 2026",
    )


def test_reported_figure_with_its_unit_is_fine(metric):
    PublishedObservationFactory(metric=metric)
    assert found_by("figures", DraftArticleFactory(body=f"<p>It has {UNIT}.</p>")) == []


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (f"<p>The number was {VALUE} in 2024.</p>", 1),
        (f"<p>It has {VALUE} centers.</p>", 0),
        (f"<p>It counts companies: {VALUE}.</p>", 0),
        (f"<p>人工智能企业有{VALUE}。</p>", 0),
        (f"<table><tr><td>{VALUE}</td></tr></table>", 0),
    ],
)
def test_number_needs_what_it_counts_beside_it(metric, body, count):
    PublishedObservationFactory(metric=metric)
    said = said_by("figures", DraftArticleFactory(body=body))
    assert said == ["“400” stands without its unit."] * count


@pytest.mark.parametrize(("words", "count"), [("in all", 1), ("yuan", 0), ("(in RMB)", 0)])
def test_money_needs_its_currency_in_the_sentence(words, count):
    unit = UnitFactory(pattern="{number} yuan", pattern_zh="{number}元", currency="CNY")
    PublishedObservationFactory(metric=PublishedMetricFactory(slug="companies", unit=unit))
    article = DraftArticleFactory(body=f"<p>It earned {VALUE} {words}.</p>")
    assert len(found_by("figures", article)) == count


def test_metric_whose_headline_is_disputed_is_a_warning(metric):
    DisputedObservationFactory(metric=metric, period="2023")
    (finding,) = found_by("values", metric)
    assert (finding.message, finding.quote) == (
        "The value that stands for it is disputed.",
        "2023: 400\xa0companies",
    )
    PublishedObservationFactory(metric=metric, value=Decimal(500))
    assert found_by("values", metric) == []


def test_metric_whose_unit_has_no_words_is_a_warning():
    metric = PublishedMetricFactory(unit=UnitFactory(name="Points", pattern="{number}"))
    assert said_by("values", metric) == ["Its unit “Points” has no words: readers would see a bare number."]


def test_value_from_a_source_that_readers_cannot_open_is_an_error():
    value = DraftObservationFactory(source=DraftSourceFactory())
    assert levels_by("values", value) == [("error", "source")]
    assert found_by("values", DraftObservationFactory()) == []
