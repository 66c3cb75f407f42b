"""The chart of a metric as a file: what it says of itself wherever it is taken."""

import base64
import hashlib
import re
from datetime import timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
import time_machine

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

SVG = "{http://www.w3.org/2000/svg}"
DC = "{http://purl.org/dc/elements/1.1/}"
TODAY = "2026-05-04T03:00:00Z"


@pytest.fixture
def wafers() -> Metric:
    metric = PublishedMetricFactory(
        slug="wafers",
        name="Wafers <200 mm & more",
        name_zh="晶圆",
        nature=Metric.Nature.STOCK,
        unit__name="companies",
    )
    source = PublishedSourceFactory(publisher="Bureau", publisher_zh="统计局")
    for year, number in ((2023, 100), (2024, 500)):
        PublishedObservationFactory(
            metric=metric, period=str(year), value=Decimal(number), source=source, published_at=LONG_AGO
        )
    return metric


def document(client, path="/metrics/wafers.svg", **query) -> ElementTree.Element:
    return ElementTree.fromstring(client.get(path, query).content)


def texts(svg: ElementTree.Element, kind: str) -> list[str]:
    found = [text.text for text in svg.iter(f"{SVG}text") if text.get("class") == kind]
    return [text.replace("\u00a0", " ") for text in found]


def told(svg: ElementTree.Element) -> dict[str, str]:
    return {one.tag.removeprefix(DC): one.text for one in svg.iter() if one.tag.startswith(DC)}


def test_file_shows_name_day_sources_licence_and_address(client, wafers):
    with time_machine.travel(TODAY):
        svg = document(client)
    assert texts(svg, "title") == ["Wafers <200 mm & more"]
    assert texts(svg, "lead") == ["Companies. As of 2024: 500 companies (reported)."]
    assert texts(svg, "foot") == [
        "Sources: Bureau.",
        "Shanghai Tech, CC BY 4.0, taken on 4 May 2026.",
        "http://127.0.0.1:8000/metrics/wafers/",
    ]


def test_file_tells_programs_the_same(client, wafers):
    with time_machine.travel(TODAY):
        svg = document(client)
    description = svg.find(f"{SVG}desc").text
    assert description.startswith("Latest value: 500\u00a0companies, 2024.")
    assert told(svg) == {
        "title": "Wafers <200 mm & more",
        "description": description,
        "publisher": "Shanghai Tech",
        "source": "Bureau",
        "coverage": "2024",
        "date": "2026-05-04",
        "language": "en",
        "rights": "https://creativecommons.org/licenses/by/4.0/",
        "identifier": "http://127.0.0.1:8000/metrics/wafers/",
    }


def test_drawing_is_that_of_the_page(client, wafers):
    DisputedObservationFactory(metric=wafers, period="2024", value=Decimal(900))
    page = client.get("/metrics/wafers/").content.decode()
    file = client.get("/metrics/wafers.svg").content.decode()
    drawing = re.search(r'<svg class="chart"[^>]*>\n(.*?)</svg>', page, re.DOTALL)[1]
    assert file.count(drawing) == 1
    keys = [text.text for text in ElementTree.fromstring(file).iter(f"{SVG}text") if text.get("x") == "26"]
    assert keys == ["verified or reported", "disputed", "rivals of one period"]


def test_chinese_address_draws_in_chinese(client, wafers):
    svg = document(client, "/zh-hans/metrics/wafers.svg")
    assert (texts(svg, "title"), texts(svg, "foot")[0]) == (["晶圆"], "来源：统计局。")
    assert (svg.get("class"), svg.get("{http://www.w3.org/XML/1998/namespace}lang")) == ("zh", "zh-Hans")
    assert told(svg)["identifier"] == "http://127.0.0.1:8000/zh-hans/metrics/wafers/"


