"""What of a text a question found: for marking it, and for asking whether a name has all of it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from ecosystem.values.analysis import SEPARATED
from ecosystem.values.queries import Atom, Query
from ecosystem.values.scripts import is_han
from ecosystem.values.text import FOLDED, REMEMBERED

Span = tuple[int, int]
LONGEST_REMEMBERED = 4
SHORTEST_JOINED = 2

# Pieces of letters that NFC leaves apart and NFKC composes: marks of kana, halfwidth kana and Korean.
_HALF = re.compile("[\u3099\u309a\uff9e-\uffdc]")


def spans(text: str, query: Query) -> list[Span]:
    """The parts of a text that match the question, from and to, in order and apart from each other.

    Case, width, accents, apostrophes and the kind of Chinese make no difference; positions are those of the text as
    written. A word of the question that stands nowhere by itself is also found across the words of the text ("att" in
    AT&T, "fudan" in Fu Dan) and as a part in camel case or at an apostrophe ("time" in SenseTime, "macy" in Macy's).
    """
    placed = _placed(text)
    return _as_written(placed, [*_apart(placed, query), *_joined(placed, query)])


def named_spans(text: str, query: Query) -> list[Span]:
    """The same of a text that has every word of the question, be it that some of them are written as one; else none."""
    placed = _placed(text)
    apart = _apart(placed, query)
    missing = {index for index, parts in enumerate(apart) if not parts}
    joined = _joined(placed, query) if query.joined else []
    for (first, last, _text), parts in zip(query.joined, joined, strict=True):
        if parts:
            missing.difference_update(range(first, last + 1))
    return [] if missing else _as_written(placed, [*apart, *joined])


def is_named(text: str, query: Query) -> bool:
    """Whether the text has every word of the question."""
    return bool(named_spans(text, query))


def _apart(placed: "_Placed", query: Query) -> list[list[Span]]:
    """For each word of the question where it stands."""
    return [_found(placed, atom) for atom in query.atoms]


def _joined(placed: "_Placed", query: Query) -> list[list[Span]]:
    """For each way to write words of the question as one where that stands."""
    return [
        list(_parts(placed.words, Atom(text, "word", query.atoms[last].is_prefix)))
        for _first, last, text in query.joined
    ]


def _as_written(placed: "_Placed", found: Iterable[Iterable[Span]]) -> list[Span]:
    return _merged((placed.starts[first], placed.ends[last - 1]) for parts in found for first, last in parts)


class _Signs(dict[str, str]):
    """A sign as written to what stands for it among words; fills itself as signs are met."""

    def __missing__(self, sign: str) -> str:
        folded = unicodedata.normalize("NFKC", sign).translate(FOLDED)
        value = unicodedata.normalize("NFKC", folded).translate(SEPARATED)
        if len(self) < REMEMBERED and len(sign) <= LONGEST_REMEMBERED:
            self[sign] = value
        return value


# NFKC would make a space and a mark of this apostrophe.
_SIGNS = _Signs({"´": ""})


@dataclass(frozen=True)
class _Placed:
    """A text as words, and where each sign of them begins and ends in the text as written."""

    text: str
    words: str
    starts: Sequence[int]
    ends: Sequence[int]

    @cached_property
    def letters(self) -> tuple[str, list[int]]:
        """The words without what is between them, and where each sign of that stands in them."""
        kept = [
            at
            for at, sign in enumerate(self.words)
            if sign != " " and self.text[self.starts[at]] not in "&＆"
        ]
        return "".join([self.words[at] for at in kept]), kept


# Most names are of these signs alone, each of which stands for one at most.
_ASCII = str.maketrans({sign: _SIGNS[sign] for sign in map(chr, range(128))})


# Whoever asks which of some texts has all words asks next which has some of them.
@lru_cache(maxsize=32)
def _placed(text: str) -> _Placed:
    if text.isascii() and len(words := text.translate(_ASCII)) == len(text):
        return _Placed(text, words, range(len(text)), range(1, len(text) + 1))
    if unicodedata.is_normalized("NFC", text) and not _HALF.search(text):
        parts = [_SIGNS[sign] for sign in text]
        ends: Sequence[int] = range(1, len(text) + 1)
    else:
        ends = _cluster_ends(text)
        parts = [_SIGNS[text[start:end]] for start, end in pairwise([0, *ends])]
    words = "".join(parts)
    if len(words) == len(text) == len(parts) and "" not in parts:
        return _Placed(text, words, range(len(text)), ends)
    starts = [0, *ends]
    return _Placed(
        text,
        words,
        [starts[at] for at, part in enumerate(parts) for _ in part],
        [ends[at] for at, part in enumerate(parts) for _ in part],
    )


def _cluster_ends(text: str) -> list[int]:
    """Where each sign ends, with those that may compose with it or leave nothing."""
    return [at for at in range(1, len(text)) if not _composes(text[at])] + [len(text)]


def _composes(sign: str) -> bool:
    """Marks, halfwidth marks, later pieces of Korean syllables, and what folding drops."""
    return (
        FOLDED[ord(sign)] == ""
        or unicodedata.category(sign).startswith("M")
        or "\u1160" <= sign <= "\u11ff"
        or "\uff9e" <= sign <= "\uff9f"
        or "\uffc2" <= sign <= "\uffdc"
    )


def _found(placed: _Placed, atom: Atom) -> list[Span]:
    return list(_parts(placed.words, atom)) or list(_loose_parts(placed, atom))


def _parts(words: str, atom: Atom) -> Iterator[Span]:
    """Where the atom stands: Chinese anywhere, a word from its beginning and, unless it is a prefix, to its end."""
    for start, stop in _occurrences(words, atom.text):
        if atom.kind == "han" or (_is_edge(words, start) and (atom.is_prefix or _is_edge(words, stop))):
            yield start, stop


def _occurrences(words: str, wanted: str) -> Iterator[Span]:
    start = words.find(wanted)
    while start >= 0:
        yield start, start + len(wanted)
        start = words.find(wanted, start + 1)


def _is_edge(words: str, at: int) -> bool:
    """Whether a word may begin or end at this place."""
    return not 0 < at < len(words) or any(sign == " " or is_han(sign) for sign in words[at - 1 : at + 1])


def _loose_parts(placed: _Placed, atom: Atom) -> Iterator[Span]:
    """Where a word stands without regard to what is between the signs, from an edge or a hump to another."""
    if atom.kind == "han" or len(atom.text) < SHORTEST_JOINED:
        return
    letters, kept = placed.letters
    for start, stop in _occurrences(letters, atom.text):
        first, last = kept[start], kept[stop - 1] + 1
        if _begins(placed, first) and (atom.is_prefix or _begins(placed, last)):
            yield first, last


def _begins(placed: _Placed, at: int) -> bool:
    """Whether there is an edge, a hump of camel case, or an apostrophe before the sign."""
    if _is_edge(placed.words, at):
        return True
    is_hump = placed.text[placed.starts[at]].isupper() and placed.text[placed.starts[at - 1]].islower()
    return is_hump or placed.ends[at - 1] < placed.starts[at]


def _merged(parts: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(parts):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
