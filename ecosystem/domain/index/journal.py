"""The journal: what has changed of the sets and orders since they were stored. At times it is folded into them.

A save moves one document in some twenty stored pieces of several kilobytes. It writes one line here instead, which a
process adds to what it holds; after many saves, or with a large one, each piece is written once for all of them.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from ecosystem.domain.index import blocks, chunks, statements, versions
from ecosystem.domain.index.blocks import Placing
from ecosystem.domain.index.chunks import Changes
from ecosystem.domain.index.versions import Version
from ecosystem.domain.index.words import Word
from ecosystem.models import IndexVersion

# Folding writes nearly all pieces of a large index, and starting reads the journal as well as them: both stay small.
FOLD_EVERY = 512
# Changes of more documents than that are folded at once.
MOST_JOURNALED = 20
_VERSIONS = IndexVersion._meta.db_table


@dataclass(slots=True)
class Change:
    """How one document changed: the facets and the frequent words that it left and came to, and its new places.

    `is_waiting`: whether it is or was to become public later than then.
    """

    document: int
    left: Collection[str] = ()
    entered: Collection[str] = ()
    words_left: Collection[Word] = ()
    words_entered: Collection[Word] = ()
    moves: dict[str, Placing] = field(default_factory=dict)
    is_waiting: bool = False


def keep(changes: Sequence[Change], present: Version) -> None:
    """Begin the version after the present one with these changes, under the lock and after their rows are written."""
    if len(changes) <= MOST_JOURNALED and (present.number + 1) % FOLD_EVERY:
        versions.advance(present, _written(changes))
        return
    waiting = unfolded()
    _fold([*waiting, *changes], versions.advance(present))


def forget() -> None:
    """Fold all lines, let none remain, and no key of a stretch that no document has any more; all read anew."""
    with transaction.atomic(savepoint=False), statements.one_cursor():
        versions.lock()
        waiting = unfolded()
        _fold(waiting, versions.restart())
        blocks.begin_with_present_keys()


def unfolded(upto: Version | None = None) -> list[Change]:
    """The changes that are not in the stored pieces, the oldest first: up to a version, or all."""
    number = (upto or versions.current()).number
    last = (
        f"SELECT version FROM {_VERSIONS} WHERE version <= %s AND changes = '' ORDER BY version DESC LIMIT 1"
    )
    cursor = statements.cursor()
    cursor.execute(last, [number])
    (folded,) = cursor.fetchone() or (0,)
    return [change for _number, _stamp, text in _lines(folded + 1, number) for change in read(text)]


def since(version: Version, upto: Version) -> list[tuple[int, str]] | None:
    """What the versions after one and up to another changed, the oldest first; nothing where it was folded.

    None where the other did not come out of the one, or so long ago that the journal has forgotten it.
    """
    lines = _lines(version.number, upto.number)
    ends = [line[:2] for line in (*lines[:1], *lines[-1:])]
    return [(number, text) for number, _stamp, text in lines[1:]] if ends == [version, upto] else None


def _lines(first: int, last: int) -> list[tuple[int, int, str]]:
    cursor = statements.cursor()
    cursor.execute(
        f"SELECT version, stamp, changes FROM {_VERSIONS} WHERE version BETWEEN %s AND %s ORDER BY version",
        [first, last],
    )
    return cursor.fetchall()


def noted(changes: Sequence[Change]) -> tuple[Changes, Changes]:
    """What changes of the sets of facets, and of those of frequent words."""
    facets, words = Changes(), Changes()
    for change in changes:
        facets.note(change.document, change.left, change.entered)
        words.note(change.document, change.words_left, change.words_entered)
    return facets, words


def _fold(changes: Sequence[Change], version: int) -> None:
    facets, words = noted(changes)
    chunks.write_facets(facets, version)
    chunks.write_words(words)
    blocks.fold([(change.document, change.moves) for change in changes], version)


def _written(changes: Sequence[Change]) -> str:
    return json.dumps(
        [
            [
                change.document,
                *(list(some) for some in (change.left, change.entered)),
                *(list(some) for some in (change.words_left, change.words_entered)),
                {order: [*map(_in_letters, keys), near] for order, (*keys, near) in change.moves.items()},
                change.is_waiting,
            ]
            for change in changes
        ]
    )


def read(text: str) -> Iterator[Change]:
    """The changes of a line."""
    for document, left, entered, words_left, words_entered, moves, is_waiting in json.loads(text):
        words = ([(scope, word) for scope, word in some] for some in (words_left, words_entered))
        placings = {order: (*map(_in_bytes, keys), near) for order, (*keys, near) in moves.items()}
        yield Change(document, left, entered, *words, placings, is_waiting)


def _in_letters(key: bytes | None) -> str | None:
    return None if key is None else key.hex()


def _in_bytes(key: str | None) -> bytes | None:
    return None if key is None else bytes.fromhex(key)
