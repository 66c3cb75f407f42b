"""Pages as readers saw them on a past day: their own words and facts, in memory. Lists of others are of today."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CharField, Field, ForeignKey, Model, TextField

from ecosystem.domain import revisions
from ecosystem.domain.restoring import UNWRITTEN
from ecosystem.models.publishing import Publishable


def take_back(page: Publishable, moment: datetime) -> bool:
    """Let the page say in memory what readers saw of it then, at its present address; whether it was public.

    It names nothing that is not public now. One that was not public then says nothing.
    """
    state = revisions.public_at(page, moment)
    for field in _own_fields(type(page)):
        if state is None and isinstance(field, (CharField, TextField)) and not field.choices:
            setattr(page, field.name, "")
        elif state is not None and field.name in state:
            setattr(page, field.name, _value(field, state[field.name]))
    return state is not None


def _own_fields(model: type[Model]) -> list[Field]:
    """What says something of the page alone; not its address, nor what publishing and the site itself write."""
    left_out = {*UNWRITTEN, *model.natural_key_fields, model._meta.pk.name}
    return [field for field in model._meta.concrete_fields if field.name not in left_out]


def _value(field: Field, value: Any) -> Any:
    if isinstance(field, ForeignKey):
        return None if value is None else _public_record(field.related_model, value)
    try:
        return field.to_python(value)
    except ValidationError:  # the field takes other values now
        return field.get_default()


def _public_record(model: type[Model], key: Any) -> Model | None:
    names = getattr(model, "natural_key_fields", ("pk",))
    keys = key if isinstance(key, list) else [key]
    rows = model.objects.published() if issubclass(model, Publishable) else model.objects.all()
    return rows.filter(**dict(zip(names, keys, strict=True))).first()
