"""The few small statements of the index, of which a save needs twenty: compiling each anew would cost most of them.

Conditions are equalities, or lists of which one must hold. Values are those of the models' fields, binary ones bytes.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Protocol

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateTimeField, Model, QuerySet

Rows = list[tuple[Any, ...]]
# The marks of Django's statements, as SQLite has them.
_MARK = re.compile(r"(?<!%)%s")


class Cursor(Protocol):
    """What statements are run with; all rows are fetched before the next statement."""

    def execute(self, statement: str, values: Sequence[Any] = ()) -> object: ...
    def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> object: ...
    def fetchone(self) -> tuple[Any, ...] | None: ...
    def fetchall(self) -> Rows: ...


class _Direct:
    """A cursor of SQLite's driver. Django's own takes longer to hand a small statement on than SQLite to run it."""

    def __init__(self, database: BaseDatabaseWrapper) -> None:
        database.ensure_connection()
        database.validate_thread_sharing()
        self._cursor, self._errors = sqlite3.Cursor(database.connection), database.wrap_database_errors

    def execute(self, statement: str, values: Sequence[Any] = ()) -> None:
        with self._errors:
            self._cursor.execute(_marked(statement), values)

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        with self._errors:
            self._cursor.executemany(_marked(statement), rows)

    def fetchone(self) -> tuple[Any, ...] | None:
        with self._errors:
            return self._cursor.fetchone()

    def fetchall(self) -> Rows:
        with self._errors:
            return self._cursor.fetchall()


_shared: ContextVar[Cursor | None] = ContextVar("shared", default=None)


@lru_cache(maxsize=512)
def _marked(statement: str) -> str:
    return _MARK.sub("?", statement).replace("%%", "%")


@contextmanager
def one_cursor() -> Iterator[None]:
    """Let all statements inside go through one cursor."""
    token = _shared.set(cursor())
    try:
        yield
    finally:
        _shared.reset(token)


def cursor() -> Cursor:
    """A cursor, shared or new: Django's own where statements are logged or wrapped, as in tests."""
    if shared := _shared.get():
        return shared
    # The connection itself: what stands for it in Django looks it up for each of its attributes.
    database = connections[DEFAULT_DB_ALIAS]
    is_watched = database.queries_logged or database.execute_wrappers
    return database.cursor() if is_watched or database.vendor != "sqlite" else _Direct(database)


def select(
    model: type[Model], names: Sequence[str], *, after: dict[str, Any] | None = None, **conditions: Any
) -> Rows:
    """The values of these fields in the rows that meet the conditions, or lie `after` a value; in no order."""
    where, values = _after(model, **after) if after else _where(model, conditions)
    statement, moments = _selection(model, tuple(names))
    one = cursor()
    one.execute(statement + where, values)
    rows = one.fetchall()
    return [_with_moments(row, moments) for row in rows] if moments else rows


def union(selections: Sequence[str], keys: Sequence[int]) -> Rows:
    """The rows of several selections that are of these organizations, in no order."""
    where = f" WHERE organization_id IN ({', '.join(['%s'] * len(keys)) or 'NULL'})"
    one = cursor()
    one.execute(" UNION ALL ".join(part + where for part in selections), [*keys] * len(selections))
    return one.fetchall()


def insert(model: type[Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of the values of these fields."""
    if not rows:
        return
    columns = ", ".join(_columns(model, tuple(names)))
    marks = ", ".join(["%s"] * len(names))
    one = cursor()
    one.executemany(
        f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", [_stored(row) for row in rows]
    )


def update(model: type[Model], changes: dict[str, Any], **conditions: Any) -> None:
    where, values = _where(model, conditions)
    columns = ", ".join(f"{column} = %s" for column in _columns(model, tuple(changes)))
    one = cursor()
    one.execute(f"UPDATE {model._meta.db_table} SET {columns}{where}", [*_stored(changes.values()), *values])


def update_each(model: type[Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Give these fields their values in several rows; each begins with the row's key."""
    if not rows:
        return
    columns = ", ".join(f"{column} = %s" for column in _columns(model, tuple(names)))
    one = cursor()
    one.executemany(
        f"UPDATE {model._meta.db_table} SET {columns} WHERE {model._meta.pk.column} = %s",
        [[*_stored(values), key] for key, *values in rows],
    )


def delete(model: type[Model], **conditions: Any) -> None:
    where, values = _where(model, conditions)
    one = cursor()
    one.execute(f"DELETE FROM {model._meta.db_table}{where}", values)


def compiled(
    build: Callable[[Sequence[int]], QuerySet], keys: Sequence[int], moments: Sequence[int] = ()
) -> Rows:
    """The rows of a query that is given by keys, compiled once for each number of them. The keys come last in it."""
    statement, values = _compilation(build, len(keys), connection.vendor)
    one = cursor()
    one.execute(statement, [*values, *keys])
    rows = one.fetchall()
    return [_with_moments(row, moments) for row in rows] if moments else rows


@lru_cache
def _compilation(
    build: Callable[[Sequence[int]], QuerySet], number: int, vendor: str
) -> tuple[str, list[Any]]:
    marks = list(range(-number, 0))
    statement, values = build(marks).query.sql_with_params()
    if list(values[-number:]) != marks:
        raise ValueError(f"{build.__qualname__} does not end with its keys: {statement}")
    return statement, list(values[:-number])


@lru_cache
def _columns(model: type[Model], names: tuple[str, ...]) -> tuple[str, ...]:
    # In quotation marks, as both databases take them: one of the names is a word of SQL.
    return tuple(f'"{model._meta.get_field(name).column}"' for name in names)


@lru_cache
def _selection(model: type[Model], names: tuple[str, ...]) -> tuple[str, tuple[int, ...]]:
    fields = [model._meta.get_field(name) for name in names]
    moments = tuple(place for place, field in enumerate(fields) if isinstance(field, DateTimeField))
    return f"SELECT {', '.join(_columns(model, names))} FROM {model._meta.db_table}", moments


def _where(model: type[Model], conditions: dict[str, Any]) -> tuple[str, list[Any]]:
    parts, values = [], []
    for column, value in zip(_columns(model, tuple(conditions)), conditions.values(), strict=True):
        if isinstance(value, Sequence) and not isinstance(value, str | bytes):
            parts.append(f"{column} IN ({', '.join(['%s'] * len(value)) or 'NULL'})")
            values += value
        else:
            parts.append(f"{column} = %s")
            values.append(value)
    return f" WHERE {' AND '.join(parts)}" if parts else "", values


def _after(model: type[Model], **least: Any) -> tuple[str, list[Any]]:
    (column,) = _columns(model, tuple(least))
    return f" WHERE {column} > %s", _stored(least.values())


def _stored(values: Iterable[Any]) -> list[Any]:
    return [
        connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
        for value in values
    ]


def _with_moments(row: tuple, moments: Iterable[int]) -> tuple:
    """SQLite keeps moments in UTC and without saying so."""
    changed = list(row)
    for place in moments:
        if row[place].tzinfo is None:
            changed[place] = row[place].replace(tzinfo=UTC)
    return tuple(changed)
