"""The directory as files: the same rows in the same order, complete, and never a formula."""

import csv
import io
import json
from datetime import date

import openpyxl
import pytest

from ecosystem.domain import directory_files
from ecosystem.domain.directory_files import BYTE_ORDER_MARK, About, as_csv, as_json, write_workbook
from ecosystem.domain.exported_organizations import COLUMNS, rows_of
from ecosystem.models import Organization
from tests.factories import (
    CitationFactory,
    DraftOrganizationFactory,
    IdentifierFactory,
    PublishedDistrictFactory,
    PublishedOrganizationFactory,
    PublishedSourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
ABOUT = About("https://example.org/organizations/?q=chips", ["“chips”", "Pudong"], 2, date(2026, 11, 25))


@pytest.fixture
def chipmaker() -> Organization:
    one = PublishedOrganizationFactory(
        slug="chipmaker",
        name="Chipmaker",
        name_zh="芯片厂",
        kind="company",
        ownership="private",
        founded="2000-04",
        website="https://chipmaker.example.org",
        summary="Makes <strong>chips</strong> &amp; more.",
        summary_zh="制造芯片。",
        district=PublishedDistrictFactory(name="Pudong"),
    )
    one.topics.set([TopicFactory(name="Robots"), TopicFactory(name="Chips")])
    IdentifierFactory(organization=one, scheme="ticker", value="HKEX:0981")
    IdentifierFactory(organization=one, scheme="ror", value="049wsmj07")
    source = PublishedSourceFactory(url="https://example.org/report", accessed_on=date(2026, 3, 1))
    CitationFactory(organization=one, source=source)
    return one


ROW = {
    "name": "Chipmaker",
    "name_zh": "芯片厂",
    "slug": "chipmaker",
    "kind": "company",
    "ownership": "private",
    "topics": ["Chips", "Robots"],
    "district": "Pudong",
    "park": "",
    "founded": "2000-04",
    "closed": "",
    "listed": ["HKEX:0981"],
    "identifiers": ["ror:049wsmj07", "ticker:HKEX:0981"],
    "website": "https://chipmaker.example.org",
    "summary": "Makes chips & more.",
    "summary_zh": "制造芯片。",
    "is_checked": True,
    "checked_on": "2026-03-01",
    "sources": ["https://example.org/report"],
    "address": "https://example.org/organizations/chipmaker/",
}


def rows(*organizations: Organization) -> list[dict]:
    return list(rows_of([one.pk for one in organizations], "https://example.org"))


def test_row_says_everything_that_the_page_shows(chipmaker):
    assert rows(chipmaker) == [ROW]
    assert set(ROW) == set(COLUMNS)


def test_rows_come_in_the_order_of_their_keys_and_without_who_is_not_public(chipmaker):
    other = PublishedOrganizationFactory(name="Anchor")
    hidden = DraftOrganizationFactory()
    assert [row["name"] for row in rows(chipmaker, hidden, other)] == ["Chipmaker", "Anchor"]


def test_number_of_queries_does_not_grow_with_the_rows(chipmaker, django_assert_num_queries):
    many = PublishedOrganizationFactory.create_batch(30)
    with django_assert_num_queries(5):
        rows(chipmaker)
    with django_assert_num_queries(5):
        assert len(rows(chipmaker, *many)) == 31


def test_table_is_read_back_by_programs_and_spreadsheets(chipmaker):
    text = "".join(as_csv(rows(chipmaker), ABOUT))
    assert text.startswith(BYTE_ORDER_MARK)
    (read,) = csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK)))
    assert read == {
        **{name: content for name, content in ROW.items() if isinstance(content, str)},
        "topics": "Chips | Robots",
        "listed": "HKEX:0981",
        "identifiers": "ror:049wsmj07 | ticker:HKEX:0981",
        "sources": "https://example.org/report",
        "is_checked": "yes",
        "retrieved_on": "2026-11-25",
        "licence": "https://creativecommons.org/licenses/by/4.0/",
    }


def test_document_is_a_list_of_this_site(chipmaker):
    document = json.loads("".join(as_json(rows(chipmaker), ABOUT)))
    assert document.pop("results") == [
        {name: None if content == "" else content for name, content in ROW.items()}
    ]
    assert document == {
        "count": 2,
        "next": None,
        "address": ABOUT.address,
        "filters": ["“chips”", "Pudong"],
        "retrieved_on": "2026-11-25",
        "licence": "https://creativecommons.org/licenses/by/4.0/",
    }


def test_empty_selection_is_a_whole_file():
    assert json.loads("".join(as_json([], ABOUT)))["results"] == []
    assert "".join(as_csv([], ABOUT)).count("\r\n") == 1
    assert sheets([])["Organizations"] == [tuple(COLUMNS)]


def sheets(written: list[dict]) -> dict[str, list[tuple]]:
    file = io.BytesIO()
    write_workbook(file, written, ABOUT)
    book = openpyxl.load_workbook(file, read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_workbook_says_what_was_selected_when_and_under_which_licence(chipmaker):
    read = sheets(rows(chipmaker))
    assert read["About"] == [
        ("Address", "https://example.org/organizations/?q=chips"),
        ("Filters", "“chips”; Pudong"),
        ("Organizations", 2),
        ("Retrieved on", "2026-11-25"),
        ("Licence", "https://creativecommons.org/licenses/by/4.0/"),
    ]
    heading, row = read["Organizations"]
    assert dict(zip(heading, row, strict=True))["name_zh"] == "芯片厂"


def test_rows_that_one_sheet_cannot_hold_go_on_in_the_next(chipmaker, monkeypatch):
    monkeypatch.setattr(directory_files, "MOST_ROWS", 2)
    read = sheets(rows(chipmaker) * 5)
    assert {title: len(lines) for title, lines in read.items()} == {
        "About": 5,
        "Organizations": 3,
        "Organizations 2": 3,
        "Organizations 3": 2,
    }


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_name_is_never_a_formula(chipmaker, name):
    Organization.objects.filter(pk=chipmaker.pk).update(name=name)
    (read,) = csv.DictReader(
        io.StringIO("".join(as_csv(rows(chipmaker), ABOUT)).removeprefix(BYTE_ORDER_MARK))
    )
    assert read["name"] == f"'{name}"
    assert sheets(rows(chipmaker))["Organizations"][1][0] == f"'{name}"


def test_sign_that_a_workbook_cannot_hold_is_left_out(chipmaker):
    Organization.objects.filter(pk=chipmaker.pk).update(name="Chip\x0bmaker")
    assert sheets(rows(chipmaker))["Organizations"][1][0] == "Chipmaker"
