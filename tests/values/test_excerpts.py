"""Found texts are taken apart into what matches and what does not, and long ones are cut around the match."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.excerpts import AROUND, excerpt, pieces
from ecosystem.values.queries import parse


def marked(text: str, question: str, **options) -> str:
    return "".join(
        f"[{piece}]" if is_match else piece for piece, is_match in pieces(text, parse(question), **options)
    )


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("Zhangjiang Laboratory", "zhangjiang", "[Zhangjiang] Laboratory"),
        ("The lab of Zhangjiang", "zhangjiang lab", "The [lab] of [Zhangjiang]"),
        ("张江实验室", "張江", "[张江]实验室"),
        ("ORGANIZATION of Ostriches", "o", "[O]RGANIZATION of Ostriches"),
        ("Hospital", "fudan", "Hospital"),
        ("", "fudan", ""),
        ("Fudan", "", "Fudan"),
    ],
)
def test_what_matches_is_told_apart(text, question, expected):
    assert marked(text, question) == expected


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("复旦大学", "fudan", "[复旦]大学"),
        ("复旦大学", "fudandaxue", "[复旦大学]"),
        ("复旦大学", "fddx", "[复旦大学]"),
        ("复旦大学附属中山医院", "zhongshan", "复旦大学附属[中山]医院"),
        ("绿地集团", "lvdi", "[绿地]集团"),
        ("绿地集团", "ludi", "[绿地]集团"),
        ("复旦大学", "tongji", "复旦大学"),
        ("复旦大学", "复旦 d", "[复旦]大学"),
        ("复旦大学", "2024", "复旦大学"),
    ],
)
def test_characters_that_sound_so_are_told_apart_where_that_is_asked_for(text, question, expected):
    assert marked(text, question, by_sound=True) == expected


@given(st.text(), st.text())
def test_pieces_are_the_whole_text(text, question):
    assert "".join(piece for piece, _is_match in pieces(text, parse(question), by_sound=True)) == text


def test_short_text_is_shown_as_it_is():
    assert excerpt("A laboratory in Zhangjiang.", parse("zhangjiang")) == "A laboratory in Zhangjiang."


def test_long_text_is_cut_at_spaces_around_the_match():
    text = f"{'before ' * 30}Zhangjiang, {'after ' * 40}"
    cut = excerpt(text, parse("zhangjiang"))
    assert cut == f"…{'before ' * (AROUND // 7)}Zhangjiang, {'after ' * 18}after…"


def test_long_chinese_text_is_cut_between_characters():
    text = f"{'前' * 200}张江{'后' * 200}"
    assert excerpt(text, parse("张江")) == f"…{'前' * AROUND}张江{'后' * 2 * AROUND}…"


def test_text_without_a_match_is_cut_at_its_beginning():
    assert excerpt("word " * 100, parse("fudan")) == f"{'word ' * 23}word…"
