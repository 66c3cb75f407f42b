"""Where an item is used: in texts, by records that point to it, and by what is computed from it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import ForeignObjectRel, Model, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ecosystem.domain.formulas import computed_from
from ecosystem.domain.renaming import address_of, naming
from ecosystem.domain.revisions import PARTS
from ecosystem.domain.seeding import OWNERS
from ecosystem.models import (
    PAGE_KINDS,
    ChangeNote,
    Correction,
    FigureReference,
    FormerAddress,
    FormulaInput,
    Metric,
    Observation,
    PublicSpan,
    StandingChange,
    Suppression,
)
from ecosystem.models.base import AboutOnePage

# What the site keeps of an item beside it, or has found in texts; formulas are followed to their end by another way.
NOT_FOLLOWED = (
    ChangeNote,
    Correction,
    FigureReference,
    FormerAddress,
    FormulaInput,
    PublicSpan,
    StandingChange,
    Suppression,
)
# Beside its parts: what makes up an item and is no use of it.
OWN = {(Metric, "observations"), (Observation, "supersedes")}
# How many of a group are named; a topic may have a hundred thousand organizations.
NAMED = 50


@dataclass(frozen=True, slots=True)
class UseGroup:
    """What uses an item in one way: how many, and those that are named, each once, in the order of their names."""

    label: str
    count: int
    items: list[Model]
    # Whether they may be of several kinds.
    is_mixed: bool = False

    @property
    def rest(self) -> int:
        return self.count - len(self.items)


def uses_of(item: Model) -> list[UseGroup]:
    """Where the item is used, by drafts too; at most two queries for each way of using it, however often it is."""
    pages = _pages_naming(item)
    groups = [_group(_("Texts that name it"), pages, is_mixed=True)]
    if isinstance(item, Metric):
        groups.append(_group(_("Metrics computed from it"), computed_from([item])))
    groups += [_related(item, relation) for relation in followed(type(item))]
    return [group for group in groups if group.count]


def count_of(groups: Iterable[UseGroup]) -> int:
    return sum(group.count for group in groups)


def followed(model: type[Model]) -> Iterator[ForeignObjectRel]:
    """The relations by which records of others point to an item of the model."""
    own = PARTS.get(model, ())
    for relation in model._meta.related_objects:
        name = relation.get_accessor_name()
        # What goes through a model of ours is found as a record of that model.
        is_through = relation.many_to_many and not relation.through._meta.auto_created
        is_left_out = name in own or (model, name) in OWN or relation.related_model in NOT_FOLLOWED
        if not is_through and not is_left_out:
            yield relation


def _pages_naming(item: Model) -> list[Model]:
    """Pages whose texts name the item, and those of which it is recorded that they show it."""
    pages = list(naming(address_of(item))) if hasattr(item, "slug") else []
    for relation in item._meta.related_objects:
        # By the key to their page they are the records of the item's own texts.
        if relation.related_model is FigureReference and relation.field.name not in PAGE_KINDS:
            rows = FigureReference.objects.filter(**{relation.field.name: item})
            pages += [row.page for row in rows.select_related(*PAGE_KINDS)]
    return [page for page in dict.fromkeys(pages) if page != item]


def _related(item: Model, relation: ForeignObjectRel) -> UseGroup:
    model, field = relation.related_model, relation.field
    records = model.objects.filter(**{field.name: item})
    found = [_owner(record) for record in _with_owners(records).order_by("pk")[: NAMED + 1]]
    if model in OWNERS:
        label = capfirst(model._meta.verbose_name_plural)
    else:
        said = {"kind": capfirst(model._meta.verbose_name_plural), "field": field.verbose_name}
        label = _("%(kind)s (%(field)s)") % said
    count = records.count() if len(found) > NAMED else None
    return _group(label, found, count, is_mixed=issubclass(model, AboutOnePage))


def _with_owners(records: QuerySet) -> QuerySet:
    """With what their names are made of."""
    if issubclass(records.model, AboutOnePage):
        return records.select_related(*PAGE_KINDS)
    if records.model is Observation:
        return records.select_related("metric")
    return records.select_related(OWNERS[records.model]) if records.model in OWNERS else records


def _owner(record: Model) -> Model:
    """The item that the record is edited with, which is what uses; or itself."""
    return getattr(record, OWNERS[type(record)]) if type(record) in OWNERS else record


def _group(
    label: str, items: Iterable[Model], count: int | None = None, *, is_mixed: bool = False
) -> UseGroup:
    once = list(dict.fromkeys(items))
    named = sorted(once[:NAMED], key=str)
    return UseGroup(str(label), len(once) if count is None else count, named, is_mixed)
