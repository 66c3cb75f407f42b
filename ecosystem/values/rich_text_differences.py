"""What was changed in a rich text: the words that readers see, and what the words are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from itertools import groupby
from typing import NamedTuple

from ecosystem.values.figure_references import ATTRIBUTES as REFERENCE_ATTRIBUTES
from ecosystem.values.figure_references import CITED_ELEMENT, ELEMENT, NOTE_ELEMENT
from ecosystem.values.word_differences import (
    CONTEXT,
    Block,
    Piece,
    matching_blocks,
    pieces,
    tokens,
)

BREAK, CELL = "\n", " | "
FIGURE = "figure"  # the aspect of a remark on a reference
QUOTED = 60  # characters of the words that a remark is about
_LINES = {"p", "h2", "h3", "li", "blockquote", "caption", "tr"}
_CELLS = {"td", "th"}


class Style(NamedTuple):
    """What a word is besides its letters; empty where it is nothing special.

    block: the element that it stands in. items: "ul" or "ol" of a list item. cited: slug and locator of the source of
    a cited figure, with a bar between them.
    """

    block: str = ""
    items: str = ""
    link: str = ""
    strong: str = ""
    em: str = ""
    language: str = ""
    cited: str = ""


class Remark(NamedTuple):
    """Words that stayed and became something else: which aspect of their style, what it was and what it is."""

    aspect: str
    before: str
    after: str
    words: str


@dataclass(frozen=True)
class RichTextDifference:
    """Two rich texts, compared as readers see them."""

    before: str
    after: str

    def pieces(self, context: int | None = CONTEXT) -> list[Piece]:
        return pieces(self._old.words, self._new.words, self._blocks, context=context)

    @property
    def has_other_words(self) -> bool:
        return self._old.words != self._new.words

    @property
    def remarks(self) -> list[Remark]:
        """What the pieces do not tell: words that stayed and are a heading now, a link elsewhere; other figures."""
        kept = [
            (self._old.styles[begin + at], self._new.styles[new_begin + at], self._new.spaced(new_begin + at))
            for begin, new_begin, size in self._blocks
            for at in range(size)
            if self._new.words[new_begin + at] not in {BREAK, CELL}
        ]
        found = [
            Remark(aspect, old, new, _quoted(words))
            for place, aspect in enumerate(Style._fields)
            for old, new, words in _changed_runs(kept, place)
        ]
        return [*found, *self._figures()]

    def _figures(self) -> Iterator[Remark]:
        """References that took the place of others."""
        at = there = 0
        for begin, new_begin, size in (*self._blocks, (len(self._old.words), len(self._new.words), 0)):
            old = filter(_is_reference, self._old.words[at:begin])
            new = filter(_is_reference, self._new.words[there:new_begin])
            for before, after in zip(old, new, strict=False):
                if before != after:
                    yield Remark(FIGURE, _inside(before), _inside(after), "")
            at, there = begin + size, new_begin + size

    @cached_property
    def _old(self) -> "_Reader":
        return read(self.before)

    @cached_property
    def _new(self) -> "_Reader":
        return read(self.after)

    @cached_property
    def _blocks(self) -> list[Block]:
        return matching_blocks(self._old.words, self._new.words)


def read(html: str) -> "_Reader":
    """The words of a rich text with their styles."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def visible_text(html: str) -> str:
    """What readers see of it, each paragraph in a line; references stand in brackets, and notes with their source."""
    return "".join(read(html).words)


def _changed_runs(kept: Sequence[tuple[Style, Style, str]], place: int) -> Iterator[tuple[str, str, str]]:
    for (old, new), run in groupby(kept, lambda each: (each[0][place], each[1][place])):
        words = "".join(word for _old, _new, word in run)
        if old != new and words.strip():
            yield old, new, words


def _is_reference(word: str) -> bool:
    return word.startswith(f"[{ELEMENT} ")


def _inside(reference: str) -> str:
    return reference.removeprefix(f"[{ELEMENT} ").removesuffix("]")


def _quoted(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= QUOTED else f"{words[: QUOTED - 1].rstrip()}…"


class _Reader(HTMLParser):
    """Takes a rich text apart into words and their styles."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.styles: list[Style] = []
        self._style = Style()
        self._open: list[tuple[str, Style]] = []
        # What is said before the next word: a space, the edge of a cell, or the beginning of a line.
        self._between = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in _LINES or tag == "br":
            self._between = BREAK
        elif tag in _CELLS and self._between != BREAK:
            self._between = CELL
        if tag == "br":
            return
        self._open.append((tag, self._style))
        self._style = self._style._replace(**_style_of(tag, attributes))
        if tag == ELEMENT:
            self._say(_reference(attributes))
        elif tag == NOTE_ELEMENT:
            self._between = self._between or " "
            self._say(f"[{_source(attributes)}")
            self._between = " "

    def handle_endtag(self, tag: str) -> None:
        if tag not in (name for name, _style in self._open):
            return
        if tag == NOTE_ELEMENT:
            self._between = ""
            self._say("]")
        name = ""
        while name != tag:
            name, self._style = self._open.pop()
        if tag in _LINES:
            self._between = BREAK

    def handle_data(self, data: str) -> None:
        for word in tokens(data):
            if not word.isspace():
                self._say(word)
            elif not self._between:
                self._between = " "

    def spaced(self, at: int) -> str:
        """The word at that place, apart from one in another line."""
        return (" " if at and self.words[at - 1] in {BREAK, CELL} else "") + self.words[at]

    def _say(self, word: str) -> None:
        if self._between and self.words:
            self._add(self._between)
        self._between = ""
        self._add(word)

    def _add(self, word: str) -> None:
        self.words.append(word)
        self.styles.append(self._style)


def _style_of(tag: str, attributes: dict[str, str]) -> dict[str, str]:
    """What an element makes of the words in it."""
    if tag in _LINES | _CELLS:
        return {"block": tag}
    return {
        "ul": {"items": tag},
        "ol": {"items": tag},
        "a": {"link": attributes.get("href", "")},
        "strong": {"strong": tag},
        "em": {"em": tag},
        "span": {"language": attributes.get("lang", "")},
        CITED_ELEMENT: {"cited": _source(attributes)},
    }.get(tag, {})


def _source(attributes: dict[str, str]) -> str:
    return " | ".join(filter(None, map(attributes.get, ("source", "locator"))))


def _reference(attributes: dict[str, str]) -> str:
    """A reference to a figure as editors write it, without what it says of itself anyway."""
    said = [(name, attributes[name]) for name in REFERENCE_ATTRIBUTES if attributes.get(name)]
    written = [f"{name}={text}" for name, text in said if (name, text) != ("form", "unit")]
    return f"[{ELEMENT} {' '.join(written)}]"
