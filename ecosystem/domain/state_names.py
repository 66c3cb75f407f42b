"""The names of what stored states refer to: by a key, which outlives the record."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, ManyToManyField, Model
from django.utils.translation import gettext as _

from ecosystem.domain.wording import amount_of, named, period_of
from ecosystem.models import Metric, Observation

State = list[dict[str, Any]]
Key = tuple[Any, ...]
# What the name of a record, or the writing of a value, needs of others.
RELATED = {Observation: ("metric__unit",), Metric: ("unit",)}


class Names:
    """Finds the records that all these states refer to: one query for each kind, and only when it is asked for."""

    def __init__(self, states: Iterable[State | None]) -> None:
        self._wanted: dict[type[Model], set[Key]] = defaultdict(set)
        self._found: dict[type[Model], dict[Key, Model]] = {}
        for model, key in (found for state in states for found in _references(state or [])):
            self._wanted[model].add(key)

    def record(self, model: type[Model], key: object) -> Model | None:
        """The record with the key as a state holds it, a list for a natural one; None where it is gone."""
        if model not in self._found:
            self._found[model] = dict(_records(model, self._wanted[model]))
        return self._found[model].get(_as_key(key))

    def name(self, model: type[Model], key: object) -> str:
        """Its name in the language of the reader; of what no longer exists the key."""
        if key in (None, ""):
            return ""
        record = self.record(model, key)
        if record is None:
            return _("“%(key)s” (no longer exists)") % {"key": " ".join(map(str, _as_key(key)))}
        return name_of(record)


def name_of(record: Model) -> str:
    if isinstance(record, Observation):
        return f"{named(record.metric)}, {period_of(record)}: {amount_of(record)}"
    return named(record) if hasattr(record, "name_zh") else str(record)


@lru_cache(maxsize=100)
def model_of(label: str) -> type[Model] | None:
    """The model with this label; None where the site has lost it."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def is_own_list(field: Field) -> bool:
    """Whether the field holds several records that are part of the item itself."""
    return isinstance(field, ManyToManyField)


def _references(state: State) -> Iterator[tuple[type[Model], Key]]:
    for row in state:
        model = model_of(row["model"])
        for field in (*model._meta.fields, *model._meta.many_to_many) if model else ():
            value = row["fields"].get(field.name)
            if value in (None, ""):
                continue
            if isinstance(field, ForeignKey):
                yield field.related_model, _as_key(value)
            elif is_own_list(field):
                yield from ((field.related_model, _as_key(each)) for each in keys_in(value))


def keys_in(value: object) -> list:
    """The keys that a field for several records holds."""
    return value if isinstance(value, list) else []


def _as_key(value: object) -> Key:
    """Also of what is no key: something that can be looked for and is not found."""
    parts = value if isinstance(value, (list, tuple)) else [value]
    return tuple(str(part) if isinstance(part, (list, dict)) else part for part in parts)


def _records(model: type[Model], keys: set[Key]) -> Iterator[tuple[Key, Model]]:
    """The records with these keys, each with its key: the natural one, where the kind of record has one."""
    names = getattr(model, "natural_key_fields", ())
    first = model._meta.get_field(names[0]) if names else model._meta.pk
    known = [key[0] for key in keys if key and isinstance(key[0], str if names else int)]
    found = model.objects.filter(**{f"{first.name}__in": known}).select_related(*RELATED.get(model, ()))
    for record in found:
        yield (record.natural_key() if names else (record.pk,)), record
