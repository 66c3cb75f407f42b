"""Stored sort orders: all documents of an order in stretches, so that a change writes a stretch or two."""

from array import array
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


class Block(NamedTuple):
    """A stored stretch; one that is not stored yet has no key."""

    low: bytes
    documents: array
    key: int | None = None


def leave(order: str, document: int, key: bytes, version: int) -> None:
    """Take a document out of its place in an order, before its row says another key."""
    block = _block_of(order, key)
    block.documents.remove(document)
    _write(order, block, version)


def enter(order: str, document: int, key: bytes, version: int) -> None:
    """Put a document into its place in an order, after its row says that key."""
    block = _block_of(order, key)
    found = block.documents
    before = _neighbor(order, key)
    # The neighbor may be the last one of the stretch before: then the document is the first of this one.
    found.insert(found.index(before) + 1 if before is not None and before in found else 0, document)
    if len(found) > LONGEST_BLOCK:
        half = len(found) // 2
        _write(order, Block(_key_of(order, found[half]), found[half:]), version)
        block = block._replace(documents=found[:half])
    _write(order, block, version)


def _write(order: str, block: Block, version: int) -> None:
    data = block.documents.tobytes()
    if block.key:
        statements.update(IndexBlock, {"data": data, "version": version}, id=block.key)
    else:
        statements.insert(
            IndexBlock, ["order", "low", "data", "version"], [(order, block.low, data, version)]
        )


def _block_of(order: str, key: bytes) -> Block:
    """The stretch that a key belongs to; the first one of all where the order has none."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT id, low, data FROM {_BLOCKS} WHERE "order" = %s AND low <= %s ORDER BY low DESC LIMIT 1',
            [order, key],
        )
        row = cursor.fetchone()
    return Block(bytes(row[1]), numbers(row[2]), row[0]) if row else Block(b"", array("I"))


def _neighbor(order: str, key: bytes) -> int | None:
    """The document that comes right before that key."""
    column = f"{order}_key"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT document FROM {_DOCUMENTS} WHERE {column} < %s ORDER BY {column} DESC LIMIT 1", [key]
        )
        row = cursor.fetchone()
    return row and row[0]


def _key_of(order: str, document: int) -> bytes:
    ((key,),) = statements.select(SearchDocument, [f"{order}_key"], document=document)
    return bytes(key)
