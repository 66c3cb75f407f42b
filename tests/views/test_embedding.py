"""A metric in a frame on other sites."""

import html
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ecosystem.models import Metric, Observation
from tests.factories import (
    LONG_AGO,
    WITHDRAWN,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedSourceFactory,
)
from tests.project.markup_rules import problems

pytestmark = pytest.mark.django_db


@pytest.fixture
def wafers() -> Metric:
    metric = PublishedMetricFactory(
        slug="wafers", name='Wafers "300" & more', name_zh="晶圆", nature=Metric.Nature.STOCK
    )
    source = PublishedSourceFactory(slug="yearbook", publisher="Bureau", publisher_zh="统计局")
    for year, number in ((2023, 100), (2024, 500)):
        PublishedObservationFactory(
            metric=metric, period=str(year), value=Decimal(number), source=source, published_at=LONG_AGO
        )
    return metric


def words(client, path="/metrics/wafers/embed/", **query) -> str:
    text = client.get(path, query).content.decode()
    body = re.sub(r"<svg.*?</svg>", "", text[text.index("<body") :], flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_frame_shows_headline_source_and_the_way_back(client, wafers):
    assert words(client) == (
        'Wafers "300" & more 500 companies as of 2024 · Bureau · Reported verified or reported Unit 0000.'
        " All values and their evidence · Shanghai Tech · CC BY 4.0"
    ).replace("Unit 0000", wafers.unit.name)


def test_links_leave_the_frame_alone(client, wafers):
    text = client.get("/metrics/wafers/embed/").content.decode()
    links = re.findall(r'<a [^>]*href="([^"]+)"([^>]*)>', text)
    assert [link for link, rest in links if 'target="_blank"' not in rest] == []
    assert {link for link, _rest in links} == {
        "/metrics/wafers/",
        "/sources/yearbook/",
        "https://creativecommons.org/licenses/by/4.0/",
    }


def test_frame_has_the_chart_of_the_page_in_both_widths(client, wafers):
    drawings = [
        re.findall(r"<svg class=\"chart[^>]*>.*?</svg>", client.get(path).content.decode(), re.DOTALL)
        for path in ("/metrics/wafers/", "/metrics/wafers/embed/")
    ]
    assert (drawings[0] == drawings[1], len(drawings[1])) == (True, 2)


def test_frame_is_valid_and_has_no_script(client, wafers):
    for path in ("/metrics/wafers/embed/", "/zh-hans/metrics/wafers/embed/"):
        text = client.get(path).content.decode()
        assert (problems(text), "<script" in text) == ([], False)


def test_frame_is_no_page_for_search_engines(client, wafers):
    answer = client.get("/zh-hans/metrics/wafers/embed/")
    text = answer.content.decode()
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in text
    assert '<link rel="canonical" href="http://127.0.0.1:8000/zh-hans/metrics/wafers/">' in text


def test_frame_of_a_past_day_shows_that_day_and_says_so(client, wafers):
    new = PublishedObservationFactory(
        metric=wafers, period="2024", value=Decimal(600), published_at=LONG_AGO + timedelta(days=30)
    )
    Observation.objects.filter(period="2024", value=500).update(superseded_by=new)
    past = words(client, known_on="2025-01-20")
    assert ("500 companies" in past, "Values as known on 20 January 2025." in past) == (True, True)
    assert "600 companies" in words(client)


def test_metric_without_a_chart_shows_its_headline_or_why_there_is_none(client):
    metric = PublishedMetricFactory(slug="single", name="Single")
    assert words(client, "/metrics/single/embed/").startswith("Single There is no public value yet.")
    PublishedObservationFactory(metric=metric, period="2024", value=Decimal(7))
    assert words(client, "/metrics/single/embed/").startswith("Single 7 companies as of 2024")


def test_notice_in_place_of_a_withdrawn_metric_is_seen_in_the_frame(client):
    PublishedMetricFactory(slug="gone", **WITHDRAWN)
    answer = client.get("/metrics/gone/embed/")
    assert (answer.status_code, answer.content.decode()) == (410, "It described something else.\n")
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert [
        client.get(f"/metrics/{path}").status_code for path in ("never/embed/", "gone/embed/?known_on=x")
    ] == [
        404,
        410,
    ]


def test_metric_page_gives_the_line_to_copy(client, wafers):
    text = client.get("/metrics/wafers/").content.decode()
    line = html.unescape(re.search(r"<code[^>]*>(.*?)</code>", text)[1])
    assert line == (
        '<iframe src="http://127.0.0.1:8000/metrics/wafers/embed/" title="Wafers &quot;300&quot; &amp; more"'
        ' width="720" height="600" loading="lazy"></iframe>'
    )


def test_page_of_a_past_day_gives_the_line_for_that_day(client, wafers):
    text = client.get("/zh-hans/metrics/wafers/", {"known_on": "2025-03-01"}).content.decode()
    assert "/zh-hans/metrics/wafers/embed/?known_on=2025-03-01" in text


def test_frame_asks_few_questions(client, wafers):
    for times in (0, 5):
        for year in range(times):
            PublishedObservationFactory(metric=wafers, period=str(2010 + year))
        with CaptureQueriesContext(connection) as queries:
            client.get("/metrics/wafers/embed/")
        assert len(queries) == 3
