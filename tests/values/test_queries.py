"""What a reader typed is taken apart so that the index finds exactly what holds it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.analysis import runs, tokens
from ecosystem.values.queries import LONGEST, MOST_ATOMS, Atom, Query, parse
from ecosystem.values.scripts import is_han
from ecosystem.values.text import fold


def word(text: str, *, is_prefix: bool = False) -> Atom:
    return Atom(text, "word", is_prefix)


def han(text: str) -> Atom:
    return Atom(text, "han")


@pytest.mark.parametrize(
    ("text", "atoms"),
    [
        ("Fudan Univ", [word("fudan"), word("univ", is_prefix=True)]),
        ("上海交大", [han("上海交大")]),
        ("上海AI实验室", [han("上海"), word("ai"), han("实验室")]),
        ("復旦 Macy’s", [han("复旦"), word("macys", is_prefix=True)]),
        ("lab 复旦", [word("lab"), han("复旦")]),
        ("AT&T", [word("at"), word("and"), word("t")]),
        ("ai", [word("ai")]),
        ("shanghai gdp 2024", [word("shanghai"), word("gdp"), word("2024")]),
        ("카이스트", [word("카이스트", is_prefix=True)]),
        ("камаз", [word("камаз", is_prefix=True)]),
        ('"AND" NEAR(*) -', [word("and"), word("near", is_prefix=True)]),
        ("fudan fudan", [word("fudan")]),
        ("fudan lab fudan", [word("fudan"), word("lab")]),
    ],
)
def test_atoms_are_the_different_words_and_runs_of_a_question(text, atoms):
    assert parse(text).atoms == tuple(atoms)


@pytest.mark.parametrize(
    "text", ["", "  ", "\x00", "\ud800\udfff", "💥", '"*"', "—“”", "'" * 100_000, "\u0301"]
)
def test_question_without_a_letter_asks_for_nothing(text):
    assert not parse(text)
    assert (parse(text).atoms, parse(text).compact, parse(text).joined) == ((), "", ())


def test_no_question_is_an_empty_query():
    assert parse("") == Query()


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("fu dan", [(0, 1, "fudan")]),
        ("Sense-Time", [(0, 1, "sensetime")]),
        ("lu jia zui", [(0, 1, "lujia"), (0, 2, "lujiazui"), (1, 2, "jiazui")]),
        ("R&D", [(0, 1, "rand"), (0, 2, "randd"), (0, 2, "rd"), (1, 2, "andd")]),
        ("复旦 da xue", [(1, 2, "daxue")]),
        ("da 复旦 xue", []),
        ("xing xing", [(0, 0, "xingxing")]),
        ("lu jia lu", [(0, 1, "lujialu")]),
        ("a b a c", [(0, 1, "aba"), (0, 2, "abac")]),
        ("fudan and tongji", [(0, 1, "fudanand"), (0, 2, "fudanandtongji"), (1, 2, "andtongji")]),
        ("fudan", []),
        ("мос ква", []),
    ],
)
def test_adjacent_latin_words_may_be_one(text, joined):
    assert list(parse(text).joined) == joined


def test_at_most_six_words_are_joined():
    assert max(last - first + 1 for first, last, _ in parse("a b c d e f g h").joined) == 6


def test_long_question_is_cut():
    query = parse("  " * 1000 + " ".join(f"w{number}" for number in range(10_000)))
    assert query.atoms == tuple(word(f"w{number}") for number in range(MOST_ATOMS))
    assert len(query.text) <= LONGEST


def test_sign_that_folds_to_many_does_not_lengthen_the_question():
    assert len(parse("\ufdfa" * 1000).text) <= LONGEST


def test_cut_last_word_is_no_beginning():
    """The twelfth of thirteen words was typed to its end."""
    words = [f"word{'abcdefghijklm'[number]}" for number in range(MOST_ATOMS + 1)]
    assert not parse(" ".join(words)).atoms[-1].is_prefix
    assert parse(" ".join(words[:-1])).atoms[-1].is_prefix


@given(st.text(st.one_of(st.characters(), st.sampled_from("ab &'上海國")), max_size=400))
def test_any_text_is_a_question(text):
    query = parse(text)
    assert len(query.atoms) <= MOST_ATOMS
    assert len({atom.text for atom in query.atoms}) == len(query.atoms)
    assert [atom for atom in query.atoms[:-1] if atom.is_prefix] == []
    assert query.text == fold(query.text)


# Few different characters, so that they often meet; kana, marks, traditional forms and what may divide a run.
CHARACTERS = "上海交大東国國々〇がか\u3099\U00020bb7"
TEXTS = st.text(st.sampled_from(CHARACTERS + "aB1 ，·-（\x00\u200b㈱éＡ"), max_size=30)
STRINGS = st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=6)


def found_by_tokens(atom: Atom, stored: list[str]) -> bool:
    """As the database does it: the beginning of a token, a token, or pairs in sequence."""
    if len(atom.text) == 1:
        return any(token.startswith(atom.text) for token in stored)
    wanted = atom.pairs
    return any(stored[at : at + len(wanted)] == wanted for at in range(len(stored)))


@given(TEXTS, STRINGS)
def test_chinese_is_found_exactly_where_it_stands(text, string):
    (atom,) = parse(string).atoms
    assert found_by_tokens(atom, tokens(text)) == (fold(string) in fold(text))


@given(TEXTS, st.data())
def test_every_piece_of_chinese_is_found(text, data):
    """The other half of the last test, where what is looked for does stand in the text."""
    chinese = [run for run in runs(fold(f"{text}上海")) if is_han(run)]
    run = data.draw(st.sampled_from(chinese))
    start = data.draw(st.integers(0, len(run) - 1))
    (atom,) = parse(run[start : start + data.draw(st.integers(1, 6))]).atoms
    assert found_by_tokens(atom, tokens(f"{text}上海"))
