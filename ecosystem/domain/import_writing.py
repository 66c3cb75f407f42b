"""Organizations written past the ORM, with all that it would store of them, in a fraction of the time."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from ecosystem.domain import bulk, publishing, revisions
from ecosystem.domain.import_rows import Entry
from ecosystem.domain.seed_rows import ledger_text
from ecosystem.models import Identifier, Organization, OrganizationName, Revision, SeededKey

NOTE = "imported"
# What differs from one record to the next, in the order of the model's fields; the samples hold all the rest.
ORGANIZATION = ("slug", "name", "name_zh", "kind", "founded", "website")
NAME = ("organization", "text", "language", "kind")
IDENTIFIER = ("organization", "scheme", "value")

_json = json.encoder.encode_basestring_ascii  # what json.dumps makes of a text


class Writer:
    """Writes organizations with their names, their identifier, their first revision and their line in the ledger."""

    def __init__(self, moment: datetime, *, draft: bool) -> None:
        organization, name, identifier = _samples(moment, draft=draft)
        self._organizations = Rows(organization, ("id", *ORGANIZATION))
        self._names = Rows(name, ("id", "organization_id", *NAME[1:]))
        self._identifiers = Rows(identifier, ("id", "organization_id", *IDENTIFIER[1:]))
        self._revisions = Rows(
            Revision(kind=Organization._meta.model_name, note=NOTE, created_at=moment), ("key", "data")
        )
        self._ledger = Rows(SeededKey(kind=Identifier._meta.model_name, seeded_at=moment), ("key",))
        states = revisions.states([organization, name, identifier])
        gaps = (ORGANIZATION, NAME, IDENTIFIER)
        self._forms = [_form(state, names) for state, names in zip(states, gaps, strict=True)]

    def write(self, entries: Sequence[Entry], slugs: Sequence[str]) -> Sequence[int]:
        """Store them and answer with their primary keys; the caller has opened a transaction and locked others out."""
        keys = _new_keys(Organization, len(entries))
        name_keys = iter(_new_keys(OrganizationName, sum(len(entry.names) for entry in entries)))
        identifier_keys = _new_keys(Identifier, len(entries))
        organizations, names, identifiers, states = [], [], [], []
        for entry, slug, key, identifier in zip(entries, slugs, keys, identifier_keys, strict=True):
            own = [(next(name_keys), key, text, language, kind) for kind, text, language in entry.names]
            organizations.append(
                (key, slug, entry.name, entry.name_zh, entry.kind, entry.founded, entry.website)
            )
            names += own
            identifiers.append((identifier, key, entry.scheme, entry.key))
            states.append((slug, self._state(organizations[-1], own, identifiers[-1])))
        self._organizations.write(organizations)
        self._names.write(names)
        self._identifiers.write(identifiers)
        self._revisions.write(states)
        self._ledger.write([(ledger_text((entry.scheme, entry.key)),) for entry in entries])
        return keys

    def _state(self, organization: tuple, names: Iterable[tuple], identifier: tuple) -> str:
        """What `revisions.record` would keep of the organization, as JSON."""
        item, name, key = self._forms
        slug = _json(organization[1])
        parts = [item % (organization[0], *map(_json, organization[1:]))]
        parts += [name % (pk, f"[{slug}]", *map(_json, rest)) for pk, _organization, *rest in names]
        parts.append(key % (identifier[0], f"[{slug}]", _json(identifier[2]), _json(identifier[3])))
        return f"[{', '.join(parts)}]"


class Rows:
    """The rows of one table: the given columns differ, all others are those of a sample."""

    def __init__(self, sample: Model, given: Sequence[str]) -> None:
        fields = {field.attname: field for field in sample._meta.local_concrete_fields}
        rest = [name for name, field in fields.items() if name not in given and not field.primary_key]
        self._model = type(sample)
        self._columns = [fields[name].column for name in (*given, *rest)]
        self._always = tuple(
            fields[name].get_db_prep_save(getattr(sample, name), connection) for name in rest
        )

    def write(self, rows: Iterable[tuple]) -> None:
        bulk.store(self._model, self._columns, (row + self._always for row in rows))


def _samples(moment: datetime, *, draft: bool) -> tuple[Organization, OrganizationName, Identifier]:
    organization = Organization(created_at=moment, updated_at=moment)
    if not draft:
        publishing.begin_public(organization, at=moment)
    organization.pk = 0  # no record has it: there are no topics to find
    name = OrganizationName(pk=0, organization=organization)
    return organization, name, Identifier(pk=0, organization=organization)


def _form(state: Mapping[str, Any], gaps: Sequence[str]) -> str:
    """A stored state as JSON with a %s for the key of the record, and for each of the fields in `gaps`."""
    marks = {name: f"@{name}@" for name in ("pk", *gaps)}
    fields = {name: marks.get(name, value) for name, value in state["fields"].items()}
    text = json.dumps({**state, "pk": marks["pk"], "fields": fields}).replace("%", "%%")
    places = [text.index(f'"{mark}"') for mark in marks.values()]
    assert places == sorted(places), f"{gaps} do not stand in the order of the model's fields."
    for mark in marks.values():
        text = text.replace(f'"{mark}"', "%s")
    return text


def _new_keys(model: type[Model], count: int) -> Sequence[int]:
    """Primary keys that no record has or had."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = (connection.ops.quote_name(table), model._meta.pk.column)
            sql = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(sql, (*sequence, count))
            return [key for (key,) in cursor]
        # The key of a deleted record is not given out again, as SQLite itself would not.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", (table,))
        last = (cursor.fetchone() or (0,))[0]
        return range(last + 1, last + count + 1)
