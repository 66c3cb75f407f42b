"""What the index stores of a text: words, pairs of Chinese characters, and the compact form of a name."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.analysis import compact, extras, runs, tokens
from ecosystem.values.text import fold


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Fudan University", "fudan university"),
        ("上海交大", "上海 海交 交大 大"),
        ("海", "海"),
        ("上海AI实验室", "上海 海 ai 实验 验室 室"),
        ("國家數據局", "国家 家数 数据 据局 局"),
        ("Macy’s, L´Oréal & Co.", "macys loreal and co"),
        ("AT&T", "at and t"),
        ("mr.diy e-commerce AC/DC snake_case", "mr diy e commerce ac dc snake case"),
        ("２０２４年5G标准", "2024 年 5g 标准 准"),
        ("二〇二四 人々 𠮷野家", "二〇 〇二 二四 四 人々 々 𠮷野 野家 家"),
        ("𱍐一", "𱍐一 一"),  # a character younger than Python's tables
        ("トヨタ自動車", "トヨ ヨタ タ自 自动 动车 车"),
        ("東京・大阪", "东京 京 大阪 阪"),
        ("한국과학기술원 КАМАЗ Αθήνα", "한국과학기술원 камаз αθηνα"),
        ("हिन्दी", "हिन्दी"),
        ("C++ / C#", "c c"),
        ("x² ½", "x2 1 2"),
        ("💥 “—” \x00\ud800", ""),
        ("", ""),
    ],
)
def test_tokens_are_words_and_pairs_of_chinese_characters(text, words):
    assert tokens(text) == words.split()


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("AT&T", "att"),
        ("U.S.A. Inc.", "usa"),
        ("MR.DIY e-commerce", "mrdiy ecommerce"),
        ("宝洁（P&G）公司", "pg"),
        ("SenseTime", "sense time"),
        ("上海SenseTime集团", "sense time"),
        ("ＳｅｎｓｅＴｉｍｅ", "sense time"),
        ("iFLYTEK McDonald", "flytek mc donald"),
        ("Sino–German", "sinogerman"),
        ("Macy's", "macy"),
        ("Institut d’Études, L'Oréal", "etudes oreal"),
        ("Co., Ltd", ""),
        ("Johnson & Johnson", ""),
        ("Sense SenseTime", "time"),
        ("SMIC 上海交大", ""),
    ],
)
def test_extras_are_the_other_ways_to_write_the_words_of_a_name(name, more):
    assert extras(name) == more.split()


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Sense Time", "sensetime"),
        ("SenseTime", "sensetime"),
        ("SENSE-TIME.", "sensetime"),
        ("Procter & Gamble", "procterandgamble"),
        ("Macy’s", "macys"),
        ("上海 AI 实验室（徐汇）", "上海ai实验室徐汇"),
        ("滙豐", "汇丰"),
        ("...", ""),
    ],
)
def test_compact_form_is_the_same_however_a_name_is_spaced(text, form):
    assert compact(text) == form


def test_runs_keep_chinese_in_one_piece():
    assert runs(fold("上海交大 Fudan's 实验室AI")) == ["上海交大", "fudans", "实验室", "ai"]


MIXED = st.text(
    st.one_of(st.characters(), st.sampled_from("上海交大國が゙AIai5 &'.-_·，（）\u3000é\u0301")), max_size=40
)


@given(MIXED)
def test_tokens_hold_nothing_that_a_tokenizer_would_cut(text):
    """SQLite's `ascii` tokenizer cuts at ASCII that is no letter or digit, and nowhere else."""
    wrong = [
        token
        for token in tokens(text) + extras(text)
        if not re.fullmatch(r"[a-z0-9\u0080-\U0010ffff]+", token)
    ]
    assert wrong == []


@given(MIXED)
def test_a_token_is_a_word_or_at_most_two_chinese_characters(text):
    """So analyzing a token again gives the same, or that pair and its last character."""
    for token in tokens(text):
        assert tokens(token)[0] == token
        assert compact(token) == token


@given(MIXED)
def test_compact_form_is_what_the_runs_say(text):
    assert compact(text) == "".join(runs(fold(text)))


@pytest.mark.parametrize("sign", ["a", "a.", "aB", "a&", "'", "上", "ａ", "´"])
def test_analysis_of_a_long_text_takes_no_longer_for_each_sign(sign):
    """A text of a megabyte would never end if any pattern went back over what it has read."""
    text = sign * (1_000_000 // len(sign))
    assert len(tokens(text)) + len(extras(text)) <= len(text) * 4
