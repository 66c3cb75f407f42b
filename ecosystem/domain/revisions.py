"""Stored states: the item together with the records that are edited with it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from django.core import serializers
from django.db.models import ForeignKey, Model, Prefetch, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from ecosystem.models import (
    Article,
    Event,
    EventSeries,
    Initiative,
    Metric,
    Observation,
    Organization,
    Person,
    Place,
    Ranking,
    Revision,
    Source,
    Status,
    Topic,
    Unit,
    User,
)
from ecosystem.values.states import content

# What is edited together with each kind of item, by the names of the relations from the item to its records.
PARTS: dict[type[Model], tuple[str, ...]] = {
    Article: ("contributions", "citations", "corrections", "changenotes"),
    Event: ("citations", "corrections", "changenotes"),
    EventSeries: (),
    Initiative: ("participations", "citations", "corrections", "changenotes"),
    Metric: ("formula_inputs", "citations", "corrections", "changenotes"),
    Observation: (),
    Organization: ("names", "identifiers", "relationships", "citations", "corrections", "changenotes"),
    Person: ("citations", "corrections", "changenotes"),
    Place: ("citations", "corrections", "changenotes"),
    Ranking: (),
    Source: (),
    Topic: (),
    Unit: (),
}

# What publishing writes, which is no content: a draft never brings an older one back.
PUBLICATION = ("status", "published_at", "withdrawn_at", "withdrawn_notice", "recorded_at")
BOOKKEEPING = ("created_at", "updated_at")


def record(item: Model, *, by: User | None, note: str = "") -> Revision:
    """Keep the present state of the item and its parts, with who made it and why."""
    revision = _revision(item, by, note)
    revision.save(force_insert=True)
    return revision


def record_many(items: Iterable[Model], *, by: User | None, note: str = "") -> None:
    """Keep the present state of many items; a few queries for each kind of item, however many there are."""
    ordered = sorted(items, key=lambda item: item._meta.model_name)
    for model, group in groupby(ordered, key=type):
        stored = _with_parts(model).filter(pk__in=[item.pk for item in group])
        Revision.objects.bulk_create(_revision(item, by, note) for item in stored)


def record_draft(item: Model, state: list[dict], *, by: User | None, note: str = "") -> Revision:
    """Keep a state of the item's next version, which readers do not see."""
    kind, key = item._meta.model_name, key_of(item)
    return Revision.objects.create(kind=kind, key=key, data=state, author=by, note=note, of_working_copy=True)


def present(item: Model, state: list[dict]) -> Revision:
    """The revision that holds the present state of the stored item, which is made where something wrote without one."""
    found = newest(item)
    if found and content(found.data, BOOKKEEPING) == content(state, BOOKKEEPING):
        return found
    note = _("as it was found")
    return Revision.objects.create(kind=item._meta.model_name, key=key_of(item), data=state, note=note)


def newest(item: Model) -> Revision | None:
    """The state that was stored last of the item itself, by its number: clocks of several machines differ."""
    return of(item).filter(of_working_copy=False).order_by("-pk").first()


def key_of(item: Model) -> str:
    """How revisions name an item: by its natural key."""
    return " ".join(item.natural_key())


def of(item: Model) -> QuerySet:
    """Every stored state of the item, newest first."""
    return with_key(item._meta.model_name, key_of(item))


def with_key(kind: str, key: str) -> QuerySet:
    """The stored states of what had this key, also when it is gone."""
    return Revision.objects.filter(kind=kind, key=key)


def follow(item: Model, before: Mapping[str, Any]) -> None:
    """Keep the stored states of an item together when its key has changed; `before` holds the field's earlier value.

    Those of an item that had the same key earlier and is gone stay where they are.
    """
    name = item.natural_key_fields[0]
    was = str(before.get(name) or "")
    if was and was != str(getattr(item, name)):
        own = with_key(item._meta.model_name, was).filter(data__0__pk=item.pk)
        own.update(key=key_of(item))


def model_of(revision: Revision) -> type[Model] | None:
    """The kind of item that the state is one of; None for a kind that is no more."""
    return {model._meta.model_name: model for model in PARTS}.get(revision.kind)


def item_of(revision: Revision) -> Model | None:
    """The item that the state is one of, as it is now; None when it is gone."""
    model = model_of(revision)
    if model is None:
        return None
    return model.objects.filter(**{model.natural_key_fields[0]: revision.key}).first()


def public_at(item: Model, moment: datetime) -> dict[str, Any] | None:
    """The columns of a publishable item as readers saw it then; None while it was not public."""
    state = public_state_at(item, moment)
    return state[0]["fields"] if state else None


def public_state_at(item: Model, moment: datetime) -> list[dict]:
    """The state of a publishable item, with its parts, as readers saw it then; none while it was not public."""
    kept = of(item).filter(of_working_copy=False, created_at__lte=moment).first()
    fields = kept.data[0]["fields"] if kept else {}
    since = parse_datetime(fields.get("published_at") or "")
    is_public = fields.get("status") == Status.PUBLISHED and since is not None and since <= moment
    return kept.data if is_public else []


def snapshot(item: Model) -> list[dict]:
    """The item and its parts, the item first."""
    return states([item, *parts_of(item)])


def states(records: Iterable[Model]) -> list[dict]:
    """The records as Django serializes them."""
    text = serializers.serialize(
        "json", records, use_natural_foreign_keys=True, use_natural_primary_keys=False
    )
    return json.loads(text)


def _revision(item: Model, by: User | None, note: str) -> Revision:
    return Revision(kind=item._meta.model_name, key=key_of(item), data=snapshot(item), author=by, note=note)


def _with_parts(model: type[Model]) -> QuerySet:
    relations = [(name, model._meta.get_field(name).related_model) for name in PARTS.get(model, ())]
    parts = [Prefetch(name, _with_links(part.objects)) for name, part in relations]
    return _with_links(model.objects).prefetch_related(*parts, *_own_lists(model))


def _with_links(records: QuerySet) -> QuerySet:
    links = [field.name for field in records.model._meta.fields if isinstance(field, ForeignKey)]
    return records.select_related(*links) if links else records.all()


def _own_lists(model: type[Model]) -> list[str]:
    """The many-to-many fields that are part of the item itself; the others are records of their own."""
    return [field.name for field in model._meta.many_to_many if field.remote_field.through._meta.auto_created]


def parts_of(item: Model) -> Iterator[Model]:
    for relation in PARTS.get(type(item), ()):
        yield from getattr(item, relation).all()
