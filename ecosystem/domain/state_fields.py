"""What changed in the fields of one record between two stored states of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as declared
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import CharField, Field, ForeignKey, Model, SlugField, TextField, URLField
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ecosystem.domain.state_names import Names, is_own_list, keys_in
from ecosystem.domain.state_sentences import PUBLIC_STATE, remark_sentence
from ecosystem.domain.state_values import plain, written
from ecosystem.models import Image, Observation
from ecosystem.models.fields import PartialDateField, PeriodField, RichTextField
from ecosystem.values.rich_text_differences import RichTextDifference
from ecosystem.values.word_differences import CONTEXT, Piece, word_differences

Fields = dict[str, Any]

# Kept for the site's own accounts; nobody reads them as changes.
BOOKKEEPING = {"created_at", "updated_at", "uid", "period_start", "period_end", "content_digest"}
# Of a value these are one statement, told together under the first.
STATEMENT = ("value", "qualifier", "absence")


class Form(StrEnum):
    """How a change is shown."""

    VALUE = "value"
    WORDS = "words"
    RICH_TEXT = "rich-text"
    NAMES = "names"
    PICTURES = "pictures"


@dataclass(frozen=True)
class FieldChange:
    """One field, what it said and what it says.

    before, after: as people read it, and of a text as it is stored. added, removed: names, of a field that holds
    several. pictures: the one before and the one after. note: that one of the states does not know the field.
    is_whole: there was nothing before, so the field is only read. name: the field as the code names it.
    """

    label: str
    form: Form = Form.VALUE
    before: str = ""
    after: str = ""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    pictures: tuple[Image | None, Image | None] = (None, None)
    language: str = ""
    note: str = ""
    is_whole: bool = False
    name: str = declared(default="", compare=False)

    @cached_property
    def pieces(self) -> list[Piece]:
        """A text word by word."""
        context = None if self.is_whole else CONTEXT
        if self.form is Form.RICH_TEXT:
            return self._rich_text.pieces(context)
        return word_differences(self.before, self.after, context=context)

    @cached_property
    def remarks(self) -> list[str]:
        """What the words alone do not tell."""
        if self.form is not Form.RICH_TEXT or self.is_whole:
            return []
        told = list(filter(None, map(remark_sentence, self._rich_text.remarks)))
        if told or self._rich_text.has_other_words:
            return told
        return [_("Readers see the same; only the HTML is written otherwise.")]

    @cached_property
    def _rich_text(self) -> RichTextDifference:
        return RichTextDifference(self.before, self.after)


@dataclass(frozen=True)
class Record:
    """One record in two states: None where it was not there yet, or is no longer."""

    model: type[Model] | None
    old: Fields | None
    new: Fields | None
    names: Names
    skipped: frozenset[str] = frozenset()
    about: str = ""

    def changes(self) -> list[FieldChange]:
        return [*self._known(), *self._lost()]

    def text(self, name: str) -> str:
        """What the field of that name says now, or said at last."""
        state = self.old if self.new is None else self.new
        try:
            field = self.model._meta.get_field(name) if self.model else None
        except FieldDoesNotExist:
            field = None
        return self._written(field, state) if field else plain((state or {}).get(name))

    def _known(self) -> Iterator[FieldChange]:
        for field in (*self.model._meta.fields, *self.model._meta.many_to_many) if self.model else ():
            is_told = field.name not in self._untold and not field.primary_key
            if is_told and self._differs(field):
                yield self._change(field)

    @property
    def _untold(self) -> set[str]:
        statement = set(STATEMENT[1:]) if self.model is Observation else set()
        return {*BOOKKEEPING, *PUBLIC_STATE, *self.skipped, *statement}

    def _differs(self, field: Field) -> bool:
        names = STATEMENT if self.model is Observation and field.name == STATEMENT[0] else (field.name,)
        if self.old is not None and self.new is not None:
            knowing = [state for state in (self.old, self.new) if field.name in state]
            if len(knowing) < 2:
                # A field that came with a newer site is no change as long as it says what it says by itself.
                return bool(knowing) and not _says_nothing(field, knowing[0][field.name])
        return any(_canonical(field, self.old, name) != _canonical(field, self.new, name) for name in names)

    def _change(self, field: Field) -> FieldChange:
        language = "zh-Hans" if field.name.endswith("_zh") else ""
        label, whole, note = str(capfirst(field.verbose_name)), self.old is None, self._note(field)
        if is_own_list(field):
            old, new = (keys_in((state or {}).get(field.name)) for state in (self.old, self.new))
            gone = tuple(self.names.name(field.related_model, key) for key in old if key not in new)
            come = tuple(self.names.name(field.related_model, key) for key in new if key not in old)
            return FieldChange(
                label, Form.NAMES, added=come, removed=gone, note=note, is_whole=whole, name=field.name
            )
        form = _form_of(field)
        if form in {Form.WORDS, Form.RICH_TEXT}:
            before, after = (plain((state or {}).get(field.name)) for state in (self.old, self.new))
        else:
            before, after = (self._written(field, state) for state in (self.old, self.new))
        pictures = tuple(
            self.names.record(Image, (state or {}).get(field.name)) if form is Form.PICTURES else None
            for state in (self.old, self.new)
        )
        return FieldChange(label, form, before, after, (), (), pictures, language, note, whole, field.name)

    def _written(self, field: Field, state: Fields | None) -> str:
        return written(self.model, field, state, self.names, self.about) if state is not None else ""

    def _note(self, field: Field) -> str:
        if self.old is not None and field.name not in self.old and self.new is not None:
            return _("The earlier state does not know this field.")
        if self.new is not None and field.name not in self.new and self.old is not None:
            return _("The later state does not know this field.")
        return ""

    def _lost(self) -> Iterator[FieldChange]:
        """Fields of the states that the site no longer has; of a kind of record that it has lost, all of them."""
        fields = (*self.model._meta.fields, *self.model._meta.many_to_many) if self.model else ()
        known = {field.name for field in fields} | BOOKKEEPING
        stored = dict.fromkeys([*(self.old or {}), *(self.new or {})])
        for name in stored:
            before, after = (plain((state or {}).get(name)) for state in (self.old, self.new))
            if name not in known and before != after:
                note = _("This field no longer exists.")
                yield FieldChange(
                    name, before=before, after=after, note=note, is_whole=self.old is None, name=name
                )


def _form_of(field: Field) -> Form:
    if isinstance(field, RichTextField):
        return Form.RICH_TEXT
    if isinstance(field, ForeignKey) and field.related_model is Image:
        return Form.PICTURES
    whole = (PartialDateField, PeriodField, SlugField, URLField)
    is_text = isinstance(field, (CharField, TextField)) and not isinstance(field, whole)
    return Form.WORDS if is_text and not field.choices else Form.VALUE


def _canonical(field: Field, state: Fields | None, name: str) -> object:
    """What the field says, however it was written down: 400 and 400.000000 are one number, no order is a change."""
    value = (state or {}).get(name)
    if value is None or value == "":
        return None
    if is_own_list(field):
        return sorted(map(str, keys_in(value))) or None
    if name != field.name or isinstance(field, (ForeignKey, TextField)):
        return value
    try:
        return field.to_python(value)
    except (TypeError, ValueError, ValidationError):
        return value


def _says_nothing(field: Field, value: object) -> bool:
    if value in (None, "", []):
        return True
    return field.has_default() and plain(field.get_default()) == plain(value)
