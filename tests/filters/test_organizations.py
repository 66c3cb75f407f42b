"""The directory's filters find and count what a plain loop over all organizations finds and counts."""

from itertools import combinations
from urllib.parse import parse_qs

import pytest
from django.http import QueryDict
from django.utils.translation import override

from ecosystem.filters.organizations import SORTS, OrganizationFilter
from ecosystem.models import Organization
from tests.factories import (
    SCHEDULED,
    DraftPlaceFactory,
    IdentifierFactory,
    OrganizationNameFactory,
    PublishedDistrictFactory,
    PublishedOrganizationFactory,
)

pytestmark = pytest.mark.django_db

# The values of each facet that an organization has, found without the database's help.
VALUES = {
    "kind": lambda o: {o.kind},
    "topic": lambda o: {topic.slug for topic in o.topics.all()},
    "district": lambda o: {o.district.slug} if o.district else set(),
    "park": lambda o: {o.park.slug} if o.park else set(),
    "ownership": lambda o: {o.ownership} - {""},
    "decade": lambda o: {f"{o.founded[:3]}0s"} if o.founded else set(),
    "listed": lambda o: {"yes" if any(i.scheme == "ticker" for i in o.identifiers.all()) else "no"},
    "evidence": lambda o: {
        "checked" if any(c.source.is_opened for c in o.citations.all()) else "not-checked"
    },
}
SELECTIONS = [
    "",
    "kind=company",
    "kind=company&kind=university",
    "topic=chips&topic=robots",
    "district=pudong",
    "park=zhangjiang&district=pudong&district=huangpu",
    "ownership=state&ownership=private",
    "decade=1990s&decade=2000s",
    "decade=1890s&kind=company",
    "listed=yes",
    "listed=yes&listed=no",
    "evidence=checked&topic=medicine",
    "evidence=not-checked&listed=no",
    "kind=company&topic=chips&listed=yes&evidence=checked",
    "q=brand&topic=medicine",
    "kind=exchange",
]


def directory(query: str) -> OrganizationFilter:
    return OrganizationFilter(QueryDict(query), Organization.objects.published())


def passes(organization, selection, leaving_out="") -> bool:
    named = [organization.name, *(name.text for name in organization.names.all())]
    words = selection.get("q", [""])[0]
    return any(words in text.lower() for text in named) and all(
        VALUES[name](organization) & set(chosen)
        for name, chosen in selection.items()
        if name not in {"q", leaving_out}
    )


@pytest.mark.parametrize("query", SELECTIONS)
def test_rows_are_those_that_have_a_selected_value_of_every_facet(city, query):
    selection = parse_qs(query)
    expected = {organization for organization in city if passes(organization, selection)}
    found = list(directory(query).rows)
    assert set(found) == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize("query", SELECTIONS)
def test_each_facet_is_counted_without_its_own_selection(city, query):
    selection = parse_qs(query)
    for facet in directory(query).facets:
        others = [organization for organization in city if passes(organization, selection, facet.name)]
        for option in facet.options:
            expected = sum(option.value in VALUES[facet.name](organization) for organization in others)
            assert (facet.name, option.value, option.count) == (facet.name, option.value, expected)
            assert option.selected == (option.value in selection.get(facet.name, []))
        shown = {option.value for option in facet.options}
        present = {value for organization in others for value in VALUES[facet.name](organization)}
        assert shown == present | set(selection.get(facet.name, []))


def test_every_facet_has_a_counterpart_here(city):
    assert [facet.name for facet in directory("").facets] == list(VALUES)


def test_count_of_an_option_is_what_choosing_it_alone_leaves(city):
    for facet in directory("topic=chips").facets:
        for option in facet.options:
            query = f"{facet.name}={option.value}" + ("" if facet.name == "topic" else "&topic=chips")
            assert len(directory(query).rows) == option.count


@pytest.mark.parametrize(("query", "number"), [("", 12), ("q=nowhere", 12), ("kind=company&topic=chips", 14)])
def test_counting_takes_the_same_queries_for_few_and_many_rows(
    topics, query, number, django_assert_num_queries
):
    """One query for each facet and for each vocabulary; a vocabulary is read again to check what was selected."""
    for _ in range(2):
        with django_assert_num_queries(number):
            assert len(directory(query).facets) == len(VALUES)
        PublishedOrganizationFactory.create_batch(10)


def test_search_looks_into_every_name_and_identifier(city):
    organization = PublishedOrganizationFactory(
        name="Fudan University", name_zh="复旦大学", summary="Teaches."
    )
    OrganizationNameFactory(organization=organization, text="FDU")
    IdentifierFactory(organization=organization, value="Q495015")
    for words in ("fudan", "复旦", "fdu", "Q495015", "teaches", " fudan   FDU "):
        assert [str(row) for row in directory(f"q={words}").rows] == ["Fudan University"]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("", ["Alpha", "Beta", "Gamma", "Unknown"]),
        ("name", ["Alpha", "Beta", "Gamma", "Unknown"]),
        ("founded", ["Gamma", "Alpha", "Beta", "Unknown"]),
        ("newest", ["Alpha", "Beta", "Gamma", "Unknown"]),
    ],
)
def test_rows_are_sorted_as_asked_and_unknown_years_come_last(sort, names):
    for name, founded in (("Beta", "2004"), ("Alpha", "2004"), ("Gamma", "1896"), ("Unknown", "")):
        PublishedOrganizationFactory(name=name, founded=founded)
    assert [row.name for row in directory(f"sort={sort}").rows] == names


def test_recently_updated_come_first_when_asked():
    for name in ("Beta", "Alpha"):
        PublishedOrganizationFactory(name=name)
    Organization.objects.get(name="Beta").save()
    assert [row.name for row in directory("sort=updated").rows] == ["Beta", "Alpha"]


def test_sorts_that_are_offered_exist(city):
    offered = [value for value, _label in directory("").form.fields["sort"].choices if value]
    assert sorted(offered) == sorted(SORTS)


def test_choices_come_from_what_is_public(city):
    PublishedDistrictFactory(slug="later", **SCHEDULED)
    DraftPlaceFactory(slug="hidden")
    fields = directory("").form.fields
    assert [slug for slug, _name in fields["district"].choices] == ["huangpu", "pudong", "xuhui"]
    assert [slug for slug, _name in fields["park"].choices] == ["lin-gang", "zhangjiang"]
    assert [decade for decade, _label in fields["decade"].choices] == [
        *("2020s", "2000s", "1990s", "1950s", "1890s")
    ]


def test_choices_speak_the_language_of_the_page(topics):
    with override("zh-hans"):
        names = [name for _slug, name in directory("").form.fields["topic"].choices]
    assert sorted(names) == sorted(topic.name_zh for topic in topics)


@pytest.mark.parametrize(
    ("one", "other"), list(combinations(["kind=company", "topic=chips", "listed=no"], 2))
)
def test_filters_only_ever_narrow(city, one, other):
    both = set(directory(f"{one}&{other}").rows)
    assert both == set(directory(one).rows) & set(directory(other).rows)
