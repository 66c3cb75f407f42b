"""Numbers of documents: one space of 32 bits for the pages of all kinds, as roaring bitmaps want it."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Model

from ecosystem.models import (
    Article,
    Event,
    Initiative,
    Metric,
    Organization,
    Person,
    Place,
    Ranking,
    Source,
    Topic,
)

# The kind of a document is its number's upper bits, by place in this list. Organizations come first, so that their
# documents have the numbers of their primary keys. A new kind goes to the end, and sixteen is the most.
KINDS: tuple[type[Model], ...] = (
    Organization,
    Metric,
    Ranking,
    Article,
    Initiative,
    Place,
    Event,
    Topic,
    Person,
    Source,
)
KEY_BITS = 28
_CODES = {model: code for code, model in enumerate(KINDS)}


def document_of(model: type[Model], key: int) -> int:
    """The number of a page's document. Raises OverflowError for a key that has no room."""
    if not 0 < key < 1 << KEY_BITS:
        raise OverflowError(f"The index has room for keys below {1 << KEY_BITS}, and this one is {key}.")
    return _CODES[model] << KEY_BITS | key


def page_of(document: int) -> tuple[type[Model], int]:
    """The kind and primary key behind a document's number."""
    return KINDS[document >> KEY_BITS], document & (1 << KEY_BITS) - 1


def span_of(model: type[Model]) -> tuple[int, int]:
    """The first number of a kind and the first one after it."""
    code = _CODES[model]
    return code << KEY_BITS, code + 1 << KEY_BITS


def is_vocabulary(document: int) -> bool:
    """Whether the page is a value of a facet, so that its names and slug are held by every process."""
    return any(first <= document < after for first, after in _VOCABULARY)


def keys_by_kind(documents: Iterable[int]) -> dict[type[Model], list[int]]:
    """Primary keys, by kind."""
    found = defaultdict(list)
    for document in documents:
        model, key = page_of(document)
        found[model].append(key)
    return found


_VOCABULARY = tuple(map(span_of, (Topic, Place)))
