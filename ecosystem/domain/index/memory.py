"""What a process holds of the index, brought up to date at each request by the changed parts alone."""

import logging
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, MutableSequence, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Model
from django.utils import timezone
from pyroaring import BitMap

from ecosystem.domain.index import journal, statements, versions
from ecosystem.domain.index.blocks import Placing, numbers, stretch_of, with_document, without
from ecosystem.domain.index.chunks import CHUNK_BITS
from ecosystem.domain.index.journal import Change
from ecosystem.domain.index.numbers import is_vocabulary
from ecosystem.domain.index.versions import Version
from ecosystem.domain.index.vocabulary import Vocabulary, read_vocabulary
from ecosystem.domain.index.words import WordSets
from ecosystem.models import IndexBlock, IndexChunk, SearchDocument, WordChunk

_EMPTY = BitMap()
FEW = 16  # documents are sorted by their rows, where there are more stretches than that
logger = logging.getLogger(__name__)


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
    frequent: WordSets = field(default_factory=WordSets)
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
        with statements.one_cursor():
            held = _held[place] = (held and _newer(held, version)) or _read_whole(version)
    return held


def frequent_words(version: Version) -> WordSets:
    """The words that have sets of their own in the present version; only a rebuild chooses others."""
    held = _held.get(_place())
    is_kept = held is not None and (held.version == version or versions.is_past(held.version))
    return held.frequent if is_kept else present().frequent


def _read_whole(version: Version) -> Memory:
    """The whole index of that version, or of a later one where pieces were stored anew while they were read."""
    while (found := _read(version)) is None:
        before, version = version, versions.current()
        if version == before:
            logger.error("Parts of the index are newer than itself. Mend it: manage.py index rebuild")
            return _read(version, is_damaged=True)
    return found


def _read(version: Version, *, is_damaged: bool = False) -> Memory | None:
    """The whole index, as stored and after the journal; None where it has gone on meanwhile, unless it is damaged."""
    changes = journal.unfolded(version)
    sets: dict[str, list[BitMap]] = {}
    latest = 0
    rows = IndexChunk.objects.values_list("key", "data", "version")
    for key, data, stored in rows.iterator(chunk_size=100):
        sets.setdefault(key, []).append(BitMap.deserialize(bytes(data)))
        latest = max(latest, stored)
    orders: dict[str, list[Stretch]] = {}
    blocks = IndexBlock.objects.order_by("order", "low").values_list("order", "low", "data", "version")
    for order, low, data, stored in blocks.iterator(chunk_size=100):
        orders.setdefault(order, []).append(Stretch(bytes(low), numbers(data)))
        latest = max(latest, stored)
    if latest > version.number and not is_damaged:
        return None
    found = Memory(
        version,
        {key: BitMap.union(*parts) for key, parts in sets.items()},
        orders,
        WordSets(_frequent_words()),
        read_vocabulary(),
        _due(),
    )
    return _after(found, version, changes)


def _newer(held: Memory, version: Version) -> Memory | None:
    """The state of that version, made of an older one and of what has changed since; None where that cannot be."""
    lines = journal.since(held.version, version)
    if lines is None:
        return None
    folded = max((number for number, text in lines if not text), default=0)
    changes = [one for number, text in lines if text and number > folded for one in journal.read(text)]
    state = _with_pieces(held, version) if folded else held
    return state and _after(state, version, changes)


def _after(held: Memory, version: Version, changes: Sequence[Change]) -> Memory:
    """The state of a version after these changes to one before it."""
    facets, words = journal.noted(changes)
    sets, orders = dict(held.sets), dict(held.orders)
    for key in facets.touched():
        sets[key] = facets.applied(key, sets.get(key, _EMPTY).copy())
    for order in {order for change in changes for order in change.moves}:
        stretches = list(orders.get(order, ())) or [Stretch(b"", numbers(b""))]
        orders[order] = stretches
        for change in changes:
            if placing := change.moves.get(order):
                _move(stretches, change.document, placing)
    is_renamed = any(is_vocabulary(change.document) for change in changes)
    vocabulary = read_vocabulary() if is_renamed else held.vocabulary
    due = _due() if any(change.is_waiting for change in changes) else held.due
    return Memory(version, sets, orders, held.frequent.after(words), vocabulary, due)


