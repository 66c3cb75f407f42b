"""The directory's filters find and count what a plain loop over all organizations finds and counts."""

from itertools import combinations
from urllib.parse import parse_qs

import pytest
from django.http import QueryDict
from django.utils.translation import override

from ecosystem.domain.directory import Answer
from ecosystem.domain.directory_rows import Words
from ecosystem.filters.facets import FACETS, SHOWN, Choice, Facet
from ecosystem.filters.organizations import SORTS, OrganizationFilter
from ecosystem.models import Organization
from tests.factories import (
    SCHEDULED,
    DraftPlaceFactory,
    PublishedDistrictFactory,
    PublishedOrganizationFactory,
    TopicFactory,
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
    "evidence": lambda o: evidence_of(list(o.citations.all())),
}


def evidence_of(citations) -> set[str]:
    number = len({citation.source_id for citation in citations})
    facts = {citation.standing for citation in citations if citation.field}
    verified = {citation.field for citation in citations if citation.standing == "verified"}
    return {
        "checked" if any(citation.source.is_opened for citation in citations) else "not-checked",
        "no-source" if number == 0 else "one-source" if number == 1 else "more-sources",
        *(facts & {"disputed", "unverified"}),
        *({"founded-verified"} if "founded" in verified else ()),
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
    "founded_from=1958&founded_to=2004",
    "founded_from=2004&topic=robots",
    "founded_to=1958&unknown=include",
    "decade=1990s&unknown=include&kind=company",
    "park=zhangjiang&unknown=include",
]


def directory(query: str) -> OrganizationFilter:
    found = OrganizationFilter(QueryDict(query))
    assert found.problems == []
    return found


def answered(query: str) -> Answer:
    return directory(query).answer


def names_of(facet: str) -> dict[str, Words]:
    return OrganizationFilter().names_of(facet)


def rows(query: str) -> list[Organization]:
    by_key = Organization.objects.in_bulk()
    return list(map(by_key.__getitem__, answered(query).keys()))


def facets(query: str) -> list[Facet]:
    return directory(query).facets


def choices(facet: Facet) -> list[Choice]:
    return facet.shown + facet.folded


def passes(organization, selection, leaving_out="") -> bool:
    named = [organization.name, *(name.text for name in organization.names.all())]
    words = selection.get("q", [""])[0]
    return (
        any(words in text.lower() for text in named)
        and was_founded_in_time(organization, selection)
        and all(
            has_one_of(organization, name, chosen, with_unknown="unknown" in selection)
            for name, chosen in selection.items()
            if name in VALUES and name != leaving_out
        )
    )


def has_one_of(organization, name, chosen, *, with_unknown) -> bool:
    values = VALUES[name](organization)
    is_unknown = with_unknown and name in {"decade", "park"} and not values
    return is_unknown or bool(values & set(chosen))


def was_founded_in_time(organization, selection) -> bool:
    first, last = (
        int(selection.get(name, [end])[0]) for name, end in (("founded_from", 0), ("founded_to", 0))
    )
    if not first and not last:
        return True
    if not organization.founded:
        return "unknown" in selection
    return first <= int(organization.founded[:4]) <= (last or 9999)


@pytest.mark.parametrize("query", SELECTIONS)
def test_rows_are_those_that_have_a_selected_value_of_every_facet(city, query):
    selection = parse_qs(query)
    expected = {organization for organization in city if passes(organization, selection)}
    found = rows(query)
    assert set(found) == expected
    assert len(found) == len(expected) == answered(query).count


@pytest.mark.parametrize("query", SELECTIONS)
def test_each_facet_is_counted_without_its_own_selection(city, query):
    selection = parse_qs(query)
    for facet in facets(query):
        others = [organization for organization in city if passes(organization, selection, facet.name)]
        for choice in choices(facet):
            expected = sum(choice.value in VALUES[facet.name](organization) for organization in others)
            assert (facet.name, choice.value, choice.count) == (facet.name, choice.value, expected)
            assert choice.is_chosen == (choice.value in selection.get(facet.name, []))
        shown = {choice.value for choice in choices(facet)}
        present = {value for organization in others for value in VALUES[facet.name](organization)}
        assert shown == present | set(selection.get(facet.name, []))


def test_every_facet_has_a_counterpart_here(city):
    assert [facet.name for facet in facets("")] == list(VALUES) == list(FACETS)


def test_count_of_a_choice_is_what_choosing_it_alone_leaves(city):
    for facet in facets("topic=chips"):
        for choice in choices(facet):
            query = f"{facet.name}={choice.value}" + ("" if facet.name == "topic" else "&topic=chips")
            assert len(rows(query)) == choice.count


def test_chosen_value_stays_in_sight_without_results(city):
    facet = next(one for one in facets("kind=exchange&topic=chips") if one.name == "kind")
    assert [(choice.value, choice.count) for choice in facet.shown if choice.is_chosen] == [("exchange", 0)]


