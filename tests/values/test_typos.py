"""Words with typing errors share keys with the words that were meant, and the distance between them is right."""

import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ecosystem.values.typos import (
    NearWord,
    allowed,
    deletions,
    distance,
    query_keys,
    spaced,
    term_keys,
    with_one_error,
)

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("word", "errors"),
    [
        ("", 0),
        ("gdp", 0),
        ("smic", 1),
        ("tencent", 1),
        ("shanghai", 2),
        ("20241231", 0),
        ("复旦", 0),
        ("复旦大", 1),
        ("复旦大学附属中山医院", 1),
        ("камаз", 1),
        ("университет", 1),
    ],
)
def test_longer_words_may_have_more_errors(word, errors):
    assert allowed(word) == errors


@pytest.mark.parametrize(
    ("word", "keys"),
    [
        ("smic", {"smic", "mic", "sic", "smc", "smi"}),
        ("aab", {"aab", "ab", "aa"}),
        ("ab", {"ab"}),
        ("复旦大", {"复旦大", "旦大", "复大", "复旦"}),
        ("", {""}),
    ],
)
def test_deletions_are_the_word_and_it_without_one_letter(word, keys):
    assert deletions(word) == keys


@pytest.mark.parametrize(
    ("one", "other", "errors"),
    [
        ("fudan", "fudan", 0),
        ("fudan", "fuddan", 1),
        ("fudan", "fuan", 1),
        ("fudan", "fudam", 1),
        ("fudan", "fduan", 1),
        ("fudan", "fdaun", 2),
        ("shanghai", "shnaghia", 2),
        ("ca", "abc", 3),
        ("", "ab", 2),
        ("复旦大学", "复但大学", 1),
    ],
)
def test_distance_counts_letters_missing_extra_wrong_and_swapped(one, other, errors):
    assert distance(one, other, 3) == distance(other, one, 3) == errors


def test_distance_goes_no_further_than_asked():
    assert distance("fudan", "tongji", 2) == 3
    assert distance("a" * 200, "b" * 200, 2) == 3
    assert distance("fudan", "fdaun", 1) == 2
    assert distance("fudan", "fudam", 0) == 1


def plain_distance(one: str, other: str) -> int:
    """The definition, cell by cell."""
    cells = (
        {(-1, -1): 0}
        | {(at, -1): at + 1 for at in range(len(one))}
        | {(-1, to): to + 1 for to in range(len(other))}
    )
    for at, letter in enumerate(one):
        for to, target in enumerate(other):
            cells[at, to] = min(
                cells[at - 1, to] + 1, cells[at, to - 1] + 1, cells[at - 1, to - 1] + (letter != target)
            )
            if at and to and letter == other[to - 1] and one[at - 1] == target:
                cells[at, to] = min(cells[at, to], cells[at - 2, to - 2] + 1)
    return cells[len(one) - 1, len(other) - 1]


FEW = st.text(st.sampled_from("abc"), max_size=8)


@given(FEW, FEW, st.integers(0, 3))
def test_distance_is_that_of_the_definition(one, other, limit):
    assert distance(one, other, limit) == min(plain_distance(one, other), limit + 1)


@st.composite
def mistyped(draw, errors, shortest, alphabet=LETTERS):
    """A word, and what became of it."""
    word = typed = draw(st.text(st.sampled_from(alphabet), min_size=shortest, max_size=24))
    for _ in range(errors):
        at = draw(st.integers(0, max(len(typed) - 1, 0)))
        letter = draw(st.sampled_from(alphabet))
        before, after = typed[:at], typed[at:]
        typed = draw(
            st.sampled_from(
                [
                    before + after[1:],
                    before + letter + after,
                    before + letter + after[1:],
                    before + after[:2][::-1] + after[2:],
                ]
            )
        )
    return word, typed


@given(mistyped(1, 4))
def test_one_error_is_always_found(pair):
    word, typed = pair
    assert term_keys(word) & query_keys(typed, 1)


