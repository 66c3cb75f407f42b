"""What a question with typing errors may be meant to be: texts that find something, the likeliest first.

Words that stand nowhere are left out first; where that does not help, further words one at a time. The pages that have
all else are looked through where they are few: their names say what may be meant in the place of what was left out.
Where they are many, or nothing else was asked for, it is the terms that are close to a word, or two words that it may
be. Of a Chinese string with one wrong character what stands before that and what stands behind it is looked for.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

from pyroaring import BitMap

from ecosystem.domain.index import full_text, statements, terms
from ecosystem.domain.index.memory import Memory
from ecosystem.domain.index.words import Scope, runs_and_words
from ecosystem.models import NameForm, SearchDocument, Term
from ecosystem.values.analysis import runs
from ecosystem.values.queries import Atom, Query, parse
from ecosystem.values.scripts import is_han
from ecosystem.values.typos import MOST_ERRORS, NearWord, allowed, distance, spaced, with_one_error

MOST_SPELLINGS = 8
MOST_LOOKED_AT = 200  # pages whose names are compared, for one way to leave something out
ENOUGH = 2 * MOST_LOOKED_AT  # pages that may have a string; which of more really have it is not asked
MOST_MEANT = 60  # terms that are tried: most are alike by chance
FEW_MEANT = 3  # where the question finds something as it is, and seldom means anything else
MANY_MORE = 3  # times as many pages
MOST_LEFT_OUT = 6  # words one at a time
SHORTEST_STRING = 4  # characters: of fewer too little is left to look for
SHORTEST_DIVIDED = 6  # letters
MOST_PLACES = 12  # in a string where a wrong character may stand
MOST_TRIED_AT_ONCE = 3  # words, for each of which there are several terms
MOST_DOUBTED = 2  # words, where they find something


@dataclass(slots=True)
class Spelling:
    """A text that may be meant, and the pages that are known to have it in their names."""

    text: str
    errors: int
    pages: BitMap
    is_seen: bool = True  # in their names; else somewhere in them


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a question, the pages that have each, and what it is asked of."""

    query: Query
    found: list[BitMap]
    memory: Memory
    public: BitMap
    is_in_vain: bool

    def without(self, left_out: Collection[int]) -> BitMap:
        """The pages that have all other words; all public ones where there is no other."""
        others = [pages for at, pages in enumerate(self.found) if at not in left_out]
        return BitMap.intersection(self.public, *others)

    def pages_of(self, atoms: Sequence[Atom]) -> BitMap:
        return full_text.holding(atoms, Scope.ANYWHERE, self.memory.frequent) & self.public

    def pages_named(self, strings: Iterable[str]) -> BitMap:
        """The pages with all these strings of Chinese in their names; of many it is only said that they are many."""
        atoms = [Atom(string, "han") for string in strings]
        return full_text.holding(atoms, Scope.NAMES, self.memory.frequent, enough=ENOUGH) & self.public

    def text(self, meant: dict[int, str]) -> str:
        """The question with other words in these places."""
        places = {atom.text: meant.get(at, atom.text) for at, atom in enumerate(self.query.atoms)}
        return " ".join(places.get(run, run) for run in runs(self.query.text))


def spellings(query: Query, memory: Memory, public: BitMap, found: BitMap) -> list[Spelling]:
    """Texts that find something and are close to the question, the likeliest first; none where nothing is close.

    Where the question itself has found something, several words that all stand somewhere are taken as they are.
    """
    pages = [found]
    if len(query.atoms) > 1:
        pages = [full_text.holding([atom], Scope.ANYWHERE, memory.frequent) & public for atom in query.atoms]
    asked = Asked(query, pages, memory, public, is_in_vain=not found)
    doubts_all = asked.is_in_vain or len(query.atoms) <= MOST_DOUBTED
    for ways in _ways_to_leave_out(asked, doubts_all=doubts_all):
        if meant := _merged((one for left_out in ways for one in _meant(asked, left_out)), query):
            return meant
    return []


