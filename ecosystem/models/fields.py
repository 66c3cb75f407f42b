"""Column types of our own: partial dates, periods, sanitised rich text, numbers of rows."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from ecosystem.values.markup import sanitize
from ecosystem.values.partial_dates import PartialDateError, parse_partial_date, with_four_digits
from ecosystem.values.periods import PeriodError, parse_period

# What `ecosystem.values` says of a bad text, once more for people: that layer knows nothing of languages.
NOT_A_DATE = _("“%(text)s” is not a date. Write 1990, 1990-04 or 1990-04-18.")
NOT_A_PERIOD = _(
    "“%(text)s” is not a period. Write 2024, 2024-H1, 2024-Q3, 2024-09, 2024-09-30, "
    "or 2024-to-09 for January to September."
)
NO_SUCH_DAY = _("“%(text)s” names a month or day that does not exist.")


def validate_partial_date(text: str) -> None:
    try:
        parse_partial_date(text)
    except PartialDateError as error:
        sentence = NO_SUCH_DAY if error.__cause__ else NOT_A_DATE
        raise ValidationError(sentence, code="partial_date", params={"text": text}) from error


def validate_period(text: str) -> None:
    try:
        parse_period(text)
    except PeriodError as error:
        sentence = NO_SUCH_DAY if error.__cause__ else NOT_A_PERIOD
        raise ValidationError(sentence, code="period", params={"text": text}) from error


class PartialDateField(models.CharField):
    """A date known to the year, the month or the day, kept as ISO text so that it sorts."""

    default_validators = [validate_partial_date]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max_length": 10, "blank": True, "default": ""} | options)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text and with_four_digits(text)


class PeriodField(models.CharField):
    """A period in its canonical text, see `ecosystem.values.periods`."""

    default_validators = [validate_period]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max_length": 12} | options)


class RichTextField(models.TextField):
    """Sanitised HTML; with `inline=True` only what may stand inside a sentence."""

    def __init__(self, *args: Any, inline: bool = False, **options: Any) -> None:
        self.inline = inline
        super().__init__(*args, **{"blank": True, "default": ""} | options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, options | ({"inline": True} if self.inline else {})

    def clean(self, value: Any, model_instance: models.Model | None) -> str:
        return sanitize(super().clean(value, model_instance), inline=self.inline)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Clean again: `save()` without `full_clean()` must not store what a reader's browser would run."""
        text = sanitize(getattr(model_instance, self.attname) or "", inline=self.inline)
        setattr(model_instance, self.attname, text)
        return text


class RowNumberField(models.BigIntegerField):
    """A primary key that is given, and on SQLite the number of the row itself: its indexes hold no other.

    SQLite takes that from the name of the type alone; it stores integers of any size under it.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)
