"""Where a page's texts show figures: each figure reference and cited figure with the sentence around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from django.db.models import Model

from ecosystem.domain.figures import rich_text_fields
from ecosystem.values import markup
from ecosystem.values.figure_references import (
    CITED_ELEMENT,
    ELEMENT,
    NOTE_ELEMENT,
    FigureReferenceError,
    Reference,
    reference_from_attributes,
)

_BLOCK_END = "\x01"
_CELL_EDGE = "\x02"
_SENTENCE_END = re.compile(rf"(?<=[.!?])\s+|(?<=[。！？])|{_BLOCK_END}+")
# A heading, a paragraph or a row of a table ends a sentence also without a full stop; a cell does not.
_CELLS = {"td", "th"}
_SENTENCE_BLOCKS = markup.BLOCKS - _CELLS
_PLACEHOLDER = re.compile("\x00(\\d+)\x00")


@dataclass(frozen=True, slots=True)
class Mention:
    """One figure in a field: a reference, or the words of a cited figure with the slug of its source.

    index: of a reference, its place among all references of the field, whether they can be understood or not.
    """

    field: str
    sentence: str
    reference: Reference | None = None
    words: str = ""
    source: str = ""
    locator: str = ""
    index: int = -1


def mentions_of(page: Model) -> Iterator[Mention]:
    """The figures of all rich texts of a page that can be understood, in order; those in notes end their field."""
    for name in rich_text_fields(page):
        yield from _Field(name).mentions(getattr(page, name))


class _Field:
    """One pass over a field. In a sentence references stand as elements, cited figures as their words."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.notes: list[str] = []
        self.kept: list[tuple[dict[str, object] | None, str]] = []
        self.indexes = count()

    def mentions(self, html: str) -> Iterator[Mention]:
        blocks = dict.fromkeys(_SENTENCE_BLOCKS, lambda _a, inner: f"{_BLOCK_END}{inner}{_BLOCK_END}")
        cells = dict.fromkeys(_CELLS, lambda _a, inner: f"{_CELL_EDGE}{inner}{_CELL_EDGE}")
        handlers = {ELEMENT: self._reference, CITED_ELEMENT: self._cited, NOTE_ELEMENT: self._note}
        text = markup.transform(html, blocks | cells | handlers, keep_tags=False)
        for part in (text, *self.notes):
            for sentence in _SENTENCE_END.split(part):
                yield from self._of_sentence(sentence)

    def _of_sentence(self, sentence: str) -> Iterator[Mention]:
        whole = _PLACEHOLDER.sub(lambda match: self.kept[int(match[1])][1], _in_one_line(sentence))
        for match in _PLACEHOLDER.finditer(sentence):
            about = self.kept[int(match[1])][0]
            if about is not None:
                yield Mention(self.name, whole, **about)

    def _reference(self, attributes: markup.Attributes, _inner: str) -> str:
        element = markup.opening_tag(ELEMENT, attributes) + f"</{ELEMENT}>"
        index = next(self.indexes)
        try:
            reference = reference_from_attributes(attributes)
            return self._keep({"reference": reference, "index": index}, element)
        except FigureReferenceError:
            return self._keep(None, element)

    def _cited(self, attributes: markup.Attributes, inner: str) -> str:
        inner = _PLACEHOLDER.sub("", inner).replace(_BLOCK_END, " ")
        about = {"words": markup.plain_text(inner), "source": attributes.get("source") or ""}
        return self._keep(about | {"locator": attributes.get("locator") or ""}, inner)

    def _note(self, _attributes: markup.Attributes, inner: str) -> str:
        self.notes.append(inner)
        return ""

    def _keep(self, about: dict[str, object] | None, text: str) -> str:
        self.kept.append((about, text))
        return f"\x00{len(self.kept) - 1}\x00"


def _in_one_line(sentence: str) -> str:
    """The sentence without breaks; the cells of a row, which are no sentence, stand apart."""
    cells = (" ".join(cell.split()) for cell in sentence.split(_CELL_EDGE))
    return " · ".join(filter(None, cells))
