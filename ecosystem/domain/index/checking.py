"""The index compared with the records: every document, every count by GROUP BY, every order."""

from collections import defaultdict
from collections.abc import Iterator

from django.db import DatabaseError, connection
from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Concat, Substr
from pyroaring import BitMap

from ecosystem.domain.evidence import has_opened_source
from ecosystem.domain.index import memory, words
from ecosystem.domain.index.documents import EVER, ORDERS, Document
from ecosystem.domain.index.numbers import page_of
from ecosystem.domain.index.rebuilding import AT_ONCE, all_numbers
from ecosystem.domain.index.upkeep import documents_of, facets_of, stored_documents, stored_forms
from ecosystem.domain.index.words import WordSets
from ecosystem.models import Identifier, Organization, SearchDocument, Standing, WordChunk


class _Said:
    """What all documents together say: which there are, the sets of facets, and those of frequent words."""

    def __init__(self, held: memory.Memory) -> None:
        self._finder = words.Finder(held.frequent)
        self.documents, self.facets, self.words = BitMap(), defaultdict(BitMap), defaultdict(BitMap)

    def take(self, number: int, document: Document) -> None:
        self.documents.add(number)
        for key in facets_of(number, document):
            self.facets[key].add(number)
        for scope, found in self._finder.words_of(document).items():
            for word in found:
                self.words[scope, word].add(number)


def faults() -> Iterator[str]:
    """What is wrong with the index, a sentence each; nothing where it is right."""
    held = memory.present()
    said, numbers = _Said(held), all_numbers()
    for start in range(0, len(numbers), AT_ONCE):
        part = numbers[start : start + AT_ONCE]
        new, old, forms = documents_of(part), stored_documents(part), stored_forms(part)
        for number, document in new.items():
            said.take(number, document)
            if old.get(number) != document or forms[number] != document.forms:
                yield f"{_label(number)} is not in the index as it is."
    for number in BitMap(SearchDocument.objects.values_list("document", flat=True)) - said.documents:
        yield f"{_label(number)} is in the index and should not be."
    for key in sorted({*said.facets, *held.sets}):
        if held.of(key) != said.facets[key]:
            yield f"{key} has {len(held.of(key))} documents and should have {len(said.facets[key])}."
    yield from _wrong_words(held.frequent, said.words)
    yield from _wrong_counts(held)
    yield from _wrong_orders(held)
    yield from _broken_full_text()


def _wrong_words(sets: WordSets, frequent: dict[tuple[str, str], BitMap]) -> Iterator[str]:
    """The sets of frequent words, compared with the words of the documents."""
    stored = {
        (scope, word): sets.of(scope, word)
        for scope, word in WordChunk.objects.order_by().values_list("scope", "word").distinct()
    }
    for scope, word in sorted({*stored, *frequent}):
        has, should = (some.get((scope, word), BitMap()) for some in (stored, frequent))
        if has != should:
            yield f"The frequent word {word} ({scope}) is kept for {len(has)}, and {len(should)} have it."


def _label(number: int) -> str:
    model, key = page_of(number)
    return f"{model._meta.model_name} {key}"


def _wrong_counts(held: memory.Memory) -> Iterator[str]:
    """The counts of the facets by the database's own GROUP BY."""
    for facet, counted in grouped().items():
        start = f"{facet}="
        indexed = {
            key[len(start) :]: len(bits) for key, bits in held.sets.items() if key.startswith(start) and bits
        }
        if indexed != counted:
            yield f"The facet {facet} counts {indexed}, and GROUP BY counts {counted}."


def grouped() -> dict[str, dict[str, int]]:
    """The numbers of public and scheduled organizations by facet and value, counted by the database."""
    rows = Organization.objects.published(EVER).order_by()
    listed = rows.filter(identifiers__scheme=Identifier.Scheme.TICKER).distinct().count()
    checked = rows.filter(has_opened_source("organization")).count()
    total = rows.count()
    found = {
        "kind": _counts(rows, "kind"),
        "ownership": _counts(rows.exclude(ownership=""), "ownership"),
        "district": _counts(rows.exclude(district=None), "district_id"),
        "park": _counts(rows.exclude(park=None), "park_id"),
        "topic": _counts(rows.exclude(topics=None), "topics"),
        "year": _counts(rows.exclude(founded="").annotate(year=Substr("founded", 1, 4)), "year"),
        "decade": _counts(
            rows.exclude(founded="").annotate(decade=Concat(Substr("founded", 1, 3), Value("0s"))), "decade"
        ),
        "listed": {"yes": listed, "no": total - listed},
    }
    found["listed"] = {value: number for value, number in found["listed"].items() if number}
    return found | {"evidence": _evidence(rows, total, checked)}


def _evidence(rows: QuerySet, total: int, checked: int) -> dict[str, int]:
    # Not by negation, which would ask that no citation is about the whole.
    about_a_fact = Q(citations__field__gt="")
    sourced = rows.annotate(sources=Count("citations__source", distinct=True))
    found = {
        "checked": checked,
        "not-checked": total - checked,
        "no-source": sourced.filter(sources=0).count(),
        "one-source": sourced.filter(sources=1).count(),
        "more-sources": sourced.filter(sources__gt=1).count(),
        "founded-verified": _with_citation(rows, Q(citations__field="founded"), Standing.VERIFIED),
        "disputed": _with_citation(rows, about_a_fact, Standing.DISPUTED),
        "unverified": _with_citation(rows, about_a_fact, Standing.UNVERIFIED),
    }
    return {value: number for value, number in found.items() if number}


def _with_citation(rows: QuerySet, fact: Q, standing: str) -> int:
    return rows.filter(fact & Q(citations__standing=standing)).distinct().count()


def _counts(rows: QuerySet, column: str) -> dict[str, int]:
    return {
        str(value): number for value, number in rows.values_list(column).annotate(Count("pk", distinct=True))
    }


def _wrong_orders(held: memory.Memory) -> Iterator[str]:
    for order in ORDERS:
        rows = SearchDocument.objects.filter(**{f"{order}_key__isnull": False}).order_by(f"{order}_key")
        wanted = list(rows.values_list("document", flat=True))
        found = [document for stretch in held.orders.get(order, ()) for document in stretch.documents]
        if wanted != found:
            yield f"The order by {order} has {len(found)} places and is not that of the {len(wanted)} keys."


def _broken_full_text() -> Iterator[str]:
    if connection.vendor != "sqlite":
        return  # PostgreSQL computes the column itself
    with connection.cursor() as cursor:
        try:
            cursor.execute(
                "INSERT INTO ecosystem_fulltext (ecosystem_fulltext, rank) VALUES ('integrity-check', 1)"
            )
        except DatabaseError as error:
            yield f"The full text does not fit the documents: {error}"
