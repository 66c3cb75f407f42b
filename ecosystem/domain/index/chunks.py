"""Stored sets of documents: roaring bitmaps in pieces of 65,536 numbers, so that a change writes little."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Model
from pyroaring import BitMap

from ecosystem.domain.index import statements
from ecosystem.models import IndexChunk, WordChunk

CHUNK_BITS = 16

Place = tuple[str, int]  # a key and the number of a chunk


class Changes:
    """Which documents come to which keys, and which leave them."""

    def __init__(self) -> None:
        self.added: dict[Place, list[int]] = defaultdict(list)
        self.removed: dict[Place, list[int]] = defaultdict(list)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    def note(self, document: int, before: Iterable[str], after: Iterable[str]) -> None:
        """A document leaves the keys that it had before only, and comes to those that it has after only."""
        before, after = set(before), set(after)
        chunk = document >> CHUNK_BITS
        for key in after - before:
            self.added[key, chunk].append(document)
        for key in before - after:
            self.removed[key, chunk].append(document)

    def touch(self, key: str) -> None:
        """Let a key without documents count as changed."""
        self.added[key, 0] += []

    def by_chunk(self) -> dict[int, list[str]]:
        """The changed keys of each chunk."""
        found = defaultdict(list)
        for key, chunk in sorted({*self.added, *self.removed}):
            found[chunk].append(key)
        return found

    def applied(self, place: Place, data: bytes) -> bytes:
        """The bitmap of that place as it is after the changes."""
        bits = BitMap.deserialize(bytes(data)) if data else BitMap()
        bits.update(self.added.get(place, ()))
        bits.difference_update(BitMap(self.removed.get(place, ())))
        return bits.serialize()


def write_facets(changes: Changes, version: int) -> None:
    """Store changes of facets; an emptied bitmap stays, so that processes learn of it."""
    _write(IndexChunk, "key", changes, {}, {"version": version})


def write_words(changes: Mapping[str, Changes]) -> None:
    """Store changes of frequent words, by scope. They are read from the database whenever they are asked for."""
    for scope, changed in changes.items():
        _write(WordChunk, "word", changed, {"scope": scope}, {})


def _write(
    model: type[Model], name: str, changes: Changes, fixed: dict[str, str], also: dict[str, int]
) -> None:
    """Store the changed bitmaps of a table."""
    new, kept = [], []
    for chunk, keys in changes.by_chunk().items():
        stored = {
            key: (pk, data)
            for pk, key, data in statements.select(
                model, ["id", name, "data"], chunk=chunk, **{name: keys}, **fixed
            )
        }
        for key in keys:
            pk, data = stored.get(key, (None, b""))
            changed = changes.applied((key, chunk), data)
            if pk:
                kept.append([pk, changed, *also.values()])
            else:
                new.append([key, chunk, changed, *fixed.values(), *also.values()])
    statements.update_each(model, ["data", *also], kept)
    statements.insert(model, [name, "chunk", "data", *fixed, *also], new)


def word_set(scope: str, word: str) -> BitMap:
    """All documents that have a frequent word."""
    parts = statements.select(WordChunk, ["data"], scope=scope, word=word)
    return BitMap.union(BitMap(), *(BitMap.deserialize(bytes(data)) for (data,) in parts))
