"""Pages as they were known on a past day: values, standings and texts of that day, said so, and kept out of indexes."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from ecosystem.domain import figure_records, publishing, revisions, superseding
from ecosystem.models import Observation
from tests.factories import (
    LONG_AGO,
    DraftArticleFactory,
    EditorFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
)

pytestmark = pytest.mark.django_db

CORRECTED = LONG_AGO + timedelta(days=30)
BEFORE, AFTER, TOO_EARLY = "2025-01-20", "2025-03-01", "2024-12-31"


@pytest.fixture
def wafers():
    return PublishedMetricFactory(slug="wafers", name="Wafers")


@pytest.fixture
def corrected(wafers) -> Observation:
    """400 was public from 6 January 2025, 500 takes its place on 5 February."""
    old = PublishedObservationFactory(metric=wafers, period="2024", value=Decimal(400))
    with time_machine.travel(CORRECTED, tick=False):
        return superseding.supersede(
            old,
            by=EditorFactory(),
            reason=Observation.SupersedeReason.OUR_ERROR,
            explanation="Read in the wrong row.",
            value=Decimal(500),
        )


@pytest.fixture
def story(corrected):
    """An article of 6 January whose text was changed on 5 February."""
    editor = EditorFactory()
    text = '<p>The first text: <figure-ref metric="wafers"></figure-ref>.</p>'
    article = DraftArticleFactory(slug="story", title="First title", body=text, body_zh="")
    with time_machine.travel(LONG_AGO, tick=False):
        publishing.publish(article, by=editor)
    with time_machine.travel(CORRECTED, tick=False):
        article.title, article.body = "Second title", text.replace("first", "second")
        article.save()
        revisions.record(article, by=editor)
    figure_records.record_references(article)
    return article


def shown(client, path, day) -> list[str]:
    return [
        str(value.value.normalize()) for value in client.get(path, {"known_on": day}).context["observations"]
    ]


def test_metric_shows_the_values_of_that_day(client, corrected):
    days = (TOO_EARLY, BEFORE, AFTER)
    assert [shown(client, "/metrics/wafers/", day) for day in days] == [[], ["4E+2"], ["5E+2"]]


def test_superseded_values_are_those_of_that_day(client, corrected):
    tables = [
        [value.value for value in client.get("/metrics/wafers/", {"known_on": day}).context["superseded"]]
        for day in (BEFORE, AFTER)
    ]
    assert tables == [[], [Decimal(400)]]


def test_announcements_after_that_day_are_not_shown(client, corrected):
    numbers = [
        len(client.get("/metrics/wafers/", {"known_on": day}).context["corrections"])
        for day in (BEFORE, AFTER)
    ]
    assert numbers == [0, 1]


def test_page_of_a_past_day_says_so_and_stays_out_of_indexes(client, corrected):
    answer = client.get("/metrics/wafers/", {"known_on": BEFORE})
    html = answer.content.decode()
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in html
    assert "As known on 20 January 2025" in html
    assert '<link rel="canonical" href="http://127.0.0.1:8000/metrics/wafers/">' in html
    assert '<a href="/metrics/wafers/">Show the page as it is now</a>' in html


def test_page_of_the_present_may_be_indexed(client, corrected):
    answer = client.get("/metrics/wafers/")
    assert ("X-Robots-Tag" in answer.headers, b"noindex" in answer.content) == (False, False)


def test_links_to_evidence_stay_on_that_day(client, corrected):
    html = client.get("/metrics/wafers/", {"known_on": BEFORE}).content.decode()
    assert f'href="/metrics/wafers/2024/?known_on={BEFORE}"' in html
    assert 'href="/metrics/wafers/2024/"' not in html


def test_evidence_shows_the_value_of_that_day(client, corrected):
    assert [
        client.get("/metrics/wafers/2024/", {"known_on": day}).context["main"].value
        for day in (BEFORE, AFTER)
    ] == [Decimal(400), Decimal(500)]


def test_before_the_first_record_the_page_says_so(client, corrected):
    for path in ("/metrics/wafers/", "/metrics/wafers/2024/"):
        answer = client.get(path, {"known_on": TOO_EARLY})
        assert answer.status_code == 200
        assert "The first one of this metric was recorded on 6 January 2025." in answer.content.decode()


def test_period_that_never_had_a_value_is_no_page(client, corrected):
    assert client.get("/metrics/wafers/1990/", {"known_on": AFTER}).status_code == 404


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        ("March", "“March” is no day. Write known_on=2025-03-01."),
        ("2025-02-30", "“2025-02-30” is no day. Write known_on=2025-03-01."),
        ("2999-01-01", "2999-01-01 has not come yet. Choose a past day."),
    ],
)
@pytest.mark.parametrize("path", ["/metrics/wafers/", "/metrics/wafers/2024/", "/articles/story/"])
def test_bad_day_gives_a_message_and_no_values(client, story, path, day, problem):
    answer = client.get(path, {"known_on": day})
    html = answer.content.decode()
    assert (answer.status_code, problem in html) == (200, True)
    assert [number for number in ("400", "500") if f">{number}<" in html or f">{number} " in html] == []


def test_empty_day_asks_for_nothing(client, corrected):
    assert client.get("/metrics/wafers/", {"known_on": ""}).context["observations"] == [corrected]


def test_article_has_the_text_and_the_figures_of_that_day(client, story):
    pages = [client.get("/articles/story/", {"known_on": day}) for day in (BEFORE, AFTER)]
    assert [page.context["page"].title for page in pages] == ["First title", "Second title"]
    assert [page.context["renderer"].figures.shown[0].observation.value for page in pages] == [
        Decimal(400),
        Decimal(500),
    ]
    assert [
        next(word for word in ("first text", "second text") if word in page.context["body"].html)
        for page in pages
    ] == ["first text", "second text"]


def test_article_that_was_not_published_by_then_says_so(client, story):
    answer = client.get("/articles/story/", {"known_on": TOO_EARLY})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Not published by 31 December 2024" in html
    assert ("First title" in html, "Second title" in html) == (False, False)


def test_chinese_page_of_a_past_day_is_in_chinese(client, corrected):
    html = client.get("/zh-hans/metrics/wafers/", {"known_on": BEFORE}).content.decode()
    assert "截至2025年1月20日所知" in html
    assert f"/zh-hans/metrics/wafers/2024/?known_on={BEFORE}" in html


def test_uses_are_those_of_pages_that_were_public_by_then(client, story):
    for path in ("/metrics/wafers/", "/metrics/wafers/2024/"):
        found = [len(client.get(path, {"known_on": day}).context["uses"]) for day in (TOO_EARLY, BEFORE, "x")]
        assert (path, len(client.get(path).context["uses"])) == (path, 1)
        assert (path, found) == (path, [0, 1, 0])
