"""The rows of the fixtures: read from their files, each with its model and its natural key."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, ManyToManyField, Model

Key = tuple[str, ...]
SEPARATOR = " | "  # of the parts of a key in the ledger


class UnusableFixtures(Exception):
    """The files cannot be read as fixtures at all."""


class RowRefused(Exception):
    """One row breaks a rule; the message names file, row, field and reason."""


@dataclass(frozen=True)
class SeedRow:
    """One record of a fixture file, with the place where it stands."""

    file: str
    number: int
    model: type[Model]
    fields: dict[str, Any]

    @property
    def kind(self) -> str:
        return self.model._meta.model_name

    @cached_property
    def key(self) -> Key:
        """The natural key, taken from the fields: a slug, or the keys that make up a record without one."""
        return tuple(self._key_part(name) for name in self.model.natural_key_fields)

    @property
    def label(self) -> str:
        return f"{self.kind} {' / '.join(self.key)}"

    @property
    def ledger_key(self) -> tuple[str, str]:
        return self.kind, ledger_text(self.key)

    @property
    def ledger_keys(self) -> set[tuple[str, str]]:
        """The keys by which the ledger may know it: as it is, or hidden by a suppression."""
        kind, text = self.ledger_key
        return {(kind, text), (kind, hidden_key(kind, text))}

    def refused(self, field: str, reason: str) -> RowRefused:
        return RowRefused(f"{self.file}, row {self.number} ({self.label}), field {field}: {reason}")

    def _key_part(self, path: str) -> str:
        name, *rest = path.split("__")
        value = self.fields.get(name)
        if rest and isinstance(value, list) and len(value) == 1:
            value = value[0]
        if not isinstance(value, str) or not value:
            what = "the key of a record, such as [“gdp”]" if rest else "a text"
            raise RowRefused(
                f"{self.file}, row {self.number} ({self.kind}), field {name}: it must be {what}, "
                "because the row is known by it."
            )
        return value


def ledger_text(key: Key) -> str:
    return SEPARATOR.join(key)


def hidden_key(kind: str, text: str) -> str:
    """A key of the ledger that cannot be read any more, for one that holds what was suppressed."""
    return f"sha256:{hashlib.sha256(f'{kind} {text}'.encode()).hexdigest()}"


def read_rows(directory: Path) -> list[SeedRow]:
    """All rows in the order of the files' names; each key stands once."""
    paths = sorted(directory.glob("*.json"))
    if not paths:
        raise UnusableFixtures(f"There are no fixtures in {directory}. Make them: python fixtures/build.py")
    rows = [row for path in paths for row in _read_file(path)]
    seen: dict[tuple[str, str], SeedRow] = {}
    for row in rows:
        first = seen.setdefault(row.ledger_key, row)
        if first is not row:
            field = row.model.natural_key_fields[-1].split("__")[0]
            raise row.refused(field, f"the same key stands in {first.file}, row {first.number}.")
    return rows


def _read_file(path: Path) -> Iterator[SeedRow]:
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnusableFixtures(f"{path.name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UnusableFixtures(f"{path.name} is not UTF-8 text (byte {error.start}).") from error
    except json.JSONDecodeError as error:
        raise UnusableFixtures(
            f"{path.name} is not JSON: {error.msg}, line {error.lineno}, column {error.colno}."
        ) from error
    if not isinstance(records, list):
        raise UnusableFixtures(f"{path.name} must hold a list of records.")
    for number, record in enumerate(records, 1):
        yield _row(path.name, number, record)


def _row(file: str, number: int, record: Any) -> SeedRow:
    place = f"{file}, row {number}"
    if not isinstance(record, dict) or not isinstance(record.get("fields"), dict):
        raise RowRefused(f"{place}, field fields: a row is {{“model”: …, “fields”: {{…}}}}.")
    row = SeedRow(file, number, _model(place, record.get("model")), record["fields"])
    for name in row.fields:
        _check_field(row, name)
    return row


def _model(place: str, name: Any) -> type[Model]:
    try:
        model = apps.get_model(name)
        if not hasattr(model, "natural_key_fields"):
            raise LookupError
    except (LookupError, ValueError, AttributeError, TypeError) as error:
        raise RowRefused(f"{place}, field model: “{name}” is nothing that can be seeded.") from error
    return model


def _check_field(row: SeedRow, name: str) -> None:
    try:
        field = row.model._meta.get_field(name)
    except FieldDoesNotExist as error:
        raise row.refused(name, f"there is no such field in the model {row.kind}.") from error
    value = row.fields[name]
    if isinstance(field, ManyToManyField):
        if not isinstance(value, list) or not all(_is_key(key) for key in value):
            raise row.refused(name, "it must be a list of keys, such as [[“ai”], [“robotics”]].")
    elif isinstance(field, ForeignKey):
        if not _is_key(value):
            raise row.refused(name, "it must be the key of a record, such as [“pudong”].")
    elif not field.concrete or isinstance(value, list | dict):
        raise row.refused(name, "it must be one plain value.")


def _is_key(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(part, str) for part in value)
