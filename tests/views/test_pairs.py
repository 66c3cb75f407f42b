"""Two metrics in one chart, at one address."""

import csv
import html
import io
import re
from datetime import timedelta
from decimal import Decimal

import pytest

from ecosystem.models import Metric, Observation
from tests.factories import (
    LONG_AGO,
    WITHDRAWN,
    DraftMetricFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
PATH = "/metrics/cars/with/wafers/"


@pytest.fixture
def metrics() -> list[Metric]:
    made = [
        PublishedMetricFactory(
            slug=slug,
            name=slug.capitalize(),
            name_zh=chinese,
            nature=Metric.Nature.STOCK,
            unit__name=slug,
            unit__pattern=f"{{number}} {slug}",
        )
        for slug, chinese in (("cars", "汽车"), ("wafers", "晶圆"))
    ]
    for metric in made:
        for year, number in (("2023", 10), ("2024", 20)):
            PublishedObservationFactory(
                metric=metric, period=year, value=Decimal(number), published_at=LONG_AGO
            )
    return made


def words(client, path=PATH, **query) -> str:
    text = client.get(path, query).content.decode()
    main = re.sub(r"<svg.*?</svg>", "", text[text.index("<main") : text.index("</main>")], flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).replace("\u00a0", " ").split())


def test_page_shows_both_in_chart_words_and_table(client, metrics):
    answer = client.get(PATH)
    text = answer.content.decode()
    assert (text.count('<svg class="chart pair'), text.count('aria-label="Two scales: at the left Cars')) == (
        2,
        2,
    )
    said = words(client)
    assert "Cars and Wafers" in said
    assert "Two scales: at the left Cars, in cars; at the right Wafers, in wafers." in said
    assert "Period Cars cars Wafers wafers 2024 20 20 2023 10 10" in said


def test_lines_differ_by_mark_and_not_by_color_alone(client, metrics):
    text = client.get(PATH).content.decode()
    key = re.findall(r"<dt>(<svg.*?</svg>)", text, re.DOTALL)
    assert [("<circle" in mark, "square" in mark) for mark in key] == [(True, False), (False, True)]


def test_pair_has_one_address(client, metrics):
    answer = client.get("/metrics/wafers/with/cars/?known_on=2025-03-01")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{PATH}?known_on=2025-03-01")
    answer = client.get("/zh-hans/metrics/wafers/with/cars.csv")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/zh-hans/metrics/cars/with/wafers.csv")


def test_metric_with_itself_is_the_metric(client, metrics):
    answer = client.get("/metrics/cars/with/cars/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/metrics/cars/")
    assert client.get("/metrics/none/with/none/").status_code == 404


def test_pair_needs_two_public_metrics(client, metrics):
    DraftMetricFactory(slug="draft")
    PublishedMetricFactory(slug="gone", **WITHDRAWN)
    paths = [f"/metrics/cars/with/{slug}{end}" for slug in ("draft", "gone", "none") for end in ("/", ".csv")]
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 404)


def test_chinese_page_is_in_chinese(client, metrics):
    said = words(client, f"/zh-hans{PATH}")
    assert "汽车与晶圆" in said
    assert "两个刻度：左侧为 汽车（cars），右侧为 晶圆（wafers）。".replace(" ", "") in said.replace(" ", "")


def test_past_day_shows_what_was_known_then(client, metrics):
    new = PublishedObservationFactory(
        metric=metrics[0], period="2024", value=Decimal(30), published_at=LONG_AGO + timedelta(days=30)
    )
    Observation.objects.filter(metric=metrics[0], value=20).update(superseded_by=new)
    assert "2024 20 20 2023" in words(client, known_on="2025-01-20")
    assert "2024 30 20 2023" in words(client)
    answer = client.get(PATH, {"known_on": "2025-01-20"})
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert 'href="/metrics/cars/2024/?known_on=2025-01-20"' in answer.content.decode()


def test_day_that_cannot_be_shows_no_value(client, metrics):
    said = words(client, known_on="March")
    assert "“March” is no day. Write known_on=2025-03-01." in said
    assert "There is no chart: both metrics need a value, and together two periods." in said
    answer = client.get("/metrics/cars/with/wafers.csv", {"known_on": "March"})
    assert (answer.status_code, answer.content.decode()) == (
        400,
        "“March” is no day. Write known_on=2025-03-01.\n",
    )


def test_file_holds_the_values_of_both(client, metrics):
    answer = client.get("/metrics/cars/with/wafers.csv", {"known_on": "2025-03-01"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert [(row["metric"], row["period"], row["unit"]) for row in rows] == [
        ("cars", "2024", "cars"),
        ("cars", "2023", "cars"),
        ("wafers", "2024", "wafers"),
        ("wafers", "2023", "wafers"),
    ]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cars-with-wafers-2025-03-01.csv"'
    assert (answer.headers["Access-Control-Allow-Origin"], rows[0]["known_on"]) == ("*", "2025-03-01")


def test_page_of_a_metric_leads_to_its_pairs_by_their_one_address(client, metrics):
    topic = TopicFactory()
    for metric in metrics:
        metric.topics.add(topic)
    assert f'href="{PATH}"' in client.get("/metrics/wafers/").content.decode()
    assert f'href="{PATH}"' in client.get("/metrics/cars/").content.decode()