def test_long_facet_shows_what_most_have_and_what_is_chosen(city):
    """Topics come by their number, and one that is chosen is never folded away."""
    several = [TopicFactory(slug=f"topic-{number}") for number in range(SHOWN + 6)]
    for number, topic in enumerate(several):
        for organization in city[: number + 1]:
            organization.topics.add(topic)
    (facet,) = (one for one in facets("topic=topic-0") if one.name == "topic")
    counts = [choice.count for choice in facet.shown[:SHOWN]]
    assert counts == sorted(counts, reverse=True)
    assert [choice.value for choice in facet.shown[SHOWN:]] == ["topic-0"]
    assert not any(choice.is_chosen for choice in facet.folded)
    assert facet.number == len(facet.shown) + len(facet.folded)


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
    assert [row.name for row in rows(f"sort={sort}")] == names


def test_years_before_1000_are_found_by_span_and_decade(db):
    """Hunan University was founded in 976."""
    for name, founded in (("Hunan", "0976"), ("Older", "0969"), ("Bologna", "1088"), ("Unknown", "")):
        PublishedOrganizationFactory(name=name, founded=founded)
    found = {
        query: [row.name for row in rows(f"{query}&sort=founded")]
        for query in ("founded_from=970&founded_to=979", "founded_from=976&founded_to=977", "founded_to=1000")
    }
    assert list(found.values()) == [["Hunan"], ["Hunan"], ["Older", "Hunan"]]
    assert [row.name for row in rows("decade=0970s")] == ["Hunan"]
    assert {value: name.text for value, name in names_of("decade").items()} == {
        "1080s": "1080s",
        "0970s": "970s",
        "0960s": "960s",
    }


def test_recently_updated_come_first_when_asked():
    for name in ("Beta", "Alpha"):
        PublishedOrganizationFactory(name=name)
    Organization.objects.get(name="Beta").save()
    assert [row.name for row in rows("sort=updated")] == ["Beta", "Alpha"]


@pytest.mark.parametrize(
    ("query", "language", "order"),
    [
        ("", "en", "name"),
        ("", "zh-hans", "pinyin"),
        ("q=Org", "zh-hans", "relevance"),
        ("q=Org&sort=name", "en", "name"),
    ],
)
def test_order_suits_the_words_and_the_language_until_one_is_asked_for(query, language, order):
    with override(language):
        assert directory(query).selection.order == order


def test_every_order_that_is_offered_answers(city):
    assert {len(rows(f"sort={sort}")) for sort in SORTS} == {len(city)}


def test_values_are_those_that_are_public(city):
    PublishedDistrictFactory(slug="later", **SCHEDULED)
    DraftPlaceFactory(slug="hidden")
    assert list(names_of("district")) == ["huangpu", "pudong", "xuhui"]
    assert sorted(names_of("park")) == ["lin-gang", "zhangjiang"]
    assert list(names_of("decade")) == ["2020s", "2000s", "1990s", "1950s", "1890s"]


def test_values_speak_the_language_of_the_page(topics):
    with override("zh-hans"):
        assert sorted(name.text for name in names_of("topic").values()) == sorted(
            topic.name_zh for topic in topics
        )
        assert names_of("kind")["company"].text == "企业"


def test_value_without_a_chinese_name_is_marked_as_english(db):
    TopicFactory(slug="chips", name="Chips", name_zh="")
    with override("zh-hans"):
        assert names_of("topic")["chips"] == ("Chips", "en")


def test_what_is_not_known_is_counted_and_can_be_included(city):
    dated = [organization for organization in city if organization.founded]
    asked = answered("founded_from=1")
    assert (asked.count, asked.unknown) == (len(dated), len(city) - len(dated))
    included = answered("founded_from=1&unknown=include")
    assert (included.count, included.unknown) == (len(city), 0)


def test_each_filter_in_force_can_be_dropped_alone(city):
    found = directory("q=org&kind=company&kind=university&park=zhangjiang&founded_to=1990")
    dropped = {label: query for label, _number, query in found.drops()}
    assert dropped == {
        "the words": "kind=company&kind=university&park=zhangjiang&founded_to=1990",
        "kind": "q=org&park=zhangjiang&founded_to=1990",
        "park or zone": "q=org&kind=company&kind=university&founded_to=1990",
        "the years": "q=org&kind=company&kind=university&park=zhangjiang",
    }
    for _label, number, query in found.drops():
        assert number == len(rows(query))


@pytest.mark.parametrize(
    ("one", "other"), list(combinations(["kind=company", "topic=chips", "listed=no"], 2))
)
def test_filters_only_ever_narrow(city, one, other):
    both = set(rows(f"{one}&{other}"))
    assert both == set(rows(one)) & set(rows(other))
