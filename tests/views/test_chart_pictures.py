"""The chart of a metric as PNG."""

from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from django.core.cache import cache
from PIL import Image

from ecosystem.domain import chart_png
from ecosystem.models import Metric
from tests.factories import PublishedMetricFactory, PublishedObservationFactory, PublishedSourceFactory

pytestmark = pytest.mark.django_db

TODAY = "2026-05-04T03:00:00Z"
has_font = pytest.mark.skipif(
    not chart_png.has_chinese_font(), reason="No Chinese font is installed; on Debian: fonts-noto-cjk"
)


@pytest.fixture
def wafers() -> Metric:
    metric = PublishedMetricFactory(
        slug="wafers", name="Wafers", name_zh="晶圆", unit__name="wafers", nature=Metric.Nature.STOCK
    )
    source = PublishedSourceFactory(publisher="Bureau", publisher_zh="统计局")
    for year, number in ((2023, 100), (2024, 500)):
        PublishedObservationFactory(metric=metric, period=str(year), value=Decimal(number), source=source)
    return metric


def picture(client, path="/metrics/wafers.png", **query) -> Image.Image:
    found = Image.open(BytesIO(client.get(path, query).content))
    found.load()
    return found


def test_picture_is_wide_and_has_the_colors_of_the_page(client, wafers):
    found = picture(client)
    assert (found.format, found.width) == ("PNG", 1696)
    colors = {color for _count, color in found.getcolors(maxcolors=100_000)}
    paper, ink, accent = (252, 250, 246), (20, 32, 45), (0, 101, 112)
    assert {paper, ink, accent} - colors == set()


def test_picture_tells_programs_what_it_is(client, wafers):
    with time_machine.travel(TODAY):
        told = picture(client).text
    assert {name: str(text) for name, text in told.items() if name != "Description"} == {
        "Title": "Wafers",
        "Author": "Shanghai Tech",
        "Copyright": "https://creativecommons.org/licenses/by/4.0/",
        "Creation Time": "2026-05-04",
        "Source": "Bureau",
        "As of": "2024",
        "URL": "http://127.0.0.1:8000/metrics/wafers/",
    }
    assert told["Description"].startswith("Latest value: 500")


@has_font
def test_chinese_picture_tells_it_in_chinese(client, wafers):
    told = picture(client, "/zh-hans/metrics/wafers.png").text
    assert (told["Title"], told["Title"].lang, told["Source"]) == ("晶圆", "zh-Hans", "统计局")


def test_without_a_chinese_font_words_say_what_to_take_instead_of_boxes(client, wafers, monkeypatch):
    monkeypatch.setattr(chart_png, "has_chinese_font", lambda: False)
    answer = client.get("/zh-hans/metrics/wafers.png")
    assert (answer.status_code, answer.headers["Content-Type"], answer.content.decode()) == (
        503,
        "text/plain; charset=utf-8",
        "此图含有中文，而服务器没有中文字体。请改取SVG格式的图表。\n",
    )
    assert "Content-Disposition" not in answer.headers
    assert client.get("/metrics/wafers.png").status_code == 200


def test_same_chart_is_drawn_once(client, wafers, monkeypatch):
    cache.clear()
    drawings = []
    draw = chart_png._drawn
    monkeypatch.setattr(chart_png, "_drawn", lambda svg: drawings.append(svg) or draw(svg))
    first, second = (client.get("/metrics/wafers.png").content for _ in range(2))
    assert (first == second, len(drawings)) == (True, 1)
    PublishedObservationFactory(metric=wafers, period="2025", value=Decimal(600))
    assert client.get("/metrics/wafers.png").content != first


def test_picture_answers_like_the_other_files(client, wafers):
    PublishedMetricFactory(slug="empty")
    names = ("never.png", "empty.png", "wafers.png?known_on=March")
    assert [client.get(f"/metrics/{name}").status_code for name in names] == [404, 404, 400]
    answer = client.get("/metrics/wafers.png?known_on=2025-03-01")
    wanted = {
        "Content-Type": "image/png",
        "Access-Control-Allow-Origin": "*",
        "X-Robots-Tag": "noindex",
        "Content-Disposition": 'inline; filename="wafers.png"',
    }
    assert {name: answer.headers[name] for name in wanted} == wanted


def test_page_leads_to_the_picture_where_there_is_a_chart(client, wafers):
    PublishedMetricFactory(slug="empty")
    assert 'href="/metrics/wafers.png" download' in client.get("/metrics/wafers/").content.decode()
    assert "empty.png" not in client.get("/metrics/empty/").content.decode()
