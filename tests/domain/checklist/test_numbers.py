"""Numbers that were typed, and which metric each probably repeats."""

from decimal import Decimal

import pytest

from ecosystem.domain import checklist
from tests.domain.checklist.found import found_by, said_by
from tests.factories import (
    DraftArticleFactory,
    DraftMetricFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def centers():
    unit = UnitFactory(pattern="{number} centers", pattern_zh="{number}家")
    metric = PublishedMetricFactory(
        slug="rd-centers", name="Foreign-funded R&D centers", name_zh="外资研发中心", unit=unit
    )
    PublishedObservationFactory(metric=metric, period="2023", value=Decimal(561))
    PublishedObservationFactory(metric=metric, period="2024", value=Decimal(591))
    return metric


def test_number_of_a_metric_is_named_with_the_code_to_write(centers):
    article = DraftArticleFactory(body="<p>In 2024 there were 591 R&amp;D centers. They grow.</p>")
    (finding,) = found_by("numbers", article)
    assert (finding.message, finding.quote, finding.code) == (
        "“591” is typed; it is probably Foreign-funded R&D centers (2024).",
        "In 2024 there were 591 R&D centers.",
        '<figure-ref metric="rd-centers" period="latest" form="unit"></figure-ref>',
    )


def test_number_of_an_older_value_is_pinned_to_its_period(centers):
    article = DraftArticleFactory(body="<p>In 2023 there were 561 centers.</p>")
    assert [finding.code for finding in found_by("numbers", article)] == [
        '<figure-ref metric="rd-centers" period="2023" form="unit"></figure-ref>'
    ]


def test_chinese_text_is_compared_with_the_chinese_amount(centers):
    article = DraftArticleFactory(body_zh="<p>2024年累计认定外资研发中心591家。</p>")
    (finding,) = found_by("numbers", article)
    assert (finding.field, finding.message) == (
        "body_zh",
        "“591家” is typed; it is probably Foreign-funded R&D centers (2024).",
    )


def test_numbers_of_no_metric_are_one_warning_a_sentence(centers):
    article = DraftArticleFactory(body="<p>It sold 3,400 cars, 12% more. It has 16 shops and 34 halls.</p>")
    assert said_by("numbers", article) == ["Typed without a record or a source: 3,400, 12%."]


def test_metric_that_nobody_sees_is_not_proposed():
    metric = DraftMetricFactory(name="Cars sold")
    PublishedObservationFactory(metric=metric, value=Decimal(3412))
    article = DraftArticleFactory(body="<p>It sold 3,412 cars.</p>")
    assert said_by("numbers", article) == ["Typed without a record or a source: 3,412."]


def test_figures_cited_numbers_and_notes_are_no_typed_numbers(centers):
    body = (
        '<p>There are <figure-ref metric="rd-centers" period="latest" form="unit"></figure-ref> and '
        '<cited-figure source="x">3,400</cited-figure> cars.'
        '<source-note source="x">Of 12,000 asked.</source-note></p>'
    )
    assert found_by("numbers", DraftArticleFactory(body=body)) == []


def test_number_in_a_name_of_the_directory_is_none():
    PublishedOrganizationFactory(name="Capital of 500 Founders")
    article = DraftArticleFactory(body="<p>It was paid by Capital of 500 Founders in May.</p>")
    assert found_by("numbers", article) == []
    article.body = "<p>It was paid by a group of 500 founders in May.</p>"
    assert said_by("numbers", article) == ["Typed without a record or a source: 500."]


def test_text_without_numbers_asks_for_no_metric(centers, django_assert_num_queries):
    article = DraftArticleFactory(body="<p>In 2024 it moved to Line 14.</p>")
    with django_assert_num_queries(8) as without:
        checklist.findings(article)
    assert not [query for query in without.captured_queries if "ecosystem_metric" in query["sql"]]
