"""The page of a ranking is the evidence of a place: the order, each value, and how it came about."""

import html
import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from ecosystem.domain import figure_records, superseding
from ecosystem.models import Observation, Ranking
from tests.factories import (
    LONG_AGO,
    WITHDRAWN,
    DraftRankingFactory,
    EditorFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedRankingFactory,
)

pytestmark = pytest.mark.django_db

PATH = "/rankings/industries/"


@pytest.fixture
def ranking() -> Ranking:
    chips = PublishedMetricFactory(slug="chips", name="Chips", name_zh="芯片")
    drugs = PublishedMetricFactory(slug="drugs", name="Drugs", name_zh="药品", unit=chips.unit)
    for metric, year, number in (
        (chips, "2023", 1),
        (drugs, "2023", 4),
        (chips, "2024", 300),
        (drugs, "2024", 200),
    ):
        PublishedObservationFactory(metric=metric, period=year, value=Decimal(number))
    return PublishedRankingFactory(
        slug="industries", name="Industries", name_zh="产业", metrics=[chips, drugs], description="By output."
    )


def order(client, path=PATH, **query) -> list[str]:
    """The rows as they read."""
    text = client.get(path, query).content.decode()
    rows = re.findall(r'<li><p class="n">(.*?)</li>', text, flags=re.DOTALL)
    return [
        " ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).replace("\u00a0", " ").split()) for row in rows
    ]


def test_page_shows_places_values_standings_and_sources(client, ranking):
    assert order(client) == [
        "1 Chips 300 companies Reported · Bureau of tests",
        "2 Drugs 200 companies Reported · Bureau of tests",
    ]
    assert [row.split(" 据")[0] for row in order(client, f"/zh-hans{PATH}")] == [
        "1 芯片 300家",
        "2 药品 200家",
    ]


def test_page_of_another_period(client, ranking):
    assert [row[:7] for row in order(client, period="2023")] == ["1 Drugs", "2 Chips"]


@pytest.mark.parametrize("asked", ["1999", "soon", "2024-13", "<b>"])
def test_period_without_an_order_is_answered_with_those_that_have_one(client, ranking, asked):
    text = client.get(PATH, {"period": asked}).content.decode()
    said = f"There is no order for “{html.escape(asked)}”. Periods that can be compared: 2024, 2023."
    assert f'<p class="problem">{said}</p>' in text


def test_page_as_known_on_a_day(client, ranking):
    with time_machine.travel(LONG_AGO + timedelta(days=30), tick=False):
        superseding.supersede(
            Observation.objects.get(metric__slug="drugs", period="2024"),
            by=EditorFactory(),
            reason=Observation.SupersedeReason.OUR_ERROR,
            explanation="Read in the wrong row.",
            value=Decimal(500),
        )
    assert [row[:7] for row in order(client)] == ["1 Drugs", "2 Chips"]
    answer = client.get(PATH, {"known_on": "2025-01-20"})
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert [row[:7] for row in order(client, known_on="2025-01-20")] == ["1 Chips", "2 Drugs"]
    assert 'href="/rankings/industries/?period=2023&amp;known_on=2025-01-20"' in answer.content.decode()


def test_day_before_the_first_record_says_that_there_was_no_order(client, ranking):
    answer = client.get(PATH, {"known_on": "2020-01-01"})
    assert (answer.status_code, order(client, known_on="2020-01-01")) == (200, [])
    assert "On that day fewer than two of these metrics had a public number for one period." in (
        answer.content.decode()
    )


def test_page_lists_the_sentences_that_show_a_place(client, ranking):
    place = '<figure-ref metric="drugs" form="rank" ranking="industries"></figure-ref>'
    article = PublishedArticleFactory(title="Story", standfirst=f"Drugs are {place}.", body="")
    figure_records.record_references(article)
    text = client.get(PATH).content.decode()
    [sentence] = re.findall(r"<blockquote>(.*?)</blockquote>", text)
    assert re.sub(r"<[^>]+>", "", sentence) == "Drugs are 2nd."
    shown = client.get(article.get_absolute_url()).content.decode()
    assert '<a class="fig" href="/rankings/industries/" data-note="1"><data value="2">2nd</data></a>' in shown


def test_metric_and_list_lead_to_the_ranking(client, ranking):
    assert 'href="/rankings/industries/">Industries</a>' in client.get("/metrics/chips/").content.decode()
    assert 'href="/rankings/"' in client.get("/metrics/").content.decode()
    assert [row[:7] for row in order(client, "/rankings/")] == ["1 Chips", "2 Drugs"]


def test_draft_is_not_found_and_withdrawn_says_so(client):
    DraftRankingFactory(slug="draft")
    PublishedRankingFactory(slug="gone", **WITHDRAWN)
    answers = [client.get(f"/rankings/{slug}/").status_code for slug in ("draft", "gone", "none")]
    assert answers == [404, 410, 404]
    assert "There is no ranking yet." in client.get("/rankings/").content.decode()
