"""The values of facets that are pages themselves: topics, districts, parks."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Model
from django.utils import timezone

from ecosystem.domain.index.documents import EVER
from ecosystem.domain.index.numbers import page_of, span_of
from ecosystem.domain.index.words import key_of, stands_in
from ecosystem.models import Place, SearchDocument, Topic
from ecosystem.values.queries import Atom

FACETS = ("topic", "district", "park")


@dataclass(frozen=True, slots=True)
class Entry:
    """One value: its primary key, its slug in addresses, its names, and from when on it may be shown.

    `words` are those of its names and of how they sound, each between spaces.
    """

    key: int
    slug: str
    name: str
    name_zh: str
    public_from: datetime | None = None
    words: str = ""

    def is_public(self, at: datetime) -> bool:
        return self.public_from is None or self.public_from <= at


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Entries in the order in which they are listed: topics and parks by name, districts by their codes."""

    topic: tuple[Entry, ...] = ()
    district: tuple[Entry, ...] = ()
    park: tuple[Entry, ...] = ()
    keys: dict[tuple[str, str], int] = field(default_factory=dict)

    def entries(self, facet: str, at: datetime | None = None) -> list[Entry]:
        at = at or timezone.now()
        return [entry for entry in getattr(self, facet) if entry.is_public(at)]

    def matching(self, atom: Atom) -> list[str]:
        """The keys of those values whose names hold an atom: their organizations are found by it too."""
        wanted = key_of(atom)
        return [
            f"{facet}={entry.key}"
            for facet in FACETS
            for entry in getattr(self, facet)
            if stands_in(wanted, entry.words) and entry.is_public(timezone.now())
        ]


def read_vocabulary() -> Vocabulary:
    words = {**_words(Topic), **_words(Place)}
    topics = Topic.objects.order_by("name").values_list("pk", "slug", "name", "name_zh")
    places = Place.objects.published(EVER).order_by("admin_code", "name")
    found: dict[str, list[Entry]] = {"topic": [], "district": [], "park": []}
    for row in topics:
        found["topic"].append(Entry(*row, words=words.get((Topic, row[0]), "")))
    for kind, *row in places.values_list("kind", "pk", "slug", "name", "name_zh", "published_at"):
        facet = "district" if kind == Place.Kind.DISTRICT else "park"
        found[facet].append(Entry(*row, words=words.get((Place, row[0]), "")))
    keys = {(facet, entry.slug): entry.key for facet, entries in found.items() for entry in entries}
    return Vocabulary(**{facet: tuple(entries) for facet, entries in found.items()}, keys=keys)


def _words(model: type[Model]) -> dict[tuple[type[Model], int], str]:
    rows = SearchDocument.objects.filter(document__range=span_of(model))
    return {
        page_of(document): f" {names} {sounds} "
        for document, names, sounds in rows.values_list("document", "names", "sounds")
    }