def _move(stretches: MutableSequence[Stretch], document: int, placing: Placing) -> None:
    left, entered, neighbor = placing
    places = [key if key is None else stretch_of(stretches, key) for key in (left, entered)]
    changed = {place: stretches[place].documents.tobytes() for place in places if place is not None}
    if left is not None:
        try:
            changed[places[0]] = without(changed[places[0]], document)
        except LookupError as error:
            # Readers get a list in which a page stands twice, and not an error; the next fold refuses to go on.
            logger.error("%s", error)
    if entered is not None:
        changed[places[1]] = with_document(changed[places[1]], document, neighbor)
    for place, data in changed.items():
        stretches[place] = Stretch(stretches[place].low, numbers(data))


def _with_pieces(held: Memory, version: Version) -> Memory | None:
    """A state with the pieces that were stored since, which hold all changes up to the last fold."""
    since = held.version.number
    sets, orders = dict(held.sets), dict(held.orders)
    chunks = statements.select(IndexChunk, ["key", "chunk", "data", "version"], after={"version": since})
    for key, chunk, data, _stored in chunks:
        sets[key] = _with_chunk(sets.get(key, _EMPTY), chunk, BitMap.deserialize(bytes(data)))
    blocks = statements.select(IndexBlock, ["order", "low", "data", "version"], after={"version": since})
    stretches: dict[str, list[Stretch]] = defaultdict(list)
    for order, low, data, _stored in blocks:
        stretches[order].append(Stretch(bytes(low), numbers(data)))
    for order, new in stretches.items():
        orders[order] = _with_stretches(orders.get(order, []), new)
    if any(stored > version.number for *_piece, stored in [*chunks, *blocks]):
        return None
    frequent = WordSets(held.frequent.words)
    return Memory(version, sets, orders, frequent, read_vocabulary(), _due())


def _with_chunk(bits: BitMap, chunk: int, part: BitMap) -> BitMap:
    changed = bits.copy()
    changed.remove_range(chunk << CHUNK_BITS, (chunk + 1) << CHUNK_BITS)
    changed |= part
    return changed


def _with_stretches(stretches: Iterable[Stretch], new: Iterable[Stretch]) -> list[Stretch]:
    """Stretches of an order, where those that begin with the same key take the place of others."""
    changed = {one.low: one for one in stretches} | {one.low: one for one in new}
    return sorted(changed.values())


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


def _sorted(order: str, wanted: BitMap) -> list[int]:
    """Few documents in an order, by the keys that their rows have now: sooner than looking for them in each stretch."""
    rows = statements.select(SearchDocument, [f"{order}_key", "document"], document=list(wanted))
    return [
        document for key, document in sorted((bytes(key or b""), document) for key, document in rows) if key
    ]


def walk(memory: Memory, order: str, wanted: BitMap, start: int = 0) -> Iterator[int]:
    """The documents of a set in an order, from a place on. Stretches before that place are counted, not walked.

    Few documents are not looked for in many stretches, but sorted by the keys of their rows.
    """
    stretches = memory.orders.get(order, ())
    left = len(wanted)
    if left <= FEW and len(stretches) > FEW:
        yield from _sorted(order, wanted)[start:]
        return
    is_whole = left == sum(len(one.documents) for one in stretches)
    for stretch in stretches:
        if not left:
            return  # few are found long before the last stretch
        if start:
            number = len(stretch.documents) if is_whole else wanted.intersection_cardinality(stretch.bits)
            if number <= start:
                start -= number
                left -= number
                continue
        elif not (is_whole or wanted.intersect(stretch.bits)):
            continue
        found = [document for document in stretch.documents if document in wanted]
        yield from found[start:]
        left -= len(found)
        start = 0
