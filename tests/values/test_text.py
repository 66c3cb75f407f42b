"""Text is compared without case, width and accents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.text import FOLDED, first_sign, fold


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
        ("a\ud800b\udfff", "ab"),
        ("葛\ufe00 葛\U000e0100", "葛 葛"),
        ("zero\u200bwidth\ufeff \u202eright\u00ad", "zerowidth right"),
        ("L`Oréal L´Oréal LʼOréal Lʹ L′ L＇", "l'oreal l'oreal l'oreal l' l' l'"),
        ("a‐b‑c–d—e−f－g﹣h", "a-b-c-d-e-f-g-h"),
        ("Łódź Ørsted Đà Nẵng Ægir œuvre ı", "lodz orsted da nang aegir oeuvre i"),
        ("Αθήνα Ёлка", "αθηνα елка"),
        ("e\u0301cole \u0301", "ecole"),
        ("", ""),
    ],
)
def test_fold_drops_what_a_search_ignores(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("國家圖書館", "国家图书馆"),
        ("臺灣積體電路", "台湾积体电路"),
        ("滙豐銀行", "汇丰银行"),
        ("乾淨", "干净"),
        ("薴", "苎"),
        ("瞭", "瞭"),
        ("復旦大學", "复旦大学"),
    ],
)
def test_traditional_characters_fold_to_simplified(traditional, simplified):
    assert fold(traditional) == simplified


@pytest.mark.parametrize(
    "text",
    [
        "が",
        "か",
        "パナソニック",
        "สำนักงานคณะ".replace("ำ", "ํา"),
        "हिन्दी",
        "தமிழ்",
        "한국어",
        "שָׁלוֹם",
        "𠮷野家",
        "〇",
    ],
)
def test_fold_keeps_marks_that_make_other_letters(text):
    """Kana, Thai and Indian vowels, Korean, Hebrew: only Latin, Greek and Cyrillic letters lose their accents."""
    assert fold(text) == text


def test_fold_composes_what_comes_in_pieces():
    """File names of some systems, halfwidth kana, and pieces with a sign without width between them."""
    assert fold("か\u3099 ｶﾞ か\u200b\u3099 \u1112\u1161\u11ab") == "が ガ が 한"


def test_every_sign_folds_for_good():
    codes = [*range(0x40000), *range(0xE0000, 0xE0200)]  # the planes between are empty
    again = [code for code in codes if fold(fold(chr(code))) != fold(chr(code))]
    assert again == []


def test_table_of_signs_stops_growing(monkeypatch):
    monkeypatch.setattr("ecosystem.values.text.REMEMBERED", len(FOLDED))
    before = len(FOLDED)
    assert fold("\U00050005É\U00050006") == "\U00050005e\U00050006"
    assert len(FOLDED) == before


FRAGMENTS = st.text(
    st.one_of(
        st.characters(max_codepoint=0x52F),
        st.sampled_from(
            "\u200b\u200d\u3099\u309a\u309b\uff9e\uff9fかカｶ\ud800\u1100\u1161\u11a8\u0653اำํ้İıßſ´˙ﬀ國薴"
        ),
    )
)


@given(FRAGMENTS)
def test_pieces_of_letters_fold_for_good(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_plain_ascii_folds_as_it_does_among_other_signs(text):
    """The short way for ASCII comes to what the long way does."""
    assert f"{fold(f'é {text} é')}" == " ".join(["e", *fold(text).split(), "e"])


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
