"""Whose state changes with the deletion of others, and that it is kept."""

import pytest

from ecosystem.domain import touched_items
from ecosystem.domain.state_differences import compare
from ecosystem.domain.touched_items import record_touched, touched_by
from ecosystem.models import Article, Initiative, Observation, Organization, Place, Revision
from tests.domain.told import told
from tests.factories import (
    DraftArticleFactory,
    DraftInitiativeFactory,
    DraftObservationFactory,
    DraftOrganizationFactory,
    OrganizationRelationshipFactory,
    ParticipationFactory,
    PublishedObservationFactory,
    PublishedPlaceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def test_items_that_name_the_deleted_one_are_found_by_kind():
    gone, other = DraftOrganizationFactory(), DraftOrganizationFactory()
    initiative, article = DraftInitiativeFactory(), DraftArticleFactory()
    DraftArticleFactory()
    ParticipationFactory(initiative=initiative, organization=gone)
    OrganizationRelationshipFactory(organization=other, other=gone)
    OrganizationRelationshipFactory(organization=gone, other=other)
    article.organizations.add(gone, other)
    assert touched_by([gone]) == {
        Article: [article.pk],
        Initiative: [initiative.pk],
        Organization: [other.pk],
    }


def test_items_that_are_deleted_together_do_not_touch_each_other():
    first, second = PublishedPlaceFactory(), PublishedPlaceFactory()
    second.located_in.add(first)
    assert (touched_by([first]), touched_by([first, second])) == ({Place: [second.pk]}, {})


def test_value_that_loses_the_draft_of_its_successor_is_touched():
    draft = DraftObservationFactory()
    old = PublishedObservationFactory(superseded_by=draft)
    assert touched_by([draft]) == {Observation: [old.pk]}


def test_nothing_touches_nothing():
    assert touched_by([]) == {}


def test_state_without_what_was_deleted_is_kept(editor, monkeypatch):
    monkeypatch.setattr(touched_items, "AT_ONCE", 2)
    topic = TopicFactory(name="Chips")
    articles = [DraftArticleFactory() for _ in range(5)]
    for article in articles:
        article.topics.add(topic)
    touched = touched_by([topic])
    topic.delete()
    record_touched(touched, names=["Chips"], by=editor)
    kept = Revision.objects.all()
    assert {revision.key for revision in kept} == {article.slug for article in articles}
    assert {(revision.note, revision.author) for revision in kept} == {("deleted: Chips", editor)}
    assert {tuple(revision.data[0]["fields"]["topics"]) for revision in kept} == {()}


def test_loss_is_told_in_the_history(editor):
    article, place = DraftArticleFactory(), PublishedPlaceFactory(slug="gone")
    article.places.add(place)
    before = Revision(data=touched_items.revisions.snapshot(article))
    touched = touched_by([place])
    place.delete()
    record_touched(touched, names=["Gone"], by=editor)
    assert told(compare(before.data, Revision.objects.get().data)) == ["Places: [-“gone” (no longer exists)]"]
