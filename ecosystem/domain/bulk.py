"""Writing very many rows: by one prepared statement on SQLite, by COPY on PostgreSQL."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Model

AT_ONCE = 5_000
CACHE_KIB = 256 * 1024
# Fields whose values the databases take as they are; to let the ORM say so takes a quarter of a rebuild.
AS_THEY_ARE = {
    models.AutoField,
    models.BigAutoField,
    models.BigIntegerField,
    models.BinaryField,
    models.CharField,
    models.ForeignKey,
    models.IntegerField,
    models.SlugField,
    models.TextField,
}


def insert(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert rows of the values of these fields, in that order, as the database stores them.

    No signal is sent, no default is filled in and nothing is checked: the caller knows that the rows are right.
    """
    columns = [model._meta.get_field(name) for name in fields]
    convert = {
        place: partial(column.get_db_prep_save, connection=connection)
        for place, column in enumerate(columns)
        if type(column) not in AS_THEY_ARE
    }
    store(model, [column.column for column in columns], _prepared(rows, convert) if convert else rows)


def _prepared(
    rows: Iterable[Sequence[object]], convert: dict[int, Callable[[object], object]]
) -> Iterator[list[object]]:
    for row in rows:
        prepared = list(row)
        for place, one in convert.items():
            prepared[place] = one(prepared[place])
        yield prepared


@contextmanager
def room() -> Iterator[None]:
    """Let SQLite hold as much of what it writes as it needs: its usual two megabytes are too few for large indexes."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA cache_size = {-CACHE_KIB}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = {before}")


def store(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert rows that are ready for the database, by the names of its columns."""
    names = ", ".join(map(connection.ops.quote_name, columns))
    table = connection.ops.quote_name(model._meta.db_table)
    marks, rows = ", ".join(["%s"] * len(columns)), iter(rows)
    # In batches: the rows may come from the same connection, which does nothing else during a COPY.
    while batch := list(islice(rows, AT_ONCE)):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in batch:
                        copy.write_row(row)
            else:
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", batch)


def reset_sequence(model: type[Model]) -> None:
    """Let new rows get keys after those that were inserted with their keys."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)
