"""Text broken into lines for drawings."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.labels import text_width
from ecosystem.values.lines import broken

WORDS = st.text(st.sampled_from("ab 上海，。"), max_size=60)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two", 100, ["one two"]),
        ("one two", 50, ["one", "two"]),
        ("上海市生产总值", 52, ["上海市生", "产总值"]),
        ("上海市生，产", 52, ["上海市", "生，产"]),
        ("https://example.org/", 76, ["https://ex", "ample.org/"]),
        ("共400 kg", 50, ["共400", "kg"]),
        ("5.67\u00a0trillion yuan", 110, ["5.67\u00a0trillion", "yuan"]),
        ("two\n  lines", 100, ["two lines"]),
        ("", 50, []),
    ],
)
def test_lines_break_between_words_and_between_chinese_signs(text, width, lines):
    assert broken(text, width) == lines


def test_smaller_type_needs_fewer_lines():
    assert [len(broken("one two three four", 80, size)) for size in (26, 13, 6.5)] == [4, 2, 1]


@given(WORDS, st.integers(30, 300))
def test_no_line_is_too_wide_and_nothing_is_lost(text, width):
    lines = broken(text, width)
    # A closing mark stays with its sign, so that a line may be wider by it.
    assert all(text_width(re.sub("[，。]+$", "", line)) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
