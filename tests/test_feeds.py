"""The feed tells followers of new articles, in the language of its address."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    LONG_AGO,
    DraftArticleFactory,
    PublishedArticleFactory,
    PublishedObservationFactory,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client, path="/articles.atom") -> list[tuple[str, str, str]]:
    """Title, link and words of each entry."""
    feed = ElementTree.fromstring(client.get(path, headers={"host": "127.0.0.1"}).content)
    return [
        (
            entry.find(f"{ATOM}title").text,
            entry.find(f"{ATOM}link").get("href"),
            entry.find(f"{ATOM}summary").text,
        )
        for entry in feed.findall(f"{ATOM}entry")
    ]


@pytest.fixture
def story():
    value = PublishedObservationFactory(metric__slug="wafers")
    figure = f'<figure-ref metric="{value.metric.slug}"></figure-ref>'
    return PublishedArticleFactory(
        slug="story",
        title="Story",
        title_zh="故事",
        standfirst=f"It makes {figure}.",
        standfirst_zh=f"生产{figure}。",
    )


def test_feed_says_title_address_and_standfirst_in_words(client, story, settings):
    settings.SITE_URL = "https://www.example.org"
    assert entries(client) == [
        ("Story", "https://www.example.org/articles/story/", "It makes 400 companies.")
    ]


def test_chinese_feed_speaks_chinese(client, story, settings):
    settings.SITE_URL = "https://www.example.org"
    assert entries(client, "/zh-hans/articles.atom") == [
        ("故事", "https://www.example.org/zh-hans/articles/story/", "生产400家。")
    ]


def test_feed_names_itself_by_the_address_of_the_site(client, settings):
    settings.SITE_URL = "https://www.example.org"
    feed = ElementTree.fromstring(client.get("/articles.atom").content)
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "https://www.example.org/articles/",
        "self": "https://www.example.org/articles.atom",
    }


def test_newest_article_comes_first_and_drafts_do_not_come(client, story):
    PublishedArticleFactory(title="Newer", published_at=LONG_AGO + timedelta(days=1))
    DraftArticleFactory(title="Hidden")
    assert [title for title, _link, _words in entries(client)] == ["Newer", "Story"]


def test_feed_takes_the_same_queries_for_few_and_many_articles(client, story):
    numbers = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            entries(client)
        numbers.append(len(queries))
        PublishedArticleFactory.create_batch(5, standfirst=story.standfirst)
    assert numbers == [3, 3]


@pytest.mark.parametrize("path", ["/changes.atom", "/metrics/wafers.atom"])
def test_feed_of_changes_says_what_happened_to_values(client, story, settings, path):
    settings.SITE_URL = "https://www.example.org"
    [(title, link, words)] = entries(client, path)
    assert (title.endswith(", 2024"), link) == (True, "https://www.example.org/metrics/wafers/2024/")
    assert words.startswith("400\u00a0companies, Reported.")


def test_entry_of_a_change_has_the_same_key_in_both_languages(client, story):
    keys = [
        ElementTree.fromstring(client.get(path, headers={"host": "127.0.0.1"}).content)
        .find(f"{ATOM}entry/{ATOM}id")
        .text
        for path in ("/changes.atom", "/zh-hans/changes.atom")
    ]
    assert len(set(keys)) == 1


def test_feed_of_a_metric_that_never_was_is_not_found(client):
    assert client.get("/metrics/never.atom").status_code == 404
