"""What a process holds of the index, brought up to date at each request by the changed parts alone."""

from array import array
from bisect import insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Model
from django.utils import timezone
from pyroaring import BitMap

from ecosystem.domain.index import statements, versions
from ecosystem.domain.index.blocks import numbers
from ecosystem.domain.index.chunks import CHUNK_BITS
from ecosystem.domain.index.versions import Version
from ecosystem.domain.index.vocabulary import Vocabulary, read_vocabulary
from ecosystem.models import IndexBlock, IndexChunk, SearchDocument, WordChunk

VOCABULARY = "vocabulary"  # a part without documents that changes with the names of topics and places
_EMPTY = BitMap()


def public_key(model: type[Model]) -> str:
    """The key of the documents of a kind, scheduled ones included."""
    return f"public={model._meta.model_name}"


class Stretch:
    """A part of a sort order: documents in order and, once asked for, as a set."""

    __slots__ = ("_bits", "documents", "low")

    def __init__(self, low: bytes, documents: array) -> None:
        self.low, self.documents, self._bits = low, documents, None

    @property
    def bits(self) -> BitMap:
        if self._bits is None:
            self._bits = BitMap(self.documents)
        return self._bits

    def __lt__(self, other: "Stretch") -> bool:
        return self.low < other.low


@dataclass(frozen=True, slots=True)
class Memory:
    """One state of the index. A newer state is a new object, so a request works with one state to its end."""

    version: Version
    sets: dict[str, BitMap] = field(default_factory=dict)
    orders: dict[str, list[Stretch]] = field(default_factory=dict)
    frequent: dict[str, frozenset[str]] = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    # What the clock alone will make public, the next one first.
    due: tuple[tuple[datetime, int], ...] = ()
    _values: dict[str, list[tuple[str, str]]] = field(default_factory=dict, compare=False, repr=False)

    def values(self, facet: str) -> list[tuple[str, str]]:
        """Each value of a facet that is stored with its key: ("company", "kind=company")."""
        if not self._values:
            for key in self.sets:
                name, _equals, value = key.partition("=")
                self._values.setdefault(name, []).append((value, key))
        return self._values.get(facet, [])

    def of(self, key: str) -> BitMap:
        """The documents that have a value of a facet; not to be changed."""
        return self.sets.get(key, _EMPTY)

    def public(self, model: type[Model], at: datetime | None = None) -> BitMap:
        """The documents of a kind that are public at a moment (now)."""
        at, listed = at or timezone.now(), self.of(public_key(model))
        waiting = [document for moment, document in self.due if moment > at]
        return listed - BitMap(waiting) if waiting else listed


# By database, since a process may speak to several (tests, replicas).
_held: dict[tuple[str, str], Memory] = {}


def _place() -> tuple[str, str]:
    return connection.alias, str(connection.settings_dict["NAME"])


def present() -> Memory:
    """The index as the database holds it at this moment."""
    place = _place()
    held, version = _held.get(place), versions.current()
    if held is None or held.version != version:
        is_ancestor = held is not None and versions.is_past(held.version)
        held = _held[place] = _newer(held, version) if is_ancestor else _read(version)
    return held


def frequent_words(version: Version) -> dict[str, frozenset[str]]:
    """The words that have sets of their own in the present version; only a rebuild chooses others."""
    held = _held.get(_place())
    is_kept = held is not None and (held.version == version or versions.is_past(held.version))
    return held.frequent if is_kept else present().frequent


def _read(version: Version) -> Memory:
    sets: dict[str, list[BitMap]] = {}
    for key, data in IndexChunk.objects.values_list("key", "data").iterator(chunk_size=2000):
        sets.setdefault(key, []).append(BitMap.deserialize(bytes(data)))
    orders: dict[str, list[Stretch]] = {}
    blocks = IndexBlock.objects.order_by("order", "low").values_list("order", "low", "data")
    for order, low, data in blocks.iterator(chunk_size=500):
        orders.setdefault(order, []).append(Stretch(bytes(low), numbers(data)))
    return Memory(
        version,
        {key: BitMap.union(*parts) for key, parts in sets.items()},
        orders,
        _frequent_words(),
        read_vocabulary(),
        _due(),
    )


def _newer(held: Memory, version: Version) -> Memory:
    """The state of that version, made of an older one and of what has changed since."""
    since = held.version.number
    sets, orders = dict(held.sets), dict(held.orders)
    chunks = statements.select(IndexChunk, ["key", "chunk", "data"], after={"version": since})
    for key, chunk, data in chunks:
        sets[key] = _with_chunk(sets.get(key, _EMPTY), chunk, BitMap.deserialize(bytes(data)))
    blocks = statements.select(IndexBlock, ["order", "low", "data"], after={"version": since})
    for order, low, data in blocks:
        orders[order] = _with_stretch(orders.get(order, []), Stretch(bytes(low), numbers(data)))
    is_renamed = any(key == VOCABULARY for key, _chunk, _data in chunks)
    vocabulary = read_vocabulary() if is_renamed else held.vocabulary
    return Memory(version, sets, orders, held.frequent, vocabulary, _due())


def _with_chunk(bits: BitMap, chunk: int, part: BitMap) -> BitMap:
    changed = bits.copy()
    changed.remove_range(chunk << CHUNK_BITS, (chunk + 1) << CHUNK_BITS)
    changed |= part
    return changed


def _with_stretch(stretches: Iterable[Stretch], new: Stretch) -> list[Stretch]:
    changed = [one for one in stretches if one.low != new.low]
    insort(changed, new)
    return changed


def _frequent_words() -> dict[str, frozenset[str]]:
    rows = WordChunk.objects.values_list("scope", "word").distinct()
    found: dict[str, set[str]] = {scope: set() for scope in WordChunk.Scope.values}
    for scope, word in rows:
        found[scope].add(word)
    return {scope: frozenset(words) for scope, words in found.items()}


def _due() -> tuple[tuple[datetime, int], ...]:
    """What is still to come; each request compares it with the clock."""
    waiting = {"public_from": timezone.now()}
    return tuple(sorted(statements.select(SearchDocument, ["public_from", "document"], after=waiting)))


def walk(memory: Memory, order: str, wanted: BitMap, start: int = 0) -> Iterator[int]:
    """The documents of a set in an order, from a place on. Stretches before that place are counted, not walked."""
    stretches = memory.orders.get(order, ())
    is_whole = len(wanted) == sum(len(one.documents) for one in stretches)
    for stretch in stretches:
        if start:
            number = len(stretch.documents) if is_whole else wanted.intersection_cardinality(stretch.bits)
            if number <= start:
                start -= number
                continue
        elif not (is_whole or wanted.intersect(stretch.bits)):
            continue
        found = [document for document in stretch.documents if document in wanted]
        yield from found[start:]
        start = 0
