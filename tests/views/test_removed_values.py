"""The address of a value that was taken off for good says so: alone, or beside what is left of its period."""

import re

import pytest
import time_machine
from django.utils.html import strip_tags

from ecosystem.domain import suppression
from ecosystem.models import Metric, Observation
from tests.factories import (
    DraftMetricFactory,
    FormulaInputFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    SuppressionFactory,
)

pytestmark = pytest.mark.django_db
PATH = "/metrics/wafers/2024/"
ORDER = {
    "ground": "court-order",
    "reference": "order 7",
    "notice": "A value was removed by order of a court.",
    "notice_zh": "依法院命令删除了一个数值。",
}


@pytest.fixture
def wafers() -> Metric:
    return PublishedMetricFactory(slug="wafers", name="Wafers", name_zh="晶圆")


@pytest.fixture
def value(wafers) -> Observation:
    return PublishedObservationFactory(metric=wafers)


def words(answer) -> str:
    main = re.search(r"<header class=\"head\">.*?</header>", answer.content.decode(), re.DOTALL)[0]
    return " ".join(strip_tags(re.sub(r"</(p|h1)>", " ", main)).split())


def test_page_of_a_period_with_nothing_left_is_gone_and_says_why(client, editor, value):
    with time_machine.travel("2026-03-02T04:00:00Z", tick=False):
        suppression.suppress_value(value, by=editor, **ORDER)
    answer = client.get(PATH)
    assert (answer.status_code, words(answer)) == (
        410,
        "Removed for good Wafers, 2024 A value was removed by order of a court. "
        "Removed for good on 2 March 2026. All values of the metric",
    )


def test_chinese_page_says_it_in_chinese(client, editor, value):
    suppression.suppress_value(value, by=editor, **ORDER)
    assert "依法院命令删除了一个数值。" in client.get(f"/zh-hans{PATH}").content.decode()


def test_past_day_says_the_same(client, editor, value):
    suppression.suppress_value(value, by=editor, **ORDER)
    assert client.get(PATH, {"known_on": "2025-02-01"}).status_code == 410


def test_notice_stands_beside_what_is_left(client, editor, value, wafers):
    PublishedObservationFactory(metric=wafers, value=300)
    suppression.suppress_value(value, by=editor, **ORDER)
    answer = client.get(PATH)
    assert answer.status_code == 200
    assert [stone.notice for stone in answer.context["tombstones"]] == [ORDER["notice"]]
    assert ORDER["notice"] in words(answer)


def test_metric_says_it_among_its_changes(client, editor, value):
    suppression.suppress_value(value, by=editor, **ORDER)
    assert "2024: A value was removed by order of a court." in client.get("/metrics/wafers/").content.decode()


@pytest.mark.parametrize("ending", ["csv", "json", "bib", "csl.json"])
@pytest.mark.parametrize("query", [{}, {"known_on": "2025-02-01"}])
def test_files_of_the_period_are_gone_too(client, editor, value, ending, query):
    suppression.suppress_value(value, by=editor, **ORDER)
    answer = client.get(f"/metrics/wafers/2024.{ending}", query)
    assert (answer.status_code, answer.content.decode()) == (410, f"{ORDER['notice']}\n")


def test_what_was_computed_from_it_says_the_same(client, editor, value, wafers):
    total = PublishedMetricFactory(slug="total", formula=Metric.Formula.SUM)
    FormulaInputFactory(metric=total, input=wafers)
    assert client.get("/metrics/total/2024/").status_code == 200
    suppression.suppress_value(value, by=editor, **ORDER)
    assert client.get("/metrics/total/2024/").status_code == 410


def test_value_that_gave_way_to_it_does_not_speak_for_the_period(client, editor, wafers, value):
    """It was withdrawn by the suppression; the address says what happened to the period."""
    older = PublishedObservationFactory(metric=wafers, value=300, superseded_by=value)
    suppression.suppress_value(value, by=editor, **ORDER)
    older.refresh_from_db()
    assert (older.status, client.get(PATH).status_code) == ("withdrawn", 410)


def test_period_that_never_had_a_value_is_unknown(client, value):
    assert client.get("/metrics/wafers/2019/").status_code == 404
    assert client.get("/metrics/wafers/2019.csv").status_code == 404


def lines(client, path="/corrections/") -> list[str]:
    section = (
        client.get(path).content.decode().partition("Removed for good</h2>")[2].partition("</section>")[0]
    )
    found = re.findall(r"<li>(.*?)</li>", section, re.DOTALL)
    return [" ".join(strip_tags(line.replace("<p>", " ")).split()) for line in found]


def test_all_tombstones_stand_under_the_corrections(client, editor, value):
    foundry = PublishedOrganizationFactory(slug="foundry", description="<p>Of Li Ming.</p>")
    with time_machine.travel("2026-03-02T04:00:00Z", tick=False):
        suppression.suppress_value(value, by=editor, **ORDER)
        suppression.suppress_text(foundry, "Li Ming", by=editor, **ORDER | {"notice": "A name was removed."})
    assert lines(client) == [
        "2 March 2026 /organizations/foundry/: A name was removed.",
        "2 March 2026 Wafers (2024): A value was removed by order of a court.",
    ]
    assert 'href="/zh-hans/organizations/foundry/"' in client.get("/zh-hans/corrections/").content.decode()


def test_metric_that_readers_cannot_see_is_not_named(client):
    SuppressionFactory(metric=DraftMetricFactory(), notice="It was removed.")
    [line] = lines(client)
    assert line.endswith(" It was removed.")
    assert ":" not in line


def test_no_list_where_nothing_was_removed(client):
    assert "Removed for good" not in client.get("/corrections/").content.decode()
