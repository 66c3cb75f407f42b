"""What a question found is marked in the text as written, however the text writes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.analysis import SEPARATED, tokens
from ecosystem.values.matching import _placed, is_named, spans
from ecosystem.values.queries import parse
from ecosystem.values.text import fold


def marked(text: str, question: str) -> str:
    """The text with brackets around what matches."""
    for start, end in reversed(spans(text, parse(question))):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("fudan", "[Fudan] University"),
        ("univ", "Fudan [Univ]ersity"),
        ("univ fudan", "[Fudan] University"),
        ("dan", "Fudan"),
        ("交通", "上海[交通]大学"),
        ("海交通大", "上[海交通大]学"),
        ("上海 交通", "[上海交通]大学"),
        ("ai 实验", "上海[AI][实验]室"),
        ("macys", "[Macy’s] Store"),
        ("macys", "the '[Macys]'"),
        ("store and", "R [&] D [Store]"),
        ("数据", "國家[數據]局"),
        ("數據", "国家[数据]局"),
        ("etudes generale", "Société [Générale] d’[Études]"),
        ("cafe", "[cafe\u0301] bar"),
        ("abc", "x ＡＢＣ".replace("ＡＢＣ", "[ＡＢＣ]")),
        ("株", "[㈱]日立"),
        ("立", "㈱日[立]"),
        ("ガス", "東京[ｶﾞｽ]"),
        ("한국", "[\u1112\u1161\u11ab국] 과학"),
        ("straße", "[Strasse] 5"),
        ("strasse", "[Straße] 5"),
        ("2024", "(2024)".replace("2024", "[2024]")),
        ("a b", "[A]/[B] c"),
        ("", "nothing"),
        ("—", "nothing"),
        ("x", ""),
    ],
)
def test_matches_are_marked_where_they_stand(question, expected):
    assert marked(expected.replace("[", "").replace("]", ""), question) == expected.replace("][", "")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("sense time", "[SenseTime] Group"),
        ("fu dan", "[Fudan]"),
        ("fudan", "[Fu Dan]"),
        ("att", "[AT&T] Inc"),
        ("usa", "[U.S.A]. Inc"),
        ("ecommerce", "[e-commerce]"),
        ("time", "Sense[Time]"),
        ("etudes", "d’[Études]"),
        ("ense", "SenseTime"),
        ("sum", "it was u m"),
    ],
)
def test_words_written_as_one_or_apart_are_marked(question, expected):
    assert marked(expected.replace("[", "").replace("]", ""), question) == expected


@pytest.mark.parametrize(
    ("text", "question", "named"),
    [
        ("Fudan University", "univ fudan", False),
        ("Fudan University", "fudan univ", True),
        ("Fudan University", "fudan tongji", False),
        ("复旦大学 Fudan", "旦大 fudan", True),
        ("SenseTime", "sense time", True),
        ("Lujiazui Forum", "lu jia zui", True),
        ("Lujiazui Forum", "lu jia", True),
        ("Lujiazui Forum", "lu jia fo", False),
        ("Lujiazui Forum", "jia zui", False),
        ("AT&T", "att", True),
        ("Fudan", "", False),
        ("", "fudan", False),
    ],
)
def test_name_has_all_of_the_question_or_not(text, question, named):
    assert is_named(text, parse(question)) is named


SIGNS = "上海國か\u3099ｶﾞ㈱AＢé e\u0301ßﬁ'’&-. \u1112\u1161\u11ab\U00020bb7\u200b5"
TEXTS = st.text(st.one_of(st.sampled_from(SIGNS), st.characters(max_codepoint=0x24F)), max_size=25)


@given(TEXTS)
def test_text_is_read_as_the_index_reads_it(text):
    """Sign by sign, with its place, as folding the whole does."""
    assert _placed(text).words.split() == fold(text).translate(SEPARATED).split()


@given(TEXTS, st.text(st.sampled_from("上海国がABe &s5"), max_size=6))
def test_spans_lie_in_the_text_in_order_and_apart(text, question):
    bounds = [bound for span in spans(text, parse(question)) for bound in span]
    assert bounds == sorted(set(bounds))
    assert bounds == [] or 0 <= bounds[0] < bounds[-1] <= len(text)


@given(TEXTS, st.text(st.sampled_from("上海国が"), min_size=1, max_size=4))
def test_chinese_is_marked_exactly_where_it_is_found(text, question):
    assert is_named(text, parse(question)) == (fold(question) in fold(text))
    assert bool(spans(text, parse(question))) == (fold(question) in fold(text))


@given(TEXTS, st.data())
def test_every_word_of_a_text_is_marked(text, data):
    word = data.draw(st.sampled_from([*tokens(text), "5"]))
    assert bool(spans(f"{text} 5", parse(word))) == is_named(f"{text} 5", parse(word)) is True


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_can_be_asked_anything(text, question):
    query = parse(question)
    assert is_named(text, query) in {True, False}
    assert all(text[start:end] for start, end in spans(text, query))
