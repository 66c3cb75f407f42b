"""What the directory answers to a selection: how many organizations, which, and what each other choice would give."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from pyroaring import BitMap

from ecosystem.domain.index import memory, relevance
from ecosystem.domain.index.memory import Memory, public_key
from ecosystem.domain.index.vocabulary import FACETS as VOCABULARY_FACETS
from ecosystem.domain.index.vocabulary import Entry
from ecosystem.models import Organization
from ecosystem.values.queries import parse

FACETS = ("kind", "topic", "district", "park", "ownership", "decade", "listed", "evidence")
# Of these an organization may have no value, which is not the same as having another one.
MAY_BE_UNKNOWN = ("district", "park", "ownership", "decade")
TEXT, YEARS = "q", "founded"
RELEVANCE = "relevance"
NO_TEXT_ORDER, BEST_ORDER = "name", "evidence"
FIRST_YEAR, LAST_YEAR = 1, 2999


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked of the directory. Values are those of addresses: slugs, and what the models' choices store.

    With `with_unknown` those stay whose year, district, park or ownership is chosen and not known. Orders are those of
    the index, and relevance where there is a text; none is the first of these that makes sense.
    """

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    founded_from: int | None = None
    founded_to: int | None = None
    with_unknown: bool = False
    order: str = ""

    @property
    def has_years(self) -> bool:
        return self.founded_from is not None or self.founded_to is not None


def answer(selection: Selection) -> "Answer":
    """The answer from the index as it is at this moment. A value that no facet has lets nothing pass."""
    return Answer(selection, memory.present())


def choices(facet: str) -> list[Entry]:
    """The values of a facet that are pages, public ones, in the order in which they are listed."""
    return memory.present().vocabulary.entries(facet)


def decades() -> list[str]:
    """The decades in which some organization was founded, the newest first."""
    sets = memory.present().sets
    return sorted(
        (key.partition("=")[2] for key in sets if key.startswith("decade=") and sets[key]), reverse=True
    )


@dataclass(frozen=True, slots=True)
class Directory:
    """One state of the index, for all that a request asks."""

    memory: Memory

    def answer(self, selection: Selection) -> "Answer":
        return Answer(selection, self.memory)

    def entries(self, facet: str) -> tuple[Entry, ...]:
        """The values of a facet that are pages, scheduled ones included; the same object until one changes."""
        return getattr(self.memory.vocabulary, facet)

    def choices(self, facet: str) -> list[Entry]:
        return self.memory.vocabulary.entries(facet)

    def decades(self) -> list[str]:
        return sorted(
            (value for value, key in self.memory.values("decade") if self.memory.of(key)), reverse=True
        )


def present() -> Directory:
    """The directory as it is at this moment."""
    return Directory(memory.present())


