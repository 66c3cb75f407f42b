"""The directory as a list: its rows, its pages, its filters, and what it says when nothing is found."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from ecosystem.models import MissedSearch, Organization
from tests.factories import (
    CitationFactory,
    DraftPlaceFactory,
    IdentifierFactory,
    PublishedDistrictFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    PublishedPlaceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client):
    def read(query: str = "", status: int = 200, path: str = "/organizations/") -> str:
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == status
        return answer.content.decode()

    return read


def words(html: str) -> str:
    """What a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def rows(html: str) -> list[str]:
    return [words(row) for row in re.findall(r'<li class="entry">(.*?)</li>', html, flags=re.DOTALL)]


def names(html: str) -> list[str]:
    return re.findall(r'<h2><a class="plain"[^>]*>([^<]*)</a>', html)


def links(html: str, name: str) -> list[str]:
    return re.findall(rf'<a[^>]*href="([^"]*)"[^>]*>{name}</a>', html)


@pytest.fixture
def foundry() -> Organization:
    made = PublishedOrganizationFactory(
        name="Foundry & Sons",
        name_zh="晶圆厂",
        slug="foundry",
        kind="company",
        summary="Makes <em>wafers</em>.",
        founded="2000-04",
        district=PublishedDistrictFactory(name="Pudong", name_zh="浦东"),
        park=PublishedPlaceFactory(name="Zhangjiang", name_zh="张江"),
    )
    made.topics.set([TopicFactory(name="Robots", name_zh="机器人"), TopicFactory(name="Chips", name_zh="")])
    IdentifierFactory(organization=made, scheme="ticker", value="HKEX:0981")
    IdentifierFactory(organization=made, scheme="ror", value="013q1eq08")
    CitationFactory(organization=made)
    return made


def test_row_says_who_where_and_since_when(ask, foundry):
    html = ask()
    assert rows(html) == [
        "F Foundry &amp; Sons &ensp; 晶圆厂 Makes wafers . Compare Foundry &amp; Sons "
        "Company&nbsp;· Chips&nbsp;· Robots Zhangjiang , Pudong Founded April 2000&nbsp;· HKEX:0981"
    ]
    assert '<a class="plain" href="/organizations/foundry/">' in html
    assert "Makes <em>wafers</em>." in html


def test_row_in_chinese_marks_what_has_no_translation(ask, foundry):
    html = ask(path="/zh-hans/organizations/")
    assert '<a class="plain" href="/zh-hans/organizations/foundry/">晶圆厂</a>' in html
    assert '<span class="latin" lang="en">Foundry &amp; Sons</span>' in html
    assert '<span lang="en">Chips</span>' in html
    assert "2000年4月" in html


def test_row_names_no_place_that_is_not_public(ask):
    PublishedOrganizationFactory(park=DraftPlaceFactory(name="Secret Park"), district=None)
    html = ask()
    assert "Secret Park" not in html
    assert "District unknown" in html


def test_only_rows_without_an_opened_source_are_marked(ask, foundry):
    PublishedOrganizationFactory(name="Another")
    marked = {row.split()[1]: "Not yet checked" in row for row in rows(ask())}
    assert marked == {"Foundry": False, "Another": True}


def test_figures_in_summaries_are_resolved_in_the_language_of_the_page(ask):
    metric = PublishedMetricFactory(slug="wafers")
    PublishedObservationFactory(metric=metric, period="2023", value=700)
    figure = '<figure-ref metric="wafers" period="2023"></figure-ref>'
    PublishedOrganizationFactory(summary=f"Makes {figure}.", summary_zh=f"生产{figure}。")
    assert '<a class="fig"' in ask()
    assert 'href="/zh-hans/metrics/wafers/2023/"' in ask(path="/zh-hans/organizations/")


def test_page_asks_as_many_questions_for_one_row_as_for_thirty(ask, foundry):
    numbers = []
    for _ in range(2):
        ask()
        with CaptureQueriesContext(connection) as queries:
            ask()
        numbers.append(len(queries))
        PublishedOrganizationFactory.create_batch(30)
    assert numbers[0] == numbers[1]