def _ways_to_leave_out(asked: Asked, *, doubts_all: bool) -> Iterator[list[tuple[int, ...]]]:
    """What of the words is taken for mistyped: those that stand nowhere, then each of the others with them."""
    unknown = tuple(at for at, pages in enumerate(asked.found) if not pages)
    if unknown:
        yield [unknown]
    if not doubts_all:
        return
    # A mistyped word that stands somewhere is a rare one.
    known = sorted(set(range(len(asked.found))).difference(unknown), key=lambda at: len(asked.found[at]))
    more = [(*unknown, at) for at in known]
    yield [way for way in more if asked.without(way)][:MOST_LEFT_OUT]


def _meant(asked: Asked, left_out: tuple[int, ...]) -> list[Spelling]:
    pages, found = asked.without(left_out), []
    if len(left_out) < len(asked.found) and len(pages) <= MOST_LOOKED_AT:
        found = list(_in_names(asked, left_out, pages))
    if not found:
        # Whole Chinese names are terms, and may be meant as well as what holds the string.
        found = [*_in_strings(asked, left_out, pages), *_of_terms(asked, left_out, pages, 1)]
    # What stands somewhere is seldom two words, or two errors away from what is meant.
    if found or not asked.is_in_vain or any(asked.found[at] for at in left_out):
        return found
    return list(_divided(asked, left_out, pages)) or list(_of_terms(asked, left_out, pages, MOST_ERRORS))


def _in_names(asked: Asked, left_out: tuple[int, ...], pages: BitMap) -> Iterator[Spelling]:
    """What stands in names of these pages and is close to the words that were left out, or a whole name that is."""
    words = [NearWord(asked.query.atoms[at].text) for at in left_out]
    rows = statements.select(SearchDocument, ["document", "names"], document=list(pages))
    others = {}
    for page, names in rows:
        runs_of_name, words_of_name = runs_and_words(names)
        near = [word.nearest(runs_of_name if word.is_han else words_of_name) for word in words]
        if all(near):
            meant = {at: text for at, (text, _errors) in zip(left_out, near, strict=True)}
            yield Spelling(asked.text(meant), sum(errors for _text, errors in near), BitMap([page]))
        else:
            others[page] = words_of_name
    yield from _whole_names(asked, others)


def _whole_names(asked: Asked, words: Mapping[int, Sequence[str]]) -> Iterator[Spelling]:
    """The names of pages, given with their words, that are close to the question: with other spaces, say."""
    whole = asked.query.compact
    errors = allowed(whole)
    if not errors or not words:
        return
    written = str(NameForm.Kind.WRITTEN)
    for page, stored in statements.select(NameForm, ["document", "form"], document=list(words), kind=written):
        form = stored.decode(errors="ignore")
        if 0 < (far := distance(whole, form, errors)) <= errors:
            yield Spelling(spaced(form, words[page]), far, BitMap([page]))


def _in_strings(asked: Asked, left_out: tuple[int, ...], pages: BitMap) -> Iterator[Spelling]:
    """The strings of Chinese that pages have in their names and that differ by one character."""
    at, text = left_out[0], asked.query.atoms[left_out[0]].text
    if len(left_out) > 1 or not is_han(text) or len(text) < SHORTEST_STRING:
        return
    known = partial(_is_known, asked)
    # What is wrong stands right before the longest end that is known, or not far into it; a swap begins one earlier.
    first = max(len(text) - _longest(lambda length: known(text[-length:]), len(text)) - 2, 0)
    last = min(_longest(lambda length: known(text[:length]), len(text)), len(text) - 1)
    for right, pattern in with_one_error(text, range(first, min(last + 1, first + MOST_PLACES))):
        those = asked.pages_named(filter(None, right)) & pages
        if len(those) <= MOST_LOOKED_AT:
            for page, names in statements.select(SearchDocument, ["document", "names"], document=list(those)):
                if found := re.search(pattern, " ".join(runs_and_words(names)[0])):
                    yield Spelling(asked.text({at: found[0]}), 1, BitMap([page]))


