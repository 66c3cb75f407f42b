"""What to cite, as programs that keep references take it."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from ecosystem.models import Metric, Observation
from tests.factories import (
    LONG_AGO,
    WITHDRAWN,
    DisputedObservationFactory,
    FormulaInputFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedSourceFactory,
)
from tests.values.bibtex import read_bibtex

pytestmark = pytest.mark.django_db
TODAY = "2026-05-04T03:00:00Z"


@pytest.fixture
def wafers() -> Metric:
    metric = PublishedMetricFactory(slug="wafers", name="Wafers", name_zh="晶圆", nature=Metric.Nature.STOCK)
    source = PublishedSourceFactory(
        slug="yearbook",
        title="Yearbook & more",
        title_zh="年鉴",
        publisher="Bureau",
        publisher_zh="统计局",
        kind="official-statistics",
        url="https://example.org/y",
        published_on="2025-02",
    )
    for year, number in ((2023, 400), (2024, 500)):
        PublishedObservationFactory(
            metric=metric, period=str(year), value=Decimal(number), source=source, published_at=LONG_AGO
        )
    return metric


def items(client, path="/metrics/wafers.csl.json", **query) -> list[dict]:
    return json.loads(client.get(path, query).content)


def entries(client, path="/metrics/wafers.bib", **query) -> dict[str, dict[str, str]]:
    text = client.get(path, query).content.decode()
    return {key: fields for _kind, key, fields in read_bibtex(text)}


def test_metric_is_cited_as_a_dataset_of_this_site_with_its_sources(client, wafers):
    with time_machine.travel(TODAY):
        own, source = items(client)
    assert own == {
        "id": "shanghai-tech-wafers",
        "type": "dataset",
        "title": "Wafers",
        "author": [{"literal": "Shanghai Tech"}],
        "publisher": "Shanghai Tech",
        "language": "en",
        "issued": {"date-parts": [[LONG_AGO.year, LONG_AGO.month, LONG_AGO.day]]},
        "URL": "http://127.0.0.1:8000/metrics/wafers/",
        "accessed": {"date-parts": [[2026, 5, 4]]},
    }
    assert {name: source[name] for name in ("id", "type", "title", "issued", "URL")} == {
        "id": "yearbook",
        "type": "report",
        "title": "Yearbook & more",
        "issued": {"date-parts": [[2025, 2]]},
        "URL": "https://example.org/y",
    }


def test_both_formats_say_the_same(client, wafers):
    found = entries(client)
    assert list(found) == [item["id"] for item in items(client)]
    assert found["yearbook"]["title"] == "Yearbook & more"
    assert found["shanghai-tech-wafers"]["url"] == "http://127.0.0.1:8000/metrics/wafers/"


def test_evidence_page_is_cited_with_all_that_it_says_and_the_leading_value_first(client, wafers):
    DisputedObservationFactory(
        metric=wafers, period="2024", value=Decimal(900), source__slug="rival", source__publisher="Rival"
    )
    own, *sources = items(client, "/metrics/wafers/2024.csl.json")
    assert (own["id"], own["title"]) == ("shanghai-tech-wafers-2024", "Wafers, 2024")
    assert own["URL"] == "http://127.0.0.1:8000/metrics/wafers/2024/"
    assert own["note"] == "500 companies (reported), Bureau. 900 companies (disputed), Rival."
    assert [source["id"] for source in sources] == ["yearbook", "rival"]


def test_chinese_address_cites_in_chinese(client, wafers):
    own, source = items(client, "/zh-hans/metrics/wafers/2024.csl.json")
    assert (own["title"], own["language"]) == ("晶圆，2024年", "zh-Hans")
    assert own["URL"] == "http://127.0.0.1:8000/zh-hans/metrics/wafers/2024/"
    assert (source["title"], source["publisher"], source["language"]) == ("年鉴", "统计局", "zh-Hans")
    assert entries(client, "/zh-hans/metrics/wafers.bib")["yearbook"]["author"] == "统计局"


def test_source_in_print_has_its_number_instead_of_an_address(client, wafers):
    source = PublishedSourceFactory(slug="book", url="", medium="print", identifier="ISBN 7-1")
    PublishedObservationFactory(metric=wafers, period="2022", value=Decimal(300), source=source)
    book = next(item for item in items(client) if item["id"] == "book")
    assert (book["type"], book["note"], "URL" in book, "accessed" in book) == (
        "document",
        "ISBN 7-1.",
        False,
        False,
    )


def test_past_day_is_cited_with_its_own_address_and_values(client, wafers):
    new = PublishedObservationFactory(
        metric=wafers, period="2024", value=Decimal(600), published_at=LONG_AGO + timedelta(days=30)
    )
    Observation.objects.filter(period="2024", value=500).update(superseded_by=new)
    own = items(client, "/metrics/wafers/2024.csl.json", known_on="2025-01-20")[0]
    assert own["URL"] == "http://127.0.0.1:8000/metrics/wafers/2024/?known_on=2025-01-20"
    assert own["note"] == "500 companies (reported), Bureau."
    assert items(client, "/metrics/wafers/2024.csl.json", known_on="2024-12-01") == []
    assert entries(client, "/metrics/wafers/2024.bib", known_on="2024-12-01") == {}


def test_computed_metric_cites_the_sources_of_its_inputs(client, wafers):
    growth = PublishedMetricFactory(slug="growth", nature=Metric.Nature.RATE, formula=Metric.Formula.GROWTH)
    FormulaInputFactory(metric=growth, input=wafers)
    assert [item["id"] for item in items(client, "/metrics/growth.csl.json")] == [
        "shanghai-tech-growth",
        "yearbook",
    ]


def test_metric_computed_from_computed_ones_cites_what_was_published(client, wafers):
    """A computed value names this site as its source, which is no source to cite beside it."""
    growth = PublishedMetricFactory(slug="growth", nature=Metric.Nature.RATE, formula=Metric.Formula.GROWTH)
    FormulaInputFactory(metric=growth, input=wafers)
    total = PublishedMetricFactory(slug="total", formula=Metric.Formula.SUM, unit=growth.unit)
    FormulaInputFactory(metric=total, input=growth)
    assert [item["id"] for item in items(client, "/metrics/total.csl.json")] == [
        "shanghai-tech-total",
        "yearbook",
    ]


def test_period_whose_value_moved_to_another_is_cited_by_what_stood_there(client, wafers):
    newer = PublishedObservationFactory(metric=wafers, period="2022-12", value=Decimal(300))
    PublishedObservationFactory(metric=wafers, period="2022", value=Decimal(310), superseded_by=newer)
    own = items(client, "/metrics/wafers/2022.csl.json")[0]
    assert own["note"].startswith("310 companies")


def test_metric_without_values_can_be_cited(client):
    PublishedMetricFactory(slug="new")
    [own] = items(client, "/metrics/new.csl.json")
    assert (own["id"], "issued" in own) == ("shanghai-tech-new", False)


@pytest.mark.parametrize("ending", ["bib", "csl.json"])
def test_files_answer_like_the_other_files(client, wafers, ending):
    PublishedMetricFactory(slug="gone", **WITHDRAWN)
    names = (f"gone.{ending}", f"never.{ending}", f"wafers/1990.{ending}", f"wafers.{ending}?known_on=March")
    assert [client.get(f"/metrics/{name}").status_code for name in names] == [410, 404, 404, 400]
    answer = client.get(f"/metrics/wafers/2024.{ending}?known_on=2025-03-01")
    wanted = {
        "Access-Control-Allow-Origin": "*",
        "X-Robots-Tag": "noindex",
        "Content-Disposition": f'attachment; filename="wafers-2024.{ending}"',
    }
    assert {name: answer.headers[name] for name in wanted} == wanted


def test_pages_lead_to_these_files_of_the_same_day(client, wafers):
    html = client.get("/metrics/wafers/", {"known_on": "2025-03-01"}).content.decode()
    assert 'href="/metrics/wafers.bib?known_on=2025-03-01" download' in html
    evidence = client.get("/metrics/wafers/2024/").content.decode()
    assert 'href="/metrics/wafers/2024.csl.json" download' in evidence
