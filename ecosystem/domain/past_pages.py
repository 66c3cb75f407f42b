"""Pages as readers saw them on a past day: they and what is edited with them, in memory; other pages are of today."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CharField, Field, ForeignKey, ManyToManyField, Model, TextField

from ecosystem.domain import revisions
from ecosystem.domain.restoring import UNWRITTEN, Links, is_owner, known_fields, model_of
from ecosystem.models.publishing import Publishable
from ecosystem.values.states import Row, State


@dataclass(frozen=True, slots=True)
class Past:
    """Whether a page was public then, and the records that were edited with it, by the names of its relations."""

    was_public: bool = False
    rows: Mapping[str, Sequence[Model]] = field(default_factory=dict)


def take_back(page: Publishable, moment: datetime) -> Past:
    """Let the page say in memory what readers saw of it then, at its present address.

    It and its records name nothing that is not public now. A page that was not public then says nothing.
    """
    if state := revisions.public_state_at(page, moment):
        return Past(was_public=True, rows=_written_over(page, state))
    for one in _own_fields(type(page)):
        if isinstance(one, (CharField, TextField)) and not one.choices:
            setattr(page, one.name, "")
    return Past()


def _written_over(page: Publishable, state: State) -> dict[str, list[Model]]:
    """Let the page say what a state says of it; the records of the state, by the names of the page's relations."""
    own, links = _own_fields(type(page)), Links(state)
    rows: dict[str, list[Model]] = defaultdict(list)
    for one, value in known_fields(state[0]):
        if isinstance(one, ManyToManyField):
            rows[one.name] = _public(links.of(one, value))
        elif one in own:
            setattr(page, one.name, _value(one, value, links))
    relations = {page._meta.get_field(name).related_model: name for name in revisions.PARTS[type(page)]}
    for row in state[1:]:
        if part := _part(page, row, links):
            rows[relations[type(part)]].append(part)
    return rows


def _own_fields(model: type[Model]) -> list[Field]:
    """What says something of the page alone; not its address, nor what publishing and the site itself write."""
    left_out = {*UNWRITTEN, *model.natural_key_fields, model._meta.pk.name}
    return [one for one in model._meta.concrete_fields if one.name not in left_out]


def _part(page: Model, row: Row, links: Links) -> Model | None:
    """The record of a row in memory; none where what it is about is not public any more."""
    part = model_of(row)(pk=row["pk"])
    for one, value in known_fields(row):
        made = page if is_owner(one, page, value) else _value(one, value, links)
        if made is None and not one.null:
            return None
        setattr(part, one.name, made)
    return part


def _value(one: Field, value: Any, links: Links) -> Any:
    if isinstance(one, ForeignKey):
        return next(iter(_public(links.of(one, value))), None)
    try:
        return one.to_python(value)
    except ValidationError:  # the field takes other values now
        return one.get_default()


def _public(records: Sequence[Model]) -> list[Model]:
    return [one for one in records if not isinstance(one, Publishable) or one.is_public]
