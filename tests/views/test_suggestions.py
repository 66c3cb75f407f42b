"""Suggestions while typing, as the search boxes get them."""

import json

import pytest

from tests.factories import DraftOrganizationFactory, PublishedMetricFactory, PublishedOrganizationFactory

pytestmark = pytest.mark.django_db


def suggested(client, query: str, path: str = "/suggestions.json") -> list[dict]:
    answer = client.get(f"{path}?q={query}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    return json.loads(answer.content)["groups"]


def test_suggestions_are_grouped_by_kind_and_name_both_scripts(client):
    PublishedOrganizationFactory(slug="fudan", name="Fudan University", name_zh="复旦大学")
    PublishedMetricFactory(slug="fudan-papers", name="Fudan papers", name_zh="复旦论文")
    DraftOrganizationFactory(name="Fudan Draft")
    groups = suggested(client, "fudan")
    assert sorted((group["kind"], [item["label"] for item in group["items"]]) for group in groups) == [
        ("Metrics", ["Fudan papers"]),
        ("Organizations", ["Fudan University"]),
    ]
    (item,) = next(group["items"] for group in groups if group["kind"] == "Organizations")
    assert (item["other"], item["url"]) == ("复旦大学", "/organizations/fudan/")


def test_suggestions_speak_the_language_of_their_address(client):
    PublishedOrganizationFactory(slug="fudan", name="Fudan University", name_zh="复旦大学")
    ((item,),) = (group["items"] for group in suggested(client, "复旦", "/zh-hans/suggestions.json"))
    assert (item["label"], item["other"]) == ("复旦大学", "Fudan University")
    assert item["url"] == "/zh-hans/organizations/fudan/"


@pytest.mark.parametrize("query", ["", "%20", "nothing", "%00", "%ff", "a" * 5000, "'\"<", "*", "%E5%A4"])
def test_any_words_are_answered(client, query):
    assert suggested(client, query) == []
