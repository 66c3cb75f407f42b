"""Stored sort orders: all documents of an order in stretches, so that a change writes a stretch or two."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db import connection

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


class Block(NamedTuple):
    """A stored stretch; one that is not stored yet has no key."""

    order: str
    low: bytes
    documents: array
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
    for order, (left, entered) in moves.items():
        if left is not None:
            stretch = blocks[order, left].documents
            del stretch[_place_in(stretch, document)]
        if entered is not None:
            stretch, neighbor = blocks[order, entered].documents, before[order]
            # The neighbor may be the last one of the stretch before: then the document is the first of this one.
            place = None if neighbor is None else _find(stretch, neighbor)
            stretch.insert(0 if place is None else place + 1, document)
    _write({(block.order, block.low): block for block in blocks.values()}.values(), version)


def _place_in(stretch: array, document: int) -> int:
    place = _find(stretch, document)
    if place is None:
        raise LookupError(f"Page {document} is not where its keys say. Mend it: manage.py index rebuild")
    return place


def _find(stretch: array, document: int) -> int | None:
    """Where a document stands. Sought by its bytes, since to compare numbers makes an object of each."""
    data, sought = stretch.tobytes(), array("I", [document]).tobytes()
    at = data.find(sought)
    while at % NUMBER_BYTES and at >= 0:
        at = data.find(sought, at + 1)
    return at // NUMBER_BYTES if at >= 0 else None


def _write(blocks: Iterable[Block], version: int) -> None:
    new, kept = [], []
    for block in blocks:
        found = block.documents
        if len(found) > LONGEST_BLOCK:
            half = len(found) // 2
            low = _key_of(block.order, found[half])
            new.append((block.order, low, found[half:].tobytes(), version))
            found = found[:half]
        if block.key:
            kept.append((block.key, found.tobytes(), version))
        else:
            new.append((block.order, block.low, found.tobytes(), version))
    statements.update_each(IndexBlock, ["data", "version"], kept)
    statements.insert(IndexBlock, ["order", "low", "data", "version"], new)


def _blocks_of(places: Sequence[tuple[str, bytes]]) -> dict[tuple[str, bytes], Block]:
    """The stretch that each key belongs to, one object for each; the first one of all where its order has none."""
    of_key = f'(SELECT id FROM {_BLOCKS} WHERE "order" = %s AND low <= %s ORDER BY low DESC LIMIT 1)'
    keys = ", ".join([of_key] * len(places))
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT "order", low, data, id FROM {_BLOCKS} WHERE id IN ({keys})',
            [value for place in places for value in place],
        )
        stored = [Block(order, bytes(low), numbers(data), key) for order, low, data, key in cursor.fetchall()]
    first = {order: Block(order, b"", array("I")) for order, _key in places}
    return {
        (order, key): max(
            (one for one in stored if one.order == order and one.low <= key),
            key=lambda one: one.low,
            default=first[order],
        )
        for order, key in places
    }


def _neighbors(places: Sequence[tuple[str, bytes]]) -> dict[str, int | None]:
    """The document that comes right before a key in each of these orders."""
    if not places:
        return {}
    parts = [
        f"(SELECT document FROM {_DOCUMENTS} WHERE {order}_key < %s ORDER BY {order}_key DESC LIMIT 1)"
        for order, _key in places
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", [key for _order, key in places])
        return dict(zip([order for order, _key in places], cursor.fetchone(), strict=True))


def _key_of(order: str, document: int) -> bytes:
    ((key,),) = statements.select(SearchDocument, [f"{order}_key"], document=document)
    return bytes(key)
