"""Keeping the index: what a page says now takes the place of what it said before, in the transaction of the change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from types import MappingProxyType

from django.db import transaction
from django.utils import timezone

from ecosystem.domain.index import (
    blocks,
    documents,
    full_text,
    journal,
    organizations,
    pages,
    statements,
    terms,
    versions,
    words,
)
from ecosystem.domain.index.documents import ORDERS, Document, Form
from ecosystem.domain.index.journal import Change
from ecosystem.domain.index.memory import frequent_words, public_key
from ecosystem.domain.index.numbers import document_of, is_vocabulary, keys_by_kind, page_of
from ecosystem.models import NameForm, Organization, SearchDocument

AT_ONCE = 500
_NOTHING: Mapping[int, Document] = MappingProxyType({})


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
    finder = words.Finder(frequent_words(present))
    journal.keep([_changed(number, old.get(number), new.get(number), finder) for number in changed], present)
    # At the end: FTS5 writes out what it has gathered when another statement follows, and else with the transaction.
    for number in changed:
        full_text.keep(number, old.get(number), new.get(number))


def _changed(number: int, before: Document | None, after: Document | None, finder: words.Finder) -> Change:
    """Store a document, and tell how it changed."""
    are_words_same = (before and before.digest) == (after and after.digest)
    left, entered = (set(facets_of(number, one)) for one in (before, after))
    words_left, words_entered = ((), ()) if are_words_same else finder.changes(before, after)
    old, new = (one.orders if one else {} for one in (before, after))
    moves = {order: (old.get(order), new.get(order)) for order in ORDERS if old.get(order) != new.get(order)}
    _write_row(number, before, after)
    if not are_words_same:
        _write_forms(number, before.forms if before else set(), after.forms if after else set())
        if after:
            terms.learn(terms.new_terms(after, before))
    now = timezone.now()
    is_waiting = any(one is not None and one.public_from > now for one in (before, after))
    places = blocks.placings(moves)
    return Change(number, left - entered, entered - left, words_left, words_entered, places, is_waiting)


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
