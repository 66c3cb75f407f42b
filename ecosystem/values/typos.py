"""Words with typing errors: which keys they share with the words that were meant, and how far they are apart.

Each term is stored with `term_keys`, itself and what is left of it without one letter; `query_keys` are looked up among
them, and `distance` decides about the terms that come back. This finds:

- one error (a letter missing, doubled, wrong, or two in the wrong order): always, since a word and its neighbor have a
  deletion in common; at most 15 keys are looked up, and at most 15 are stored per term;
- two errors in words of 8 and more letters: always, too. Nothing more is stored for them. The later error is undone in
  every way there is, and the earlier one is found as one error: some thousand keys, so ask only where one error found
  nothing. The letters that are tried are a to z.

Only the first 14 letters make keys: longer words are found by them, and `distance` looks at the rest.

Where a few names say what may be meant, no keys are needed: `NearWord` compares with them, and `with_one_error` says
what to look for in them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from string import ascii_lowercase

from ecosystem.values.scripts import is_han

LONGEST_KEYED = 14
MOST_ERRORS = 2
SHORTEST = 3
SHORTEST_IN_PLACE = 2


def allowed(word: str) -> int:
    """How many errors a word may have: the longer, the more; numbers none."""
    if word.isdigit():
        return 0
    if is_han(word):
        return int(len(word) >= SHORTEST)
    # Two errors are looked for by trying letters, which are known for Latin words only.
    return int(len(word) > 3) + int(len(word) > 7 and word.isascii())


def deletions(word: str) -> set[str]:
    """The word and what is left of it without one letter; only the word where it is too short to spare one."""
    if len(word) < SHORTEST:
        return {word}
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


def term_keys(word: str) -> set[str]:
    """The keys under which a term is stored."""
    return deletions(word[:LONGEST_KEYED])


def query_keys(word: str, errors: int) -> set[str]:
    """Keys of which every term within so many errors (0, 1 or 2) has at least one, in terms of 3 and more letters."""
    if not errors:
        return {word[:LONGEST_KEYED]}
    keys = term_keys(word)
    if errors > 1:
        for repaired, at in _repaired(word):
            keys.update(_deletions_before(repaired[:LONGEST_KEYED], at + 2))
    return keys


def _repaired(word: str) -> Iterator[tuple[str, int]]:
    """The word with one error undone, and where."""
    for at in range(min(len(word), LONGEST_KEYED) + 1):
        before, letter, after = word[:at], word[at : at + 1], word[at + 1 :]
        yield before + after, at
        yield before + after[:1] + letter + after[1:], at
        for other in ascii_lowercase:
            yield before + other + letter + after, at
            yield before + other + after, at


def _deletions_before(word: str, stop: int) -> Iterator[str]:
    yield word
    yield word[:-1]
    for at in range(min(stop, len(word))):
        yield word[:at] + word[at + 1 :]


def distance(one: str, other: str, limit: int) -> int:
    """How many letters are missing, extra, wrong or swapped with their neighbor; `limit` + 1 for more than the limit.

    Optimal string alignment: no letter takes part in two errors.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    one, other = _differing(one, other)
    longest = max(len(one), len(other))
    if longest < 2 or not one or not other:
        return min(longest, limit + 1)
    if limit == 1:
        return 1 if longest == 2 and one == other[::-1] else 2
    return _aligned(one, other, limit)


def _aligned(one: str, other: str, limit: int) -> int:
    """Row by row, and in each only the places that few errors can reach."""
    above: list[int] = []
    before = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        row = [at] + [limit + 1] * len(other)
        for to in range(max(1, at - limit), min(len(other), at + limit) + 1):
            target = other[to - 1]
            best = before[to - 1] if letter == target else 1 + min(before[to - 1], before[to], row[to - 1])
            if at > 1 < to and letter == other[to - 2] and one[at - 2] == target:
                best = min(best, above[to - 2] + 1)
            row[to] = best
        if min(row) > limit and min(before) > limit:
            break
        above, before = before, row
    return min(row[-1], limit + 1)


def _differing(one: str, other: str) -> tuple[str, str]:
    """What is left of two words without what both begin and end with."""
    start, shorter = 0, min(len(one), len(other))
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]


class NearWord:
    """A word in whose place another one may be meant, where little else can stand in that place.

    So it may be shorter than words that are looked up by themselves. Of a run of Chinese it is a piece.
    """

    def __init__(self, text: str) -> None:
        self.text, self.is_han = text, is_han(text)
        may_be_short = not self.is_han and not text.isdigit() and len(text) >= SHORTEST_IN_PLACE
        self._errors = max(allowed(text), int(may_be_short))
        ways = with_one_error(text, range(len(text))) if self.is_han and self._errors else ()
        self._pattern = re.compile("|".join(pattern for _right, pattern in ways)) if ways else None
        self._far: dict[str, int] = {}

    def nearest(self, others: Iterable[str]) -> tuple[str, int] | None:
        """The closest of other words, or what of runs of Chinese is close, and by how many errors."""
        if self.is_han:
            found = self._pattern and self._pattern.search(" ".join(others))
            return (found[0], 1) if found else None
        far = [(self._distance(other), other) for other in others]
        errors, text = min(far, default=(0, ""))
        return (text, errors) if 0 < errors <= self._errors else None

    def _distance(self, other: str) -> int:
        # Words of names return from page to page.
        if other not in self._far:
            self._far[other] = distance(self.text, other, self._errors)
        return self._far[other]


def with_one_error(run: str, places: Iterable[int]) -> Iterator[tuple[list[str], str]]:
    """What a run of Chinese may be meant to be where one of these places is wrong.

    For each way to mend it the strings that are right, and a pattern of the whole: a character is missing before the
    place, it is another one or too much, or it was swapped with the next one. Runs to search have spaces between.
    """
    for at in places:
        before, here, after = run[:at], run[at], run[at + 1 :]
        if before:
            yield [before, here + after], f"{before}[^ ]{here}{after}"
        # At an end of the run any character would do; it must be the end of a name there. Inside, a sign may be meant.
        wrong = ".?" if before and after else r"[^ ]?(?![^ ])" if before else r"(?<![^ ])[^ ]?"
        yield [before, after], f"{before}{wrong}{after}"
        if after:
            yield [before, after[1:]], f"{before}{after[0]}{here}{after[1:]}"


def spaced(form: str, words: Sequence[str]) -> str:
    """A name without its spaces as it is written: with those between the words that make it, where they do."""
    for start, word in enumerate(words):
        if form.startswith(word):
            for stop in range(start + 1, len(words) + 1):
                whole = "".join(words[start:stop])
                if whole == form:
                    return " ".join(words[start:stop])
                if len(whole) >= len(form):
                    break
    return form
