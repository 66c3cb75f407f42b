"""A value that has no number stands on every page with its word, and nothing is computed with it."""

from decimal import Decimal

import pytest

from ecosystem.domain import figure_records
from ecosystem.models import Metric
from tests.factories import PublishedArticleFactory, PublishedMetricFactory, PublishedObservationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def metric() -> Metric:
    return PublishedMetricFactory(slug="wafers", nature=Metric.Nature.STOCK, ledger_position=1)


def value(metric, period, number, **particulars):
    number = None if number is None else Decimal(number)
    return PublishedObservationFactory(metric=metric, period=period, value=number, **particulars)


PAGES = ["/", "/metrics/", "/metrics/wafers/", "/metrics/wafers/2024/", "/articles/about-wafers/"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["", "/zh-hans"])
@pytest.mark.parametrize("numbers", [(), (5, 7)], ids=["alone", "beside numbers"])
def test_every_page_bears_a_value_without_a_number(client, metric, path, language, numbers):
    for number, period in zip(numbers, ("2022", "2024"), strict=False):
        value(metric, period, number)
    value(metric, "2024", None, absence="missing"), value(metric, "2023", None, absence="not-applicable")
    reference = '<figure-ref metric="wafers" period="2023"></figure-ref>'
    article = PublishedArticleFactory(slug="about-wafers", body=f"<p>It makes {reference}.</p>")
    figure_records.record_references(article)
    assert client.get(language + path).status_code == 200


def test_superseded_value_may_have_had_no_number(client, metric):
    newer = value(metric, "2024", 5, supersede_reason="source-revised")
    value(metric, "2024", None, absence="missing", source=newer.source, superseded_by=newer)
    assert "<s>no figure was published</s>" in client.get("/metrics/wafers/").content.decode()


def test_evidence_page_says_why_there_is_no_number(client, metric):
    value(metric, "2024", None, absence="missing")
    html = client.get("/metrics/wafers/2024/").content.decode()
    assert html.count('<p class="big">No figure was published</p>') == 1
