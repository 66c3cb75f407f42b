"""Pieces of a text that may be names."""

import pytest

from ecosystem.values.name_pieces import name_pieces


def words(text: str) -> set[str]:
    return {piece.words for piece in name_pieces(text)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He left Fudan University's hospital.", "Fudan University"),
        ("It joined the Bank of Shanghai in May.", "Bank of Shanghai"),
        ("It is run by Foo Semiconductor Co., Ltd. of Pudong.", "Foo Semiconductor Co., Ltd"),
        ("They met iFlytek there.", "iFlytek"),
        ("SMIC makes chips.", "SMIC"),
        ("由复旦大学和华为建设", "复旦大学"),
        ("寒武纪科技（Cambricon）上市", "寒武纪科技"),
    ],
)
def test_name_is_among_the_pieces(text, name):
    assert name in words(text)


def test_word_that_begins_a_sentence_is_no_name_by_itself():
    assert "Target" not in words("Target values were met. Gap analysis followed.")
    assert "Gap" not in words("Target values were met. Gap analysis followed.")


def test_word_of_a_longer_name_is_no_name_by_itself():
    assert "Hua" not in words("It works for Hua Hong in Pudong.")


def test_small_words_and_numbers_are_no_names():
    found = words("it has made chips for others since 2024, and sold 400")
    assert found.isdisjoint({"it", "has", "made", "chips", "2024", "and", "sold", "400"})


def test_pieces_come_by_their_beginning_the_longest_first():
    found = list(name_pieces("复旦大学"))
    assert [(piece.start, piece.words) for piece in found] == [(0, "复旦大学"), (0, "复旦大"), (1, "旦大学")]
