"""What every list does with its query string: bad values, removable filters, a stable order."""

import pytest
from django.http import QueryDict

from ecosystem.filters.base import ActiveFilter
from ecosystem.filters.organizations import OrganizationFilter
from ecosystem.models import Organization
from tests.factories import PublishedOrganizationFactory

pytestmark = pytest.mark.django_db

BAD = {
    "kind=castle": "Kind: Select a valid choice. castle is not one of the available choices.",
    "kind=company&kind=castle": "Kind: Select a valid choice. castle is not one of the available choices.",
    "topic=nowhere": "Topic: Select a valid choice. nowhere is not one of the available choices.",
    "decade=90s": "Founded: Select a valid choice. 90s is not one of the available choices.",
    "sort=beauty": "Sort: Select a valid choice. beauty is not one of the available choices.",
    "listed=1": "Listed on a stock exchange: Select a valid choice. 1 is not one of the available choices.",
    "q=%00": "Search: Null characters are not allowed.",
}


def directory(query: str) -> OrganizationFilter:
    return OrganizationFilter(QueryDict(query), Organization.objects.published())


@pytest.mark.parametrize(("query", "problem"), BAD.items())
def test_bad_value_gives_a_message_and_no_rows(city, query, problem):
    found = directory(query)
    assert found.problems == [problem]
    assert (list(found.rows), found.facets, found.active) == ([], [], [])


def test_all_bad_values_are_named_at_once(city):
    assert directory("kind=castle&sort=beauty").problems == [BAD["kind=castle"], BAD["sort=beauty"]]


@pytest.mark.parametrize(
    "query", ["", "kind=", "kind=&topic=&q=&sort=", "colour=blue", "colour=blue&kind=", "q=%20%20"]
)
def test_unknown_parameters_and_empty_values_do_not_filter(city, query):
    found = directory(query)
    assert found.problems == []
    assert set(found.rows) == set(city)
    assert found.active == []
    assert found.query == ""


def test_unknown_parameter_does_not_hide_a_known_one(city):
    assert {row.kind for row in directory("colour=blue&kind=company").rows} == {"company"}


@pytest.mark.parametrize(
    "query", ["q=" + "a+" * 200, "q=" + "a" * 60_000], ids=["too many words", "one word too long"]
)
def test_words_that_no_name_can_hold_are_refused(city, query):
    """The database would give up on a condition of thousands of words."""
    found = directory(query)
    assert found.problems == [
        f"Search: Ensure this value has at most 200 characters (it has {len(QueryDict(query)['q'].strip())})."
    ]
    assert list(found.rows) == []


def test_longest_words_that_are_taken_can_be_answered(city):
    found = directory("q=" + "a+" * 100)
    assert found.problems == []
    assert len(found.rows) == len(city)


@pytest.mark.parametrize(
    "name", ["kind=company", "topic=chips", "decade=2000s", "listed=yes", "evidence=checked"]
)
def test_value_repeated_thousands_of_times_is_that_value(city, name):
    repeated = directory("&".join([name] * 3000))
    assert list(repeated.rows) == list(directory(name).rows)
    assert repeated.active == directory(name).active
    assert repeated.query == name


def test_active_filters_name_themselves_and_how_to_drop_them(city, topics):
    found = directory("topic=robots&q=Org&kind=university&kind=company&sort=newest&page=2")
    assert found.active == [
        ActiveFilter("“Org”", "kind=university&kind=company&topic=robots&sort=newest"),
        ActiveFilter("university", "q=Org&kind=company&topic=robots&sort=newest"),
        ActiveFilter("company", "q=Org&kind=university&topic=robots&sort=newest"),
        ActiveFilter(topics[2].name, "q=Org&kind=university&kind=company&sort=newest"),
    ]


@pytest.mark.parametrize("query", ["q=+Org+", "q=other&q=Org", "q=Org+"])
def test_words_are_dropped_whole(city, query):
    """Neither the space around them nor an earlier value of the same name may stay behind."""
    assert directory(f"{query}&kind=company").active[0] == ActiveFilter("“Org”", "kind=company")


def test_query_has_one_order_whatever_the_readers(city):
    queries = ["sort=name&kind=company&q=Org&colour=blue", "q=Org&page=3&kind=company&sort=name&topic="]
    assert {directory(query).query for query in queries} == {"q=Org&kind=company&sort=name"}


def test_query_escapes_what_readers_typed(city):
    assert directory("q=R%26D+%E4%B8%8A%E6%B5%B7").query == "q=R%26D+%E4%B8%8A%E6%B5%B7"


def test_filter_without_a_query_string_shows_everything(city):
    PublishedOrganizationFactory()
    assert OrganizationFilter(None, Organization.objects.published()).query == ""
    assert len(OrganizationFilter(None, Organization.objects.published()).rows) == len(city) + 1
