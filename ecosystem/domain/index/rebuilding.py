"""The index made anew from the records, and compared with them."""

import random
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice

from django.db import transaction
from django.db.models import Model
from pyroaring import BitMap

from ecosystem.domain import bulk
from ecosystem.domain.index import documents, full_text, terms, versions, words
from ecosystem.domain.index.blocks import LONGEST_BLOCK
from ecosystem.domain.index.chunks import CHUNK_BITS
from ecosystem.domain.index.documents import EVER, ORDERS, Document
from ecosystem.domain.index.numbers import KINDS, document_of
from ecosystem.domain.index.upkeep import documents_of, facets_of
from ecosystem.domain.index.words import Frequent
from ecosystem.models import (
    IndexBlock,
    IndexChunk,
    NameForm,
    SearchDocument,
    Term,
    TermDeletion,
    WordChunk,
)

AT_ONCE = 1_000
# Which words are frequent is told from so many documents.
SAMPLE = 10_000
DERIVED = (TermDeletion, Term, WordChunk, IndexBlock, IndexChunk, NameForm, SearchDocument)

Progress = Callable[[int, int], None]  # documents done, documents in all


def rebuild(
    *, share: float = words.SHARE, fewest: int = words.FEWEST, progress: Progress = lambda done, total: None
) -> int:
    """Make the whole index anew, in one transaction; how many documents it has. Others wait to write until it ends.

    A word is frequent when that share of the documents have it, and at least `fewest` documents.
    """
    with bulk.room(), transaction.atomic(), full_text.made_anew():
        versions.lock()
        for model in DERIVED:
            model.objects.all()._raw_delete(model.objects.db)
        numbers = all_numbers()
        gathered = _Gathered(_frequent(numbers, share, fewest))
        for start in range(0, len(numbers), AT_ONCE):
            gathered.take(documents_of(numbers[start : start + AT_ONCE]))
            progress(min(start + AT_ONCE, len(numbers)), len(numbers))
        gathered.write(versions.restart())
    return len(numbers)


def all_numbers() -> array:
    """The documents of everything that is public or scheduled, four bytes each."""
    return array("I", chain.from_iterable(map(_numbers_of, KINDS)))


def _numbers_of(model: type[Model]) -> Iterator[int]:
    rows = model.objects.published(EVER) if hasattr(model.objects, "published") else model.objects.all()
    keys = rows.order_by("pk").values_list("pk", flat=True)
    return (document_of(model, key) for key in keys.iterator(chunk_size=10_000))


def _frequent(numbers: Sequence[int], share: float, fewest: int) -> Frequent:
    # Drawn, since every tenth document never meets a word of every hundredth; the same ones in every run.
    drawn = random.Random(0).sample(numbers, SAMPLE) if len(numbers) > SAMPLE else numbers
    chosen = sorted(drawn)
    sample = list(chain.from_iterable(documents_of(part).values() for part in _parts(chosen, AT_ONCE)))
    least = max(share * len(sample), fewest * len(sample) / max(len(numbers), 1), 1)
    return words.frequent_words(sample, least)


def _parts(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (numbers[start : start + size] for start in range(0, len(numbers), size))


class _Gathered:
    """What is known only when all documents have been seen: the sets, and the terms."""

    def __init__(self, frequent: Frequent) -> None:
        self._finder = words.Finder(frequent)
        self.sets: dict[str, BitMap] = defaultdict(BitMap)
        self.words: dict[tuple[str, str], BitMap] = {
            (scope, word): BitMap() for scope, found in frequent.items() for word in found
        }
        self.terms: set[str] = set()

    def take(self, found: dict[int, Document]) -> None:
        """Store the rows of documents, and remember what they add to the sets."""
        _insert_rows(found)
        sets, frequent = defaultdict(list), defaultdict(list)
        for number, document in found.items():
            for key in facets_of(number, document):
                sets[key].append(number)
            for scope, found_words in self._finder.words_of(document).items():
                for word in found_words:
                    frequent[scope, word].append(number)
            self.terms |= terms.terms_of(document)
        for key, numbers in sets.items():
            self.sets[key].update(numbers)
        for place, numbers in frequent.items():
            self.words[place].update(numbers)

    def write(self, version: int) -> None:
        bulk.insert(
            IndexChunk,
            ["key", "chunk", "data", "version"],
            ((key, chunk, data, version) for key, bits in self.sets.items() for chunk, data in pieces(bits)),
        )
        bulk.insert(
            WordChunk,
            ["scope", "word", "chunk", "data"],
            ((*place, chunk, data) for place, bits in self.words.items() for chunk, data in pieces(bits)),
        )
        for order in ORDERS:
            bulk.insert(IndexBlock, ["order", "low", "data", "version"], _blocks(order, version))
        terms.learn_all(self.terms)


def _insert_rows(found: dict[int, Document]) -> None:
    rows = {number: documents.columns(document) for number, document in found.items()}
    if not rows:
        return
    names = list(next(iter(rows.values())))
    bulk.insert(
        SearchDocument, ["document", *names], ((number, *row.values()) for number, row in rows.items())
    )
    bulk.insert(
        NameForm,
        ["document", "form", "kind"],
        ((number, *form) for number, document in found.items() for form in sorted(document.forms)),
    )


def pieces(bits: BitMap) -> Iterator[tuple[int, bytes]]:
    """A set as it is stored: each chunk that has documents, with its bitmap; one empty chunk for an empty set."""
    if not bits:
        yield 0, bits.serialize()
    while bits:
        chunk = bits.min() >> CHUNK_BITS
        part = bits & BitMap(range(chunk << CHUNK_BITS, (chunk + 1) << CHUNK_BITS))
        yield chunk, part.serialize()
        bits = bits - part


def _blocks(order: str, version: int) -> Iterator[tuple[str, bytes, bytes, int]]:
    """An order as it is stored: stretches with room to grow, the first one from the lowest key on."""
    column = f"{order}_key"
    rows = SearchDocument.objects.filter(**{f"{column}__isnull": False}).order_by(column)
    ordered = rows.values_list(column, "document").iterator(chunk_size=10_000)
    is_first = True
    while part := list(islice(ordered, LONGEST_BLOCK * 3 // 4)):
        numbers = array("I", [document for _key, document in part])
        yield order, b"" if is_first else bytes(part[0][0]), numbers.tobytes(), version
        is_first = False
