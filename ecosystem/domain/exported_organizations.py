"""Organizations for other programs: rows that are complete by themselves, made piece by piece."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from ecosystem.domain import figures
from ecosystem.domain.rich_text import Renderer, texts_of
from ecosystem.models import Citation, Identifier, Organization, Place, Source

AT_ONCE = 500
COLUMNS = (
    "name name_zh slug kind ownership topics district park founded closed listed identifiers website summary "
    "summary_zh is_checked checked_on sources address"
).split()
# Cells that hold several texts: a list in JSON, one line in tables.
LISTS = ("topics", "listed", "identifiers", "sources")
BETWEEN = " | "

Row = dict[str, Any]


def rows_of(keys: Iterable[int], site_url: str) -> Iterator[Row]:
    """A row for each organization, in the order of their primary keys as given.

    `topics`, `district`, `park` are names in English; `identifiers` are scheme and value, `listed` exchange and code;
    `sources` the addresses of the sources that it cites, or their titles; `checked_on` the day on which the last of
    them was opened, where that is known. Who has ceased to be public meanwhile is left out.
    """
    keys = iter(keys)
    while part := list(islice(keys, AT_ONCE)):
        yield from _rows(part, site_url)


_OWN = (
    "name",
    "name_zh",
    "slug",
    "kind",
    "ownership",
    "founded",
    "closed",
    "website",
    "summary",
    "summary_zh",
)


def _rows(keys: Sequence[int], site_url: str) -> Iterator[Row]:
    public = Organization.objects.published().filter(pk__in=keys)
    found = {row.pk: row for row in public.only(*_OWN, "district", "park")}
    renderer = Renderer(figures.resolve(texts_of(list(found.values()), "summary")))
    parts = _Parts(keys)
    for organization in (found[key] for key in keys if key in found):
        yield {
            **{name: getattr(organization, name) for name in _OWN},
            "summary": renderer.words(organization.summary, "en"),
            "summary_zh": renderer.words(organization.summary_zh, "zh-Hans"),
            **parts.of(organization),
            "address": site_url + organization.get_absolute_url(),
        }


class _Parts:
    """What belongs to some organizations in other tables, read at once."""

    def __init__(self, keys: Sequence[int]) -> None:
        self.places = dict(Place.objects.published().values_list("pk", "name"))
        topics = Organization.topics.through.objects.filter(organization__in=keys).order_by("topic__name")
        self.topics = _by_key(topics.values_list("organization_id", "topic__name"))
        identifiers = Identifier.objects.filter(organization__in=keys).order_by("scheme", "value")
        self.identifiers = _by_key(identifiers.values_list("organization_id", "scheme", "value"))
        cited = Citation.objects.filter(organization__in=keys, source__in=Source.objects.published())
        self.sources = _by_key(
            cited.order_by("position", "pk").values_list(
                "organization_id", "source__url", "source__title", "source__access", "source__accessed_on"
            )
        )

    def of(self, organization: Organization) -> Row:
        identifiers, cited = self.identifiers[organization.pk], self.sources[organization.pk]
        opened = [day for _url, _title, access, day in cited if access == Source.Access.READ]
        return {
            "topics": [name for (name,) in self.topics[organization.pk]],
            "district": self.places.get(organization.district_id, ""),
            "park": self.places.get(organization.park_id, ""),
            "listed": [value for scheme, value in identifiers if scheme == Identifier.Scheme.TICKER],
            "identifiers": [f"{scheme}:{value}" for scheme, value in identifiers],
            "is_checked": bool(opened),
            "checked_on": max((day.isoformat() for day in opened if day), default=""),
            "sources": list(dict.fromkeys(url or title for url, title, _access, _day in cited)),
        }


def _by_key(rows: Iterable[tuple]) -> dict[int, list[tuple]]:
    found = defaultdict(list)
    for key, *values in rows:
        found[key].append(tuple(values))
    return found
