"""A conflict of two changes, as editors read it."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ecosystem.domain.restoring import UNWRITTEN, records_named
from ecosystem.values.states import Conflict


@dataclass(frozen=True, slots=True)
class ConflictInWords:
    """What both sides changed, and how it read before, on one side and on the other."""

    key: str
    subject: str
    base: str
    mine: str
    theirs: str


def in_words(conflict: Conflict) -> ConflictInWords:
    """The conflict with names instead of keys and labels instead of codes."""
    model = apps.get_model(conflict.model)
    sides = (conflict.base, conflict.mine, conflict.theirs)
    if not conflict.field:
        return ConflictInWords(
            conflict.key, capfirst(model._meta.verbose_name), *(_row(model, one) for one in sides)
        )
    field = model._meta.get_field(conflict.field)
    subject = capfirst(field.verbose_name)
    return ConflictInWords(conflict.key, subject, *(_value(field, one) for one in sides))


def _row(model: type[Model], fields: dict[str, Any] | None) -> str:
    if fields is None:
        return _("removed")
    told = []
    for name, value in fields.items():
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if value not in (None, "", []) and name not in UNWRITTEN and name != "uid":
            told.append(f"{capfirst(field.verbose_name)}: {_value(field, value)}")
    return "; ".join(told)


def _value(field: Field, value: Any) -> str:
    if value in (None, "", []):
        return _("empty")
    if field.is_relation:
        return ", ".join(records_named(field, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(dict(field.flatchoices).get(value, value))
