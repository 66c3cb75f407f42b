"""What is kept of a renamed item by its slug: stored states, the ledger of the seed, signatures, tombstones."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Field, ForeignKey, ManyToManyField, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from ecosystem.domain.seed_rows import SEPARATOR
from ecosystem.models import Revision, SeededKey, SignedWarning, Suppression
from ecosystem.models.fields import RichTextField
from ecosystem.values.addresses import Address, folder

# Whatever keeps a state of an item as `Revision.data`.
STATES: tuple[type[Model], ...] = (Revision,)
AT_ONCE = 200


def move_in_states(item: Model, old: Address, slug: str) -> None:
    """Let every stored state name the item by its present slug, its own ones also under their key.

    So a past text shows its figures, a state that is put back finds what it links to, and the history stays with the
    item.
    """
    for model in STATES:
        keys = list(_candidates(model, old).values_list("pk", flat=True))
        for start in range(0, len(keys), AT_ONCE):
            states = model.objects.filter(pk__in=keys[start : start + AT_ONCE])
            _store([state for state in states if _move_in_state(state, item, old, slug)])


def move_in_ledger(item: Model, old: Address, slug: str) -> None:
    """Let the seed know the item and its parts under the new slug too, so that it brings none of them back."""
    twins = []
    for model in apps.get_app_config("ecosystem").get_models():
        positions = list(_positions(model, type(item)))
        rows = SeededKey.objects.filter(kind=model._meta.model_name, key__contains=old.slug)
        for row in rows if positions else ():
            parts = row.key.split(SEPARATOR)
            moved = [
                slug if place in positions and part == old.slug else part for place, part in enumerate(parts)
            ]
            if moved != parts:
                twins.append(SeededKey(kind=row.kind, key=SEPARATOR.join(moved), seeded_at=row.seeded_at))
    SeededKey.objects.bulk_create(twins, ignore_conflicts=True)


def move_signatures(old: Address, slug: str) -> None:
    """Let what somebody signed of the item stay signed."""
    SignedWarning.objects.filter(kind=old.kind, key=old.slug).update(key=slug)


def move_tombstones(old: Address, slug: str) -> None:
    for stone in Suppression.objects.filter(address__contains=f"/{folder(old.kind)}/{old.slug}"):
        stone.address = old.moved_link(stone.address, slug)
        stone.save(update_fields=["address"])


def _candidates(model: type[Model], old: Address) -> QuerySet:
    """The states whose text may name the item: as a key, or by a link or element within a text."""
    quoted = (trace.replace('"', '\\"') for trace in old.traces)
    pieces = [f'"{old.slug}"', *quoted]
    return (
        model.objects.annotate(data_text=Cast(F("data"), TextField()))
        .filter(reduce(or_, (Q(data_text__contains=piece) for piece in pieces)))
        .order_by("pk")
    )


def _store(states: list[Model]) -> None:
    if states:
        names = ["data", "key"] if hasattr(states[0], "key") else ["data"]
        type(states[0]).objects.bulk_update(states, names)


def _is_state_of(state: Model, item: Model, old: Address) -> bool:
    """Whether it is one of the item itself; a deleted item may have had the same slug before."""
    first = state.data[0] if state.data else {}
    named = (getattr(state, "kind", None), getattr(state, "key", None))
    return named == (old.kind, old.slug) and first.get("pk") in {item.pk, None}


def _move_in_state(state: Model, item: Model, old: Address, slug: str) -> bool:
    """Change the state, not stored yet; answer whether something was to be changed."""
    is_changed = _is_state_of(state, item, old)
    if is_changed:
        state.key = slug
    for entry in state.data:
        model = _model_of(entry)
        is_itself = model is type(item) and entry.get("pk") == item.pk
        for name, value in entry.get("fields", {}).items() if model else ():
            moved = _moved_value(_field(model, name), value, item, old, slug)
            if name == "slug" and is_itself and value == old.slug:
                moved = slug
            if moved != value:
                entry["fields"][name] = moved
                is_changed = True
    return is_changed


def _moved_value(field: Field | None, value: object, item: Model, old: Address, slug: str) -> object:
    if isinstance(field, RichTextField) and isinstance(value, str):
        return old.moved_in(value, slug)
    if isinstance(field, ForeignKey) and field.related_model is type(item):
        return [slug] if value == [old.slug] else value
    if isinstance(field, ManyToManyField) and field.related_model is type(item):
        return [[slug] if key == [old.slug] else key for key in value]
    return value


def _model_of(entry: dict) -> type[Model] | None:
    try:
        return apps.get_model(entry.get("model", ""))
    except (LookupError, ValueError):  # a kind that is no more
        return None


def _field(model: type[Model], name: str) -> Field | None:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:  # one that is no more
        return None


def _positions(model: type[Model], renamed: type[Model]) -> Iterator[int]:
    """Which parts of the model's natural key are the slug of the renamed kind."""
    for position, path in enumerate(getattr(model, "natural_key_fields", ())):
        name, *rest = path.split("__")
        if rest == ["slug"] and model._meta.get_field(name).related_model is renamed:
            yield position
        if path == "slug" and model is renamed:
            yield position