def test_past_day_is_drawn_as_it_was_and_says_so(client, wafers):
    new = PublishedObservationFactory(
        metric=wafers, period="2024", value=Decimal(600), published_at=LONG_AGO + timedelta(days=30)
    )
    Observation.objects.filter(period="2024", value=500).update(superseded_by=new)
    svg = document(client, known_on="2025-01-20")
    assert texts(svg, "lead") == ["Companies. As of 2024: 500 companies (reported)."]
    foot = texts(svg, "foot")
    assert foot[1].startswith("Values as known on 20 January 2025.")
    assert foot[2] == "http://127.0.0.1:8000/metrics/wafers/?known_on=2025-01-20"
    assert texts(document(client), "lead") == ["Companies. As of 2024: 600 companies (reported)."]


def test_everything_stands_within_the_file(client, wafers):
    Metric.objects.update(name="A name that is much longer than one line of the file " * 3)
    svg = document(client)
    height = float(svg.get("height"))
    assert len(texts(svg, "title")) > 1
    assert max(float(text.get("y", 0)) for text in svg.iter(f"{SVG}text")) < height


def test_key_takes_another_row_where_one_is_full(client, wafers):
    """Every mark that there is, and none beyond the edge."""
    for number, particulars in enumerate(
        (
            {"standing": "unverified"},
            {"release": "estimate"},
            {"release": "forecast"},
            {"value": None, "absence": "missing"},
            {"value": None, "absence": "not-applicable"},
            {"method": "clean rooms"},
        )
    ):
        PublishedObservationFactory(metric=wafers, period=str(2010 + number), **particulars)
    DisputedObservationFactory(metric=wafers, period="2024", value=Decimal(900))
    svg = document(client)
    places = [
        [float(number) for number in re.findall(r"[\d.]+", mark.get("transform"))]
        for mark in svg.findall(f"{SVG}g[@class='key marks']/{SVG}g")
    ]
    assert (len(places) > 6, len({y for _x, y in places})) == (True, 2)
    assert max(x for x, _y in places) < float(svg.get("width")) - 100


def test_policy_lets_the_file_use_its_own_style_and_no_other(client, wafers):
    answer = client.get("/metrics/wafers.svg")
    style = ElementTree.fromstring(answer.content).find(f"{SVG}style").text
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert f"style-src 'sha256-{digest}'" in policy
    assert {"default-src 'none'", "frame-ancestors 'none'"} <= set(policy)


def test_signs_that_xml_cannot_hold_do_not_break_the_file(client, wafers):
    Metric.objects.update(name="Wafers\x0b\x1f")
    assert texts(document(client), "title") == ["Wafers"]


def test_metric_with_one_period_has_no_chart_and_says_why(client):
    metric = PublishedMetricFactory(slug="single")
    PublishedObservationFactory(metric=metric, period="2024")
    answer = client.get("/metrics/single.svg")
    assert (answer.status_code, answer.content.decode()) == (
        404,
        "There is no chart: at least two periods need a number.\n",
    )
    assert "single.svg" not in client.get("/metrics/single/").content.decode()


def test_forecasts_alone_are_drawn_without_a_latest_value(client):
    metric = PublishedMetricFactory(slug="plan", unit__name="companies")
    for year in ("2030", "2035"):
        PublishedObservationFactory(metric=metric, period=year, release=Observation.Release.FORECAST)
    svg = document(client, "/metrics/plan.svg")
    assert (texts(svg, "lead")[0], "coverage" in told(svg)) == ("Companies.", False)


def test_files_answer_like_the_other_files(client, wafers):
    PublishedMetricFactory(slug="gone", **WITHDRAWN)
    names = ("gone.svg", "never.svg", "wafers.svg?known_on=March", "wafers.svg?known_on=2020-01-01")
    assert [client.get(f"/metrics/{name}").status_code for name in names] == [410, 404, 400, 404]
    answer = client.get("/metrics/wafers.svg?known_on=2025-03-01")
    wanted = {
        "Access-Control-Allow-Origin": "*",
        "X-Robots-Tag": "noindex",
        "Content-Disposition": 'inline; filename="wafers.svg"',
    }
    assert {name: answer.headers[name] for name in wanted} == wanted


def test_page_leads_to_its_files_of_the_same_day(client, wafers):
    html = client.get("/metrics/wafers/", {"known_on": "2025-03-01"}).content.decode()
    assert 'href="/metrics/wafers.svg?known_on=2025-03-01" download' in html
