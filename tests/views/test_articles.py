"""The page of an article: text, contents, figures, sources, corrections, neighbors."""

import re
from datetime import timedelta

import pytest

from ecosystem.models import Contribution
from ecosystem.views.articles import reading_minutes
from tests import small_site
from tests.factories import (
    LONG_AGO,
    ContributionFactory,
    DraftArticleFactory,
    DraftPersonFactory,
    ImageFactory,
    PublishedArticleFactory,
    PublishedPersonFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return small_site.make_site()["article"]


def page(client, article, prefix=""):
    return client.get(f"{prefix}{article.get_absolute_url()}")


def test_article_is_read_with_its_figures_and_notes(client, story):
    html = page(client, story).content.decode()
    assert re.findall(r'<h2 id="(growth[^"]*)">', html) == ["growth", "growth-2"]
    assert html.count('href="/metrics/wafers/2024/"') >= 3
    assert html.count('id="note-1"') == 1
    assert "Counted twice." in html
    assert "An earlier version gave the wrong year." in html


def test_figures_of_the_text_stand_in_a_table_once_each(client, story):
    shown = page(client, story).context["renderer"].figures
    assert [figure.number for figure in shown.shown] == [1, 2]
    assert len({figure.observation for figure in shown.shown}) == 2
    assert shown.shown[0].metric.slug == "wafers"
    assert [(cited.number, cited.text) for cited in shown.cited] == [(1, "400")]


def test_chinese_page_shows_the_chinese_text(client, story):
    html = page(client, story, "/zh-hans").content.decode()
    assert '<h2 id="增长">增长</h2>' in html
    assert "In short" not in html


def test_text_without_a_translation_is_marked_as_english(client):
    article = PublishedArticleFactory(title_zh="", body="<p>Only in English.</p>", body_zh="")
    answer = page(client, article, "/zh-hans")
    assert (answer.context["body"].language, answer.context["body"].is_fallback) == ("en", True)
    assert re.search(r'lang="en"[^>]*>\s*<p>Only in English', answer.content.decode())


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (100, 1), (220 * 3, 3), (220 * 5 - 20, 5)])
def test_reading_takes_a_minute_for_220_words(words, minutes):
    assert reading_minutes(DraftArticleFactory.build(body=f"<p>{'word ' * words}</p>")) == minutes


def test_related_articles_share_a_topic_and_are_public(client):
    topic, other = TopicFactory(), TopicFactory()
    article = PublishedArticleFactory()
    article.topics.set([topic, other])
    for number in range(4):
        near = PublishedArticleFactory(title=f"Near {number}", published_at=LONG_AGO - timedelta(days=number))
        near.topics.set([topic, other])
    DraftArticleFactory().topics.set([topic])
    PublishedArticleFactory(title="Far")
    assert [one.title for one in page(client, article).context["related"]] == ["Near 0", "Near 1", "Near 2"]


def test_cover_is_shown_with_its_description_and_credit(client):
    cover = ImageFactory(alternative="Cranes at dusk", credit="A photographer")
    html = page(client, PublishedArticleFactory(cover=cover)).content.decode()
    assert f'<img src="{cover.file.url}" alt="Cranes at dusk" width="40" height="30">' in html
    assert "<figcaption>A photographer</figcaption>" in html


def test_authors_are_public_people_and_those_quoted_are_none(client):
    article = PublishedArticleFactory()
    author = PublishedPersonFactory(name="An Author")
    ContributionFactory(article=article, person=author)
    ContributionFactory(article=article, person=DraftPersonFactory(name="A Draft"))
    ContributionFactory(article=article, role=Contribution.Role.QUOTED)
    assert list(page(client, article).context["authors"]) == [author]


def test_article_without_authors_is_by_the_editors(client):
    assert "By the editors of Shanghai Tech" in page(client, PublishedArticleFactory()).content.decode()


def test_list_shows_the_newest_first_and_filters_by_year_and_topic(client):
    topic = TopicFactory(slug="chips")
    for year, title in ((2023, "Older"), (2024, "Newer")):
        PublishedArticleFactory(title=title, published_at=LONG_AGO.replace(year=year)).topics.add(topic)
    PublishedArticleFactory(title="Other")

    def titles(query: str) -> list[str]:
        return [row.title for row in client.get(f"/articles/?{query}").context["object_list"]]

    assert titles("") == ["Other", "Newer", "Older"]
    assert titles("topic=chips") == ["Newer", "Older"]
    assert titles("year=2023&topic=chips") == ["Older"]
