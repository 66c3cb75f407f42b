"""A metric whose next value is overdue says so on its page and on every page that quotes its newest number."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from ecosystem.models import Metric, Standing
from tests.factories import (
    DisputedObservationFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    UnopenedSourceFactory,
)

pytestmark = pytest.mark.django_db
OVERDUE = "Next value (2025) overdue since 31 January 2026"
FIGURE = re.compile(r'<a class="(fig[^"]*)".*?</a>')
SPOKEN = re.compile(r'<span class="hide"> \((.*?)\)</span>')


@pytest.fixture(autouse=True)
def day():
    with time_machine.travel("2026-02-01T12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def metric() -> Metric:
    metric = PublishedMetricFactory(slug="wafers", frequency="year", expected_lag_days=31, ledger_position=1)
    PublishedObservationFactory(metric=metric, period="2023")
    return metric


def page(client, path: str) -> str:
    return client.get(path).content.decode()


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def figures_in_article(client, *references: str) -> list[tuple[str, str]]:
    """The class and the spoken mark of each figure."""
    body = "".join(f"<p>It makes <figure-ref {each}></figure-ref>.</p>" for each in references)
    html = page(client, PublishedArticleFactory(body=body).get_absolute_url())
    found = FIGURE.finditer(html)
    return [(one[1], (SPOKEN.findall(one[0]) or [""])[0]) for one in found]


def test_metric_page_says_since_when(client, metric):
    PublishedObservationFactory(metric=metric, period="2024")
    html = page(client, "/metrics/wafers/")
    assert html.count(f'<span class="mark overdue">{OVERDUE}</span>') == 1


def test_metric_page_says_when_the_next_value_is_expected(client, metric):
    PublishedObservationFactory(metric=metric, period="2025")
    words = words_of(page(client, "/metrics/wafers/"))
    assert "Next value (2026) expected by 31 January 2027" in words
    assert "overdue" not in words


def test_chinese_page_says_so_in_its_language(client, metric):
    PublishedObservationFactory(metric=metric, period="2024")
    assert "下一个数值（2025年）自2026年1月31日起逾期未发布" in page(client, "/zh-hans/metrics/wafers/")


def test_newest_number_in_a_text_is_marked_live_or_pinned_and_an_older_one_not(client, metric):
    PublishedObservationFactory(metric=metric, period="2024")
    refs = [f'metric="wafers" period="{period}"' for period in ("latest", "2024", "2023")]
    late = ("fig overdue", "next value overdue")
    assert figures_in_article(client, *refs) == [late, late, ("fig", "")]


def test_figure_has_one_mark_disputed_before_overdue_before_unverified(client, metric):
    reference = 'metric="wafers" period="2024"'
    unopened = UnopenedSourceFactory()
    PublishedObservationFactory(metric=metric, period="2024", source=unopened, standing=Standing.UNVERIFIED)
    assert figures_in_article(client, reference) == [("fig overdue", "next value overdue")]
    metric.observations.filter(period="2024").delete()
    DisputedObservationFactory(metric=metric, period="2024")
    assert figures_in_article(client, reference) == [("fig disputed", "Disputed")]


def test_table_of_figures_and_tile_and_evidence_say_so(client, metric):
    PublishedObservationFactory(metric=metric, period="2024")
    article = PublishedArticleFactory(standfirst='<figure-ref metric="wafers"></figure-ref>')
    mark = '<span class="mark overdue">'
    assert page(client, article.get_absolute_url()).count(f"{mark}Next value overdue</span>") == 1
    assert (
        page(client, "/metrics/").count(f'<span class="mark overdue" title="{OVERDUE}">Overdue</span>') == 1
    )
    assert page(client, "/").count(f'<span class="mark overdue" title="{OVERDUE}">Overdue</span>') == 1
    assert page(client, "/metrics/wafers/2024/").count(f"{mark}{OVERDUE}</span>") == 1
    assert page(client, "/metrics/wafers/2023/").count(f"{mark}{OVERDUE}</span>") == 0


def test_page_as_known_on_a_past_day_judges_by_that_day(client, metric):
    """The value of 2023 was recorded on 6 January 2025."""
    PublishedObservationFactory(metric=metric, period="2025", published_at=datetime(2026, 1, 20, tzinfo=UTC))
    words = {
        day: words_of(page(client, f"/metrics/wafers/?known_on={day}"))
        for day in ("2025-01-20", "2025-02-10")
    }
    assert "Next value (2024) expected by 31 January 2025" in words["2025-01-20"]
    assert "Next value (2024) overdue since 31 January 2025" in words["2025-02-10"]
    assert "Next value (2026) expected by 31 January 2027" in words_of(page(client, "/metrics/wafers/"))


def test_discontinued_metric_is_never_late(client, metric):
    metric.state = Metric.State.DISCONTINUED
    metric.save()
    assert figures_in_article(client, 'metric="wafers"') == [("fig", "")]
    assert "overdue" not in page(client, "/metrics/wafers/")
