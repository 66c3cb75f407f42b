"""Checks whether what an item is linked to by its records can be seen by readers."""

from collections.abc import Iterator

from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _

from ecosystem.domain.checklist.findings import Finding, Level
from ecosystem.domain.checklist.reading import Reading
from ecosystem.domain.revisions import PARTS
from ecosystem.models import PAGE_KINDS, Observation, Status
from ecosystem.models.base import AboutOnePage
from ecosystem.models.publishing import Publishable

# Said elsewhere, as an error; a value waits for its metric; and a newer value need not be public yet.
ELSEWHERE = {(Observation, "source"), (Observation, "metric"), (Observation, "superseded_by")}


def hidden(reading: Reading) -> Iterator[Finding]:
    """Items that lists of the page would leave out, each once a relation."""
    item = reading.item
    for field in item._meta.many_to_many:
        if _is_publishable(field.related_model) and field.remote_field.through._meta.auto_created:
            related = getattr(item, field.name)
            for one in related.exclude(pk__in=field.related_model.objects.published()):
                yield _found(one, field.name)
    for name, one in _linked(item):
        if not one.is_public:
            yield _found(one, name)


def _linked(item: Model) -> Iterator[tuple[str, Model]]:
    """What the foreign keys of the item and of its parts lead to, with the field or the relation."""
    for field in _keys(item):
        if (type(item), field.name) not in ELSEWHERE and getattr(item, field.attname):
            yield field.name, getattr(item, field.name)
    for relation in PARTS.get(type(item), ()):
        parts = getattr(item, relation)
        fields = _keys_of_part(parts.model, parts.field.name)
        for part in parts.select_related(*(field.name for field in fields)) if fields else ():
            for field in fields:
                if getattr(part, field.attname):
                    yield relation, getattr(part, field.name)


def _keys_of_part(model: type[Model], owner: str) -> list[ForeignKey]:
    """Those that lead from a part to something else than the item that it belongs to."""
    others = PAGE_KINDS if issubclass(model, AboutOnePage) else (owner,)
    return [field for field in _keys(model) if field.name not in others]


def _keys(model: Model | type[Model]) -> list[ForeignKey]:
    return [
        field
        for field in model._meta.fields
        if isinstance(field, ForeignKey) and _is_publishable(field.related_model)
    ]


def _is_publishable(model: type[Model]) -> bool:
    return issubclass(model, Publishable)


def _found(one: Publishable, name: str) -> Finding:
    if one.status == Status.WITHDRAWN:
        text = _("“%(item)s” was withdrawn, so readers do not see it here.")
    else:
        text = _("“%(item)s” is not public, so readers do not see it here.")
    about = f"{one._meta.model_name} {one.pk} {one.status}"
    return Finding(Level.WARNING, text % {"item": one}, name, about=about)
