"""Organizations side by side: which facts, in what they differ, and what is said when they cannot be compared."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    CitationFactory,
    DraftOrganizationFactory,
    IdentifierFactory,
    PublishedDistrictFactory,
    PublishedOrganizationFactory,
    TopicFactory,
    UnopenedSourceFactory,
)

pytestmark = pytest.mark.django_db
PATH = "/organizations/compare/"


@pytest.fixture
def two():
    chips = TopicFactory(name="Chips", name_zh="芯片")
    robots = TopicFactory(name="Robots", name_zh="")
    pudong = PublishedDistrictFactory(name="Pudong", name_zh="浦东")
    one = PublishedOrganizationFactory(
        slug="one",
        name="One",
        name_zh="一",
        kind="company",
        founded="1990-04",
        district=pudong,
        ownership="state",
    )
    other = PublishedOrganizationFactory(
        slug="other", name="Other", kind="company", founded="1995", district=pudong, ownership=""
    )
    one.topics.set([robots, chips])
    other.topics.set([chips])
    IdentifierFactory(organization=other, scheme="ticker", value="HKEX:0981")
    CitationFactory(organization=one)
    CitationFactory(organization=one, source=UnopenedSourceFactory())
    CitationFactory(organization=other, source=UnopenedSourceFactory())
    return one, other


def facts(html: str) -> dict[str, tuple]:
    """Of each fact: whether the page says that it differs, and the words of each organization."""
    found = {}
    for row in re.findall(r"<tr[^>]*><th scope=\"row\">.*?</tr>", html, flags=re.DOTALL):
        label = re.search(r'<th scope="row">([^<]+)', row)[1].strip()
        cells = [re.sub(r"<[^>]+>", " ", cell).split() for cell in re.findall(r"<td>(.*?)</td>", row)]
        found[label] = ("<b>differs</b>" in row, *(" ".join(cell) for cell in cells))
    return found


def problems(html: str) -> list[str]:
    return re.findall(r'<p class="problem" role="alert">([^<]+)</p>', html)


def test_facts_stand_side_by_side_and_say_where_they_differ(client, two):
    html = client.get(f"{PATH}?with=one&with=other").content.decode()
    assert facts(html) == {
        "Kind": (False, "Company", "Company"),
        "Ownership": (False, "State-owned", "not known"),
        "Founded": (True, "April 1990", "1995"),
        "District": (False, "Pudong", "Pudong"),
        "Topics": (True, "Chips Robots", "Chips"),
        "Stock exchange": (False, "not listed", "HKEX:0981"),
        "Evidence": (True, "Rests on an opened source", "Not yet checked"),
        "Sources": (True, "2", "1"),
    }


def test_order_is_the_readers_and_a_repetition_counts_once(client, two):
    html = client.get(f"{PATH}?with=other&with=one&with=other&with=").content.decode()
    assert re.findall(r'<th scope="col"><a class="plain" href="([^"]+)">', html) == [
        "/organizations/other/",
        "/organizations/one/",
    ]


def test_chinese_page_marks_what_has_no_translation(client, two):
    html = client.get(f"/zh-hans{PATH}?with=one&with=other").content.decode()
    assert "<span>芯片</span>" in html
    assert '<span lang="en">Robots</span>' in html


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Choose two to four organizations in the directory, and then “Compare”."),
        ("with=one", "Choose two to four organizations in the directory, and then “Compare”."),
        ("with=one&with=one", "Choose two to four organizations in the directory, and then “Compare”."),
        ("with=one&with=nobody", "There is no organization “nobody” in the directory."),
        ("with=one&with=draft", "There is no organization “draft” in the directory."),
        ("with=a&with=b&with=c&with=d&with=e", "5 are too many: at most four stand side by side."),
        ("with=one&with=%00", "There is no organization “\x00” in the directory."),
    ],
)
def test_what_cannot_be_compared_is_said(client, two, query, said):
    DraftOrganizationFactory(slug="draft")
    answer = client.get(f"{PATH}?{query}")
    assert (answer.status_code, problems(answer.content.decode())) == (200, [said])
    assert facts(answer.content.decode()) == {}


def test_one_of_three_can_be_left_out(client, two):
    PublishedOrganizationFactory(slug="third")
    html = client.get(f"{PATH}?with=one&with=other&with=third").content.decode()
    assert re.findall(r'<a class="leave" href="([^"]+)">', html) == [
        "?with=other&amp;with=third",
        "?with=one&amp;with=third",
        "?with=one&amp;with=other",
    ]
    assert 'class="leave"' not in client.get(f"{PATH}?with=one&with=other").content.decode()


def test_four_take_as_many_questions_as_two(client, two):
    PublishedOrganizationFactory(slug="third"), PublishedOrganizationFactory(slug="fourth")
    numbers = []
    for query in ("with=one&with=other", "with=one&with=other&with=third&with=fourth"):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{PATH}?{query}")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