@given(mistyped(1, 3, "上海复旦大学"))
def test_one_wrong_character_is_always_found(pair):
    word, typed = pair
    assert term_keys(word) & query_keys(typed, 1)


@given(mistyped(2, 8))
def test_two_errors_in_long_words_are_always_found(pair):
    word, typed = pair
    assume(distance(word, typed, 2) <= 2)  # two swaps of three letters can make more of it
    assert term_keys(word) & query_keys(typed, 2)


@given(mistyped(2, 8, "ab"))
def test_two_errors_in_words_of_repeated_letters_are_found(pair):
    word, typed = pair
    assume(distance(word, typed, 2) <= 2)
    assert term_keys(word) & query_keys(typed, 2)


@given(st.text(min_size=3, max_size=200))
def test_keys_for_one_error_are_few(word):
    """So that a look-up stays quick whatever is typed; the keys grow with the errors."""
    assert len(query_keys(word, 1)) <= 15
    assert len(term_keys(word)) <= 15
    for fewer, more in pairwise(query_keys(word, errors) for errors in range(3)):
        assert fewer <= more
    assert len(query_keys(word, 2)) < 7_000


@given(mistyped(1, 4, "上海复旦大学"))
def test_string_with_one_wrong_character_leads_to_what_was_meant(pair):
    word, typed = pair
    ways = [(right, pattern) for right, pattern in with_one_error(typed, range(len(typed)))]
    those = [right for right, pattern in ways if re.search(pattern, f"科技 {word} 中心")]
    assert word == typed or any(all(part in word for part in right) for right in those)


@pytest.mark.parametrize(
    ("run", "place", "text", "found"),
    [
        ("黄金易所", 2, "上海黄金交易所", "黄金交易所"),
        ("黄金胶易所", 2, "上海黄金交易所", "黄金交易所"),
        ("黄金金交易所", 2, "上海黄金交易所", "黄金交易所"),
        ("黄交金易所", 1, "上海黄金交易所", "黄金交易所"),
        # At the ends of a run any character would do: only where a name ends there, too
        ("黄金交易锁", 4, "上海黄金交易所", "黄金交易所"),
        ("黄金交易锁", 4, "黄金交易所上海分所", None),
        ("皇金交易所", 0, "黄金交易所", "黄金交易所"),
        ("皇金交易所", 0, "上海黄金交易所", None),
        ("黄金交易所", 2, "黄金 易所", "黄金 易所"),
        ("黄金交易所", 2, "黄金 科技 易所", None),
    ],
)
def test_ways_to_mend_a_string(run, place, text, found):
    matches = [re.search(pattern, text) for _right, pattern in with_one_error(run, [place])]
    assert next((match[0] for match in matches if match), None) == found


@pytest.mark.parametrize(
    ("word", "others", "nearest"),
    [
        ("fo", ["of", "for", "ministry"], ("for", 1)),
        ("libo", ["casa", "libro"], ("libro", 1)),
        ("univeristy", ["university", "universe"], ("university", 1)),
        ("libro", ["libro"], None),  # what is there already is not meant by itself
        ("x", ["y"], None),
        ("2024", ["2025"], None),
        ("黄金交易锁", ["上海黄金交易所", "银行"], ("黄金交易所", 1)),
        ("上海", ["上河"], None),
        ("libo", [], None),
    ],
)
def test_closest_of_other_words(word, others, nearest):
    assert NearWord(word).nearest(others) == nearest
    near = NearWord(word)
    assert (near.nearest(others), near.nearest(others)) == (nearest, nearest)


@pytest.mark.parametrize(
    ("form", "words", "name"),
    [
        ("tobaccocontrol", ["swiss", "tobacco", "control", "center"], "tobacco control"),
        ("att", ["a", "at", "and", "t"], "att"),
        ("fudan", ["fudan", "university"], "fudan"),
        ("fudan", [], "fudan"),
    ],
)
def test_name_without_spaces_gets_those_of_its_words(form, words, name):
    assert spaced(form, words) == name
