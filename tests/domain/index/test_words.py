"""The frequent words of documents, and what of them changes with a document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.domain.index.documents import ALWAYS, Document, with_words
from ecosystem.domain.index.words import ANYWHERE, NAMES, STARTS, Finder, frequent_words

NAME = st.lists(
    st.sampled_from(["fudan", "fu", "university", "复旦", "复旦大学", "大学", "学", "上海"]), max_size=4
).map(" ".join)
DOCUMENT = st.builds(
    lambda names, texts: with_words(Document(ALWAYS), None, names, texts),
    st.lists(NAME, max_size=2),
    st.lists(NAME, max_size=2),
)


def document(*names: str, text: str = "") -> Document:
    return with_words(Document(ALWAYS), None, names, [text])


def frequent(*of_names: str, anywhere: tuple[str, ...] = ()) -> Finder:
    return Finder({NAMES: {*of_names, *anywhere}, ANYWHERE: set(anywhere), STARTS: set()})


def scoped(found: dict[str, set[str]]) -> set[tuple[str, str]]:
    return {(scope, word) for scope, words in found.items() for word in words}


@given(st.lists(DOCUMENT, max_size=4), DOCUMENT, DOCUMENT)
def test_changes_are_the_difference_of_all_words(others, before, after):
    finder = Finder(frequent_words([*others, before], 2))
    old, new = scoped(finder.words_of(before)), scoped(finder.words_of(after))
    assert finder.changes(before, after) == (old - new, new - old)
    assert finder.changes(None, after) == (set(), new)
    assert finder.changes(before, None) == (old, set())


def test_word_that_still_stands_elsewhere_has_not_left():
    finder = frequent("fudan", "f*", "复旦", "复", anywhere=("fudan", "f*", "复旦", "复"))
    before, after = document("Fudan", text="复旦 in Fudan"), document("Jiaotong", text="复旦 in Fudan")
    assert finder.changes(before, after) == ({(NAMES, "fudan"), (NAMES, "f*")}, set())


@pytest.mark.parametrize(
    ("before", "after", "left", "entered"),
    [
        ("上海大学", "上海交大", {"海大", "大学", "学"}, {"海交", "交大", "交"}),
        ("上海大", "上海大学", set(), {"大学", "学"}),
        ("大学 上海", "大学上海", set(), {"学上"}),
        ("上海", "上海 上海", set(), set()),
    ],
)
def test_no_run_of_chinese_is_cut_where_two_lines_begin_to_differ(before, after, left, entered):
    finder = frequent("上", "海", "大", "学", "交", "上海", "海大", "大学", "海交", "交大", "学上")
    changed = finder.changes(document(before), document(after))
    assert changed == tuple({(NAMES, word) for word in words} for words in (left, entered))
