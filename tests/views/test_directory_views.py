"""The directory as a table, on a map and counted, and its statistics as a file."""

import csv
import io
import re

import pytest

from tests.factories import (
    CitationFactory,
    PublishedDistrictFactory,
    PublishedOrganizationFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    """Four organizations: three of two districts and decades with topics, and one of which nothing is known."""
    pudong = PublishedDistrictFactory(slug="pudong", name="Pudong", name_zh="浦东", tile_column=4, tile_row=3)
    PublishedDistrictFactory(slug="jinshan", name="Jinshan", name_zh="金山", tile_column=1, tile_row=5)
    xuhui = PublishedDistrictFactory(slug="xuhui", name="Xuhui", name_zh="徐汇", tile_column=2, tile_row=3)
    chips, robots = TopicFactory(slug="chips", name="=Chips"), TopicFactory(slug="robots", name="Robots")
    for name, district, founded, topics in (
        ("Alpha", pudong, "1994", [chips]),
        ("Beta", pudong, "2004-05", [chips, robots]),
        ("Gamma", xuhui, "2009", [robots]),
        ("Unknown", None, "", []),
    ):
        PublishedOrganizationFactory(name=name, district=district, founded=founded).topics.set(topics)


@pytest.fixture
def ask(client, city):
    def read(query: str, path: str = "/organizations/") -> str:
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def table_names(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a [^>]*>(\w+)</a>', html)


@pytest.mark.parametrize(
    ("sort", "sorted_column", "way", "names"),
    [
        ("", "Name", "ascending", ["Alpha", "Beta", "Gamma", "Unknown"]),
        ("founded", "Founded", "ascending", ["Alpha", "Beta", "Gamma", "Unknown"]),
        ("newest", "Founded", "descending", ["Gamma", "Beta", "Alpha", "Unknown"]),
        ("evidence", "Evidence", "descending", None),
    ],
)
def test_table_says_how_it_is_sorted(ask, sort, sorted_column, way, names):
    html = ask(f"view=table&sort={sort}")
    assert re.findall(r'<th scope="col" aria-sort="(\w+)"><a [^>]*>(\w+)</a>', html) == [(way, sorted_column)]
    assert names is None or table_names(html) == names


def test_headings_of_the_table_sort_it_and_turn_the_years_round(ask):
    def sorts(query: str) -> dict[str, str]:
        return dict(re.findall(r'<th scope="col"[^>]*><a href="\?([^"]+)">(\w+)</a>', ask(query)))

    assert sorts("view=table&topic=chips") == {
        "topic=chips&amp;sort=name&amp;view=table": "Name",
        "topic=chips&amp;sort=founded&amp;view=table": "Founded",
        "topic=chips&amp;sort=evidence&amp;view=table": "Evidence",
    }
    assert "sort=newest&amp;view=table" in sorts("view=table&sort=founded")


def test_table_says_what_is_not_known(ask):
    (row,) = re.findall(r"<tr>(?:(?!<tr>).)*?Unknown</a>.*?</tr>", ask("view=table"), flags=re.DOTALL)
    assert [cell for cell in re.findall(r"<td[^>]*>([^<]*)</td>", row) if cell] == [
        "Company",
        "unknown",
        "unknown",
    ]


def test_table_says_what_of_a_row_was_found(ask):
    assert "why" not in ask("view=table")
    assert re.findall(r'<div class="why">(.*?)</div>', ask("view=table&q=gam")) == [
        'Name starts with: <span lang="en"><mark>Gam</mark></span>'
    ]


def test_table_scrolls_in_a_region_of_its_own_that_a_keyboard_reaches(ask):
    assert '<div class="scroll" tabindex="0" role="region" aria-label="Organizations as a table">' in ask(
        "view=table"
    )


def tiles(html: str) -> dict[str, tuple[str, str, str]]:
    pattern = r'<li class="c(\d) r(\d) k(\d+)"><a href="\?([^"]*)"[^>]*><span[^>]*>(\w+)</span> <data value="(\d+)">'
    return {
        name: (f"{column},{row}", query, number)
        for column, row, _k, query, name, number in re.findall(pattern, html)
    }


def test_map_counts_each_district_without_its_own_choice(ask):
    assert tiles(ask("view=map&topic=chips&district=pudong")) == {
        "Pudong": ("4,3", "topic=chips&amp;view=map", "2"),
        "Xuhui": ("2,3", "topic=chips&amp;district=pudong&amp;district=xuhui&amp;view=map", "0"),
        "Jinshan": ("1,5", "topic=chips&amp;district=jinshan&amp;district=pudong&amp;view=map", "0"),
    }


def test_map_marks_the_chosen_district_in_words_too(ask):
    html = ask("view=map&district=pudong")
    assert re.findall(r'aria-current="true"><span>(\w+)</span>', html) == ["Pudong"]
    assert html.count('<span class="hide">chosen</span>') == 1


def bars(html: str) -> dict[str, dict[str, int]]:
    found = {}
    for caption, table in re.findall(r"<caption>([^<]+)</caption>(.*?)</table>", html, flags=re.DOTALL):
        rows = re.findall(r'<th scope="row"[^>]*>([^<]+)</th><td class="num">([\d,]+)</td>', table)
        found[caption] = {name: int(number) for name, number in rows}
    return found


@pytest.mark.parametrize(
    ("query", "topics", "districts", "decades"),
    [
        (
            "",
            {"=Chips": 2, "Robots": 2},
            {"Pudong": 2, "Xuhui": 1, "District unknown": 1},
            {"2000s": 2, "1990s": 1, "Year unknown": 1},
        ),
        ("topic=chips", {"=Chips": 2, "Robots": 1}, {"Pudong": 2}, {"2000s": 1, "1990s": 1}),
        (
            "topic=chips&topic=robots",
            {"=Chips": 2, "Robots": 2},
            {"Pudong": 2, "Xuhui": 1},
            {"2000s": 2, "1990s": 1},
        ),
        ("district=xuhui", {"Robots": 1}, {"Xuhui": 1}, {"2000s": 1}),
        (
            "decade=1990s&unknown=include",
            {"=Chips": 1},
            {"Pudong": 1, "District unknown": 1},
            {"1990s": 1, "Year unknown": 1},
        ),
    ],
)
def test_statistics_count_what_is_selected_and_nothing_else(ask, query, topics, districts, decades):
    """Unlike the facets beside them, which leave their own choice out."""
    assert bars(ask(f"view=statistics&{query}")) == {
        "By topic": topics,
        "By district": districts,
        "By decade of founding": decades,
    }


def test_longest_bar_fills_its_table_and_the_others_are_in_proportion(ask):
    html = ask("view=statistics")
    districts = re.search(r"<caption>By district.*?</table>", html, flags=re.DOTALL)[0]
    assert re.findall(r'<rect width="(\d+)"', districts) == ["1000", "500", "500"]


def test_statistics_can_be_taken_as_a_table_with_the_same_parameters(ask, client):
    html = ask("view=statistics&topic=chips")
    (link,) = re.findall(r'<a href="([^"]+statistics[^"]+)" download>', html)
    assert link == "/organizations/statistics.csv?topic=chips&amp;view=statistics"
    answer = client.get(link.replace("&amp;", "&"))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(
        r'attachment; filename="organizations-statistics-\d{4}-\d\d-\d\d\.csv"',
        answer.headers["Content-Disposition"],
    )
    text = answer.content.decode()
    assert text.startswith("\ufeffby,value,name,name_zh,organizations,selected\r\n")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))[1:]
    assert [(row[0], row[1], row[2], row[4], row[5]) for row in rows] == [
        ("topic", "chips", "'=Chips", "2", "2"),
        ("topic", "robots", "Robots", "1", "2"),
        ("district", "pudong", "Pudong", "2", "2"),
        ("decade", "2000s", "2000s", "1", "2"),
        ("decade", "1990s", "1990s", "1", "2"),
    ]


def test_organizations_of_which_it_is_not_known_have_a_row_too(client, city):
    rows = client.get("/organizations/statistics.csv").content.decode().splitlines()
    assert [row for row in rows if ",,,," in row] == ["district,,,,1,4", "decade,,,,1,4"]


def test_bad_value_gives_no_file(client, city):
    answer = client.get("/organizations/statistics.csv?kind=castle")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert (
        answer.content.decode()
        == "Kind: Select a valid choice. castle is not one of the available choices.\n"
    )


def test_checked_and_unchecked_are_told_apart_in_the_table(client):
    CitationFactory(organization=PublishedOrganizationFactory(name="Alpha"))
    PublishedOrganizationFactory(name="Beta")
    html = client.get("/organizations/?view=table").content.decode()
    assert re.findall(r"Checked|Not yet checked</span>", html.partition("<tbody>")[2]) == [
        "Checked",
        "Not yet checked</span>",
    ]
