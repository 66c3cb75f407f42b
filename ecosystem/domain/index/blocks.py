"""Stored sort orders: all documents of an order in stretches, so that a change writes a stretch or two."""

from array import array

from django.db import connection

from ecosystem.models import IndexBlock, SearchDocument
from ecosystem.models.index import LONGEST_ORDER_KEY

LONGEST_BLOCK = 2048
NUMBER_BYTES = 4
_DOCUMENTS = SearchDocument._meta.db_table


def order_key(key: bytes, document: int) -> bytes:
    """The key by which a document is sorted: no two are equal, and equal names are in the order of their numbers."""
    return key[: LONGEST_ORDER_KEY - NUMBER_BYTES] + document.to_bytes(NUMBER_BYTES)


def numbers(data: bytes | memoryview) -> array:
    """The documents of a stored stretch; four bytes each, the lowest first."""
    found = array("I")
    found.frombytes(data)
    return found


def leave(order: str, document: int, key: bytes, version: int) -> None:
    """Take a document out of its place in an order, before its row says another key."""
    block = _block_of(order, key)
    found = numbers(block.data)
    found.remove(document)
    _write(block, found, version)


def enter(order: str, document: int, key: bytes, version: int) -> None:
    """Put a document into its place in an order, after its row says that key."""
    block = _block_of(order, key) or IndexBlock(order=order, low=b"", data=b"")
    found = numbers(block.data)
    before = _neighbor(order, key)
    # The neighbor may be the last one of the stretch before: then the document is the first of this one.
    found.insert(found.index(before) + 1 if before is not None and before in found else 0, document)
    if len(found) > LONGEST_BLOCK:
        half = len(found) // 2
        _write(IndexBlock(order=order, low=_key_of(order, found[half])), found[half:], version)
        found = found[:half]
    _write(block, found, version)


def _write(block: IndexBlock, found: array, version: int) -> None:
    block.data, block.version = found.tobytes(), version
    block.save()


def _block_of(order: str, key: bytes) -> IndexBlock | None:
    return IndexBlock.objects.filter(order=order, low__lte=key).order_by("-low").first()


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
    return bytes(SearchDocument.objects.values_list(f"{order}_key", flat=True).get(document=document))
