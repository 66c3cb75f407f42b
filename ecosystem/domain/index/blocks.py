"""Stored sort orders: all documents of an order in stretches, so that folding a change writes a stretch or two."""

import sys
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Protocol

from ecosystem.domain.index import statements
from ecosystem.models import IndexBlock, SearchDocument
from ecosystem.models.index import LONGEST_ORDER_KEY

LONGEST_BLOCK = 2048
NUMBER_BYTES = 4
# Of how many stretches the documents are read in one statement.
AT_ONCE = 500
_DOCUMENTS = SearchDocument._meta.db_table


def order_key(key: bytes, document: int) -> bytes:
    """The key by which a document is sorted: no two are equal, and equal names are in the order of their numbers."""
    return key[: LONGEST_ORDER_KEY - NUMBER_BYTES] + document.to_bytes(NUMBER_BYTES)


def numbers(data: bytes | memoryview) -> array:
    """The documents of a stored stretch; four bytes each, the lowest first."""
    found = array("I")
    found.frombytes(data)
    return found[:]  # without the room to grow that it was given


# The place of a document in an order before and after a change, and the document right before its new one. None is no
# place, and nothing before it.
Placing = tuple[bytes | None, bytes | None, int | None]


@dataclass(slots=True)
class Block:
    """A stored stretch, its documents as the bytes that are stored of them; one that is not stored yet has no key."""

    order: str
    low: bytes
    key: int | None = None
    data: bytes = b""


def placings(moves: Mapping[str, tuple[bytes | None, bytes | None]]) -> dict[str, Placing]:
    """The new places of a document, given its old and new keys, when its row says the new ones."""
    near = _neighbors([(order, entered) for order, (_left, entered) in moves.items() if entered is not None])
    return {order: (left, entered, near.get(order)) for order, (left, entered) in moves.items()}


class Part(Protocol):
    """A stretch of an order, stored or held: its documents have keys from `low` on, up to that of the next one."""

    low: bytes


def stretch_of(stretches: Sequence[Part], key: bytes) -> int:
    """Which of the stretches of an order a key belongs to."""
    return max(bisect_right(stretches, key, key=attrgetter("low")) - 1, 0)


def without(data: bytes, document: int) -> bytes:
    """A stretch that a document has left. Raises LookupError where it is not in it."""
    place = _find(data, _as_stored(document))
    if place < 0:
        raise LookupError(f"Page {document} is not where its keys say. Mend it: manage.py index rebuild")
    return data[:place] + data[place + NUMBER_BYTES :]


def with_document(data: bytes, document: int, neighbor: int | None) -> bytes:
    """A stretch that a document has come to, right after its neighbor."""
    # The neighbor may be the last one of the stretch before: then the document is the first of this one.
    place = -1 if neighbor is None else _find(data, _as_stored(neighbor))
    place = place + NUMBER_BYTES if place >= 0 else 0
    return data[:place] + _as_stored(document) + data[place:]


def fold(changes: Sequence[tuple[int, Mapping[str, Placing]]], version: int) -> None:
    """Store these moves of documents, in the order in which they came about, when all rows say the new keys."""
    by_order: dict[str, list[tuple[int, Placing]]] = defaultdict(list)
    for document, moves in changes:
        for order, placing in moves.items():
            by_order[order].append((document, placing))
    for order, of_order in by_order.items():
        _fold(order, of_order, version)


def _fold(order: str, moves: Sequence[tuple[int, Placing]], version: int) -> None:
    blocks = [
        Block(order, bytes(low), key)
        for low, key in statements.select(IndexBlock, ["low", "id"], order=order)
    ]
    blocks = sorted(blocks, key=attrgetter("low")) or [Block(order, b"")]
    places = {
        key: stretch_of(blocks, key) for _document, (*ends, _near) in moves for key in ends if key is not None
    }
    touched = [blocks[place] for place in sorted(set(places.values()))]
    _load([block for block in touched if block.key])
    for document, (left, entered, neighbor) in moves:
        if left is not None:
            block = blocks[places[left]]
            block.data = without(block.data, document)
        if entered is not None:
            block = blocks[places[entered]]
            block.data = with_document(block.data, document, neighbor)
    _write(touched, version)


def begin_with_present_keys() -> None:
    """Let each stretch begin with the key of its first document, whatever it was when the stretch was stored.

    To processes that hold the old keys they are other stretches: they must read the index anew.
    """
    rows = statements.select(IndexBlock, ["id", "order", "low", "data"])
    # The first stretch of an order begins with no key at all, and takes what comes before all others.
    moved = [(key, order, numbers(data)) for key, order, low, data in rows if low]
    lows = [(key, _key_of(order, documents[0])) for key, order, documents in moved if documents]
    statements.update_each(IndexBlock, ["low"], lows)
    for key, _order, documents in moved:
        if not documents:
            statements.delete(IndexBlock, id=key)


def _load(blocks: Sequence[Block]) -> None:
    for start in range(0, len(blocks), AT_ONCE):
        some = {block.key: block for block in blocks[start : start + AT_ONCE]}
        for key, data in statements.select(IndexBlock, ["id", "data"], id=list(some)):
            some[key].data = bytes(data)


def _as_stored(document: int) -> bytes:
    return document.to_bytes(NUMBER_BYTES, sys.byteorder)


def _find(data: bytes, number: bytes) -> int:
    """Where a number begins, and -1 where it is not. Sought by its bytes: numbers would be an object each."""
    at = data.find(number)
    while at % NUMBER_BYTES and at >= 0:
        at = data.find(number, at + 1)
    return at


def _write(blocks: Iterable[Block], version: int) -> None:
    new, kept = [], []
    for block in blocks:
        first, *rest = _parts(block.data)
        if block.key:
            kept.append((block.key, first, version))
        else:
            new.append((block.order, block.low, first, version))
        new += [(block.order, _key_of(block.order, numbers(data)[0]), data, version) for data in rest]
    statements.update_each(IndexBlock, ["data", "version"], kept)
    statements.insert(IndexBlock, ["order", "low", "data", "version"], new)


def _parts(data: bytes) -> list[bytes]:
    """A stretch as it is stored: in several where it has become too long, with room to grow."""
    count = len(data) // NUMBER_BYTES
    number = 1 if count <= LONGEST_BLOCK else -(-count // (LONGEST_BLOCK * 3 // 4))
    size = -(-count // number) * NUMBER_BYTES
    return [data[start : start + size] for start in range(0, len(data), size)] if data else [data]


def _neighbors(places: Sequence[tuple[str, bytes]]) -> dict[str, int | None]:
    """The document that comes right before a key in each of these orders."""
    if not places:
        return {}
    parts = [
        f"(SELECT document FROM {_DOCUMENTS} WHERE {order}_key < %s ORDER BY {order}_key DESC LIMIT 1)"
        for order, _key in places
    ]
    cursor = statements.cursor()
    cursor.execute(f"SELECT {', '.join(parts)}", [key for _order, key in places])
    return dict(zip([order for order, _key in places], cursor.fetchone(), strict=True))


def _key_of(order: str, document: int) -> bytes:
    ((key,),) = statements.select(SearchDocument, [f"{order}_key"], document=document)
    return bytes(key)
