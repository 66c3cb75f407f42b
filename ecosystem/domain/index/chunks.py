"""Stored sets of documents: roaring bitmaps in pieces of 65,536 numbers, so that a change writes little."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q
from pyroaring import BitMap

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

    def places(self) -> set[Place]:
        return {*self.added, *self.removed}

    def applied(self, place: Place, data: bytes) -> bytes:
        """The bitmap of that place as it is after the changes."""
        bits = BitMap.deserialize(bytes(data)) if data else BitMap()
        bits.update(self.added.get(place, ()))
        bits.difference_update(BitMap(self.removed.get(place, ())))
        return bits.serialize()


def write_facets(changes: Changes, version: int) -> None:
    """Store changes of facets; an emptied bitmap stays, so that processes learn of it."""
    places = changes.places()
    found = {(row.key, row.chunk): row for row in _rows(IndexChunk, "key", places)}
    new = []
    for key, chunk in sorted(places):
        row = found.get((key, chunk)) or IndexChunk(key=key, chunk=chunk, data=b"")
        row.data, row.version = changes.applied((key, chunk), row.data), version
        if row.pk:
            row.save(update_fields=["data", "version"])
        else:
            new.append(row)
    if new:
        IndexChunk.objects.bulk_create(new)


def write_words(changes: Mapping[str, Changes]) -> None:
    """Store changes of frequent words, by scope. They are read from the database whenever they are asked for."""
    for scope, changed in changes.items():
        places = changed.places()
        rows = _rows(WordChunk.objects.filter(scope=scope), "word", places)
        found = {(row.word, row.chunk): row for row in rows}
        for word, chunk in sorted(places):
            row = found.get((word, chunk)) or WordChunk(scope=scope, word=word, chunk=chunk, data=b"")
            row.data = changed.applied((word, chunk), row.data)
            row.save()


def _rows(rows: type | object, name: str, places: Iterable[Place]) -> Iterable:
    """The stored rows of these places, few queries for many places."""
    by_chunk = defaultdict(list)
    for key, chunk in places:
        by_chunk[chunk].append(key)
    rows = getattr(rows, "objects", rows)
    for chunk, keys in by_chunk.items():
        yield from rows.filter(Q(chunk=chunk) & Q(**{f"{name}__in": keys}))


def word_set(scope: str, word: str) -> BitMap:
    """All documents that have a frequent word."""
    parts = WordChunk.objects.filter(scope=scope, word=word).values_list("data", flat=True)
    return BitMap.union(*(BitMap.deserialize(bytes(data)) for data in parts)) if parts else BitMap()