class Answer:
    """Reads everything from one state of the index, so that its numbers agree."""

    def __init__(self, selection: Selection, held: Memory) -> None:
        self.selection, self._memory = selection, held
        self._public = held.public(Organization)
        self._strict = dict(self._constraints())
        self._required = self._with_unknown() if selection.with_unknown else self._strict

    @cached_property
    def documents(self) -> BitMap:
        """All organizations that pass, by primary key."""
        return self._passing(self._required)

    @property
    def count(self) -> int:
        return len(self.documents)

    def counts(self, facet: str) -> dict[str, int]:
        """How many would pass with each value of a facet, whatever is chosen of it now; what has none is absent."""
        others = self._without(facet) if facet in self._required else self.documents
        # Where all are counted, their number with a value is that of all that have it: nothing is to be compared.
        is_whole = len(others) == len(self._memory.of(public_key(Organization)))
        found = {}
        for value, key in self._values(facet):
            having = self._memory.of(key)
            number = len(having) if is_whole else others.intersection_cardinality(having)
            if number:
                found[value] = number
        return found

    def within(self, facet: str) -> dict[str, int]:
        """How many of those that pass have each value of a facet; what none has is absent."""
        counted = (
            (value, self.documents.intersection_cardinality(self._memory.of(key)))
            for value, key in self._values(facet)
        )
        return {value: number for value, number in counted if number}

    def among(self, keys: Iterable[int], facet: str, value: str) -> set[int]:
        """Those of the organizations that have a value of a facet which is no page, such as evidence."""
        having = self._memory.of(f"{facet}={value}")
        return {key for key in keys if key in having}

    @cached_property
    def unknown(self) -> int:
        """How many more would pass if what is not known of them were what is asked for."""
        return len(self._passing(self._with_unknown()) - self.documents)

    def without(self, parameter: str) -> int:
        """How many would pass without a facet, the text (`q`) or the span of years (`founded`)."""
        return len(self._without(parameter))

    @property
    def parameters(self) -> list[str]:
        """The parameters that leave something out, as `without` knows them."""
        return list(self._required)

    @property
    def meant(self) -> str:
        """A spelling that finds something, where the text finds nothing."""
        return self._found.meant

    def tier(self, key: int) -> str:
        """How an organization was found: see `relevance`. Empty without a text."""
        return next((tier for tier, documents in self._found.tiers.items() if key in documents), "")

    def page(self, start: int, stop: int) -> list[int]:
        """The primary keys of the organizations from one place to another, in order."""
        return list(islice(self._from(start), stop - start))

    def keys(self) -> Iterator[int]:
        """The primary keys of all organizations that pass, in order."""
        return self._from(0)

    @cached_property
    def _found(self) -> relevance.Found:
        text = self.selection.text
        return relevance.find(parse(text), self._memory, self._public) if text else relevance.Found()

    def _from(self, start: int) -> Iterator[int]:
        order = self.selection.order or (RELEVANCE if self.selection.text else NO_TEXT_ORDER)
        if order != RELEVANCE:
            yield from memory.walk(self._memory, order, self.documents, start)
            return
        for tier in self._found.tiers.values():
            passing = tier & self.documents
            if start >= len(passing):
                start -= len(passing)
                continue
            yield from memory.walk(self._memory, BEST_ORDER, passing, start)
            start = 0

    def _constraints(self) -> Iterator[tuple[str, BitMap]]:
        """What each parameter lets pass, by its name."""
        for facet, values in self.selection.chosen.items():
            if values:
                known = dict(self._values(facet))
                yield facet, BitMap.union(*(self._memory.of(known.get(value, "")) for value in values))
        if self.selection.has_years:
            yield YEARS, self._founded_between()
        if self.selection.text:
            yield TEXT, self._found.all

    def _values(self, facet: str) -> Iterator[tuple[str, str]]:
        """Each value of a facet as in addresses, with its key in the index."""
        if facet in VOCABULARY_FACETS:
            for entry in self._memory.vocabulary.entries(facet):
                yield entry.slug, f"{facet}={entry.key}"
        else:
            yield from self._memory.values(facet)

    def _founded_between(self) -> BitMap:
        """The organizations of a span of years: whole decades, and years at its ends."""
        first = self.selection.founded_from if self.selection.founded_from is not None else FIRST_YEAR
        last = self.selection.founded_to if self.selection.founded_to is not None else LAST_YEAR
        keys, year = [], first
        while year <= last:
            is_decade = year % 10 == 0 and year + 9 <= last
            keys.append(f"decade={year:04}s" if is_decade else f"year={year:04}")
            year += 10 if is_decade else 1
        return BitMap.union(*map(self._memory.of, keys)) if keys else BitMap()

    def _with_unknown(self) -> dict[str, BitMap]:
        """The constraints, opened for what is not known."""
        return {
            name: documents | (self._public - self._known("decade" if name == YEARS else name))
            if name in (*MAY_BE_UNKNOWN, YEARS)
            else documents
            for name, documents in self._strict.items()
        }

    def _known(self, facet: str) -> BitMap:
        return BitMap.union(BitMap(), *(self._memory.of(key) for _value, key in self._values(facet)))

    def _without(self, parameter: str) -> BitMap:
        return self._passing({name: one for name, one in self._required.items() if name != parameter})

    def _passing(self, constraints: Mapping[str, BitMap]) -> BitMap:
        # The smallest first: the rest is then quick.
        return BitMap.intersection(self._public, *sorted(constraints.values(), key=len))
