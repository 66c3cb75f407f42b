"""Search over every public kind by plain matching of names and titles."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

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
from ecosystem.values.text import fold

# Per kind: its heading, and the columns in which the words may stand.
KINDS: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (Organization, _("Organizations"), ("name", "name_zh", "names__text", "identifiers__value")),
    (Metric, _("Metrics"), ("name", "name_zh", "other_names")),
    (Ranking, _("Rankings"), ("name", "name_zh")),
    (Article, _("Articles"), ("title", "title_zh", "standfirst", "standfirst_zh")),
    (Initiative, _("Initiatives"), ("name", "name_zh")),
    (Place, _("Places"), ("name", "name_zh")),
    (Event, _("Events"), ("name", "name_zh", "series__short_name")),
    (Topic, _("Topics"), ("name", "name_zh")),
    (Person, _("People"), ("name", "name_zh")),
    (Source, _("Sources"), ("title", "title_zh", "publisher", "publisher_zh")),
)
LIMIT = 20


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


def search(query: str, limit: int = LIMIT) -> list[Group]:
    """What was found of each kind that has something, every word of the query in some column of the item."""
    words = fold(query).split()
    return list(_groups(words, limit)) if words else []


def _groups(words: list[str], limit: int) -> Iterator[Group]:
    for model, label, columns in KINDS:
        found = matching(_public(model), words, columns)
        items = list(found[: limit + 1])
        if items:
            number = len(items) if len(items) <= limit else found.count()
            yield Group(model._meta.model_name, str(label), items[:limit], number)


def matching(rows: QuerySet, words: list[str], columns: tuple[str, ...]) -> QuerySet:
    """The rows that hold every word in one of the columns."""
    for word in words:
        condition = Q()
        for column in columns:
            condition |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(pk__in=rows.model.objects.filter(condition).values("pk"))
    return rows


def _public(model: type[Model]) -> QuerySet:
    rows = model.objects.published() if hasattr(model.objects, "published") else model.objects.all()
    return rows.order_by(*model._meta.ordering)
