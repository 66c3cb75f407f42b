"""Where the words of a record stand: in its own columns, in those of its parts, in stored states, in the log."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CASCADE, CharField, Field, ForeignKey, Model, SlugField, TextField
from django.utils.translation import gettext as _

from ecosystem.models import (
    AuditEntry,
    FigureReference,
    FormerAddress,
    MissedSearch,
    OpenForm,
    Revision,
    SeededKey,
    SetMember,
    Suppression,
    UnsavedForm,
    User,
    WorkingCopy,
    index,
)
from ecosystem.values.cutting import Cutter

# Written by the site itself from other records, or looked after by a step of their own; so is all of `models.index`.
NOT_READ = (
    AuditEntry,
    FigureReference,
    FormerAddress,
    MissedSearch,
    OpenForm,
    Revision,
    SeededKey,
    SetMember,
    Suppression,
    UnsavedForm,
    User,
    WorkingCopy,
)
Label = tuple[type[Model], str]


@dataclass(frozen=True, slots=True)
class Place:
    """An item with which a passage stands, and where: in columns of it and its parts, in stored states, in the log.

    `item` is None for one that is gone and of which only stored states or the log speak.
    """

    model: type[Model]
    pk: str
    item: Model | None
    where: tuple[str, ...]
    excerpts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.model._meta.model_name}:{self.pk}"

    @property
    def name(self) -> str:
        return str(self.item) if self.item is not None else _("deleted, number %(pk)s") % {"pk": self.pk}

    def __str__(self) -> str:
        kind = str(self.model._meta.verbose_name)
        return f"{kind} “{self.name}”: {', '.join(self.where)}"


def places_of(cutter: Cutter) -> list[Place]:
    """Every item of the site with which one of the passages stands, items in the order of their kind and number."""
    found: dict[Label, dict[str, str]] = defaultdict(dict)
    for label, where, excerpt in chain(_in_records(cutter), _in_states(cutter), _in_log(cutter)):
        found[label].setdefault(where, excerpt)
    ordered = sorted(found.items(), key=lambda pair: _order(pair[0]))
    return [_place(label, where) for label, where in ordered]


def _in_records(cutter: Cutter) -> Iterator[tuple[Label, str, str]]:
    for model in read_models():
        names = [field.name for field in text_fields(model)]
        for record in model.objects.iterator(chunk_size=500) if names else ():
            for name in names:
                text = getattr(record, name)
                if cutter.stands_in(text):
                    yield label_of(owner_of(record)), _column(record, name), cutter.excerpt(text)


def _in_states(cutter: Cutter) -> Iterator[tuple[Label, str, str]]:
    for revision in Revision.objects.iterator(chunk_size=200):
        if tells(revision, cutter):
            yield _label_of_revision(revision), _("stored states"), ""


def _in_log(cutter: Cutter) -> Iterator[tuple[Label, str, str]]:
    for entry in LogEntry.objects.select_related("content_type").iterator(chunk_size=500):
        model = entry.content_type and entry.content_type.model_class()
        if model in read_models() and logged(entry, cutter):
            yield _label_of_entry(model, entry), _("log of the administration"), ""


def read_models() -> list[type[Model]]:
    models = apps.get_app_config("ecosystem").get_models()
    return [model for model in models if model not in NOT_READ and model.__module__ != index.__name__]


def text_fields(model: type[Model]) -> list[Field]:
    """The columns in which people write words, and keys that may be made of them; not addresses and choices."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField)
        and not (isinstance(field, SlugField) or field.choices or field.primary_key)
    ]


def owner_of(record: Model) -> Model:
    """The item that the record is a part of: the one that it goes with when that is deleted; or itself."""
    for field in record._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.remote_field.on_delete is CASCADE:
            owner = getattr(record, field.name)
            if owner is not None:
                return owner
    return record


def parts_of(item: Model) -> Iterator[Model]:
    """The records that belong to the item and to no other before it."""
    for relation in item._meta.related_objects:
        model = relation.related_model
        if relation.on_delete is CASCADE and model in read_models():
            for part in model.objects.filter(**{relation.field.name: item.pk}):
                if owner_of(part) == item:
                    yield part


def stored(model: type[Model], pk: str) -> Model | None:
    """The record as it is stored now, kept from other editors in a transaction; None when it is gone."""
    rows = (
        model.objects.select_for_update() if transaction.get_connection().in_atomic_block else model.objects
    )
    return rows.filter(pk=pk).first() if pk.isdigit() else None


def label_of(item: Model) -> Label:
    return type(item), str(item.pk)


def states_of(model: type[Model], pk: str) -> Iterator[Revision]:
    """The stored states of an item, also of one that is gone or had another key."""
    if model is Revision:  # of a kind that is no more: it stands for itself
        yield from Revision.objects.filter(pk=pk)
        return
    for revision in Revision.objects.filter(kind=model._meta.model_name).iterator(chunk_size=200):
        if _label_of_revision(revision)[1] == pk:
            yield revision


def log_of(labels: Iterable[Label]) -> Iterator[LogEntry]:
    """What the administration has logged about these records."""
    for model, pk in set(labels):
        kind = ContentType.objects.get_for_model(model)
        yield from LogEntry.objects.filter(content_type=kind, object_id=pk)


def labels_in(revision: Revision) -> Iterator[Label]:
    """The records that a stored state holds."""
    for entry in revision.data:
        try:
            yield apps.get_model(entry["model"]), str(entry.get("pk"))
        except (LookupError, ValueError):  # a kind that is no more
            continue


def tells(revision: Revision, cutter: Cutter) -> bool:
    return any(map(cutter.stands_in, (revision.key, revision.note))) or _stands_in_data(revision.data, cutter)


def logged(entry: LogEntry, cutter: Cutter) -> bool:
    return cutter.stands_in(entry.object_repr) or _stands_in_data(message_of(entry), cutter)


def message_of(entry: LogEntry) -> object:
    """What was logged, as it was before it was written as JSON; some entries are plain words."""
    try:
        return json.loads(entry.change_message)
    except ValueError:
        return entry.change_message


def _stands_in_data(data: object, cutter: Cutter) -> bool:
    if isinstance(data, str):
        return cutter.stands_in(data)
    if isinstance(data, list):
        return any(_stands_in_data(each, cutter) for each in data)
    return isinstance(data, dict) and any(_stands_in_data(each, cutter) for each in data.values())


def _column(record: Model, name: str) -> str:
    label = str(record._meta.get_field(name).verbose_name)
    return label if owner_of(record) is record else f"{record._meta.verbose_name}: {label}"


def _label_of_revision(revision: Revision) -> Label:
    first = revision.data[0] if revision.data else {}
    try:
        return apps.get_model("ecosystem", revision.kind), str(first.get("pk"))
    except LookupError:
        return Revision, str(revision.pk)


def _label_of_entry(model: type[Model], entry: LogEntry) -> Label:
    record = stored(model, str(entry.object_id))
    return label_of(owner_of(record)) if record is not None else (model, str(entry.object_id))


def _order(label: Label) -> tuple[str, int, str]:
    model, pk = label
    return model._meta.model_name, len(pk), pk


def _place(label: Label, where: dict[str, str]) -> Place:
    model, pk = label
    item = stored(model, pk)
    excerpts = dict.fromkeys(excerpt for excerpt in where.values() if excerpt)
    return Place(model, pk, item, tuple(where), tuple(excerpts))
