"""The two languages of the site and how they are told apart."""

import re

ENGLISH = "en"
CHINESE = "zh-hans"

_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]")


def has_chinese(text: str) -> bool:
    """Whether the text holds at least one Chinese character."""
    return bool(_HAN.search(text))


def is_chinese(language: str | None) -> bool:
    """Whether a language code means Chinese, in any case or region."""
    return (language or "").lower().startswith("zh")
