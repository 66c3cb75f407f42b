"""Text is compared without case, width and accents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.text import first_sign, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Fudan University", "fudan university"),
        ("ＳＨＡＮＧＨＡＩ　５Ｇ", "shanghai 5g"),
        ("Société Générale", "societe generale"),
        ("Straße", "strasse"),
        ("People’s Square", "people's square"),
        ("  two \n words\t", "two words"),
        ("ﬁrst №5", "first no5"),
        ("复旦大学", "复旦大学"),
        ("a\x00b", "ab"),
        ("", ""),
    ],
)
def test_fold_drops_what_a_search_ignores(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folded_text_is_folded_for_good(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_case_does_not_matter(text):
    """In the alphabets that names here are written in; elsewhere capitals may have no way back."""
    assert fold(text.upper()) == fold(text.upper().lower())


@pytest.mark.parametrize(
    ("text", "sign"), [("fudan", "F"), ("复旦", "复"), ("“3 C”", "3"), ("", "·"), ("—", "·"), ("ﬁ", "FI")]
)
def test_first_sign_is_a_letter_digit_or_character(text, sign):
    assert first_sign(text) == sign
