"""Stored sort orders: all documents of an order in stretches, so that a change writes a stretch or two."""

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ecosystem.domain.index import statements
from ecosystem.models import IndexBlock, SearchDocument
from ecosystem.models.index import LONGEST_ORDER_KEY

LONGEST_BLOCK = 2048
NUMBER_BYTES = 4
_DOCUMENTS, _BLOCKS = SearchDocument._meta.db_table, IndexBlock._meta.db_table


def order_key(key: bytes, document: int) -> bytes:
    """The key by which a document is sorted: no two are equal, and equal names are in the order of their numbers."""
    return key[: LONGEST_ORDER_KEY - NUMBER_BYTES] + document.to_bytes(NUMBER_BYTES)


def numbers(data: bytes | memoryview) -> array:
    """The documents of a stored stretch; four bytes each, the lowest first."""
    found = array("I")
    found.frombytes(data)
    return found


# The places of a document in an order, before and after a change; None is no place.
Move = tuple[bytes | None, bytes | None]


@dataclass(slots=True)
class Block:
    """A stored stretch, its documents as the bytes that are stored of them; one that is not stored yet has no key."""

    order: str
    low: bytes
    data: bytes = b""
    key: int | None = None


def move(document: int, moves: Mapping[str, Move], version: int) -> None:
    """Take a document from its old place to its new one in these orders, when its row says the new keys."""
    places = [(order, key) for order, ends in moves.items() for key in ends if key is not None]
    if not places:
        return
    blocks = _blocks_of(places)
    before = _neighbors(
        [(order, entered) for order, (_left, entered) in moves.items() if entered is not None]
    )
    number = _as_stored(document)
    for order, (left, entered) in moves.items():
        if left is not None:
            block = blocks[order, left]
            place = _find(block.data, number)
            if place < 0:
                raise LookupError(
                    f"Page {document} is not where its keys say. Mend it: manage.py index rebuild"
                )
            block.data = block.data[:place] + block.data[place + NUMBER_BYTES :]
        if entered is not None:
            block, neighbor = blocks[order, entered], before[order]
            # The neighbor may be the last one of the stretch before: then the document is the first of this one.
            place = -1 if neighbor is None else _find(block.data, _as_stored(neighbor))
            place = place + NUMBER_BYTES if place >= 0 else 0
            block.data = block.data[:place] + number + block.data[place:]
    _write({id(block): block for block in blocks.values()}.values(), version)


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
        data = block.data
        if len(data) > LONGEST_BLOCK * NUMBER_BYTES:
            half = len(data) // NUMBER_BYTES // 2 * NUMBER_BYTES
            low = _key_of(block.order, numbers(data[half : half + NUMBER_BYTES])[0])
            new.append((block.order, low, data[half:], version))
            data = data[:half]
        if block.key:
            kept.append((block.key, data, version))
        else:
            new.append((block.order, block.low, data, version))
    statements.update_each(IndexBlock, ["data", "version"], kept)
    statements.insert(IndexBlock, ["order", "low", "data", "version"], new)


def _blocks_of(places: Sequence[tuple[str, bytes]]) -> dict[tuple[str, bytes], Block]:
    """The stretch that each key belongs to, one object for each; the first one of all where its order has none."""
    of_key = f'(SELECT id FROM {_BLOCKS} WHERE "order" = %s AND low <= %s ORDER BY low DESC LIMIT 1)'
    keys = ", ".join([of_key] * len(places))
    cursor = statements.cursor()
    cursor.execute(
        f'SELECT "order", low, data, id FROM {_BLOCKS} WHERE id IN ({keys}) ORDER BY low DESC',
        [value for place in places for value in place],
    )
    stored: dict[str, list[Block]] = {}
    for order, low, data, key in cursor.fetchall():
        stored.setdefault(order, []).append(Block(order, bytes(low), bytes(data), key))
    found = {}
    for order, key in places:
        blocks = stored.setdefault(order, [])
        block = next((one for one in blocks if one.low <= key), None)
        if block is None:
            block = Block(order, b"")
            blocks.append(block)
        found[order, key] = block
    return found


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
