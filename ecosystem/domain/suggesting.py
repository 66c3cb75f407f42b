"""What somebody who is still typing may be looking for: pages by their names, the best first, few of each kind."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import Model
from pyroaring import BitMap

from ecosystem.domain.index import memory, relevance
from ecosystem.domain.index.memory import Memory
from ecosystem.domain.index.numbers import page_of
from ecosystem.models import (
    Article,
    Event,
    Initiative,
    Metric,
    Organization,
    OrganizationName,
    Place,
    Ranking,
    Source,
    Topic,
)
from ecosystem.values.matching import is_named
from ecosystem.values.queries import Query, parse

LIMIT = 10
Most = Sequence[tuple[type[Model], int]]
# How many of each kind at most, in the order in which they are shown.
MOST: Most = (
    (Metric, 3),
    (Organization, 7),
    (Place, 3),
    (Topic, 2),
    (Initiative, 2),
    (Event, 2),
    (Article, 2),
    (Ranking, 2),
    (Source, 1),
)
NAMED_TIERS = ("exact", "sounds", "starts", "names")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A page that may be meant; `note` is the name that was found where it is none of the two shown."""

    label: str
    label_zh: str
    kind: str
    url: str
    note: str = ""
    key: int = field(default=0, compare=False)


def suggest(text: str, limit: int = LIMIT, most: Most = MOST) -> list[Suggestion]:
    """Pages with a name that starts with a text, sounds so or holds its words; kinds stay together."""
    query, held = parse(text), memory.present()
    chosen = list(islice(_chosen(query, held, most), limit))
    return [
        one
        for model, _most in most
        for one in _suggestions(
            model, [page_of(document)[1] for document in chosen if page_of(document)[0] is model], query
        )
    ]


def _chosen(query: Query, held: Memory, most: Most) -> Iterator[int]:
    """Documents by tier, of each kind no more than it may have."""
    left, seen = dict(most), BitMap()
    for tier, documents in relevance.tiers(query, held):
        if tier not in NAMED_TIERS:
            return
        for model, number in left.items():
            fitting = (documents & held.public(model)) - seen if number else BitMap()
            ordered = memory.walk(held, "evidence", fitting) if model is Organization else fitting
            found = list(islice(ordered, number))
            left[model] -= len(found)
            seen |= BitMap(found)
            yield from found


def _suggestions(model: type[Model], keys: list[int], query: Query) -> Iterable[Suggestion]:
    rows = model.objects.in_bulk(keys)
    notes = _other_names(keys, query) if model is Organization else {}
    name = "title" if hasattr(model, "title") else "name"
    for key in keys:
        if key in rows:  # it may have gone since
            row = rows[key]
            label, label_zh = getattr(row, name), getattr(row, f"{name}_zh")
            note = "" if is_named(label, query) or is_named(label_zh, query) else notes.get(key, "")
            yield Suggestion(label, label_zh, model._meta.model_name, row.get_absolute_url(), note, key)


def _other_names(keys: list[int], query: Query) -> dict[int, str]:
    """Of each organization the first other name that has all of the question."""
    found: dict[int, str] = {}
    names = OrganizationName.objects.filter(organization__in=keys).values_list("organization_id", "text")
    for key, text in names:
        if key not in found and is_named(text, query):
            found[key] = text
    return found
