"""Full text of either database finds exactly the strings of Chinese that stand in the words, in any position."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from ecosystem.domain.index import full_text, memory, rebuilding
from ecosystem.domain.index.words import Scope, WordSets
from ecosystem.models import Organization
from ecosystem.values.queries import parse
from ecosystem.values.text import fold
from tests.factories import OrganizationNameFactory, PublishedOrganizationFactory

# Few characters, so that strings meet by chance and overlap; other signs stand between runs.
chinese = st.text("上海交大学", min_size=1, max_size=6)
texts = st.text("上海交大学a &", min_size=1, max_size=14).filter(str.strip)
shared = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def containing(string: str, columns: tuple[str, ...]) -> set[int]:
    """The oracle: the string stands in one of the columns, or in another name."""
    return {
        one.pk
        for one in Organization.objects.all()
        if any(
            string in fold(text)
            for text in [
                *(getattr(one, column) for column in columns),
                *(name.text for name in one.names.all()),
            ]
        )
    }


@shared
@given(
    names=st.lists(st.tuples(texts, texts), min_size=1, max_size=6),
    asked=st.lists(chinese, min_size=1, max_size=6),
)
@pytest.mark.parametrize("is_frequent", [False, True], ids=["rare", "frequent"])
def test_string_is_found_wherever_it_stands_and_nowhere_else(either_database, is_frequent, names, asked):
    """With sets for frequent strings or by the database alone."""
    with transaction.atomic():
        for name, summary in names:
            OrganizationNameFactory(
                organization=PublishedOrganizationFactory(name=name, summary_zh=summary),
                text=f"x {name[::-1]}",
            )
        if is_frequent:
            rebuilding.rebuild(share=0.4, fewest=1)
        frequent = memory.present().frequent
        for string in asked:
            atoms = parse(string).atoms
            assert set(full_text.holding(atoms, Scope.NAMES, frequent)) == containing(
                string, ("name", "name_zh")
            )
            assert set(full_text.holding(atoms, Scope.ANYWHERE, frequent)) == containing(
                string, ("name", "name_zh", "summary", "summary_zh")
            )
        transaction.set_rollback(True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(texts, min_size=2, max_size=6),
    asked=st.lists(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9), st.integers(2, 8)), max_size=2)),
    few=st.sampled_from([0, 100]),
)
def test_strings_of_rare_and_frequent_parts_are_found_as_by_full_text_alone(db, names, asked, few):
    """However many of them have the rare parts; and of more than enough at least all that have the string."""
    nothing = WordSets({scope: frozenset() for scope in Scope.values})
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(full_text, "FEW_CANDIDATES", few)
        for name in names:
            PublishedOrganizationFactory(name=name)
        rebuilding.rebuild(share=0.5, fewest=1)
        frequent = memory.present().frequent
        for places in asked:
            strings = [names[name % len(names)][start : start + length] for name, start, length in places]
            atoms = parse(" ".join(strings)).atoms
            expected = full_text.holding(atoms, Scope.NAMES, nothing)
            assert full_text.holding(atoms, Scope.NAMES, frequent) == expected
            several = full_text.holding(atoms, Scope.NAMES, frequent, enough=1)
            assert several == expected or (len(several) > 1 and several > expected)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("quarterly", True),
        ("quarter", True),  # the last word may still be typed
        ("qu", False),  # but two letters are none yet
        ("quart lujiazui", False),  # nor is a word that another one follows
        ("lujiazui quart", True),
        ("quarterly lujiazui", True),  # in any order
        ("macys", True),
        ("macy’s", True),
        ("ＬＵＪＩＡＺＵＩ", True),
        ("研究", True),
        ("研究 quarterly", True),
        ("究 研", True),
        ("究研", False),
        ("OR AND NOT NEAR(", False),
        ('"', False),
        ("*", False),
        ("'a':* & !b", False),
    ],
)
def test_words_are_found(either_database, query, is_found):
    organization = PublishedOrganizationFactory(
        name="Lujiazui Quarterly", name_zh="浦东研究院", summary="Macy's."
    )
    found = full_text.holding(parse(query).atoms, Scope.ANYWHERE, memory.present().frequent)
    assert found == BitMap([organization.pk] if is_found else [])


def test_frequent_words_change_no_answer(db):
    """Also those of rare strings that are made of frequent ones, which are looked through."""
    for name in ("上海交大", "海交上大", "上海交通上海", "上海大学 海交", "上海海交"):
        PublishedOrganizationFactory(name=name)
    queries = ["上海交", "海交", "上海", "上", "上海海交", "交通上", "上海 海交", "上大", "海上"]

    def answers() -> list[BitMap]:
        frequent = memory.present().frequent
        return [full_text.holding(parse(query).atoms, Scope.NAMES, frequent) for query in queries]

    before = answers()
    rebuilding.rebuild(share=0.3, fewest=1)
    assert {"上海", "海交"} <= memory.present().frequent[Scope.NAMES]
    assert "上海海" not in memory.present().frequent[Scope.NAMES]
    assert answers() == before


def test_very_many_candidates_are_not_named_one_by_one(db, monkeypatch):
    for name in ("上海交大", "海交上大", "上海交通上海"):
        PublishedOrganizationFactory(name=name)
    rebuilding.rebuild(share=0.3, fewest=1)
    atoms, frequent = parse("海交上").atoms, memory.present().frequent
    looked_through = []
    monkeypatch.setattr(full_text, "_looked_through", lambda *asked: looked_through.append(asked) or BitMap())
    monkeypatch.setattr(full_text, "MOST_NAMED", 0)
    assert (len(full_text.holding(atoms, Scope.NAMES, frequent)), looked_through) == (1, [])
