"""What was changed in a text, word by word."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from ecosystem.values.scripts import HAN

CONTEXT = 12  # words that stay around a change
ELLIPSIS = "…"

# Elements and numbers stay whole, Chinese is compared by character, and between them everything else by sign.
_LETTERS = rf"[^\W\d_{HAN}][^\W_{HAN}]*"
_TOKEN = re.compile(
    rf"</?[a-zA-Z][^<>]*>|\d+(?:[.,:]\d+)*%?|[{HAN}]|{_LETTERS}(?:['’-][^\W_{HAN}]+)*|\s+|.", re.DOTALL
)
_WORD = re.compile(rf"[^\W{HAN}]")
# Stretches up to this product of their lengths are compared by difflib, whose work grows with it.
_SMALL = 90_000
_RUN = 5  # tokens that together mark a place in a long text

Block = tuple[int, int, int]  # where it begins in the one text and in the other, and how long it is


class Change(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"
    CUT = "cut"


class Piece(NamedTuple):
    """A stretch of text and what became of it; what was cut out of a long unchanged one is an ellipsis."""

    change: Change
    text: str

    @property
    def shown(self) -> str:
        """The text, with a sign where nothing else shows that a line was begun or taken away."""
        return self.text if self.change is Change.KEPT else self.text.replace("\n", "¶\n")


def word_differences(before: str, after: str, *, context: int | None = CONTEXT) -> list[Piece]:
    """The two texts as one; without a context every word stays."""
    old, new = tokens(before), tokens(after)
    return pieces(old, new, matching_blocks(old, new), context=context)


def tokens(text: str) -> list[str]:
    """The text in its smallest parts, which make up the text again."""
    return _TOKEN.findall(text)


def pieces(
    old: Sequence[str], new: Sequence[str], blocks: Sequence[Block], *, context: int | None = CONTEXT
) -> list[Piece]:
    """What stays, goes and comes, in reading order, by the stretches that both have."""
    found = list(_runs(old, new, _merged(new, blocks, (len(old), len(new)))))
    if context is not None:
        last = len(found) - 1
        found = [
            part
            for at, (change, run) in enumerate(found)
            for part in _cut(change, run, context, is_first=at == 0, is_last=at == last)
        ]
    return [Piece(change, "".join(run)) for change, run in found]


def matching_blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """The stretches that both have, in their order; quick for long texts too.

    Long texts are divided at runs of words that stand once in each. Where there are none, all was replaced.
    """
    found: list[Block] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        low, high, new_low, new_high = waiting.pop()
        start = _alike(old[low:high], new[new_low:new_high])
        found.append((low, new_low, start))
        low, new_low = low + start, new_low + start
        end = _alike(old[low:high][::-1], new[new_low:new_high][::-1])
        found.append((high - end, new_high - end, end))
        high, new_high = high - end, new_high - end
        if (high - low) * (new_high - new_low) <= _SMALL:
            found += _by_difflib(old[low:high], new[new_low:new_high], low, new_low)
            continue
        anchors = _anchors(old[low:high], new[new_low:new_high])
        edges = [(0, 0), *anchors, (high - low, new_high - new_low)]
        if anchors:
            waiting += [(low + a, low + c, new_low + b, new_low + d) for (a, b), (c, d) in pairwise(edges)]
    return list(_joined(sorted(block for block in found if block[2])))


def _joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, those that follow each other in both texts as one."""
    whole: Block | None = None
    for begin, new_begin, size in blocks:
        if whole and (whole[0] + whole[2], whole[1] + whole[2]) == (begin, new_begin):
            whole = (whole[0], whole[1], whole[2] + size)
            continue
        if whole:
            yield whole
        whole = (begin, new_begin, size)
    if whole:
        yield whole


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many tokens both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))


def _by_difflib(old: Sequence[str], new: Sequence[str], low: int, new_low: int) -> list[Block]:
    if not old or not new or len(old) == len(new) == 1:
        return []
    # A space is like any other, so that no stretch is found by it alone.
    blocks = SequenceMatcher(str.isspace, old, new, autojunk=False).get_matching_blocks()
    return [(low + at, new_low + there, size) for at, there, size in blocks]


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places that are the same in both: what stands there stands once in each, and in the same order."""
    here, there = _single_runs(old), _single_runs(new)
    found = _rising([(at, there[run]) for run, at in here.items() if run in there])
    # Of places that follow each other in both, the first: from there on the texts are alike anyway.
    return [pair for last, pair in pairwise([(-2, -2), *found]) if pair != (last[0] + 1, last[1] + 1)]


def _single_runs(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    runs = [tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]
    counted = Counter(runs)
    return {run: at for at, run in enumerate(runs) if counted[run] == 1}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of these pairs in which the second places rise as the first do."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_at, there) in enumerate(pairs):
        length = bisect_left(ends, there)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [there]
        last[length : length + 1] = [index]
    chosen: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = before[index]
    return chosen[::-1]


def _merged(new: Sequence[str], blocks: Sequence[Block], ends: tuple[int, int]) -> Iterator[Block]:
    """The blocks without those that only hold two changes apart: a space, a comma, a single Chinese character."""
    for begin, new_begin, size in blocks:
        touches_an_end = (begin, new_begin) == (0, 0) or (begin + size, new_begin + size) == ends
        if touches_an_end or _is_worth(new[new_begin : new_begin + size]):
            yield begin, new_begin, size


def _is_worth(run: Sequence[str]) -> bool:
    """Whether a stretch between two changes is read as one that stayed: a word, or two Chinese characters."""
    signs = [token for token in run if not token.isspace()]
    return "\n" in "".join(run) or len(signs) > 1 or any(_WORD.search(token) for token in signs)


def _runs(
    old: Sequence[str], new: Sequence[str], blocks: Iterator[Block]
) -> Iterator[tuple[Change, list[str]]]:
    at = there = 0
    kept: list[str] = []
    for begin, new_begin, size in (*blocks, (len(old), len(new), 0)):
        removed, added = list(old[at:begin]), list(new[there:new_begin])
        if kept and (removed or added):
            yield Change.KEPT, kept
            kept = []
        if removed:
            yield Change.REMOVED, removed
        if added:
            yield Change.ADDED, added
        kept += old[begin : begin + size]
        at, there = begin + size, new_begin + size
    if kept:
        yield Change.KEPT, kept


def _cut(
    change: Change, run: list[str], context: int, *, is_first: bool, is_last: bool
) -> Iterator[tuple[Change, list[str]]]:
    """A long unchanged stretch with only what stands next to a change left of it."""
    size = context * 2  # a word and the space after it
    head = [] if is_first and not is_last else run[:size]
    tail = [] if is_last else run[-size:]
    if change is not Change.KEPT or len(run) <= len(head) + len(tail) + 2:
        yield change, run
        return
    if head:
        yield Change.KEPT, head
    yield Change.CUT, [ELLIPSIS]
    if tail:
        yield Change.KEPT, tail