def test_pages_hold_thirty_rows_and_keep_the_filters(ask):
    PublishedOrganizationFactory.create_batch(65, kind="company")
    PublishedOrganizationFactory(kind="university")
    first = ask("page=1&q=&colour=blue&kind=company")
    assert links(first, "Next →") == ["?kind=company&amp;page=2"]
    assert links(first, "← Previous") == []
    pages = [names(ask(f"kind=company&page={number}")) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [30, 30, 5]
    assert len({name for page in pages for name in page}) == 65


def test_few_rows_need_no_pages(ask, foundry):
    assert 'class="pages"' not in ask()


@pytest.mark.parametrize("page", ["0", "-1", "2", "1000000000", "9" * 5000, "one", "1.5", "²", "last"])
@pytest.mark.parametrize("view", ["", "table", "map", "statistics"])
def test_impossible_page_is_not_found(ask, foundry, view, page):
    ask(f"view={view}&page={page}", status=404)


@pytest.mark.parametrize("page", ["", "1", "%20"])
def test_first_page_is_there_even_without_rows(ask, page):
    assert rows(ask(f"page={page}")) == []


@pytest.mark.parametrize("view", ["", "table", "map", "statistics"])
def test_bad_value_says_so_and_shows_nothing(ask, foundry, view):
    html = ask(f"kind=castle&view={view}")
    problem = "Kind: Select a valid choice. castle is not one of the available choices."
    assert re.findall(r'<p class="problem" role="alert">([^<]+)</p>', html) == [problem]
    assert (rows(html), "Foundry" in html) == ([], False)
    assert links(html, "Show the whole list") == ["?"]


def test_what_readers_typed_is_only_text_and_stays_in_the_form(ask, foundry):
    typed = '"><script>alert(1)</script>'
    html = ask(f"q={typed}&founded_from=1990")
    assert "<script>alert(1)" not in html
    assert f'value="{escape(typed).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")}"' in html
    assert 'name="founded_from" value="1990"' in html


def test_form_keeps_the_view_and_what_is_not_known(ask, foundry):
    html = ask("view=table&decade=2000s&unknown=include")
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', html)
    assert hidden == [("view", "table"), ("unknown", "include")]


def test_views_lead_to_one_another_with_the_same_filters(ask, foundry):
    html = ask("kind=company&view=map")
    found = re.findall(r'<li><a href="([^"]+)"( aria-current="true")?>(\w+)</a></li>', html)
    assert [one for one in found if one[2] in {"List", "Table", "Map", "Statistics"}] == [
        ("?kind=company", "", "List"),
        ("?kind=company&amp;view=table", "", "Table"),
        ("?kind=company&amp;view=map", ' aria-current="true"', "Map"),
        ("?kind=company&amp;view=statistics", "", "Statistics"),
    ]


def test_each_way_to_see_it_has_a_title_of_its_own(ask, foundry):
    titles = [
        re.search("<title>(.*?)</title>", ask(f"view={view}"))[1]
        for view in ("", "table", "map", "statistics")
    ]
    assert titles == [
        "Directory · Shanghai Tech",
        "Directory as a table · Shanghai Tech",
        "Map of the directory · Shanghai Tech",
        "Statistics of the directory · Shanghai Tech",
    ]


def test_empty_answer_says_which_filter_to_drop(ask, foundry):
    html = ask("kind=exchange&topic=" + foundry.topics.first().slug + "&founded_to=1990")
    assert "No organization has all of this." in html
    assert links(html, r"Without [^<]*") == []
    html = ask("kind=exchange&founded_from=1990")
    assert re.findall(r"Without [^<]*", html) == ["Without kind: 1"]
    assert links(html, "Without kind: 1") == ["?founded_from=1990"]


def test_what_is_not_known_never_vanishes(ask, foundry):
    PublishedOrganizationFactory(founded="")
    html = ask("founded_from=1990")
    assert "1 more matches, but its founding year is not known." in html
    assert links(html, "Include") == ["?founded_from=1990&amp;unknown=include"]
    included = ask("founded_from=1990&unknown=include")
    assert (len(rows(included)), "Also where it is not known" in included) == (2, True)


def test_relevance_is_offered_only_for_words(ask, foundry):
    def offered(query: str) -> list[tuple[str, str, str]]:
        return re.findall(r'<option value="(\w*)"( selected)?>by ([^<]+)</option>', ask(query))

    assert offered("") == [("", " selected", "name"), ("pinyin", "", "name in Chinese")]
    assert offered("q=foundry") == [
        ("", " selected", "relevance"),
        ("name", "", "name"),
        ("pinyin", "", "name in Chinese"),
    ]


def test_folded_values_can_be_found_without_script(ask):
    """They stand in the page, in a list that browsers fold and unfold themselves."""
    topics = TopicFactory.create_batch(12)
    PublishedOrganizationFactory().topics.set(topics)
    html = ask()
    assert "<summary>Show all 12</summary>" in html
    assert sorted(re.findall(r'name="topic" value="([^"]+)"', html)) == sorted(topic.slug for topic in topics)


def test_what_is_not_known_is_named(ask, foundry):
    PublishedOrganizationFactory.create_batch(2, founded="", ownership="state")
    found = [
        re.search(r"\d more [^<]*", ask(query))[0].strip()
        for query in (f"district={foundry.district.slug}&decade=2000s", f"park={foundry.park.slug}")
    ]
    assert found == [
        "2 more match, but their founding year or district is not known.",
        "2 more match, but their park is not known.",
    ]


def test_words_that_find_nothing_are_counted_for_editors_unless_something_else_narrows(client, db):
    PublishedOrganizationFactory(name="Wafer Works", kind="company")
    for query in ("q=Lujiazui+Robotics", "q=lujiazui+robotics", "q=nobody&kind=company", "q=wafer", "q=%3F"):
        client.get(f"/organizations/?{query}")
    assert list(MissedSearch.objects.values_list("text", "times")) == [("lujiazui robotics", 2)]


def test_row_of_a_close_spelling_says_where_that_spelling_stands(client, db):
    PublishedOrganizationFactory(name="SenseTime", name_zh="商汤科技")
    html = client.get("/organizations/?q=sensetme").content.decode()
    assert re.findall(r"class=\"why\">(.*?)</span></span>", html) == [
        'Name: <span lang="en"><mark>SenseTime</mark>'
    ]
