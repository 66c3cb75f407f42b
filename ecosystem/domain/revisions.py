"""Stored states: the item together with the records that are edited with it."""

import json
from collections.abc import Iterator

from django.core import serializers
from django.db.models import Model

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
    Revision,
    Source,
    Topic,
    Unit,
    User,
)

# What is edited together with each kind of item, by the names of the relations from the item to its records.
PARTS: dict[type[Model], tuple[str, ...]] = {
    Article: ("contributions", "citations", "corrections", "changenotes"),
    Event: ("citations", "corrections", "changenotes"),
    EventSeries: (),
    Initiative: ("participations", "citations", "corrections", "changenotes"),
    Metric: ("citations", "corrections", "changenotes"),
    Observation: (),
    Organization: ("names", "identifiers", "relationships", "citations", "corrections", "changenotes"),
    Person: ("citations", "corrections", "changenotes"),
    Place: ("citations", "corrections", "changenotes"),
    Source: (),
    Topic: (),
    Unit: (),
}


def record(item: Model, *, by: User | None, note: str = "") -> Revision:
    """Keep the present state of the item and its parts, with who made it and why."""
    return Revision.objects.create(
        kind=item._meta.model_name,
        key=" ".join(item.natural_key()),
        data=snapshot(item),
        author=by,
        note=note,
    )


def snapshot(item: Model) -> list[dict]:
    """The item and its parts as Django serializes them, the item first."""
    text = serializers.serialize(
        "json", [item, *_parts(item)], use_natural_foreign_keys=True, use_natural_primary_keys=False
    )
    return json.loads(text)


def _parts(item: Model) -> Iterator[Model]:
    for relation in PARTS.get(type(item), ()):
        yield from getattr(item, relation).all()
