"""What a reader typed, taken apart for the index."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ecosystem.values.analysis import compact, pairs, runs
from ecosystem.values.scripts import is_han
from ecosystem.values.text import fold

LONGEST = 200  # signs that are read
MOST_ATOMS = 12
SHORTEST_PREFIX = 3
MOST_JOINED = 6  # words that may make one: "lu jia zui" for Lujiazui


@dataclass(frozen=True, slots=True)
class Atom:
    """A word or a run of Chinese that must be found; of a word that may still be typed the beginning counts."""

    text: str
    kind: Literal["word", "han"]
    is_prefix: bool = False

    @property
    def pairs(self) -> list[str]:
        """The tokens that stand in sequence where this run of two and more Chinese characters stands."""
        return pairs(self.text)


@dataclass(frozen=True, slots=True)
class Query:
    """The folded question, what of it must be found, and the form for looking up names.

    `joined` has words that may be meant as one: (0, 1, "fudan") offers "fudan" in place of atoms 0 to 1, "fu dan".
    """

    text: str = ""
    atoms: tuple[Atom, ...] = ()
    compact: str = ""
    joined: tuple[tuple[int, int, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.atoms)


def parse(text: str) -> Query:
    """The question in a text; an empty one where no letter, digit or Chinese character is left. Never fails."""
    # Cut twice: one sign can fold to eighteen.
    folded = fold(text.lstrip()[:LONGEST])[:LONGEST].rstrip()
    words = runs(folded)
    distinct = list(dict.fromkeys(words))[:MOST_ATOMS]
    return Query(
        text=folded,
        atoms=tuple(_atom(word, is_last=words.index(word) == len(words) - 1) for word in distinct),
        compact=compact(folded),
        joined=tuple(_joined(words, distinct)),
    )


def _atom(word: str, *, is_last: bool) -> Atom:
    if is_han(word):
        return Atom(word, "han")
    # A last word that stood before must be there as a whole, so its beginning asks for nothing more.
    return Atom(word, "word", is_prefix=is_last and len(word) >= SHORTEST_PREFIX and not word.isdigit())


def _joined(words: list[str], distinct: list[str]) -> Iterator[tuple[int, int, str]]:
    for start in range(min(len(words), MOST_ATOMS) - 1):
        for stop in range(start + 2, min(start + MOST_JOINED, len(words)) + 1):
            run, elsewhere = words[start:stop], words[:start] + words[stop:]
            # A word that stands elsewhere too must still be found there, so its atom has no substitute.
            if all(word.isascii() and word in distinct for word in run) and set(run).isdisjoint(elsewhere):
                places = [distinct.index(word) for word in run]
                yield from ((min(places), max(places), text) for text in _spellings(run))


def _spellings(run: list[str]) -> list[str]:
    """The words as one; with and without an "and" between initials, as AT&T is also written ATT."""
    bare = [word for word in run if word != "and"]
    is_initials = len(run) > len(bare) > 1 and max(map(len, bare)) <= 2
    return ["".join(run), "".join(bare)] if is_initials else ["".join(run)]
