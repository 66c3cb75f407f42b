"""The values of a metric as files, read back by the programs that they are for."""

import csv
import io
import json
from datetime import timedelta
from decimal import Decimal

import pytest

from ecosystem.models import Metric, Observation
from tests.factories import (
    LONG_AGO,
    WITHDRAWN,
    DisputedObservationFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedSourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def wafers() -> Metric:
    return PublishedMetricFactory(slug="wafers", name="Wafers", name_zh="晶圆", nature=Metric.Nature.STOCK)


def value(metric, period, number, **particulars) -> Observation:
    number = None if number is None else Decimal(number)
    return PublishedObservationFactory(metric=metric, period=period, value=number, **particulars)


def table(client, path="/metrics/wafers.csv", **query) -> list[dict[str, str]]:
    text = client.get(path, query).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def document(client, path="/metrics/wafers.json", **query) -> dict:
    return json.loads(client.get(path, query).content)


def test_each_row_is_complete_by_itself(client, wafers):
    source = PublishedSourceFactory(
        slug="yearbook", title="Yearbook", publisher="Bureau", url="https://example.org/y"
    )
    value(wafers, "2024", "400.5", qualifier="~", source=source, locator="table 2")
    [row] = table(client)
    wanted = {
        "metric": "wafers",
        "metric_name_zh": "晶圆",
        "period": "2024",
        "period_end": "2024-12-31",
        "state": "value",
        "number": "400.5",
        "qualifier": "about",
        "release": "final",
        "standing": "reported",
        "is_headline": "yes",
        "source": "yearbook",
        "source_publisher": "Bureau",
        "source_url": "https://example.org/y",
        "locator": "table 2",
        "address": "http://127.0.0.1:8000/metrics/wafers/2024/",
        "licence": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert {name: row[name] for name in wanted} == wanted


def test_zero_missing_not_applicable_estimate_and_forecast_are_told_apart(client, wafers):
    value(wafers, "2020", "0")
    value(wafers, "2021", None, absence=Observation.Absence.MISSING)
    value(wafers, "2022", None, absence=Observation.Absence.NOT_APPLICABLE)
    value(wafers, "2023", "3", release=Observation.Release.ESTIMATE)
    value(wafers, "2030", "9", release=Observation.Release.FORECAST)
    wanted = [
        ("2030", "value", "9", "forecast"),
        ("2023", "value", "3", "estimate"),
        ("2022", "not-applicable", "", ""),
        ("2021", "missing", "", ""),
        ("2020", "value", "0", "final"),
    ]
    rows = table(client)
    assert [(row["period"], row["state"], row["number"], row["release"]) for row in rows] == wanted
    values = document(client)["values"]
    assert [
        (one["period"], one["state"], one["number"] or "", one["release"] or "") for one in values
    ] == wanted


def test_expected_period_without_a_value_has_a_row_that_says_so(client, wafers):
    Metric.objects.update(frequency=Metric.Frequency.YEARLY)
    for year in ("2021", "2022", "2024"):
        value(wafers, year, "5")
    assert [(row["period"], row["state"]) for row in table(client)] == [
        ("2024", "value"),
        ("2023", "not-recorded"),
        ("2022", "value"),
        ("2021", "value"),
    ]


def test_rivals_stand_side_by_side_and_superseded_values_last(client, wafers):
    new = value(wafers, "2024", "500", supersede_reason=Observation.SupersedeReason.OUR_ERROR)
    value(wafers, "2024", "400", superseded_by=new)
    DisputedObservationFactory(metric=wafers, period="2024", value=Decimal(900))
    columns = ("number", "is_headline", "is_superseded", "superseded_because")
    assert [tuple(row[name] for name in columns) for row in table(client)] == [
        ("500", "yes", "no", ""),
        ("900", "no", "no", ""),
        ("400", "no", "yes", "our-error"),
    ]


def test_spreadsheet_runs_nothing_that_somebody_typed(client, wafers):
    value(wafers, "2024", "-4", note='=HYPERLINK("https://example.org")', locator="@table")
    [row] = table(client)
    assert (row["note"], row["locator"], row["number"]) == (
        '\'=HYPERLINK("https://example.org")',
        "'@table",
        "-4",
    )


def test_number_is_text_that_keeps_every_digit(client, wafers):
    """As a number of JSON it would be read as a binary fraction."""
    value(wafers, "2024", "123456789.100001")
    assert document(client)["values"][0]["number"] == "123456789.100001"


def test_document_says_once_what_it_is_about(client, wafers):
    value(wafers, "2024", "400")
    found = document(client)
    assert (found["metric"]["name_zh"], found["unit"]["factor"], found["known_on"]) == ("晶圆", "1", None)
    assert found["address"] == "http://127.0.0.1:8000/metrics/wafers/"
    assert found["licence"] == "https://creativecommons.org/licenses/by/4.0/"


def test_file_of_one_period_holds_that_period(client, wafers):
    for year in ("2023", "2024"):
        value(wafers, year, "5")
    assert [row["period"] for row in table(client, "/metrics/wafers/2023.csv")] == ["2023"]
    assert [one["period"] for one in document(client, "/metrics/wafers/2023.json")["values"]] == ["2023"]


def test_file_of_a_past_day_holds_what_was_known_then(client, wafers):
    new = value(wafers, "2024", "500", published_at=LONG_AGO + timedelta(days=30))
    value(wafers, "2024", "400", superseded_by=new)
    assert [row["number"] for row in table(client, known_on="2025-01-20")] == ["400"]
    assert [row["known_on"] for row in table(client, known_on="2025-01-20")] == ["2025-01-20"]
    assert [row["number"] for row in table(client, known_on="2025-03-01")] == ["500", "400"]
    assert table(client, "/metrics/wafers/2024.csv", known_on="2024-12-01") == []


@pytest.mark.parametrize("path", ["/metrics/wafers.csv", "/metrics/wafers.json", "/metrics/wafers/2024.json"])
def test_bad_day_is_a_bad_request_with_advice(client, wafers, path):
    value(wafers, "2024", "400")
    answer = client.get(path, {"known_on": "March"})
    assert (answer.status_code, answer.content.decode()) == (
        400,
        "“March” is no day. Write known_on=2025-03-01.\n",
    )


def test_metric_that_is_gone_says_so_and_one_that_never_was_is_not_found(client):
    PublishedMetricFactory(slug="gone", **WITHDRAWN)
    PublishedMetricFactory(slug="wafers")
    answers = [client.get(f"/metrics/{name}") for name in ("gone.csv", "never.csv", "wafers/1990.csv")]
    assert [answer.status_code for answer in answers] == [410, 404, 404]
    assert answers[0].content.decode() == "It described something else.\n"


def test_file_may_be_read_by_other_sites_and_has_a_name(client, wafers):
    value(wafers, "2024", "400")
    answer = client.get("/metrics/wafers.csv", {"known_on": "2025-03-01"})
    headers = [answer.headers[name] for name in ("Access-Control-Allow-Origin", "Content-Disposition")]
    assert headers == ["*", 'attachment; filename="wafers-2025-03-01.csv"']
    assert "Access-Control-Allow-Origin" not in client.get("/metrics/wafers/").headers


def test_metric_page_leads_to_its_files(client, wafers):
    value(wafers, "2024", "400")
    html = client.get("/metrics/wafers/", {"known_on": "2025-03-01"}).content.decode()
    assert 'href="/metrics/wafers.csv?known_on=2025-03-01" download' in html
    assert 'href="/metrics/wafers.json"' in client.get("/metrics/wafers/").content.decode()


def test_chinese_address_gives_the_file_with_chinese_addresses(client, wafers):
    value(wafers, "2024", "400")
    [row] = table(client, "/zh-hans/metrics/wafers.csv")
    assert row["address"] == "http://127.0.0.1:8000/zh-hans/metrics/wafers/2024/"
