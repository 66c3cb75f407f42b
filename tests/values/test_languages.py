"""The two languages are told apart by code and by script."""

import pytest

from ecosystem.values.languages import has_chinese, is_chinese


@pytest.mark.parametrize(
    ("code", "expected"),
    [("zh-hans", True), ("zh-Hans", True), ("ZH", True), ("en", False), ("", False), (None, False)],
)
def test_chinese_is_known_by_its_code(code, expected):
    assert is_chinese(code) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("上海", True), ("SMIC 中芯", True), ("㐀", True), ("Shanghai", False), ("サーバ", False), ("", False)],
)
def test_text_with_a_chinese_character_is_chinese(text, expected):
    assert has_chinese(text) is expected
