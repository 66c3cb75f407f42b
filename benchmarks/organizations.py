"""Databases of many organizations, the same for the same number: made up for measuring, never shown to anybody."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import transaction

from benchmarks.names import TRADE, WORDS, chance_of, names_of
from ecosystem.domain import bulk
from ecosystem.models import (
    Identifier,
    Organization,
    OrganizationName,
    Place,
    Status,
    Topic,
)

AT_ONCE = 10_000
MOMENT = datetime(2025, 1, 1, tzinfo=UTC)


def fill(number: int) -> None:
    """Put so many published organizations into a database that holds topics and places already."""
    with transaction.atomic():
        for start in range(1, number + 1, AT_ONCE):
            rows = list(_rows(start, min(start + AT_ONCE, number + 1)))
            for model, fields in COLUMNS.items():
                bulk.insert(model, fields, (one for row in rows for one in row[model]))


THROUGH = Organization.topics.through
COLUMNS = {
    Organization: [
        *("id", "slug", "name", "name_zh", "kind", "summary", "summary_zh", "description", "description_zh"),
        *("founded", "closed", "ownership", "website", "district", "park", "internal_note"),
        *("status", "published_at", "withdrawn_notice", "created_at", "updated_at"),
    ],
    OrganizationName: ["organization", "text", "language", "kind", "since", "until"],
    Identifier: ["organization", "scheme", "value"],
    THROUGH: ["organization", "topic"],
}


def _rows(first: int, after: int) -> Iterator[dict]:
    topics = list(Topic.objects.order_by("slug").values_list("pk", flat=True))
    places = Place.objects.order_by("slug").values_list("kind", "pk")
    districts = [key for kind, key in places if kind == Place.Kind.DISTRICT]
    parks = [key for kind, key in places if kind != Place.Kind.DISTRICT]
    kinds, ownerships = Organization.Kind.values, Organization.Ownership.values
    for key in range(first, after):
        chance = chance_of(key)
        name, name_zh = names_of(chance, key)
        founded = str(2025 - int(chance.expovariate(1 / 14))) if chance.random() < 0.8 else ""
        yield {
            Organization: [
                (
                    *(key, f"organization-{key}", name, name_zh, _skewed(chance, kinds)),
                    *(
                        f"{name} works on {chance.choice(WORDS)} {chance.choice(WORDS)}.",
                        _summary(chance),
                        "",
                        "",
                    ),
                    *(max(founded, "1850") if founded else "", "", _skewed(chance, ownerships), ""),
                    _skewed(chance, districts) if chance.random() < 0.9 else None,
                    _skewed(chance, parks) if chance.random() < 0.3 else None,
                    *(
                        "",
                        Status.PUBLISHED,
                        MOMENT,
                        "",
                        MOMENT,
                        MOMENT + timedelta(seconds=chance.randrange(10**7)),
                    ),
                )
            ],
            OrganizationName: [(key, name[:3].upper() + str(key % 977), "en", "acronym", "", "")],
            Identifier: [(key, "ticker", f"SSE:{key}")] if chance.random() < 0.05 else [],
            THROUGH: [(key, topic) for topic in chance.sample(topics, k=chance.choice((1, 1, 2, 3)))],
        }


def _summary(chance: random.Random) -> str:
    return f"从事{chance.choice(TRADE)}与{chance.choice(TRADE)}的研发。"


def _skewed(chance: random.Random, values: list) -> object:
    """One of the values, the first ones more often: as in life, a few districts hold most."""
    return values[min(int(chance.expovariate(4 / len(values))), len(values) - 1)]
