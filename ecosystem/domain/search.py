"""Search over every public kind: what each has for a question, the best first."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from ecosystem.domain.index import memory, relevance
from ecosystem.domain.index.memory import Memory
from ecosystem.domain.index.numbers import page_of
from ecosystem.domain.index.relevance import Found
from ecosystem.models import (
    Article,
    Event,
    Initiative,
    Metric,
    Organization,
    Person,
    Place,
    Ranking,
    Source,
    Topic,
)
from ecosystem.values.queries import parse

# In the order in which they are shown.
KINDS: tuple[tuple[type[Model], str], ...] = (
    (Organization, _("Organizations")),
    (Metric, _("Metrics")),
    (Ranking, _("Rankings")),
    (Article, _("Articles")),
    (Initiative, _("Initiatives")),
    (Place, _("Places")),
    (Event, _("Events")),
    (Topic, _("Topics")),
    (Person, _("People")),
    (Source, _("Sources")),
)
LIMIT = 20
# Of a tier with more pages of one kind, so many are put in the order of their kind.
MOST_ORDERED = 300


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind: the first items and how many there are in all."""

    kind: str
    label: str
    items: list[Model]
    count: int

    @property
    def list_url(self) -> str:
        """The list of that kind, which can be searched further."""
        return reverse(f"{self.kind}_list")


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, by kind; `meant` is a spelling that finds something, where the question finds nothing."""

    groups: list[Group]
    meant: str = ""

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)


def search(question: str, limit: int = LIMIT) -> Results:
    """What was found of each kind that has something."""
    query, held = parse(question), memory.present()
    public = BitMap.union(*(held.public(model) for model, _label in KINDS))
    found = relevance.find(query, held, public)
    return Results(list(_groups(found, held, limit)), found.meant)


def keys_of(model: type[Model], question: str) -> list[int]:
    """The primary keys of the public pages of one kind that a question finds."""
    held = memory.present()
    found = relevance.find(parse(question), held, held.public(model))
    return [page_of(document)[1] for document in found.all]


def _groups(found: Found, held: Memory, limit: int) -> Iterator[Group]:
    for model, label in KINDS:
        tiers = [documents & held.public(model) for documents in found.tiers.values()]
        number = sum(map(len, tiers))
        if number:
            yield Group(model._meta.model_name, str(label), _items(model, tiers, held, limit), number)


def _items(model: type[Model], tiers: list[BitMap], held: Memory, limit: int) -> list[Model]:
    """The first pages: by tier, and within a tier in the order of their kind, organizations by their evidence."""
    order = "evidence" if model is Organization else ""
    places: dict[int, int] = {}
    for place, documents in enumerate(tiers):
        if len(places) >= limit:
            break
        most = limit if order else MOST_ORDERED
        listed = memory.walk(held, order, documents) if order else iter(documents)
        places |= {page_of(document)[1]: place for document in islice(listed, most)}
    rows = model.objects.filter(pk__in=list(places)).order_by(*model._meta.ordering)
    if order:
        ranks = {key: rank for rank, key in enumerate(places)}
        return sorted(rows, key=lambda row: ranks[row.pk])[:limit]
    return sorted(rows, key=lambda row: places[row.pk])[:limit]
