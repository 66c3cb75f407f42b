"""Rich text as its reader meets it: one paragraph, heading, cell or note after the other, in words."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from html.parser import HTMLParser

from ecosystem.values.figure_references import CITED_ELEMENT, ELEMENT, NOTE_ELEMENT
from ecosystem.values.markup import BLOCKS, Attributes

# What stands in the words for a number that has its record or its source.
FIGURE = "\ufffc"
NOTE = "note"
HEADINGS = tuple(f"h{level}" for level in range(1, 7))
_FIGURES = {ELEMENT, CITED_ELEMENT}
_STRETCHES = (BLOCKS | {*HEADINGS}) - {"table", "thead", "tbody", "tr", "ul", "ol"}
_SPACES = re.compile(r"[\s\u00a0]+")
# Points after which no sentence ends, and what a new one begins with.
_ABBREVIATED = "".join(rf"(?<!\b{word}\.)" for word in ("No", "Co", "Ltd", "Inc", "St", "Dr", "vs", "approx"))
_SENTENCE_END = re.compile(rf"(?<=[.!?]){_ABBREVIATED}\s+(?=[^a-z])|(?<=[。！？])")


@dataclass(frozen=True, slots=True)
class Link:
    """An address and the words that lead there."""

    href: str
    words: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text in which nothing breaks off: what one element holds, or the words of a note.

    tag: the element, or "note". text: its words, with a sign in the place of each figure. figures: for each sign, in
    order, the attributes of the reference; None for a cited figure. marked: what is said to be in another language.
    """

    tag: str
    text: str
    links: tuple[Link, ...] = ()
    marked: tuple[str, ...] = ()
    figures: tuple[Attributes | None, ...] = ()

    @property
    def sentences(self) -> list[str]:
        return [sentence.strip() for sentence in _SENTENCE_END.split(self.text) if sentence.strip()]

    @property
    def level(self) -> int:
        """That of a heading; 0 for everything else."""
        return int(self.tag[1]) if self.tag in HEADINGS else 0


def paragraphs(html: str) -> list[Paragraph]:
    """The stretches of a text in their order; a note follows the one that it stands in. Empty headings are kept."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.result()


def without(text: str, known: Collection[str]) -> str:
    """The text with a figure's sign in the place of each of these passages, the longest first."""
    for passage in sorted(known, key=len, reverse=True):
        text = text.replace(passage, FIGURE) if passage else text
    return text


@dataclass(slots=True)
class _Open:
    """A stretch that is being read; `starts` are places where a link or a marked passage began."""

    tag: str
    text: str = ""
    links: list[Link] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    starts: list[tuple[str, str, int]] = field(default_factory=list)
    figures: list[Attributes | None] = field(default_factory=list)

    def add(self, words: str) -> None:
        words = _SPACES.sub(" ", words)
        self.text += words.lstrip() if not self.text or self.text.endswith(" ") else words

    def end(self, tag: str) -> None:
        if self.starts and self.starts[-1][0] == tag:
            _tag, value, start = self.starts.pop()
            words = self.text[start:].strip()
            if tag == "a":
                self.links.append(Link(value, words))
            elif value:
                self.marked.append(words)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.done: list[Paragraph] = []
        self.notes: list[Paragraph] = []
        self.open = [_Open("")]  # the stretch, and above it a note that stands in it
        self.figures = 0

    def result(self) -> list[Paragraph]:
        while len(self.open) > 1:
            self._close()
        self._close()
        return self.done

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == NOTE_ELEMENT:
            self.open.append(_Open(NOTE))
        elif tag in _FIGURES:
            if not self.figures:
                self._now.add(FIGURE)
                self._now.figures.append(values if tag == ELEMENT else None)
            self.figures += 1
        elif tag in _STRETCHES:
            self._begin(tag)
        elif tag in {"a", "span"}:
            self._now.starts.append(
                (tag, values.get("href" if tag == "a" else "lang", ""), len(self._now.text))
            )
        elif tag == "br":
            self._now.add(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _FIGURES:
            self.figures = max(self.figures - 1, 0)
        elif tag == NOTE_ELEMENT:
            if self._now.tag == NOTE:
                self._close()
        elif tag in _STRETCHES:
            self._begin("")
        else:
            self._now.end(tag)

    def handle_data(self, data: str) -> None:
        if not self.figures:
            self._now.add(data.replace(FIGURE, ""))

    @property
    def _now(self) -> _Open:
        return self.open[-1]

    def _begin(self, tag: str) -> None:
        while len(self.open) > 1:
            self._close()
        self._close()
        self.open = [_Open(tag)]

    def _close(self) -> None:
        ended = self.open.pop()
        text = ended.text.strip()
        read = Paragraph(
            ended.tag or "p", text, tuple(ended.links), tuple(ended.marked), tuple(ended.figures)
        )
        if ended.tag == NOTE:
            self.notes += [read] if text or read.links else []
            return
        if text or ended.tag in HEADINGS or read.links:
            self.done.append(read)
        self.done += self.notes
        self.notes = []
