"""Frequent words: those that more than a small share of all documents have get a set of their own.

Full text is quick for what is rare and slow for what is everywhere. The same holds for strings of Chinese characters,
which are found in any position, and for the starts of words and of names. Being frequent changes no answer, only its
cost. A string is frequent only where its beginning is, so each is looked for by lengthening what was found.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from pyroaring import BitMap

from ecosystem.domain.index.chunks import Changes, word_set
from ecosystem.domain.index.documents import Document, Form
from ecosystem.models import WordChunk
from ecosystem.values.analysis import pairs
from ecosystem.values.queries import Atom
from ecosystem.values.scripts import is_han

Scope = WordChunk.Scope
NAMES, ANYWHERE, STARTS = SCOPES = tuple(Scope.values)
SHARE = 0.005
# Below that many documents the database is quick for every word.
FEWEST = 500
LONGEST_STRING = 24

Frequent = Mapping[str, Set[str]]
Word = tuple[str, str]  # with its scope first
Lengthen = Callable[[Document, Set[str], int], Iterator[str]]


@dataclass(frozen=True, slots=True)
class WordSets:
    """The words that have sets, by scope, and which documents came to these and left them since they were stored."""

    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    recent: Mapping[Word, tuple[frozenset[int], frozenset[int]]] = field(default_factory=dict)

    def __getitem__(self, scope: str) -> frozenset[str]:
        return self.words[scope]

    def of(self, scope: str, word: str) -> BitMap:
        """All documents that have a frequent word."""
        found = word_set(scope, word)
        if recent := self.recent.get((scope, word)):
            came, left = map(BitMap, recent)
            found -= left
            found |= came
        return found

    def after(self, changes: Changes) -> "WordSets":
        """The same sets after more changes, which are not stored yet either."""
        recent = dict(self.recent)
        for key in changes.touched():
            came, left = recent.get(key, _NEITHER)
            added, removed = changes.added.get(key, _NONE), changes.removed.get(key, _NONE)
            recent[key] = (came - removed) | added, (left - added) | removed
        return WordSets(self.words, recent)


_NONE: frozenset[int] = frozenset()
_NEITHER = _NONE, _NONE


class Finder:
    """Finds the frequent words of documents: those of names hold all that are frequent anywhere."""

    def __init__(self, frequent: Frequent | WordSets) -> None:
        self._names, self._anywhere, self._starts = map(frequent.__getitem__, (NAMES, ANYWHERE, STARTS))

    def words_of(self, document: Document | None) -> dict[str, Set[str]]:
        """The frequent words of a document, by scope; none of no document."""
        if document is None:
            return {scope: set() for scope in SCOPES}
        names, sounds, body = (_frequent_of(line, self._names) for line in _texts(document))
        return {
            NAMES: names | sounds,
            ANYWHERE: (names | sounds | body) & self._anywhere,
            STARTS: self._starts_of(document),
        }

    def changes(self, before: Document | None, after: Document | None) -> tuple[set[Word], set[Word]]:
        """The frequent words that a document has no longer, and those that are new to it, each with its scope."""
        if before is None or after is None:
            left, entered = self.words_of(before), self.words_of(after)
            return _words_in(left), _words_in(entered)
        # Only what is not the same is taken apart; in the rest the words are sought that differ.
        split = [_split(*lines) for lines in zip(_texts(before), _texts(after), strict=True)]
        found = [
            [_frequent_of(part[side], self._names) if part[side] else set() for part in split]
            for side in (0, 1)
        ]
        names = _difference(*(some[:2] for some in found), split[:2])
        everywhere = _difference(*found, split)
        starts = self._changed_starts(before, after)
        return tuple(
            _words_in({NAMES: names[side], ANYWHERE: everywhere[side] & self._anywhere, STARTS: starts[side]})
            for side in (0, 1)
        )

    def _changed_starts(self, before: Document, after: Document) -> tuple[set[str], set[str]]:
        old, new = (
            set(_frequent_starts(forms, self._starts))
            for forms in (before.forms - after.forms, after.forms - before.forms)
        )
        both = set(_frequent_starts(before.forms & after.forms, self._starts)) if old or new else set()
        return old - new - both, new - old - both

    def _starts_of(self, document: Document) -> set[str]:
        return set(_frequent_starts(document.forms, self._starts))


def _words_in(found: Mapping[str, Iterable[str]]) -> set[Word]:
    return {(scope, word) for scope, some in found.items() for word in some}


def _split(old: str, new: str) -> tuple[str, str, str, str]:
    """What of two lines of words differs, in the one and in the other, and the same words before it and after it.

    No run of Chinese is cut: its pairs follow each other up to its last character.
    """
    if old == new:
        return "", "", f" {old} ", ""
    before, after = old.split(), new.split()
    both = range(min(len(before), len(after)))
    first = next((at for at in both if before[at] != after[at]), len(both))
    while first and _goes_on(before[first - 1]):
        first -= 1
    rest = range(1, len(both) - first + 1)
    last = next((at for at in rest if before[-at] != after[-at]), len(rest) + 1) - 1
    while last and any(len(words) > last and _goes_on(words[-last - 1]) for words in (before, after)):
        last -= 1
    stops = len(before) - last, len(after) - last
    different = (" ".join(words[first:stop]) for words, stop in zip((before, after), stops, strict=True))
    return (*different, f" {' '.join(before[:first])} ", f" {' '.join(before[stops[0] :])} ")


def _goes_on(word: str) -> bool:
    """Whether a word is a pair in a run of Chinese, after which the run goes on."""
    return len(word) > 1 and is_han(word)


def _difference(
    left: Iterable[Set[str]], entered: Iterable[Set[str]], split: Iterable[tuple[str, ...]]
) -> tuple[Set[str], Set[str]]:
    """Which words only the old ones of lines have, and which only the new ones, given what differs of each line."""
    old, new = set().union(*left), set().union(*entered)
    # Nothing stands across the end of a line.
    same = "\n".join(line for part in split for line in part[2:])
    both = {word for word in old ^ new if stands_in(word, same)}
    return old - new - both, new - old - both


def key_of(atom: Atom) -> str:
    """What an atom of a question is called among frequent words."""
    return f"{atom.text}*" if atom.is_prefix else atom.text


def stands_in(word: str, line: str) -> bool:
    """Whether a line of words, which begins and ends with a space, has a word, a string or a start of a word."""
    if word.endswith("*") or (len(word) == 1 and is_han(word)):
        return f" {word.rstrip('*')}" in line
    return f" {' '.join(pairs(word)) if is_han(word) else word} " in line


def frequent_words(sample: Collection[Document], least: int) -> Frequent:
    """The words that at least so many documents of a sample have, with all frequent strings, however long.

    What is frequent anywhere is among those of names: full text would go through all texts to say that no name has it.
    """
    found = {scope: _lengthened(sample, least, candidates) for scope, candidates in _CANDIDATES.items()}
    found[NAMES] |= found[ANYWHERE]
    return found


def _lengthened(sample: Collection[Document], least: int, candidates: Lengthen) -> set[str]:
    found: set[str] = set()
    for length in range(1, LONGEST_STRING + 1):
        counted = Counter(word for document in sample for word in set(candidates(document, found, length)))
        new = {word for word, number in counted.items() if number >= least}
        if not new:
            break
        found |= new
    return found


def _texts(document: Document) -> tuple[str, ...]:
    return document.names, document.sounds, document.body


def runs_and_words(text: str) -> tuple[list[str], list[str]]:
    """The runs of Chinese of a line of words, put together of their pairs, and the other words."""
    runs, words, run = [], [], ""
    for word in text.split():
        if not is_han(word):
            words.append(word)
            continue
        run += word[0]
        if len(word) == 1:  # the last character of a run
            runs.append(run)
            run = ""
    return runs, words


def _candidates(texts: Iterable[str], found: Set[str], length: int) -> Iterator[str]:
    """What may be frequent among words (in the first round) and among strings and beginnings of that length."""
    for text in texts:
        runs, words = runs_and_words(text)
        if length == 1:
            yield from words
        yield from (
            f"{word[:length]}*"
            for word in words
            if len(word) >= length and (length == 1 or f"{word[: length - 1]}*" in found)
        )
        for run in runs:
            for start in range(len(run) - length + 1):
                if length == 1 or run[start : start + length - 1] in found:
                    yield run[start : start + length]


def _frequent_of(line: str, frequent: Set[str]) -> set[str]:
    runs, words = runs_and_words(line)
    found = set(frequent.intersection(words))
    for word in words:
        for stop in range(1, len(word) + 1):
            if (start := f"{word[:stop]}*") not in frequent:
                break
            found.add(start)
    for run in runs:
        for first in range(len(run)):
            for stop in range(first + 1, len(run) + 1):
                if (string := run[first:stop]) not in frequent:
                    break
                found.add(string)
    return found


def _decoded(forms: Iterable[Form]) -> list[str]:
    return [form.decode(errors="ignore") for form, _kind in forms]


def _candidate_starts(document: Document, found: Set[str], length: int) -> Iterator[str]:
    for form in _decoded(document.forms):
        if len(form) >= length and (length == 1 or form[: length - 1] in found):
            yield form[:length]


def _frequent_starts(forms: Iterable[Form], frequent: Set[str]) -> Iterator[str]:
    for form in _decoded(forms):
        for stop in range(1, len(form) + 1):
            if form[:stop] not in frequent:
                break
            yield form[:stop]


# By scope: what may be frequent, given shorter ones that are.
_CANDIDATES: dict[str, Lengthen] = {
    NAMES: lambda document, found, length: _candidates(_texts(document)[:2], found, length),
    ANYWHERE: lambda document, found, length: _candidates(_texts(document), found, length),
    STARTS: _candidate_starts,
}
