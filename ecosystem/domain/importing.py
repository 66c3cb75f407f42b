"""Mass loads: a file of organizations is taken in batches, each of which is stored whole or not at all."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from ecosystem.domain import audit, bulk
from ecosystem.domain.import_kinds import Kinds
from ecosystem.domain.import_lookups import stored
from ecosystem.domain.import_reading import Line, Table
from ecosystem.domain.import_rows import Entry, Problem, Reader
from ecosystem.domain.import_slugs import slugs_for
from ecosystem.domain.import_writing import Writer
from ecosystem.domain.index import numbers, rebuilding, upkeep
from ecosystem.domain.seed_rows import hidden_key, ledger_text
from ecosystem.models import Act, Identifier, Organization, SeededKey

BATCH = 5000  # rows that are stored at once
FEW = 2000  # rows of a file whose organizations the index takes one by one; making it anew is quicker from there on
# Stands in the ledger from the first batch until the search knows of all of them, so that a stopped run is noticed.
UNFINISHED = {"kind": "import", "key": "organizations are stored that the search does not know yet"}

Key = tuple[str, str]


@dataclass
class Report:
    """What a run did or would do."""

    new: Counter[str] = field(default_factory=Counter)  # by kind
    keys: Counter[str] = field(default_factory=Counter)  # the new ones, by the scheme of their identifier
    names: int = 0
    repeated: int = 0
    kept: int = 0
    left_out: int = 0
    refused: int = 0


@dataclass(frozen=True)
class Told:
    """Who is told of what, while it happens: a file may have more rows than memory takes reports."""

    refused: Callable[[Line, list[Problem]], None]
    left: Callable[[Entry, str], None]  # an entry that is not stored, and why
    progress: Callable[[int, int], None]  # rows that are done, rows of the file
    renewing: Callable[[int, int], None]  # pages that the search knows, pages in all


def import_organizations(
    table: Table, kinds: Kinds, told: Told, *, commit: bool, draft: bool, batch: int = BATCH
) -> Report:
    """Take the rows of the file in batches; a run that was stopped is continued by the next one.

    The identifier of a row decides: an organization that has it stays as editors left it, and one that had it and was
    deleted does not come back. Without `commit` nothing is stored.
    """
    with bulk.room(), _Run(table, kinds, told, commit=commit, draft=draft) as run:
        for lines in _batches(table.lines(), batch):
            run.take(lines)
        run.finish()
    return run.report


class _Run:
    """One pass over the rows, with what it has met."""

    def __init__(self, table: Table, kinds: Kinds, told: Told, *, commit: bool, draft: bool) -> None:
        self.report = Report()
        self._reader = Reader(table, kinds)
        self._told = told
        self._writer = Writer(timezone.now(), draft=draft) if commit else None
        self._seen = _Seen()
        self._rows, self._count = 0, table.count
        self._detail = f"{table.path.name}, {table.count} rows, {'as drafts' if draft else 'published'}"
        self._is_noted = False
        hidden = SeededKey.objects.filter(kind=KIND, key__startswith="sha256:")
        self._hidden = set(hidden.values_list("key", flat=True))

    def __enter__(self) -> "_Run":
        return self

    def __exit__(self, *error: object) -> None:
        self._seen.close()

    def take(self, lines: Sequence[Line]) -> None:
        entries = list(self._read(lines))
        if self._writer:
            with transaction.atomic():
                _lock()
                fresh = self._fresh(entries)
                if fresh:
                    self._note()
                    keys = self._writer.write(fresh, slugs_for(fresh))
                    self._tell_search(keys)
        else:
            fresh = self._fresh(entries)
        self._sum(fresh)
        self._rows += len(lines)
        self._told.progress(self._rows, self._count)

    def _note(self) -> None:
        """One entry for the run, with the first batch that stores something: a run that is stopped has it too."""
        if not self._is_noted:
            audit.note(Act.IMPORT, by=None, detail=self._detail)
            self._is_noted = True

    def _tell_search(self, keys: Sequence[int]) -> None:
        """A short file is entered like any change; of a long one the search learns at the end, all at once."""
        if self._count <= FEW:
            upkeep.refresh(numbers.document_of(Organization, key) for key in keys)
        else:
            SeededKey.objects.get_or_create(**UNFINISHED)

    def finish(self) -> None:
        """Let the search know, also of what a run stored that was stopped before it could say so."""
        unfinished = SeededKey.objects.filter(**UNFINISHED)
        if self._writer and unfinished.exists():
            with transaction.atomic():
                rebuilding.rebuild(progress=self._told.renewing)
                unfinished.delete()

    def _read(self, lines: Iterable[Line]) -> Iterator[Entry]:
        """The entries of rows that may be stored; the others are told of."""
        for line in lines:
            read = self._reader.read(line)
            if isinstance(read, Entry):
                first = self._seen.first(read)
                if first is None:
                    yield read
                    continue
                advice = f"Row {first} has the same id. Keep one of them."
                read = [Problem(line.number, "id", f"{read.scheme}:{read.key}", advice)]
            self.report.refused += 1
            self._told.refused(line, read)

    def _fresh(self, entries: Sequence[Entry]) -> list[Entry]:
        """Those that neither stand in the directory nor stood there once."""
        kept = _kept(entries)
        absent = [entry for entry in entries if (entry.scheme, entry.key) not in kept]
        gone = self._gone(absent)
        for entry in entries:
            if (entry.scheme, entry.key) in kept:
                self.report.kept += 1
                self._told.left(entry, "kept, an organization has this identifier")
            elif _ledger_key(entry) in gone:
                self.report.left_out += 1
                self._told.left(entry, "left out, it was here once and was removed")
        return [entry for entry in absent if _ledger_key(entry) not in gone]

    def _gone(self, entries: Sequence[Entry]) -> set[str]:
        """The keys in the ledger among those of the entries."""
        keys = [_ledger_key(entry) for entry in entries]
        hidden = {key for key in keys if hidden_key(KIND, key) in self._hidden} if self._hidden else set()
        return hidden | stored(SeededKey, "key", keys, {"kind": KIND})

    def _sum(self, fresh: Iterable[Entry]) -> None:
        for entry in fresh:
            self.report.new[entry.kind] += 1
            self.report.keys[entry.scheme] += 1
            self.report.names += len(entry.names)
            self.report.repeated += entry.repeated


KIND = Identifier._meta.model_name


class _Seen:
    """The identifiers of a file that may have more of them than memory takes: SQLite keeps them on the disk."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, row INTEGER) WITHOUT ROWID")
        self._database.execute("PRAGMA journal_mode = OFF")

    def first(self, entry: Entry) -> int | None:
        """The row that had the identifier before; None the first time."""
        key = _ledger_key(entry)
        taken = self._database.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, entry.row))
        if taken.rowcount:
            return None
        return self._database.execute("SELECT row FROM seen WHERE key = ?", (key,)).fetchone()[0]

    def close(self) -> None:
        self._database.close()


def _ledger_key(entry: Entry) -> str:
    return ledger_text((entry.scheme, entry.key))


def _kept(entries: Iterable[Entry]) -> set[Key]:
    """The identifiers that organizations have, among those of the entries."""
    by_scheme: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        by_scheme[entry.scheme].append(entry.key)
    return {
        (scheme, key)
        for scheme, keys in by_scheme.items()
        for key in stored(Identifier, "value", keys, {"scheme": scheme})
    }


def _lock() -> None:
    """Keep other writers out until the batch is stored: SQLite does so by itself, PostgreSQL lets them run into it."""
    if connection.vendor == "postgresql":
        tables = [model._meta.db_table for model in (Organization, Identifier, SeededKey)]
        names = ", ".join(map(connection.ops.quote_name, tables))
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")


def _batches(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    lines = iter(lines)
    while batch := list(islice(lines, size)):
        yield batch
