"""Every public page answers in both languages and says what it is, where it is, and where its translation is."""

import re

import pytest
from django.utils.html import escape

from tests.small_site import PERIOD

# The answers are fetched once a session; the mark makes sure that there is a database by then.
pytestmark = pytest.mark.django_db

# What the main heading of each record's page holds, in both languages.
HEADINGS = {
    "article_detail": ("Story", "故事"),
    "organization_detail": ("Foundry", "晶圆厂"),
    "initiative_detail": ("Plan", "规划"),
    "place_detail": ("Pudong", "浦东新区"),
    "event_detail": ("Forum 2024", "Forum 2024"),
    "metric_detail": ("Wafers", "晶圆"),
    "topic_detail": ("Chips", "芯片"),
    "person_detail": ("A Writer", "A Writer"),
    "source_detail": ("Yearbook", "年鉴"),
    "evidence": (PERIOD, f"{PERIOD}年"),
}


def found(pattern: str, answer) -> list[str]:
    return re.findall(pattern, answer.content.decode(), flags=re.DOTALL)


def test_every_page_answers_in_both_languages(answers):
    wrong = {name: answer.status_code for name, answer in answers.items() if answer.status_code != 200}
    assert wrong == {}


def test_every_page_declares_its_language(answers):
    said = {
        name: (answer.headers["Content-Language"], found('<html lang="([^"]+)">', answer))
        for name, answer in answers.items()
    }
    expected = {"en": ("en", ["en"]), "zh-hans": ("zh-hans", ["zh-Hans"])}
    assert said == {name: expected[name.split()[0]] for name in answers}


def test_every_record_is_named_in_the_heading_of_its_page(answers):
    headings = {
        name: re.sub(r"<[^>]+>", "", *found(r"<h1\b[^>]*>(.*?)</h1>", answers[name])) for name in answers
    }
    for name, (english, chinese) in HEADINGS.items():
        assert english in headings[f"en {name}"]
        assert chinese in headings[f"zh-hans {name}"]


def test_every_page_has_a_title_of_its_own(answers):
    titles = {
        name: found("<head>.*?<title>(.*?)</title>.*?</head>", answer) for name, answer in answers.items()
    }
    for language in ("en", "zh-hans"):
        own = [title for name, (title,) in titles.items() if name.startswith(f"{language} ")]
        assert sorted(set(own)) == sorted(own)
        assert min(map(len, own)) > len("Shanghai Tech")


def test_every_page_has_a_description(answers):
    said = {
        name: found('<meta name="description" content="([^"]*)">', answer) for name, answer in answers.items()
    }
    assert {name: texts for name, texts in said.items() if len(texts) != 1 or not texts[0].strip()} == {}


def test_every_page_names_its_own_address_and_its_translation(answers, settings):
    for name, answer in answers.items():
        path = escape(answer.wsgi_request.get_full_path())
        english = path.removeprefix("/zh-hans") if name.startswith("zh-hans") else path
        site = settings.SITE_URL
        assert found('<link rel="canonical" href="([^"]+)">', answer) == [site + path]
        assert found('<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', answer) == [
            ("en", site + english),
            ("zh-Hans", f"{site}/zh-hans{english}"),
        ]


def test_every_page_links_to_itself_in_the_other_language(answers):
    for name, answer in answers.items():
        path = escape(answer.wsgi_request.get_full_path())
        other = path.removeprefix("/zh-hans") if name.startswith("zh-hans") else f"/zh-hans{path}"
        assert found(rf'<a [^>]*href="{re.escape(other)}"', answer) != [], name


def test_links_of_chinese_pages_stay_chinese(answers):
    """Only the switch of languages leads out of it."""
    for name, answer in answers.items():
        if name.startswith("zh-hans"):
            path = escape(answer.wsgi_request.get_full_path()).removeprefix("/zh-hans")
            links = set(found(r'<a [^>]*href="(/[^"]*)"', answer))
            outside = {link for link in links if not link.startswith(("/zh-hans/", "/static/", "/admin/"))}
            assert (name, outside - {path, "/sitemap.xml"}) == (name, set())
