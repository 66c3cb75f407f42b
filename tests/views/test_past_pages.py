"""A page of a past day says what it said then, with everything that is edited with it."""

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps

from ecosystem.domain import publishing, revisions
from ecosystem.models import Contribution, OrganizationName, OrganizationRelationship
from tests.factories import (
    LONG_AGO,
    PUBLISHED,
    CitationFactory,
    IdentifierFactory,
    OrganizationNameFactory,
    ParticipationFactory,
    PublishedArticleFactory,
    PublishedDistrictFactory,
    PublishedInitiativeFactory,
    PublishedOrganizationFactory,
    PublishedPersonFactory,
    PublishedSourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

CORRECTED = LONG_AGO + timedelta(days=30)
BEFORE, AFTER = "2025-01-20", "2025-03-01"


def record_changes(page, **changes):
    """Public since 6 January 2025, and changed on 5 February."""
    with time_machine.travel(LONG_AGO, tick=False):
        revisions.record(page, by=None)
    with time_machine.travel(CORRECTED, tick=False):
        for name, value in changes.items():
            setattr(page, name, value)
        page.save()
        revisions.record(page, by=None)


@pytest.mark.parametrize("kind", ["organization", "initiative", "place", "event", "person"])
def test_page_of_every_kind_has_the_words_of_that_day(client, kind):
    page = PUBLISHED[apps.get_model("ecosystem", kind)](name="First name", summary="First summary.")
    record_changes(page, name="Second name", summary="Second summary.")
    found = [
        client.get(page.get_absolute_url(), {"known_on": day} if day else {}) for day in (BEFORE, AFTER, None)
    ]
    assert [answer.context["page"].name for answer in found] == ["First name", "Second name", "Second name"]
    texts = [answer.content.decode() for answer in found]
    words = (
        "First name",
        "First summary",
        "Second name",
        "Second summary",
        "Its own words, facts, names and sources",
    )
    assert [[word in text for word in words] for text in texts] == [
        [True, True, False, False, True],
        [False, False, True, True, True],
        [False, False, True, True, False],
    ]


def test_facts_are_those_of_that_day_and_name_nothing_that_is_not_public(client):
    shown, hidden = PublishedDistrictFactory(name="Shown"), PublishedDistrictFactory(name="Hidden")
    one = PublishedOrganizationFactory(founded="1990", district=shown, website="https://old.example/")
    other = PublishedOrganizationFactory(district=hidden)
    record_changes(one, founded="1991", district=None, website="")
    record_changes(other, district=None)
    publishing.withdraw(hidden, by=None, notice="Gone.")
    pages = [client.get(page.get_absolute_url(), {"known_on": BEFORE}) for page in (one, other)]
    facts = [(page.context["page"].founded, page.context["page"].district) for page in pages]
    assert facts == [("1990", shown), (other.founded, None)]
    assert ("https://old.example/" in pages[0].content.decode(), "Hidden" in pages[1].content.decode()) == (
        True,
        False,
    )
    one.refresh_from_db()
    assert (one.founded, one.district) == ("1991", None)


def change_on_5_february(page, change):
    """Public since 6 January 2025 as it is; changed a month later."""
    record_changes(page)
    with time_machine.travel(CORRECTED, tick=False):
        change()
        revisions.record(page, by=None)


def on(client, page, day) -> dict:
    return client.get(page.get_absolute_url(), {"known_on": day} if day else {}).context


def test_organization_has_the_names_keys_and_topics_of_that_day(client):
    one, chips, wafers = PublishedOrganizationFactory(), TopicFactory(name="A"), TopicFactory(name="B")
    name = OrganizationNameFactory(organization=one, text="Old name")
    IdentifierFactory(organization=one, value="old-key")
    one.topics.add(chips)

    def change():
        name.delete()
        OrganizationNameFactory(organization=one, text="Brand", kind=OrganizationName.Kind.BRAND)
        one.identifiers.update(value="new-key")
        one.topics.set([wafers])

    change_on_5_february(one, change)
    found = [
        [[str(each) for each in context[listed]] for listed in ("names", "brands", "identifiers", "topics")]
        for context in (on(client, one, day) for day in (BEFORE, AFTER, None))
    ]
    key = str(IdentifierFactory.build(organization=one, value="old-key"))
    then = [["Old name"], [], [key], ["A"]]
    now = [[], ["Brand"], [key.replace("old-key", "new-key")], ["B"]]
    assert found == [then, now, now]


def test_organization_has_the_relationships_and_sources_of_that_day(client):
    one, parent = PublishedOrganizationFactory(), PublishedOrganizationFactory(name="Parent")
    link = OrganizationRelationship.objects.create(organization=one, other=parent, kind="parent")
    citation = CitationFactory(organization=one, field="founded", standing="verified")

    def change():
        link.delete()
        citation.delete()
        CitationFactory(organization=one, field="website", standing="unverified", reason="It has moved.")

    change_on_5_february(one, change)
    found = [
        (
            [(kind, other.name) for kind, other in context["relationships"]],
            [(each.field, each.standing, each.source) for each in context["citations"]],
        )
        for context in (on(client, one, day) for day in (BEFORE, AFTER, None))
    ]
    then = ([("parent", "Parent")], [("founded", "verified", citation.source)])
    now = ([], [("website", "unverified", one.citations.get().source)])
    assert found == [then, now, now]


def test_initiative_has_the_participants_and_places_of_that_day(client):
    one, first, second = PublishedInitiativeFactory(), PublishedDistrictFactory(), PublishedDistrictFactory()
    lead = PublishedOrganizationFactory(name="Lead")
    part = ParticipationFactory(initiative=one, organization=lead)
    one.places.set([first])

    def change():
        part.delete()
        one.places.set([second])

    change_on_5_february(one, change)
    contexts = [on(client, one, day) for day in (BEFORE, None)]
    assert [
        ([each.organization.name for each in context["participations"]], list(context["places"]))
        for context in contexts
    ] == [(["Lead"], [first]), ([], [second])]


def test_article_has_the_authors_and_the_organizations_of_that_day(client):
    article, author = PublishedArticleFactory(), PublishedPersonFactory(name="Author")
    contribution = Contribution.objects.create(article=article, person=author, role=Contribution.Role.AUTHOR)
    named = PublishedOrganizationFactory(name="Named")
    article.organizations.add(named)

    def change():
        contribution.delete()
        article.organizations.clear()

    change_on_5_february(article, change)
    contexts = [on(client, article, day) for day in (BEFORE, None)]
    assert [(list(context["authors"]), list(context["organizations"])) for context in contexts] == [
        ([author], [named]),
        ([], []),
    ]


def test_rows_of_that_day_name_nothing_that_is_not_public_now(client):
    one, other = PublishedInitiativeFactory(), PublishedOrganizationFactory(name="Hidden")
    source = PublishedSourceFactory(title="Hidden source")
    ParticipationFactory(initiative=one, organization=other)
    CitationFactory(organization=None, initiative=one, source=source)
    record_changes(one)
    for item in (other, source):
        publishing.withdraw(item, by=None, notice="Gone.")
    answer = client.get(one.get_absolute_url(), {"known_on": BEFORE})
    assert (list(answer.context["participations"]), list(answer.context["citations"])) == ([], [])
    assert b"Hidden" not in answer.content
