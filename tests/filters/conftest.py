"""A small city: organizations that differ in everything that the directory filters by."""

from itertools import cycle

import pytest

from ecosystem.models import Identifier, Organization, Place, Topic
from tests.factories import (
    CitationFactory,
    DraftOrganizationFactory,
    IdentifierFactory,
    OrganizationNameFactory,
    PublishedDistrictFactory,
    PublishedOrganizationFactory,
    PublishedPlaceFactory,
    TopicFactory,
    UnopenedSourceFactory,
)

FOUNDED = ["1896", "1958-05", "1990-04-18", "1994", "", "2004", "2004-12", "2021", "2009"]


@pytest.fixture
def topics(db) -> list[Topic]:
    return [TopicFactory(slug=slug) for slug in ("chips", "medicine", "robots")]


@pytest.fixture
def districts(db) -> list[Place]:
    return [PublishedDistrictFactory(slug=slug) for slug in ("huangpu", "pudong", "xuhui")]


@pytest.fixture
def parks(db) -> list[Place]:
    return [PublishedPlaceFactory(slug=slug) for slug in ("lin-gang", "zhangjiang")]


@pytest.fixture
def city(topics, districts, parks) -> list[Organization]:
    """Thirty public organizations; lists of different lengths go round, so that most combinations occur."""
    kinds, ownerships = cycle(Organization.Kind.values[:4]), cycle(["", *Organization.Ownership.values])
    founded, places, sites = cycle(FOUNDED), cycle([None, *districts]), cycle([None, None, *parks])
    made = [
        PublishedOrganizationFactory(
            kind=next(kinds),
            ownership=next(ownerships),
            founded=next(founded),
            district=next(places),
            park=next(sites),
        )
        for _ in range(30)
    ]
    for number, organization in enumerate(made):
        _add_parts(number, organization, topics)
    hidden = DraftOrganizationFactory(kind="company", district=districts[0], founded="1873")
    hidden.topics.set(topics)
    return made


def _add_parts(number: int, organization: Organization, topics: list[Topic]) -> None:
    organization.topics.set([topic for bit, topic in enumerate(topics) if number & 1 << bit])
    if number % 3 == 0:
        IdentifierFactory(organization=organization, scheme=Identifier.Scheme.TICKER)
    if number % 5 == 0:
        IdentifierFactory(organization=organization, scheme=Identifier.Scheme.ROR)
        OrganizationNameFactory(organization=organization, text=f"Brand {number}")
    if number % 2:
        CitationFactory(organization=organization)
    elif number % 4:
        CitationFactory(organization=organization, source=UnopenedSourceFactory())
