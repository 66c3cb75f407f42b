"""The page of the search answers questions about numbers, shows groups with links and marks, and takes any words."""

import re

import pytest
from django.utils.html import strip_tags

from ecosystem.models import MissedSearch, OrganizationName
from tests.factories import (
    OrganizationNameFactory,
    PublishedEventFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    PublishedSourceFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


def answered(client, query: str, language: str = ""):
    answer = client.get(f"{language}/search/", {"q": query})
    assert answer.status_code == 200
    return answer


def section(answer, pattern: str) -> str:
    (found,) = re.findall(pattern, answer.content.decode(), re.DOTALL)
    return found


def words(html: str) -> str:
    return " ".join(strip_tags(html).replace("&nbsp;", " ").split())


@pytest.fixture
def gdp():
    unit = UnitFactory(
        slug="yuan", name="billion yuan", factor=10**9, pattern="{number} yuan", pattern_one="", scales=True
    )
    metric = PublishedMetricFactory(
        slug="gdp", name="Gross domestic product", name_zh="生产总值", other_names="GDP", unit=unit
    )
    source = PublishedSourceFactory(
        title="Yearbook", publisher="Statistics Bureau", url="https://stats.example/"
    )
    for period, value in (("2023", "4721"), ("2024", "5393")):
        PublishedObservationFactory(metric=metric, period=period, value=value, source=source)
    return metric


# Answers


def test_question_about_a_number_is_answered_first(client, gdp):
    answer = answered(client, "shanghai gdp 2023")
    assert words(section(answer, r'<article class="answer reported">(.*?)</article>')) == (
        "Gross domestic product 生产总值 4.721 trillion yuan As of 2023 Reported"
        " Source: Statistics Bureau, Yearbook · Original All evidence All values Copy with source"
    )
    assert 'href="/metrics/gdp/2023/"><data value="4721000000000">' in answer.content.decode()


def test_answer_of_the_headline_says_the_change(client, gdp):
    html = words(section(answered(client, "GDP"), r'<article class="answer reported">(.*?)</article>'))
    assert "As of 2024 · +14% since 2023 Reported" in html


def test_answer_is_copied_with_its_source_in_the_language_of_the_page(client, gdp):
    copied = section(answered(client, "gdp 2024"), r'data-copy="(.*?)"')
    assert copied.startswith(
        "Gross domestic product, 2024: 5.393 trillion yuan (reported). Source: Statistics Bureau, Yearbook."
    )
    assert "/metrics/gdp/2024/ (accessed " in copied
    copied = section(answered(client, "gdp 2024", "/zh-hans"), r'data-copy="(.*?)"')
    assert "/zh-hans/metrics/gdp/2024/" in copied


def test_period_without_a_value_is_said_beside_the_newest(client, gdp):
    answer = answered(client, "gdp 2031-Q2")
    assert section(answer, r'<p class="missed">(.*?)</p>') == (
        "No value for Q2 2031 is known here; this is the newest."
    )
    assert "5.393" in section(answer, r'<p class="big">(.*?)</p>')


def test_answer_alone_is_no_empty_page(client, gdp):
    answer = answered(client, "how large is the gdp of shanghai?")
    assert (len(answer.context["answers"]), answer.context["count"]) == (1, 0)
    assert "Nothing here has that name" not in answer.content.decode()
    assert "0 results" not in answer.content.decode()


def test_other_questions_have_no_answer(client, gdp):
    PublishedOrganizationFactory(name="Lujiazui Bank")
    html = answered(client, "lujiazui").content.decode()
    assert ("answer" in html, "copy.js" in html) == (False, False)


# Results


def test_results_lead_to_their_pages(client):
    organization = PublishedOrganizationFactory(name="Lujiazui R&D Bank", name_zh="陆家嘴银行")
    PublishedEventFactory(name="Lujiazui Forum")
    answer = answered(client, "lujiazui")
    assert answer.context["count"] == 2
    assert (
        f'<a class="plain" href="{organization.get_absolute_url()}"><mark>Lujiazui</mark> R&amp;D Bank</a>'
        ' <span class="zh" lang="zh-Hans">陆家嘴银行</span>'
    ) in answer.content.decode()


def test_results_of_a_chinese_page_are_chinese(client):
    PublishedOrganizationFactory(slug="bank", name="Lujiazui Bank", name_zh="陆家嘴银行")
    html = answered(client, "陆家嘴", "/zh-hans").content.decode()
    assert 'href="/zh-hans/organizations/bank/"><mark>陆家嘴</mark>银行</a>' in html


def test_name_that_is_found_by_its_sound_is_marked(client):
    PublishedOrganizationFactory(name="Bank", name_zh="陆家嘴银行")
    assert "<mark>陆家嘴</mark>银行" in answered(client, "lujiazui").content.decode()


def test_other_name_that_is_found_by_its_sound_is_marked(client):
    OrganizationNameFactory(text="上海稀宇科技", kind=OrganizationName.Kind.LEGAL)
    html = answered(client, "xiyu").content.decode()
    assert 'Legal name: <span lang="zh-Hans">上海<mark>稀宇</mark>科技</span></p>' in html


def test_close_spelling_is_offered_and_marked(client):
    PublishedOrganizationFactory(name="Lujiazui Bank")
    html = answered(client, "lujiazuy").content.decode()
    assert '<a href="/search/?q=lujiazui">lujiazui</a>?' in html
    assert "<mark>Lujiazui</mark> Bank" in html


def test_question_with_a_mistyped_name_is_answered_as_it_is_meant(client):
    metric = PublishedMetricFactory(name="Gross domestic product", name_zh="地区生产总值")
    PublishedObservationFactory(metric=metric, period="2024", value=53926)
    for query, meant in (
        ("gross domestci product", "gross domestic product"),
        ("地区声产总值", "地区生产总值"),
    ):
        context = answered(client, query).context
        assert (context["meant"], [answer["value"].value for answer in context["answers"]]) == (
            meant,
            [53926],
        )


def test_other_name_that_was_found_stands_with_its_kind(client):
    bank = PublishedOrganizationFactory(name="Bank", name_zh="银行")
    OrganizationNameFactory(organization=bank, text="<b>Lamp</b> & Co", kind=OrganizationName.Kind.FORMER)
    html = section(answered(client, "lamp"), r'<ul class="rows">(.*?)</ul>')
    assert "Former name: &lt;b&gt;<mark>Lamp</mark>&lt;/b&gt; &amp; Co" in html


def test_signs_of_markup_are_escaped_within_a_mark(client):
    PublishedOrganizationFactory(name="AT&T Shanghai")
    assert "<mark>AT&amp;T</mark> Shanghai</a>" in answered(client, "at&t").content.decode()


def test_several_kinds_can_be_jumped_to(client):
    PublishedOrganizationFactory.create_batch(2, name="Lujiazui Bank")
    assert "#found-" not in answered(client, "lujiazui").content.decode()
    PublishedEventFactory(name="Lujiazui Forum")
    html = answered(client, "lujiazui").content.decode()
    assert re.findall(r'href="#(found-\w+)">(.*?)<', html) == [
        ("found-organization", "Organizations 2"),
        ("found-event", "Events 1"),
    ]
    assert re.findall(r'id="(found-\w+)"', html) == ["found-organization", "found-event"]


def test_more_results_than_fit_lead_to_their_list(client):
    PublishedOrganizationFactory.create_batch(9, name="Lujiazui R&D")
    html = answered(client, "lujiazui r&d").content.decode()
    (link,) = re.findall(r'href="(/organizations/\?q=[^"]+)"', html)
    assert link == "/organizations/?q=lujiazui%20r%26d"
    assert ">9 organizations</h2>" in client.get(link).content.decode()


@pytest.mark.parametrize(
    "query", ["", "   ", "nothing", "%", "\x00", "a" * 5000, "a " * 5000, "<script>", "'\"\\"]
)
def test_any_words_are_answered(client, query):
    PublishedOrganizationFactory(name="Bank", name_zh="", summary="")
    answer = answered(client, query)
    assert answer.context["query"] == query.strip()[:200]
    assert "<script>" not in answer.content.decode().replace("<script src", "").replace("<script type", "")


def test_what_finds_nothing_is_counted_without_a_cookie(client):
    for _ in range(2):
        answer = answered(client, "Ｍｉｎｉ Max")
    assert list(MissedSearch.objects.values_list("text", "times")) == [("mini max", 2)]
    assert (dict(answer.cookies), answer.get("Vary", "")) == ({}, "Accept-Encoding")


@pytest.mark.parametrize("query", ["lujiazui", "lujiazuy", "what was the gdp of shanghai?", "x", ""])
def test_what_finds_or_answers_something_is_not_counted(client, gdp, query):
    PublishedOrganizationFactory(name="Lujiazui Bank")
    answered(client, query)
    assert not MissedSearch.objects.exists()


def test_search_without_words_says_what_it_searches(client):
    assert "Names of organizations" in client.get("/search/").content.decode()
