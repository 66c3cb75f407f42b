"""The version of the index: one number that grows with every change, and a stamp that no other past can have."""

import secrets
from typing import NamedTuple

from django.db import connection

from ecosystem.domain.index import statements
from ecosystem.models import IndexState, IndexVersion

# Raise it when documents, forms, terms, frequent words or lines of the journal are made otherwise: `serve` rebuilds.
WAY = 4
# How many versions back a process may have slept and still read only what has changed since.
KEPT_VERSIONS = 10_000

_STATE, _PAST = IndexState._meta.db_table, IndexVersion._meta.db_table


class Version(NamedTuple):
    number: int
    stamp: int


NOTHING = Version(0, 0)  # before the first change


def current() -> Version:
    """The version that the database holds as this connection sees it; asked at every request."""
    cursor = statements.cursor()
    cursor.execute(f"SELECT version, stamp FROM {_STATE}")
    return Version(*(cursor.fetchone() or NOTHING))


def lock() -> None:
    """Let no other transaction change the index until this one has ended; only then read what is written from it.

    On SQLite a transaction that writes has the database to itself from its beginning.
    """
    if connection.vendor == "sqlite":
        return
    cursor = statements.cursor()
    # Writes a row where there is none and locks it where there is one.
    cursor.execute(
        f"INSERT INTO {_STATE} (id, version, stamp, way) VALUES (1, 0, 0, %s) "
        "ON CONFLICT (id) DO UPDATE SET id = 1",
        [WAY],
    )


def advance(present: Version, changes: str = "") -> int:
    """Begin the version after the present one, under the lock, and tell its number.

    Without changes of its own all that is new is in the stored sets and orders.
    """
    number, stamp = present.number + 1, secrets.randbits(62)
    cursor = statements.cursor()
    cursor.execute(
        f"INSERT INTO {_STATE} (id, version, stamp, way) VALUES (1, %s, %s, %s) "
        "ON CONFLICT (id) DO UPDATE SET version = excluded.version, stamp = excluded.stamp",
        [number, stamp, WAY],
    )
    statements.insert(IndexVersion, ["version", "stamp", "changes"], [(number, stamp, changes)])
    if number % KEPT_VERSIONS == 0:
        IndexVersion.objects.filter(version__lte=number - KEPT_VERSIONS).delete()
    return number


def restart() -> int:
    """Begin anew, after a rebuild: every process reads the whole index again."""
    IndexVersion.objects.all().delete()
    statements.update(IndexState, {"way": WAY})
    return advance(current())


def is_outdated() -> bool:
    """Whether the index was never made, or by a version of the site that made documents in another way."""
    return IndexState.objects.values_list("way", flat=True).first() != WAY


def is_past(version: Version) -> bool:
    """Whether the present version came out of that one: changes since then are all that is new."""
    cursor = statements.cursor()
    cursor.execute(f"SELECT stamp FROM {_PAST} WHERE version = %s", [version.number])
    row = cursor.fetchone()
    return row is not None and row[0] == version.stamp
