"""The selection of the directory as files, at the addresses of its page with another ending."""

import csv
import io
import json

import openpyxl
import pytest
from django.core.paginator import Paginator

from tests.factories import DraftOrganizationFactory, PublishedOrganizationFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def makers() -> list[str]:
    """Names of organizations, in the order of their founding."""
    chips, names = TopicFactory(slug="chips"), ["Wafer Works", "Chip Lab", "Anchor Chips"]
    for year, name in enumerate(names, start=2001):
        one = PublishedOrganizationFactory(name=name, name_zh=f"芯片{year}", founded=str(year))
        one.topics.add(chips)
    PublishedOrganizationFactory(name="Bank")
    DraftOrganizationFactory(name="Hidden Chips").topics.add(chips)
    return names


def content(client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.getvalue()


def names_in(client, ending: str, query: str) -> list[str]:
    body = content(client, f"/organizations.{ending}?{query}")
    if ending == "csv":
        return [row["name"] for row in csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""))]
    if ending == "json":
        return [row["name"] for row in json.loads(body)["results"]]
    sheet = openpyxl.load_workbook(io.BytesIO(body), read_only=True)["Organizations"]
    return [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_file_has_what_the_page_shows_in_its_order(client, makers, ending):
    assert names_in(client, ending, "topic=chips&sort=founded") == makers
    assert names_in(client, ending, "topic=chips&sort=newest") == makers[::-1]
    assert names_in(client, ending, "q=chip+lab") == ["Chip Lab"]
    assert names_in(client, ending, "q=nowhere") == []


def test_file_goes_on_where_a_page_ends(client):
    made = [PublishedOrganizationFactory().name for _ in range(65)]
    assert names_in(client, "json", "sort=name") == made
    assert Paginator(made, 30).num_pages == 3


def test_document_says_what_was_selected(client, makers, settings):
    settings.SITE_URL = "https://example.org"
    document = json.loads(content(client, "/organizations.json?topic=chips&sort=founded"))
    assert (document["count"], document["next"]) == (3, None)
    assert document["address"] == "https://example.org/organizations/?topic=chips&sort=founded"
    assert document["results"][0]["address"].startswith("https://example.org/organizations/")


def test_file_can_be_taken_by_other_sites_and_has_a_dated_name(client, makers, time_machine):
    time_machine.move_to("2026-11-25T04:00:00Z")
    answer = client.get("/organizations.csv")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="organizations-2026-11-25.csv"'
    assert answer.streaming


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_bad_value_is_refused_with_a_sentence(client, makers, ending):
    answer = client.get(f"/organizations.{ending}?kind=castle")
    assert answer.status_code == 400
    assert answer.content.decode().startswith("Kind: ")


def test_page_leads_to_the_files_of_its_selection(client, makers):
    html = client.get("/organizations/?topic=chips&view=table&page=1").content.decode()
    for ending in ("csv", "json", "xlsx"):
        assert f'href="/organizations.{ending}?topic=chips"' in html
    assert "/organizations.csv" not in client.get("/organizations/?q=nowhere").content.decode()


def test_files_of_the_chinese_pages_are_at_chinese_addresses(client, makers):
    html = client.get("/zh-hans/organizations/").content.decode()
    assert 'href="/zh-hans/organizations.csv"' in html
    assert len(names_in(client, "csv", "")) == 4
