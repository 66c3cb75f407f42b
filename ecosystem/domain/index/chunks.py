"""Stored sets of documents: roaring bitmaps in pieces of 65,536 numbers, so that a change writes little."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyroaring import BitMap

from ecosystem.domain.index import statements
from ecosystem.models import IndexChunk, WordChunk

CHUNK_BITS = 16

Key = str | tuple[str, str]  # of a facet, or the scope of a word and the word


class Changes:
    """Which documents come to which keys, and which leave them; of several changes of a document the last counts."""

    def __init__(self) -> None:
        self.added: dict[Key, set[int]] = defaultdict(set)
        self.removed: dict[Key, set[int]] = defaultdict(set)

    def note(self, document: int, left: Iterable[Key], entered: Iterable[Key]) -> None:
        for key in left:
            self.added[key].discard(document)
            self.removed[key].add(document)
        for key in entered:
            self.removed[key].discard(document)
            self.added[key].add(document)

    def touched(self) -> set[Key]:
        """The keys whose sets may have changed."""
        return {*self.added, *self.removed}

    def applied(self, key: Key, bits: BitMap) -> BitMap:
        """The set of a key as it is after the changes, given a copy of what it was."""
        bits.update(self.added.get(key, ()))
        bits.difference_update(BitMap(self.removed.get(key, ())))
        return bits

    def by_chunk(self) -> dict[int, "Changes"]:
        """The changes of each chunk by themselves."""
        found: dict[int, Changes] = defaultdict(Changes)
        for name in ("added", "removed"):
            for key, documents in getattr(self, name).items():
                for document in documents:
                    getattr(found[document >> CHUNK_BITS], name)[key].add(document)
        return found


def write_facets(changes: Changes, version: int) -> None:
    """Store changes of facets; an emptied bitmap stays, so that processes learn of it."""
    for chunk, part in changes.by_chunk().items():
        keys = sorted(part.touched())
        rows = statements.select(IndexChunk, ["id", "key", "data"], chunk=chunk, key=keys)
        kept, new = _applied(part, keys, {key: (pk, data) for pk, key, data in rows})
        statements.update_each(IndexChunk, ["data", "version"], [(*row, version) for row in kept])
        statements.insert(
            IndexChunk, ["key", "data", "chunk", "version"], [(*row, chunk, version) for row in new]
        )


def write_words(changes: Changes) -> None:
    """Store changes of frequent words, whose keys are scope and word. They are read whenever they are asked for."""
    for chunk, part in changes.by_chunk().items():
        keys = sorted(part.touched())
        scopes, words = ({key[at] for key in keys} for at in (0, 1))
        rows = statements.select(
            WordChunk, ["id", "scope", "word", "data"], chunk=chunk, scope=sorted(scopes), word=sorted(words)
        )
        kept, new = _applied(part, keys, {(scope, word): (pk, data) for pk, scope, word, data in rows})
        statements.update_each(WordChunk, ["data"], kept)
        statements.insert(
            WordChunk, ["scope", "word", "data", "chunk"], [(*key, data, chunk) for key, data in new]
        )


def _applied(
    changes: Changes, keys: Iterable[Key], stored: Mapping[Key, tuple[int, bytes]]
) -> tuple[list[tuple[int, bytes]], list[tuple[Key, bytes]]]:
    """The changed bitmaps of a chunk: of stored ones by their primary keys, and of new ones."""
    kept, new = [], []
    for key in keys:
        pk, data = stored.get(key, (None, b""))
        changed = changes.applied(key, BitMap.deserialize(bytes(data)) if data else BitMap()).serialize()
        if pk:
            kept.append((pk, changed))
        else:
            new.append((key, changed))
    return kept, new


def word_set(scope: str, word: str) -> BitMap:
    """All documents that are stored with a frequent word."""
    parts = statements.select(WordChunk, ["data"], scope=scope, word=word)
    return BitMap.union(BitMap(), *(BitMap.deserialize(bytes(data)) for (data,) in parts))
