"""Taking words out of an item, of its parts, of its stored states and of what was logged about it."""

import json
from collections.abc import Iterable, Iterator
from uuid import uuid4

from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db.models import Model, SlugField
from django.utils.translation import gettext as _

from ecosystem.domain import figure_records, publishing
from ecosystem.domain.seed_rows import hidden_key
from ecosystem.domain.suppressed_records import (
    Label,
    Place,
    label_of,
    labels_in,
    log_of,
    logged,
    message_of,
    parts_of,
    states_of,
    stored,
    tells,
    text_fields,
)
from ecosystem.domain.tombstones import SuppressionError
from ecosystem.models import ADDRESSED_KINDS, PAGE_KINDS, Revision, SeededKey
from ecosystem.models.fields import RichTextField
from ecosystem.values.cutting import Cutter, EntangledError

KEY = "uid"
NOTICE = "withdrawn_notice"  # written by publishing alone


def cut_out(place: Place, cutter: Cutter) -> bool:
    """Take the passages out of everything that belongs to the item; answer whether they stood anywhere.

    Raises SuppressionError where only people can do it: the words run across markup, are all that a required field
    holds, or are part of an address.
    """
    labels: set[Label] = {(place.model, place.pk)}
    item = stored(place.model, place.pk)  # what the caller holds may be older
    found = False
    if item is not None:
        parts = list(parts_of(item))
        _forget_addresses(item, cutter)
        labels |= {label_of(part) for part in parts}
        found = any([*(_cut_part(part, cutter) for part in parts), _cut_record(item, cutter)])
        if place.model._meta.model_name in PAGE_KINDS:
            _renew_references(item, cutter)
    for state in states_of(place.model, place.pk):
        labels |= set(labels_in(state))
        found |= _cut_state(state, item, cutter)
    for entry in log_of(labels):
        found |= _cut_entry(entry, cutter)
    hide_keys({model for model, _pk in labels}, cutter)
    return found


def _forget_addresses(item: Model, cutter: Cutter) -> None:
    """A former address with the words leads nowhere any more."""
    if item._meta.model_name in ADDRESSED_KINDS:
        for row in item.former_addresses.all():
            if cutter.stands_in(row.slug):
                row.delete()


def hide_keys(models: set[type[Model]], cutter: Cutter) -> None:
    """Keys of the seed that hold the words stay known, but cannot be read any more."""
    kinds = [model._meta.model_name for model in models]
    for row in SeededKey.objects.filter(kind__in=kinds):
        if cutter.stands_in(row.key):
            row.key = hidden_key(row.kind, row.key)
            row.save(update_fields=["key"])


def _renew_references(page: Model, cutter: Cutter) -> None:
    figure_records.record_references(page)
    figure_records.forget_words(page, cutter)


def _cut_part(part: Model, cutter: Cutter) -> bool:
    """The same for a part; one of which nothing would be left goes as a whole."""
    for name, text in _cut_texts(part, cutter):
        if not text and not part._meta.get_field(name).blank:
            part.delete()
            return True
    return _cut_record(part, cutter)


def _cut_record(record: Model, cutter: Cutter) -> bool:
    for field in record._meta.concrete_fields:
        if isinstance(field, SlugField) and cutter.stands_in(getattr(record, field.name)):
            raise _refused(
                record, field.name, _("it is part of the address. Withdraw the page, and delete it")
            )
    texts = dict(_cut_texts(record, cutter))
    if not texts:
        return False
    for name, text in texts.items():
        field = record._meta.get_field(name)
        if not text and not field.blank:
            raise _refused(record, name, _("nothing would be left. Write something else there first"))
        if name != NOTICE:
            setattr(record, name, text)
    _store(record, texts)
    if NOTICE in texts:
        publishing.reword_notice(record, texts[NOTICE])
    return True


def _cut_texts(record: Model, cutter: Cutter) -> Iterator[tuple[str, str]]:
    """The columns that change, with what they are to hold."""
    for field in text_fields(type(record)):
        text = getattr(record, field.name)
        if not cutter.stands_in(text):
            continue
        if field.name == KEY:
            yield KEY, str(uuid4())
            continue
        if not isinstance(field, RichTextField):
            yield field.name, cutter.in_plain(text)
            continue
        try:
            yield field.name, cutter.in_rich(text)
        except EntangledError as error:
            raise _refused(
                record, field.name, _("it runs across markup or stands in an attribute. Edit the text first")
            ) from error


def _store(record: Model, names: Iterable[str]) -> None:
    """Save the record if what has changed is still valid; the rest of it is not asked."""
    others = {field.name for field in record._meta.concrete_fields} - set(names)
    try:
        record.clean_fields(exclude=others)
        record.validate_constraints()
    except ValidationError as error:
        raise SuppressionError(
            _("%(kind)s “%(name)s” would not be valid any more: %(why)s Change it first.")
            % {"kind": record._meta.verbose_name, "name": record, "why": " ".join(error.messages)}
        ) from error
    record.save()


def _refused(record: Model, name: str, why: str) -> SuppressionError:
    label = record._meta.get_field(name).verbose_name
    said = {"kind": record._meta.verbose_name, "name": record, "field": label, "why": why}
    return SuppressionError(_("%(kind)s “%(name)s”, %(field)s: %(why)s.") % said)


def _cut_state(state: Revision, item: Model | None, cutter: Cutter) -> bool:
    """A past state loses the words however they stand: a text that they cannot be cut from is emptied."""
    if not tells(state, cutter):
        return False
    for entry in state.data:
        for name, value in entry.get("fields", {}).items():
            entry["fields"][name] = _past(value, cutter)
    state.note = cutter.in_plain(state.note)
    if cutter.stands_in(state.key):
        state.key = " ".join(item.natural_key()) if item is not None else hidden_key(state.kind, state.key)
    state.save(update_fields=["key", "data", "note"])
    return True


def _past(value: object, cutter: Cutter) -> object:
    if not isinstance(value, str):
        return cutter.in_data(value)
    if not cutter.stands_in(value):
        return value
    try:
        cut = cutter.in_rich(value) if "<" in value else cutter.in_plain(value)
    except EntangledError:
        return ""
    return "" if cutter.stands_in(cut) else cut


def _cut_entry(entry: LogEntry, cutter: Cutter) -> bool:
    if not logged(entry, cutter):
        return False
    entry.object_repr = cutter.in_plain(entry.object_repr) or "–"
    message = cutter.in_data(message_of(entry))
    entry.change_message = message if isinstance(message, str) else json.dumps(message)
    entry.save(update_fields=["object_repr", "change_message"])
    return True
