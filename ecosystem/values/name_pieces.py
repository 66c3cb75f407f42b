"""The pieces of a text that may be somebody's name, in the form under which names are looked up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ecosystem.values.analysis import compact
from ecosystem.values.scripts import HAN

MOST_WORDS, LEAST_SIGNS = 8, 3
MOST_CHARACTERS, LEAST_CHARACTERS = 20, 3
_WORD = re.compile(r"[^\W_](?:[\w&'’.+/-]*[^\W_])?")
# Nothing but these may stand between two words of one name.
_BETWEEN = re.compile(r"(?:,? |\.,? | & )")
_POSSESSIVE = re.compile(r"['’]s$")
_RUN = re.compile(f"[{HAN}](?:[{HAN}A-Za-z0-9·]*[{HAN}A-Za-z0-9])?")
_IN_HAN = re.compile(f"[{HAN}]")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;“\"(])\s*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: from and to, its words, and its form as names are looked up."""

    start: int
    end: int
    words: str
    form: str
    is_chinese: bool


def name_pieces(text: str) -> Iterator[Piece]:
    """All pieces in the order of their beginnings, the longest first."""
    found = [*_latin(text), *_chinese(text)]
    yield from sorted(found, key=lambda piece: (piece.start, -piece.end))


def _latin(text: str) -> Iterator[Piece]:
    words = [word for word in _WORD.finditer(text) if not _IN_HAN.search(word[0])]
    for at, first in enumerate(words):
        if not (first[0][0].isupper() or first[0][0].isdigit() or any(sign.isupper() for sign in first[0])):
            continue
        last = first
        for count, word in enumerate(words[at : at + MOST_WORDS], start=1):
            if count > 1 and not _BETWEEN.fullmatch(text, last.end(), word.start()):
                break
            last = word
            words_of = _POSSESSIVE.sub("", text[first.start() : word.end()])
            if count > 1 or _is_name_alone(text, words, at):
                yield Piece(first.start(), first.start() + len(words_of), words_of, compact(words_of), False)


def _is_name_alone(text: str, words: list[re.Match[str]], at: int) -> bool:
    """Whether one word may be a name: not a part of a longer one, nor large only because it begins a sentence."""
    sign = _POSSESSIVE.sub("", words[at][0])
    if len(sign) < LEAST_SIGNS or not any(one.isalpha() for one in sign):
        return False
    beside = [(words[at - 1], words[at])] if at else []
    beside += [(words[at], words[at + 1])] if at + 1 < len(words) else []
    if any(
        text[one.end() : two.start()] == " " and one[0][0].isupper() and two[0][0].isupper()
        for one, two in beside
    ):
        return False
    return any(one.isupper() for one in sign[1:]) or not _SENTENCE_START.search(text, 0, words[at].start())


def _chinese(text: str) -> Iterator[Piece]:
    for run in _RUN.finditer(text):
        form = compact(run[0])
        # Signs that fold into several or none are too rare in names to be followed.
        if len(form) != len(run[0]):
            continue
        for at, sign in enumerate(run[0]):
            if not _IN_HAN.match(sign):
                continue
            for size in range(min(MOST_CHARACTERS, len(form) - at), LEAST_CHARACTERS - 1, -1):
                start = run.start() + at
                words = run[0][at : at + size]
                yield Piece(start, start + size, words, form[at : at + size], True)
