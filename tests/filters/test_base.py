"""What the directory does with its query string: bad values, removable filters, a stable order."""

import pytest
from django.http import QueryDict

from ecosystem.domain.directory import answer
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
    "founded_from=soon": "Founded from: Enter a whole number.",
    "founded_to=0": "Founded to: Ensure this value is greater than or equal to 1.",
    "founded_to=10000": "Founded to: Ensure this value is less than or equal to 9999.",
    "founded_from=2000&founded_to=1999": "Founded to: This year lies before the first one.",
    "unknown=yes": "What is not known: Select a valid choice. yes is not one of the available choices.",
    "view=globe": "View: Select a valid choice. globe is not one of the available choices.",
}


def directory(query: str) -> OrganizationFilter:
    return OrganizationFilter(QueryDict(query))


def rows_of(found: OrganizationFilter) -> list[Organization]:
    assert found.problems == []
    by_key = Organization.objects.in_bulk()
    return list(map(by_key.__getitem__, answer(found.selection).keys()))


@pytest.mark.parametrize(("query", "problem"), BAD.items())
def test_bad_value_gives_a_message_and_nothing_that_could_be_asked(city, query, problem):
    found = directory(query)
    assert found.problems == [problem]
    assert (found.is_valid(), found.active, found.shape) == (False, [], "list")


def test_all_bad_values_are_named_at_once(city):
    assert directory("kind=castle&sort=beauty").problems == [BAD["kind=castle"], BAD["sort=beauty"]]


@pytest.mark.parametrize(
    "query", ["", "kind=", "kind=&topic=&q=&sort=", "colour=blue", "colour=blue&kind=", "q=%20%20"]
)
def test_unknown_parameters_and_empty_values_do_not_filter(city, query):
    found = directory(query)
    assert found.problems == []
    assert set(rows_of(found)) == set(city)
    assert found.active == []
    assert found.query == ""


def test_unknown_parameter_does_not_hide_a_known_one(city):
    assert {row.kind for row in rows_of(directory("colour=blue&kind=company"))} == {"company"}


@pytest.mark.parametrize(
    "query", ["q=" + "a+" * 200, "q=" + "a" * 60_000], ids=["too many words", "one word too long"]
)
def test_words_that_no_name_can_hold_are_refused(city, query):
    """The database would give up on a condition of thousands of words."""
    found = directory(query)
    assert found.problems == [
        f"Search: Ensure this value has at most 200 characters (it has {len(QueryDict(query)['q'].strip())})."
    ]
    assert not found.is_valid()


def test_longest_words_that_are_taken_can_be_answered(city):
    found = directory("q=" + "organization+" * 15)
    assert found.problems == []
    assert len(rows_of(found)) == len(city)


@pytest.mark.parametrize(
    "name", ["kind=company", "topic=chips", "decade=2000s", "listed=yes", "evidence=checked"]
)
def test_value_repeated_thousands_of_times_is_that_value(city, name):
    repeated = directory("&".join([name] * 3000))
    assert rows_of(repeated) == rows_of(directory(name))
    assert repeated.active == directory(name).active
    assert repeated.query == name


def test_active_filters_name_themselves_and_how_to_drop_them(city, topics):
    found = directory("topic=robots&q=Org&kind=university&kind=company&sort=newest&page=2")
    assert found.active == [
        ActiveFilter("“Org”", "kind=university&kind=company&topic=robots&sort=newest"),
        ActiveFilter("University", "q=Org&kind=company&topic=robots&sort=newest"),
        ActiveFilter("Company", "q=Org&kind=university&topic=robots&sort=newest"),
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
    assert OrganizationFilter().query == ""
    assert len(rows_of(OrganizationFilter())) == len(city) + 1


@pytest.mark.parametrize(
    ("query", "label", "rest"),
    [
        ("founded_from=1990&founded_to=2004", "Founded 1990 to 2004", ""),
        ("founded_from=1990", "Founded since 1990", ""),
        ("founded_to=2004&kind=company", "Founded until 2004", "kind=company"),
        ("unknown=include&decade=1990s", "Also where it is not known", "decade=1990s"),
    ],
)
def test_span_of_years_and_what_is_not_known_can_be_dropped_too(city, query, label, rest):
    assert directory(query).active[-1] == ActiveFilter(label, rest)


def test_clearing_all_filters_keeps_order_and_view(city):
    found = directory("q=Org&kind=company&founded_from=1990&unknown=include&sort=newest&view=table")
    assert found.cleared == "sort=newest&view=table"


def test_changed_query_keeps_its_order_and_drops_what_is_empty(city):
    found = directory("view=map&district=pudong&kind=company")
    assert found.query_with(district=["xuhui", "pudong"]) == (
        "kind=company&district=xuhui&district=pudong&view=map"
    )
    assert found.query_with(district=[], view="") == "kind=company"


def test_fields_of_the_form_are_those_of_the_filters_and_no_request_changes_them():
    """The forms share their fields, so that none has to copy them."""
    first, second = directory("kind=company").form, directory("kind=castle").form
    assert list(first.fields) == list(OrganizationFilter.base_filters)
    assert first.fields is second.fields
    assert (first.is_valid(), second.is_valid(), directory("").form.is_valid()) == (True, False, True)
