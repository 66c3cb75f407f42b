"""A found text in pieces, those that match the question and those between, and the part of it that is worth showing."""

import re
from dataclasses import replace

from ecosystem.values.analysis import compact
from ecosystem.values.matching import Span, spans
from ecosystem.values.queries import Query
from ecosystem.values.scripts import HAN
from ecosystem.values.sounds import reading
from ecosystem.values.text import fold

Piece = tuple[str, bool]

AROUND = 60  # signs before what matched; as many again and more follow it
MOST_SYLLABLES = 12
_RUN = re.compile(f"[{HAN}]+")


def pieces(text: str, query: Query, *, by_sound: bool = False) -> list[Piece]:
    """The text in pieces, each with whether it matches the question; put together they are the text."""
    found: list[Piece] = []
    at = 0
    for start, end in matched(text, query) or (heard(text, query) if by_sound else []):
        found += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in (*found, (text[at:], False)) if piece[0]]


def matched(text: str, query: Query) -> list[Span]:
    """What of the text matches; of a name that merely starts with the question, its beginning."""
    found = spans(text, query)
    if found or not query or not compact(text).startswith(query.compact):
        return found
    begun = replace(query.atoms[-1], is_prefix=True)
    return spans(text, replace(query, atoms=(*query.atoms[:-1], begun)))[:1]


def heard(text: str, query: Query) -> list[Span]:
    """The Chinese characters that sound like the question, or have its letters as initials."""
    wanted = query.compact.replace("v", "u")
    if len(wanted) < 2 or not (wanted.isascii() and wanted.isalpha()):
        return []
    for run in _RUN.finditer(text):
        syllables = [syllable.replace("v", "u") for syllable in reading(fold(run[0]))]
        if len(syllables) == len(run[0]):
            for first in range(len(syllables)):
                if size := _size(syllables[first : first + MOST_SYLLABLES], wanted):
                    return [(run.start() + first, run.start() + first + size)]
    return []


def _size(syllables: list[str], wanted: str) -> int:
    """How many of these syllables, from the first on, say what is wanted; none say anything else."""
    for size in range(1, len(syllables) + 1):
        part = syllables[:size]
        if "".join(part).startswith(wanted) or "".join(syllable[:1] for syllable in part) == wanted:
            return size if all(part) else 0
    return 0


def excerpt(text: str, query: Query) -> str:
    """The first match with the words around it; the beginning of a text without one."""
    start, end = (matched(text, query) or [(0, 0)])[0]
    first, last = max(start - AROUND, 0), end + 2 * AROUND
    before, after = text[first:start], text[end:last]
    if first:
        before = f"…{before.partition(' ')[2] or before}"
    if last < len(text):
        after = f"{(after.rpartition(' ')[0] or after).rstrip(' .,;:。，、；：')}…"
    return f"{before}{text[start:end]}{after}"
