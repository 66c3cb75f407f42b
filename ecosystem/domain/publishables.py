"""Items of all kinds that have a public state, found by kind and number."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from ecosystem.domain import revisions
from ecosystem.domain.state_names import RELATED
from ecosystem.models.publishing import Publishable

Label = tuple[str, int]
KINDS: dict[str, type[Publishable]] = {
    model._meta.model_name: model for model in revisions.PARTS if issubclass(model, Publishable)
}


def label_of(item: Publishable) -> Label:
    return item._meta.model_name, item.pk


def with_names(items: QuerySet) -> QuerySet:
    """The items with what their names need of others."""
    return items.select_related(*RELATED.get(items.model, ()))


def items_of(labels: Iterable[Label]) -> dict[Label, Publishable]:
    """Those of the items that are still there: one query for each kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for kind, number in labels:
        wanted[kind].add(number)
    return {
        label_of(item): item
        for kind, numbers in wanted.items()
        if kind in KINDS
        for item in with_names(KINDS[kind]._base_manager.filter(pk__in=numbers))
    }
