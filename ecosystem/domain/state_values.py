"""How a stored value of a field is written for people: choices by their labels, dates and numbers in the site's way."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    DecimalField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
)
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from ecosystem.domain.state_names import Names
from ecosystem.domain.wording import day_of, language, period_label, qualified_number, table_unit
from ecosystem.models import Citation, Metric, Observation
from ecosystem.models.fields import PartialDateField, PeriodField
from ecosystem.values.languages import is_chinese
from ecosystem.values.partial_dates import partial_date_label
from ecosystem.values.quantities import grouped_number

# Numbers of a value, written with its unit; the first with its qualifier, or with the reason why there is none.
AMOUNTS = ("value", "low", "high")
# A value that an older or a newer site wrote otherwise is no error: it is shown as it stands.
UNREADABLE = (ArithmeticError, AttributeError, KeyError, TypeError, ValueError, ValidationError)


def written(model: type[Model], field: Field, state: dict[str, Any], names: Names, about: str = "") -> str:
    """What the field of that state says; empty for nothing. `about` is the kind of page that a citation serves."""
    value = state.get(field.name)
    try:
        if model is Observation and field.name in AMOUNTS:
            return _amount(field.name, state, names)
        if value in (None, ""):
            return ""
        if model is Citation and field.name == "field":
            return _fact(value, about)
        return _by_kind(field, value, names)
    except UNREADABLE:
        return plain(value)


def plain(value: object) -> str:
    """A value of which nothing is known but that it was stored."""
    if isinstance(value, (list, tuple)):
        return ", ".join(map(plain, value))
    return "" if value is None else str(value)


def moment_of(text: str) -> str:
    """A moment in Shanghai's time: "6 January 2025, 17:00"."""
    moment = parse_datetime(text)
    if moment is None:
        raise ValueError(text)  # to Django no moment is the present one
    local = timezone.localtime(moment)
    between = " " if is_chinese(language()) else ", "
    return f"{day_of(local.date())}{between}{local:%H:%M}"


def _by_kind(field: Field, value: Any, names: Names) -> str:
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    for kind, write in WRITERS:
        if isinstance(field, kind):
            return write(value)
    return names.name(field.related_model, value) if isinstance(field, ForeignKey) else plain(value)


def _number(value: Any) -> str:
    return grouped_number(Decimal(str(value)), language())


# Looked through in this order: a moment is a kind of date.
WRITERS: tuple[tuple[type[Field], Any], ...] = (
    (BooleanField, lambda value: _("yes") if value else _("no")),
    (PartialDateField, lambda value: partial_date_label(value, language())),
    (PeriodField, period_label),
    (DateTimeField, moment_of),
    (DateField, lambda value: day_of(date.fromisoformat(value))),
    ((DecimalField, IntegerField), _number),
)


def _amount(name: str, state: dict[str, Any], names: Names) -> str:
    """Every digit of the number, with its unit; rounded ones would hide a small correction."""
    number, metric = state.get(name), names.record(Metric, state.get("metric"))
    if number in (None, ""):
        absence = state.get("absence") if name == "value" else ""
        return str(dict(Observation.Absence.choices).get(absence, absence or ""))
    if metric is None:
        return _number(number)
    qualifier = state.get("qualifier", "=") if name == "value" else "="
    value = Observation(metric=metric, value=Decimal(str(number)), qualifier=qualifier)
    space = "" if is_chinese(language()) else " "
    return f"{qualified_number(value)}{space}{table_unit(metric)}"


def _fact(name: str, about: str) -> str:
    """The fact that a citation serves, as readers know it."""
    try:
        return str(Citation._meta.get_field(about).related_model._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return plain(name)
