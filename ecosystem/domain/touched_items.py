"""Whose stored state changes when other items are deleted: they lose a topic, a participant, a successor."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db.models import SET_NULL, Field, ForeignKey, Model
from django.utils.translation import gettext as _

from ecosystem.domain import revisions
from ecosystem.domain.wording import listed
from ecosystem.models import User

AT_ONCE = 500
LONGEST = 250  # characters of the names in a note

Touched = dict[type[Model], list[int]]


def touched_by(items: Sequence[Model]) -> Touched:
    """The keys of the items that lose something with these ones, by their kind; asked before they are deleted."""
    if not items:
        return {}
    kind, found = type(items[0]), {}
    for model in revisions.PARTS:
        keys: set[int] = set()
        for path in _paths(model, kind):
            keys |= set(model.objects.filter(**{f"{path}__in": items}).values_list("pk", flat=True))
        if model is kind:
            keys -= {item.pk for item in items}
        if keys:
            found[model] = sorted(keys)
    return found


def record_touched(touched: Touched, *, names: Sequence[str], by: User) -> None:
    """Keep the state of each without what was deleted, of which the names are noted."""
    note = _("deleted: %(names)s") % {"names": listed(names)[:LONGEST]}
    for model, keys in touched.items():
        for some in _in_lots(keys):
            revisions.record_many(model.objects.filter(pk__in=some), by=by, note=note)


def _paths(model: type[Model], kind: type[Model]) -> Iterator[str]:
    """From an item of this model to what its state says of others of that kind, where deleting those is allowed."""
    for field in model._meta.many_to_many:
        if field.related_model is kind and field.remote_field.through._meta.auto_created:
            yield field.name
    yield from (field.name for field in _links(model, kind) if field.remote_field.on_delete is SET_NULL)
    for relation in revisions.PARTS[model]:
        owned = model._meta.get_field(relation)
        links = _links(owned.related_model, kind)
        yield from (f"{relation}__{field.name}" for field in links if field is not owned.field)


def _links(model: type[Model], kind: type[Model]) -> Iterator[Field]:
    return (f for f in model._meta.fields if isinstance(f, ForeignKey) and f.related_model is kind)


def _in_lots(keys: Iterable[int]) -> Iterator[list[int]]:
    left = iter(keys)
    while some := list(islice(left, AT_ONCE)):
        yield some
