"""Keeping the index: what a page says now takes the place of what it said before, in the transaction of the change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from types import MappingProxyType

from django.db import transaction

from ecosystem.domain.index import (
    blocks,
    chunks,
    documents,
    organizations,
    pages,
    statements,
    terms,
    versions,
    words,
)
from ecosystem.domain.index.chunks import Changes
from ecosystem.domain.index.documents import ORDERS, Document, Form
from ecosystem.domain.index.memory import VOCABULARY, frequent_words, public_key
from ecosystem.domain.index.numbers import document_of, keys_by_kind, page_of, span_of
from ecosystem.models import NameForm, Organization, Place, SearchDocument, Topic

AT_ONCE = 500
_NOTHING: Mapping[int, Document] = MappingProxyType({})
_VOCABULARY = tuple(map(span_of, (Topic, Place)))


def documents_of(numbers: Iterable[int], kept: Mapping[int, Document] = _NOTHING) -> dict[int, Document]:
    """What these pages say now; a page that is neither public nor scheduled is not among them.

    Words are taken over from what is `kept` of them where their texts are the same; without it all words are made anew.
    """
    found = {}
    for model, keys in keys_by_kind(numbers).items():
        number_of = {key: document_of(model, key) for key in keys}
        known = {key: kept[number] for key, number in number_of.items() if number in kept}
        make = organizations.documents if model is Organization else partial(pages.documents, model)
        found |= {number_of[key]: document for key, document in make(keys, known).items()}
    return found


_gathering: ContextVar[set[int] | None] = ContextVar("gathering", default=None)


@contextmanager
def gathered() -> Iterator[None]:
    """One refresh at the end for everything that changes inside, in one transaction with it."""
    if _gathering.get() is not None:
        yield
        return
    with transaction.atomic(savepoint=False):
        numbers: set[int] = set()
        token = _gathering.set(numbers)
        try:
            yield
        finally:
            _gathering.reset(token)
        refresh(numbers)


@contextmanager
def unnoticed() -> Iterator[None]:
    """Leave the index alone: for changes that are undone before anybody can see them."""
    token = _gathering.set(set())
    try:
        yield
    finally:
        _gathering.reset(token)


def refresh(numbers: Iterable[int]) -> None:
    """Bring the index up to date with these pages; call it in the transaction that has changed them."""
    gathering = _gathering.get()
    if gathering is not None:
        gathering.update(numbers)
        return
    numbers = sorted(set(numbers))
    if not numbers:
        return
    with transaction.atomic(savepoint=False), statements.one_cursor():
        versions.lock()
        for start in range(0, len(numbers), AT_ONCE):
            _refresh(numbers[start : start + AT_ONCE])


def _refresh(numbers: Sequence[int]) -> None:
    old = stored_documents(numbers)
    new = documents_of(numbers, old)
    changed = [one for one in numbers if is_vocabulary(one) or old.get(one) != new.get(one)]
    if not changed:
        return
    # Before the version advances, so that nothing is read as of a version half written.
    present = versions.current()
    frequent = frequent_words(present)
    version, facets, frequent_sets = versions.advance(present), Changes(), Changes()
    finder = words.Finder(frequent)
    for number in changed:
        before, after = old.get(number), new.get(number)
        facets.note(number, facets_of(number, before), facets_of(number, after))
        if is_vocabulary(number):
            facets.touch(VOCABULARY)
        if _digest(before) != _digest(after):
            frequent_sets.note(number, *finder.changes(before, after))
        _store(number, before, after, version)
    chunks.write_facets(facets, version)
    chunks.write_words(frequent_sets)


def stored_documents(numbers: Sequence[int]) -> dict[int, Document]:
    """What the index holds of these pages."""
    rows = statements.select(SearchDocument, ["document", *documents.COLUMNS], document=numbers)
    return {number: documents.stored(row) for number, *row in rows}


def stored_forms(numbers: Sequence[int]) -> dict[int, set[Form]]:
    """Under which forms names of these pages can be looked up; the same as their documents have."""
    found: dict[int, set[Form]] = defaultdict(set)
    for number, form, kind in statements.select(NameForm, ["document", "form", "kind"], document=numbers):
        found[number].add((bytes(form), kind))
    return found


def facets_of(number: int, document: Document | None) -> tuple[str, ...]:
    """The keys under which a document stands."""
    return (public_key(page_of(number)[0]), *document.facets) if document else ()


def _digest(document: Document | None) -> bytes | None:
    return document and document.digest


def _store(number: int, before: Document | None, after: Document | None, version: int) -> None:
    left, entered = (one.orders if one else {} for one in (before, after))
    moves = {order: (left.get(order), entered.get(order)) for order in ORDERS}
    _write_row(number, before, after)
    blocks.move(number, {order: ends for order, ends in moves.items() if ends[0] != ends[1]}, version)
    if _digest(before) == _digest(after):
        return
    _write_forms(number, before.forms if before else set(), after.forms if after else set())
    if after:
        terms.learn(terms.new_terms(after, before))


def _write_row(number: int, before: Document | None, after: Document | None) -> None:
    if after is None:
        statements.delete(SearchDocument, document=number)
        return
    row = documents.columns(after)
    if before is None:
        statements.insert(SearchDocument, ["document", *row], [(number, *row.values())])
        return
    kept = documents.columns(before)
    changes = {name: value for name, value in row.items() if value != kept[name]}
    if changes:
        statements.update(SearchDocument, changes, document=number)


def _write_forms(number: int, before: set[Form], after: set[Form]) -> None:
    gone, new = sorted(before - after), sorted(after - before)
    # A name that is written otherwise has as many forms as before, mostly.
    for (form, kind), (old, old_kind) in zip(new, gone, strict=False):
        statements.update(NameForm, {"form": form, "kind": kind}, document=number, form=old, kind=old_kind)
    for form, kind in gone[len(new) :]:
        statements.delete(NameForm, document=number, form=form, kind=kind)
    rest = [(number, *form) for form in new[len(gone) :]]
    statements.insert(NameForm, ["document", "form", "kind"], rest)


def is_vocabulary(number: int) -> bool:
    """Whether the page is a value of a facet, so that its names and slug are held by every process."""
    return any(first <= number < after for first, after in _VOCABULARY)
