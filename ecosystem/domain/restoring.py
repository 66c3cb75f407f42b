"""Writing a stored state over an item and its parts: for drafts put in place, for what is shown and undone again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, ForeignKey, ManyToManyField, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ecosystem.domain import revisions, source_checks
from ecosystem.values.states import Row, State, key_of

# Left as they are stored: a state says what the item says, not whether it is public, nor what checks of it have found.
UNWRITTEN = frozenset({*revisions.PUBLICATION, *revisions.BOOKKEEPING, *source_checks.FOUND})


def write_state(item: Model, state: State, *, checked: bool = False) -> list[str]:
    """Let a stored item and its parts say what the state says; rows with negative keys are stored with them.

    Answers with one sentence for each thing that cannot be written any more because it names what is gone. Checked:
    every record is validated first, and ValidationError raised for one that is not valid.
    """
    links = Links(state)
    first, *rest = state
    _write_item(item, first, links, checked)
    wanted = {key_of(row): row for row in rest}
    present = {key_of(row): row for row in revisions.states(revisions.parts_of(item))}
    changed = [key for key, row in present.items() if wanted.get(key, {}).get("fields") != row["fields"]]
    for part in revisions.parts_of(item):
        if (part._meta.label_lower, part.pk) in changed:
            part.delete()
    for key, row in wanted.items():
        if key not in present or key in changed:
            _write_part(item, row, links, checked)
    return links.lost


class Links:
    """What the rows of a state refer to by natural keys, fetched at once for each kind; `lost` tells what is gone."""

    def __init__(self, state: State) -> None:
        self.lost: list[str] = []
        wanted: dict[type[Model], set[tuple]] = defaultdict(set)
        for row in state:
            for field, keys in _references(row):
                wanted[field.related_model].update(keys)
        self._found = {model: _by_key(model, keys) for model, keys in wanted.items()}

    def of(self, field: Field, value: Any) -> list[Model]:
        """The records that a value of a field with links names."""
        found = []
        for key in _keys(field, value):
            record = self._found[field.related_model].get(key)
            if record is None:
                said = {"field": capfirst(field.verbose_name), "key": " ".join(map(str, key))}
                self.lost.append(_("%(field)s: “%(key)s” does not exist any more.") % said)
            else:
                found.append(record)
        return found


def records_named(field: Field, value: Any) -> list[str]:
    """The names of the records that a stored value of a field with links names; its key for one that is gone."""
    keys = _keys(field, value)
    found = _by_key(field.related_model, keys)
    return [str(found.get(key) or " ".join(map(str, key))) for key in keys]


def model_of(row: Row) -> type[Model]:
    """The model of a row of a state."""
    return apps.get_model(row["model"])


def _references(row: Row) -> Iterator[tuple[Field, list[tuple]]]:
    for field, value in known_fields(row):
        if field.is_relation:
            yield field, _keys(field, value)


def known_fields(row: Row) -> Iterator[tuple[Field, Any]]:
    """The fields of a row that its model still has, with what they hold."""
    for name, value in row["fields"].items():
        try:
            yield model_of(row)._meta.get_field(name), value
        except FieldDoesNotExist:
            continue


def _keys(field: Field, value: Any) -> list[tuple]:
    if value is None:
        return []
    many = value if isinstance(field, ManyToManyField) else [value]
    return [tuple(one) if isinstance(one, list) else (one,) for one in many]


def _by_key(model: type[Model], keys: Iterable[tuple]) -> dict[tuple, Model]:
    names = getattr(model, "natural_key_fields", ("pk",))
    keys = set(keys)
    if len(names) == 1:
        [name] = names
        rows = model._base_manager.filter(**{f"{name}__in": [key[0] for key in keys]})
        return {(getattr(row, name),): row for row in rows}
    found = {key: model._base_manager.filter(**dict(zip(names, key, strict=True))).first() for key in keys}
    return {key: row for key, row in found.items() if row}


def _write_item(item: Model, row: Row, links: Links, checked: bool) -> None:
    lists = {}
    for field, value in known_fields(row):
        if isinstance(field, ManyToManyField):
            lists[field.name] = links.of(field, value)
        elif field.name not in UNWRITTEN:
            setattr(item, field.name, _value(field, value, links))
    if checked:
        item.full_clean()
    item.save()
    for name, records in lists.items():
        getattr(item, name).set(records)


def _write_part(item: Model, row: Row, links: Links, checked: bool) -> None:
    model = model_of(row)
    part = model(pk=None if checked and row["pk"] < 0 else row["pk"])
    for field, value in known_fields(row):
        made = item if is_owner(field, item, value) else _value(field, value, links)
        if made is None and not field.null:
            return  # what it is about is gone, which is said already
        setattr(part, field.name, made)
    if checked:
        part.full_clean()
    part.save(force_insert=True)


def is_owner(field: Field, item: Model, value: Any) -> bool:
    """Whether a link of a part is that to the item it belongs to, which may have another key by now."""
    owners = {type(item)._meta.get_field(name).field for name in revisions.PARTS.get(type(item), ())}
    return field in owners and value is not None


def _value(field: Field, value: Any, links: Links) -> Any:
    if isinstance(field, ForeignKey):
        return next(iter(links.of(field, value)), None)
    try:
        return field.to_python(value)
    except ValidationError:
        return field.get_default()
