"""The page of the search shows groups with links, and takes any words."""

import re

import pytest

from tests.factories import PublishedEventFactory, PublishedOrganizationFactory

pytestmark = pytest.mark.django_db


def answered(client, query: str):
    answer = client.get("/search/", {"q": query})
    assert answer.status_code == 200
    return answer


def test_results_lead_to_their_pages(client):
    organization = PublishedOrganizationFactory(name="Lujiazui Bank", name_zh="陆家嘴银行")
    PublishedEventFactory(name="Lujiazui Forum")
    answer = answered(client, "lujiazui")
    assert answer.context["count"] == 2
    assert f'href="{organization.get_absolute_url()}">Lujiazui Bank</a>' in answer.content.decode()


def test_results_of_a_chinese_page_are_chinese(client):
    PublishedOrganizationFactory(slug="bank", name="Lujiazui Bank", name_zh="陆家嘴银行")
    html = client.get("/zh-hans/search/", {"q": "陆家嘴"}).content.decode()
    assert 'href="/zh-hans/organizations/bank/">陆家嘴银行</a>' in html


def test_more_results_than_fit_lead_to_their_list(client):
    PublishedOrganizationFactory.create_batch(21, name="Lujiazui R&D")
    html = answered(client, "lujiazui r&d").content.decode()
    (link,) = re.findall(r'href="(/organizations/\?q=[^"]+)"', html)
    assert link == "/organizations/?q=lujiazui%20r%26d"
    assert ">21 organizations</h2>" in client.get(link).content.decode()


@pytest.mark.parametrize(
    "query", ["", "   ", "nothing", "%", "\x00", "a" * 5000, "a " * 5000, "<script>", "'\"\\"]
)
def test_any_words_are_answered(client, query):
    PublishedOrganizationFactory(name="Bank", name_zh="", summary="")
    answer = answered(client, query)
    assert answer.context["query"] == query.strip()[:200]
    assert "<script>" not in answer.content.decode().replace("<script src", "").replace("<script type", "")


def test_search_without_words_says_what_it_searches(client):
    assert "Names of organizations" in client.get("/search/").content.decode()
