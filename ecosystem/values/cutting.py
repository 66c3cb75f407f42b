"""Cutting a passage out of texts: plain ones, rich ones, and the strings of stored states."""

import re
from collections.abc import Iterable
from html import escape
from typing import Any

from ecosystem.values.markup import plain_text

AROUND = 40  # signs of an excerpt on either side
SPACE = "[\\s\u00a0]"
_TAG = re.compile(r'(<(?:"[^"]*"|[^">])*>)')
# What means nothing once it is empty. References are empty by nature, and a table keeps its cells.
_EMPTY = re.compile(
    r"<(p|h2|h3|ul|ol|li|blockquote|strong|em|span|a|source-note|cited-figure)\b(?:\"[^\"]*\"|[^\">])*>\s*</\1>"
)
_HOLE = re.compile(r"[ \u00a0]{2,}")


class EntangledError(ValueError):
    """The passage runs across markup or stands inside it, so that it cannot be cut out by itself."""


class Cutter:
    """Takes passages out of texts, wherever they stand, and leaves a mark in their place (none).

    With `whole_numbers`, digits are not part of a longer number: 400 stands neither in 2,400 nor in 400.5. A space
    of a passage may be any space in the text. In markup characters are written as HTML writes them.
    """

    def __init__(self, passages: Iterable[str], *, mark: str = "", whole_numbers: bool = False) -> None:
        ordered = sorted(set(passages), key=len, reverse=True)
        self.mark = mark
        self._plain = _pattern(ordered, whole_numbers=whole_numbers)
        self._rich = _pattern((escape(one, quote=False) for one in ordered), whole_numbers=whole_numbers)

    def stands_in(self, text: str) -> bool:
        """Whether the text, plain or rich, has one of the passages, also where it cannot be cut out."""
        return bool(self._plain.search(text) or self._rich.search(text)) or (
            "<" in text and self._crosses(text)
        )

    def excerpt(self, text: str) -> str:
        """The passage with some words around it, without markup; empty where it does not stand in the words."""
        words = " ".join(plain_text(text).split()) if "<" in text else " ".join(text.split())
        found = self._plain.search(words)
        if found is None:
            return ""
        start, end = max(found.start() - AROUND, 0), found.end() + AROUND
        before, after = words[start : found.start()], words[found.end() : end]
        if start:
            before = f"…{before.partition(' ')[2] or before}"
        if end < len(words):
            after = f"{after.rpartition(' ')[0] or after}…"
        return f"{before}{found[0]}{after}"

    def in_plain(self, text: str) -> str:
        """The text without the passages and without the double spaces that they leave."""
        cut = self._plain.sub(self.mark, text)
        return text if cut == text else _HOLE.sub(" ", cut).strip()

    def in_rich(self, html: str) -> str:
        """The markup without the passages and what they leave empty. Raises EntangledError."""
        parts = _TAG.split(html)
        if any(self._plain.search(tag) or self._rich.search(tag) for tag in parts[1::2]):
            raise EntangledError
        parts[::2] = [self._from_node(node) for node in parts[::2]]
        cut = "".join(parts)
        if self._crosses(cut):
            raise EntangledError
        return html if cut == html else _without_empty(cut)

    def in_data(self, data: Any) -> Any:
        """The same JSON with the passages cut from every string in it."""
        if isinstance(data, str):
            return self.in_plain(data)
        if isinstance(data, list):
            return [self.in_data(each) for each in data]
        if isinstance(data, dict):
            return {key: self.in_data(each) for key, each in data.items()}
        return data

    def _from_node(self, node: str) -> str:
        cut = self._rich.sub(self.mark, node.replace("&nbsp;", "\u00a0"))
        return node if cut == node else _HOLE.sub(" ", cut)

    def _crosses(self, html: str) -> bool:
        words = "".join(_TAG.split(html)[::2]).replace("&nbsp;", "\u00a0")
        return bool(self._rich.search(words) or self._plain.search(plain_text(html)))


def _pattern(passages: Iterable[str], *, whole_numbers: bool) -> re.Pattern[str]:
    return re.compile("|".join(_one(passage, whole_numbers=whole_numbers) for passage in passages) or r"(?!)")


def _one(passage: str, *, whole_numbers: bool) -> str:
    words = f"{SPACE}+".join(re.escape(word) for word in passage.split())
    if whole_numbers and passage[:1].isdigit():
        words = rf"(?<!\d)(?<!\d[.,]){words}"
    if whole_numbers and passage[-1:].isdigit():
        words = rf"{words}(?!\d)(?![.,]\d)"
    return words


def _without_empty(html: str) -> str:
    while (smaller := _EMPTY.sub("", html)) != html:
        html = smaller
    return html.strip()
