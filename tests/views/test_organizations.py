"""The page of an organization: what it is to others, what it takes part in, who is near."""

import re

import pytest

from tests.factories import (
    CitationFactory,
    DraftOrganizationFactory,
    IdentifierFactory,
    OrganizationNameFactory,
    OrganizationRelationshipFactory,
    ParticipationFactory,
    PublishedArticleFactory,
    PublishedDistrictFactory,
    PublishedOrganizationFactory,
    TopicFactory,
    UnopenedSourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def foundry():
    return PublishedOrganizationFactory(slug="foundry", name="Foundry")


def page(client, organization) -> dict:
    answer = client.get(organization.get_absolute_url())
    assert answer.status_code == 200
    return answer.context


@pytest.mark.parametrize(
    ("kind", "seen_from_the_other"),
    [
        ("parent", "subsidiary"),
        ("predecessor", "successor"),
        ("successor", "predecessor"),
        ("related", "related"),
    ],
)
def test_relationship_is_read_from_both_sides(client, foundry, kind, seen_from_the_other):
    other = PublishedOrganizationFactory()
    OrganizationRelationshipFactory(organization=foundry, other=other, kind=kind)
    assert page(client, foundry)["relationships"] == [(kind, other)]
    assert page(client, other)["relationships"] == [(seen_from_the_other, foundry)]


def test_every_relationship_has_its_word(client, foundry):
    for kind in ("parent", "predecessor", "successor", "related"):
        OrganizationRelationshipFactory(organization=foundry, kind=kind)
    OrganizationRelationshipFactory(other=foundry)
    html = client.get("/organizations/foundry/").content.decode()
    words = ["Parent", "Subsidiary", "Predecessor", "Successor", "Related"]
    assert [word for word in words if f"<dt>{word}</dt>" in html] == words


def test_brands_stand_apart_from_other_names(client, foundry):
    brand = OrganizationNameFactory(organization=foundry, kind="brand")
    former = OrganizationNameFactory(organization=foundry, kind="former")
    shown = page(client, foundry)
    assert (shown["names"], shown["brands"]) == ([former], [brand])


def test_page_lists_what_it_takes_part_in_and_where_it_is_written_about(client, foundry):
    participation = ParticipationFactory(organization=foundry)
    article = PublishedArticleFactory()
    article.organizations.add(foundry)
    shown = page(client, foundry)
    assert (list(shown["participations"]), list(shown["articles"])) == ([participation], [article])


def test_neighbors_share_a_topic_and_those_of_the_district_come_alone(client, foundry):
    topic, district = TopicFactory(), PublishedDistrictFactory()
    far, near = (
        PublishedOrganizationFactory(name="Far"),
        PublishedOrganizationFactory(name="Near", district=district),
    )
    hidden = DraftOrganizationFactory(district=district)
    for organization in (foundry, far, near, hidden):
        organization.topics.add(topic)
    PublishedOrganizationFactory(district=district)
    assert list(page(client, foundry)["neighbors"]) == [far, near]
    foundry.district = district
    foundry.save()
    assert list(page(client, foundry)["neighbors"]) == [near]


def test_identifiers_lead_to_their_registers(client, foundry):
    IdentifierFactory(organization=foundry, scheme="wikidata", value="Q1")
    IdentifierFactory(organization=foundry, scheme="ror", value="013q1eq08")
    html = client.get("/organizations/foundry/").content.decode()
    assert 'href="https://www.wikidata.org/wiki/Q1"' in html
    assert 'href="https://ror.org/013q1eq08"' in html


def test_page_and_row_without_an_opened_source_say_so(client, foundry):
    def is_marked() -> list[bool]:
        pages = [client.get(path).content.decode() for path in ("/organizations/foundry/", "/organizations/")]
        return [bool(re.search(r">\s*Not yet checked</span>", html)) for html in pages]

    CitationFactory(organization=foundry, source=UnopenedSourceFactory())
    assert is_marked() == [True, True]
    CitationFactory(organization=foundry)
    assert is_marked() == [False, False]


def test_known_dates_are_as_exact_as_they_are(client):
    organization = PublishedOrganizationFactory(founded="1990-04", closed="2001")
    html = client.get(organization.get_absolute_url()).content.decode()
    assert "<dd>April 1990</dd>" in html
    assert "<dd>2001</dd>" in html
