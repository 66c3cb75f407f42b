"""The verbs that change what the public sees."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from ecosystem.domain import publishing
from ecosystem.domain.publishing import PublishingError
from ecosystem.domain.superseding import supersede
from ecosystem.models import Article, Observation, Revision, Status
from tests.factories import (
    LONG_AGO,
    SCHEDULED,
    WITHDRAWN,
    DraftArticleFactory,
    DraftObservationFactory,
    EventSeriesFactory,
    PublishedArticleFactory,
    PublishedObservationFactory,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def last_note() -> str:
    return Revision.objects.first().note


def in_review(**fields) -> Article:
    return DraftArticleFactory(status=Status.IN_REVIEW, **fields)


def test_submit_hands_a_draft_to_review(editor):
    article = DraftArticleFactory()
    publishing.submit(article, by=editor)
    article.refresh_from_db()
    assert (article.status, last_note()) == ("in_review", "submitted for review")


def test_submit_refuses_what_is_public(editor):
    with pytest.raises(PublishingError, match="Only a draft can be submitted"):
        publishing.submit(PublishedArticleFactory(), by=editor)


def test_return_to_draft_keeps_the_note(editor):
    article = in_review()
    publishing.return_to_draft(article, by=editor, note="The second section has no source.")
    assert (article.status, last_note()) == ("draft", "The second section has no source.")


def test_return_to_draft_refuses_drafts(editor):
    with pytest.raises(PublishingError, match="Only an item in review"):
        publishing.return_to_draft(DraftArticleFactory(), by=editor)


@pytest.mark.parametrize("state", [{}, {"status": Status.IN_REVIEW}, SCHEDULED, WITHDRAWN])
def test_publish_makes_everything_public_that_is_not(editor, state):
    article = DraftArticleFactory(**state)
    with time_machine.travel(NOON, tick=False):
        publishing.publish(article, by=editor)
        assert Article.objects.published().get() == article
    assert (article.published_at, article.withdrawn_at, article.withdrawn_notice) == (NOON, None, "")


def test_publish_refuses_what_is_public_already(editor):
    article = PublishedArticleFactory()
    with pytest.raises(PublishingError, match="It is public already"):
        publishing.publish(article, by=editor)
    article.refresh_from_db()
    assert article.published_at == LONG_AGO


def test_publish_refuses_what_is_not_valid_and_changes_nothing(editor):
    article = DraftArticleFactory(title="")
    with pytest.raises(ValidationError, match="title"):
        publishing.publish(article, by=editor)
    article.refresh_from_db()
    assert (article.status, Revision.objects.count()) == ("draft", 0)


def test_publish_records_when_a_value_went_public(editor):
    value = DraftObservationFactory()
    with time_machine.travel(NOON, tick=False):
        publishing.publish(value, by=editor)
    assert value.recorded_at == NOON


def test_republished_value_keeps_the_moment_when_it_first_was_public(editor):
    value = PublishedObservationFactory()
    publishing.withdraw(value, by=editor, notice="Its table was mixed up.")
    publishing.publish(value, by=editor)
    assert value.recorded_at == LONG_AGO < value.published_at


def test_value_published_before_its_scheduled_moment_is_recorded_now(editor):
    value = DraftObservationFactory()
    publishing.schedule(value, by=editor, at=timezone.now() + timedelta(days=3))
    with time_machine.travel(NOON, tick=False):
        value.published_at = value.recorded_at = NOON + timedelta(days=3)
        publishing.publish(value, by=editor)
    assert value.recorded_at == NOON


def test_schedule_publishes_by_the_clock_alone(editor):
    article = DraftArticleFactory()
    with time_machine.travel(NOON, tick=False):
        publishing.schedule(article, by=editor, at=NOON + timedelta(hours=1))
        assert (article.is_scheduled, Article.objects.published().count()) == (True, 0)
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        assert (article.is_scheduled, Article.objects.published().count()) == (False, 1)


def test_schedule_refuses_the_past(editor):
    with pytest.raises(PublishingError, match="That moment has passed"):
        publishing.schedule(DraftArticleFactory(), by=editor, at=LONG_AGO)


def test_schedule_refuses_what_is_public(editor):
    with pytest.raises(PublishingError, match="It is public already"):
        publishing.schedule(PublishedArticleFactory(), by=editor, at=timezone.now() + timedelta(days=1))


def test_unschedule_makes_a_draft_again(editor):
    value = DraftObservationFactory()
    publishing.schedule(value, by=editor, at=timezone.now() + timedelta(days=1))
    publishing.unschedule(value, by=editor)
    value.refresh_from_db()
    assert (value.status, value.published_at, value.recorded_at) == ("draft", None, None)


def test_unschedule_refuses_what_is_public(editor):
    with pytest.raises(PublishingError, match="Nothing is scheduled"):
        publishing.unschedule(PublishedArticleFactory(), by=editor)


def test_withdraw_leaves_an_address_with_its_notice(editor):
    article = PublishedArticleFactory()
    publishing.withdraw(article, by=editor, notice="It described another programme.")
    assert not Article.objects.published().exists()
    assert Article.objects.addressable().get().withdrawn_notice == "It described another programme."


def test_withdraw_asks_for_a_notice(editor):
    article = PublishedArticleFactory()
    with pytest.raises(PublishingError, match="Say in one sentence why"):
        publishing.withdraw(article, by=editor, notice="  ")
    assert Article.objects.published().exists()


def test_withdraw_refuses_drafts(editor):
    with pytest.raises(PublishingError, match="Only a published item"):
        publishing.withdraw(DraftArticleFactory(), by=editor, notice="Wrong.")


def test_value_that_was_withdrawn_before_its_moment_is_published_without_a_past(editor):
    value = DraftObservationFactory()
    publishing.schedule(value, by=editor, at=timezone.now() + timedelta(days=2))
    publishing.withdraw(value, by=editor, notice="It was called off.")
    publishing.publish(value, by=editor)
    assert (value.is_public, value.public_spans.count()) == (True, 0)


def test_withdrawn_value_gives_its_place_back_to_the_one_it_superseded(editor):
    old = PublishedObservationFactory()
    new = PublishedObservationFactory(metric=old.metric)
    old.superseded_by = new
    old.save()
    assert list(Observation.objects.current()) == [new]
    publishing.withdraw(new, by=editor, notice="Read from the wrong line.")
    assert list(Observation.objects.current()) == [old]


def test_every_verb_keeps_a_revision_with_its_author(editor):
    article = DraftArticleFactory()
    publishing.submit(article, by=editor)
    publishing.publish(article, by=editor)
    publishing.withdraw(article, by=editor, notice="Wrong.")
    kept = Revision.objects.filter(key=article.slug).order_by("pk")
    assert [(revision.note, revision.author) for revision in kept] == [
        ("submitted for review", editor),
        ("published", editor),
        ("withdrawn", editor),
    ]
    assert kept[1].data[0]["fields"]["status"] == "published"


def test_revision_of_an_item_without_parts(editor):
    series = EventSeriesFactory()
    revision = publishing.revisions.record(series, by=editor, note="added")
    assert [row["model"] for row in revision.data] == ["ecosystem.eventseries"]


def test_value_between_two_is_not_withdrawn_alone(editor):
    """The oldest would show beside the newest."""
    first = PublishedObservationFactory(value=1)
    reason = {"by": editor, "reason": Observation.SupersedeReason.OUR_ERROR, "explanation": "Read again."}
    second = supersede(first, value=2, **reason)
    third = supersede(second, value=3, **reason)
    second.refresh_from_db()
    with pytest.raises(PublishingError, match="An older value would show again"):
        publishing.withdraw(second, by=editor, notice="Not ours.")
    publishing.withdraw(third, by=editor, notice="Not ours.")
    publishing.withdraw(second, by=editor, notice="Not ours.")
    with pytest.raises(PublishingError, match="A value between this one and an older one was withdrawn"):
        publishing.publish(third, by=editor)
    assert list(Observation.objects.current()) == [first]
