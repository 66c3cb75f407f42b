"""Stored sets of documents: roaring bitmaps in pieces of 65,536 numbers, so that a change writes little."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyroaring import BitMap

from ecosystem.domain.index import statements
from ecosystem.models import IndexChunk, WordChunk

CHUNK_BITS = 16

Key = str | tuple[str, str]  # of a facet, or the scope of a word and the word
Place = tuple[Key, int]  # a key and the number of a chunk


class Changes:
    """Which documents come to which keys, and which leave them."""

    def __init__(self) -> None:
        self.added: dict[Place, list[int]] = defaultdict(list)
        self.removed: dict[Place, list[int]] = defaultdict(list)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    def note(self, document: int, before: Iterable[Key], after: Iterable[Key]) -> None:
        """A document leaves the keys that it had before only, and comes to those that it has after only."""
        before, after = set(before), set(after)
        chunk = document >> CHUNK_BITS
        for key in after - before:
            self.added[key, chunk].append(document)
        for key in before - after:
            self.removed[key, chunk].append(document)

    def touch(self, key: Key) -> None:
        """Let a key without documents count as changed."""
        self.added[key, 0] += []

    def by_chunk(self) -> dict[int, list[Key]]:
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
    for chunk, keys in changes.by_chunk().items():
        rows = statements.select(IndexChunk, ["id", "key", "data"], chunk=chunk, key=keys)
        kept, new = _applied(changes, chunk, keys, {key: (pk, data) for pk, key, data in rows})
        statements.update_each(IndexChunk, ["data", "version"], [(*row, version) for row in kept])
        statements.insert(
            IndexChunk, ["key", "data", "chunk", "version"], [(*row, chunk, version) for row in new]
        )


def write_words(changes: Changes) -> None:
    """Store changes of frequent words, whose keys are scope and word. They are read whenever they are asked for."""
    for chunk, keys in changes.by_chunk().items():
        scopes, words = ({key[at] for key in keys} for at in (0, 1))
        rows = statements.select(
            WordChunk, ["id", "scope", "word", "data"], chunk=chunk, scope=sorted(scopes), word=sorted(words)
        )
        kept, new = _applied(
            changes, chunk, keys, {(scope, word): (pk, data) for pk, scope, word, data in rows}
        )
        statements.update_each(WordChunk, ["data"], kept)
        statements.insert(
            WordChunk, ["scope", "word", "data", "chunk"], [(*key, data, chunk) for key, data in new]
        )


def _applied(
    changes: Changes, chunk: int, keys: Iterable[Key], stored: Mapping[Key, tuple[int, bytes]]
) -> tuple[list[tuple[int, bytes]], list[tuple[Key, bytes]]]:
    """The changed bitmaps of a chunk: of stored ones by their primary keys, and of new ones."""
    kept, new = [], []
    for key in keys:
        pk, data = stored.get(key, (None, b""))
        changed = changes.applied((key, chunk), data)
        if pk:
            kept.append((pk, changed))
        else:
            new.append((key, changed))
    return kept, new


def word_set(scope: str, word: str) -> BitMap:
    """All documents that have a frequent word."""
    parts = statements.select(WordChunk, ["data"], scope=scope, word=word)
    return BitMap.union(BitMap(), *(BitMap.deserialize(bytes(data)) for (data,) in parts))