def _is_known(asked: Asked, string: str) -> bool:
    return bool(asked.pages_named([string]))


def _longest(is_known: Callable[[int], bool], most: int) -> int:
    """The greatest length up to `most` that is known; what is longer than an unknown one is unknown too."""
    return bisect_left(range(1, most + 1), True, key=lambda length: not is_known(length))


def _of_terms(asked: Asked, left_out: tuple[int, ...], pages: BitMap, errors: int) -> Iterator[Spelling]:
    """The question with close terms in the place of what was left out, as far as these pages have them.

    Looking for two errors costs the most of all: it is done for one word alone, where one error explains the others.
    """
    words = [asked.query.atoms[at].text for at in left_out]
    if len(words) > MOST_TRIED_AT_ONCE:
        return
    limit = (MOST_MEANT if asked.is_in_vain else FEW_MEANT) // len(words)
    near = [dict(_close_terms(asked, word, pages, limit, 1)) for word in words]
    unexplained = [at for at, terms_ in enumerate(near) if not terms_]
    if errors > 1 and len(unexplained) == 1:
        near[unexplained[0]] = dict(_close_terms(asked, words[unexplained[0]], pages, limit, errors))
    # What finds something is doubted only for what many more pages have: there are always words alike by chance.
    least = 1 if asked.is_in_vain else MANY_MORE * max(len(asked.without(())), 1)
    for way in product(*near):
        having = BitMap.intersection(*(terms_[term] for terms_, term in zip(near, way, strict=True)))
        if len(having) >= least:
            far = sum(distance(*two, MOST_ERRORS) for two in zip(words, way, strict=True))
            text = asked.text(dict(zip(left_out, way, strict=True)))
            yield Spelling(text, far, having, is_seen=False)


def _close_terms(
    asked: Asked, word: str, pages: BitMap, limit: int, errors: int
) -> Iterator[tuple[str, BitMap]]:
    for term in terms.nearest(word, limit, errors):
        having = asked.pages_of([Atom(atom.text, atom.kind) for atom in parse(term).atoms]) & pages
        if having:
            yield term, having


def _divided(asked: Asked, left_out: tuple[int, ...], pages: BitMap) -> Iterator[Spelling]:
    """Two words in the place of one, as far as these pages have them: the space is missing, or is another letter."""
    at, word = left_out[0], asked.query.atoms[left_out[0]].text
    if len(left_out) > 1 or is_han(word) or len(word) < SHORTEST_DIVIDED:
        return
    ways = [(word[:end], word[start:]) for end in range(2, len(word) - 1) for start in (end, end + 1)]
    parts = {part for way in ways for part in way if allowed(part)}
    known = {text for (text,) in statements.select(Term, ["text"], text=list(parts))}
    for way in ways:
        # Parts that are too short to be terms are asked for where the other one is.
        if known.issuperset(part for part in way if allowed(part)) and not known.isdisjoint(way):
            having = asked.pages_of([Atom(part, "word") for part in way]) & pages
            if having:
                yield Spelling(asked.text({at: " ".join(way)}), 1, having, is_seen=False)


def _merged(found: Iterable[Spelling], query: Query) -> list[Spelling]:
    """Each text once, first those with the fewest errors, and of these those that most pages have.

    A Chinese character is seldom typed that is too much, so texts without one of them come behind.
    """
    texts: dict[str, Spelling] = {}
    for one in found:
        known = texts.setdefault(one.text, one)
        known.pages |= one.pages
        known.errors = min(known.errors, one.errors)

    def rank(one: Spelling) -> tuple[int, bool, int, str]:
        is_cut = is_han(query.text) and len(one.text) < len(query.text)
        return one.errors, is_cut, -len(one.pages), one.text

    return sorted(texts.values(), key=rank)[:MOST_SPELLINGS]
