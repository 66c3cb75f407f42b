"""Texts word by word: what stays, goes and comes, in both scripts, and quick for long ones."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.word_differences import Change, Piece, tokens, word_differences

SIGNS = {Change.KEPT: "{}", Change.ADDED: "[+{}]", Change.REMOVED: "[-{}]", Change.CUT: "({})"}
WORDS = st.sampled_from(
    ["Shanghai", "has", "the", "4,100", "12.5%", " ", "\n", ",", ".", "上", "海", "的", "公司", "<p>", "</p>"]
)
TEXTS = st.lists(WORDS, max_size=60).map("".join) | st.text(max_size=60)


def drawn(pieces):
    return "".join(SIGNS[change].format(text) for change, text in pieces)


def without(pieces, change):
    return "".join(text for kind, text in pieces if kind is not change)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("The park has labs.", "The park has few labs.", "The park has [+few ]labs."),
        ("The park has few labs.", "The park has labs.", "The park has [-few ]labs."),
        ("about 4,100 firms", "about 4,200 firms", "about [-4,100][+4,200] firms"),
        ("grew by 12.5%", "grew by 12%", "grew by [-12.5%][+12%]"),
        # Two words that changed side by side are one change, not two with a space between.
        (
            "It has 400 companies and labs.",
            "It has 410 firms and labs.",
            "It has [-400 companies][+410 firms] and labs.",
        ),
        ("上海有四千家人工智能企业。", "上海有五千家人工智能企业。", "上海有[-四][+五]千家人工智能企业。"),
        # A single character that happens to stay between two changes is no stretch of its own.
        ("上海有四百家公司", "上海有五百余家企业", "上海有[-四百家公司][+五百余家企业]"),
        ("See <b>it</b> now", "See <i>it</i> now", "See [-<b>][+<i>]it[-</b>][+</i>] now"),
        ("the firm’s labs", "the firm’s lab", "the firm’s [-labs][+lab]"),
        ("on COVID-19 and G60", "on COVID-20 and G42", "on [-COVID-19][+COVID-20] and [-G60][+G42]"),
        ("", "New.", "[+New.]"),
        ("Old.", "", "[-Old.]"),
        ("Same.", "Same.", "Same."),
        ("", "", ""),
    ],
)
def test_difference_of_two_texts(before, after, shown):
    assert drawn(word_differences(before, after)) == shown


def test_long_unchanged_stretches_are_cut_to_the_words_around_a_change():
    words = [f"w{number}" for number in range(100)]
    changed = [*words[:50], "new", *words[51:]]
    pieces = word_differences(" ".join(words), " ".join(changed), context=2)
    assert [change for change, _text in pieces] == [
        Change.CUT,
        Change.KEPT,
        Change.REMOVED,
        Change.ADDED,
        Change.KEPT,
        Change.CUT,
    ]
    assert [text.split() for _change, text in pieces] == [
        ["…"], ["w48", "w49"], ["w50"], ["new"], ["w51", "w52"], ["…"],
    ]  # fmt: skip


def test_text_without_a_change_is_cut_to_its_beginning_and_stays_whole_without_a_context():
    text = "word " * 100
    assert word_differences(text, text, context=3) == [
        Piece(Change.KEPT, "word " * 3),
        Piece(Change.CUT, "…"),
    ]
    assert word_differences(text, text, context=None) == [Piece(Change.KEPT, text)]


def test_added_line_shows_its_sign():
    assert [piece.shown for piece in word_differences("one two", "one\ntwo")] == ["one", " ", "¶\n", "two"]


@given(TEXTS)
def test_tokens_make_up_the_text(text):
    assert "".join(tokens(text)) == text


@given(TEXTS, TEXTS)
def test_difference_holds_both_texts(before, after):
    pieces = word_differences(before, after, context=None)
    assert (without(pieces, Change.ADDED), without(pieces, Change.REMOVED)) == (before, after)


@given(TEXTS)
def test_text_does_not_differ_from_itself(text):
    assert [
        piece for piece in word_differences(text, text, context=None) if piece.change is not Change.KEPT
    ] == []


def _long_texts():
    chance = random.Random(1)
    vocabulary = [f"w{number}" for number in range(3000)]
    words = [chance.choice(vocabulary) for _ in range(20_000)]
    edited = [f"new{at}" if at % 15 == 0 else word for at, word in enumerate(words)]
    other = [chance.choice(vocabulary) for _ in words]
    chinese = ["".join(chance.choice("的一是上海公司研发中心") for _ in range(20_000)) for _ in range(2)]
    return {
        "a word in each sentence": (" ".join(words), " ".join(edited)),
        "another text": (" ".join(words), " ".join(other)),
        "halves exchanged": (" ".join(words), " ".join([*words[10_000:], *words[:10_000]])),
        "few words": ("a b " * 10_000, "b c a " * 6_000),
        "Chinese": tuple(chinese),
    }


LONG = _long_texts()


@pytest.mark.parametrize("name", LONG)
def test_long_texts_hold_both_as_well(name):
    before, after = LONG[name]
    pieces = word_differences(before, after, context=None)
    assert (without(pieces, Change.ADDED), without(pieces, Change.REMOVED)) == (before, after)


def test_long_text_with_many_small_changes_is_taken_apart_and_not_replaced():
    pieces = word_differences(*LONG["a word in each sentence"], context=None)
    added = [text for change, text in pieces if change is Change.ADDED]
    assert added == [f"new{at}" for at in range(0, 20_000, 15)]
