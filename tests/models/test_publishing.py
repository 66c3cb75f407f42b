"""What the public sees at a moment, asked in one place for every kind of item."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from ecosystem.models import Article, Status
from tests.factories import (
    DRAFTS,
    LONG_AGO,
    SCHEDULED,
    WITHDRAWN,
    DraftArticleFactory,
    PublishedArticleFactory,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
STATES = {
    "draft": ({}, False, False),
    "in review": ({"status": Status.IN_REVIEW}, False, False),
    "scheduled": (SCHEDULED, False, False),
    "published": ({"status": Status.PUBLISHED, "published_at": LONG_AGO}, True, True),
    "withdrawn": (WITHDRAWN, False, True),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("model", DRAFTS, ids=lambda model: model.__name__)
def test_state_decides_what_is_published_and_what_has_an_address(model, state):
    particulars, is_published, is_addressable = STATES[state]
    item = DRAFTS[model](**particulars)
    assert model.objects.published().exists() is is_published
    assert model.objects.addressable().exists() is is_addressable
    assert item.is_public is is_published
    assert item.is_scheduled is (state == "scheduled")


def test_withdrawn_item_was_public_until_then():
    article = PublishedArticleFactory(published_at=NOON, status=Status.WITHDRAWN, withdrawn_at=NOON + MINUTE)
    moments = (NOON - MINUTE, NOON, NOON + MINUTE)
    assert [article.was_public(moment) for moment in moments] == [False, True, False]


def test_item_becomes_public_at_its_moment_and_not_before():
    PublishedArticleFactory(published_at=NOON)
    seen = [Article.objects.published(at=moment).count() for moment in (NOON - MINUTE, NOON, NOON + MINUTE)]
    assert seen == [0, 1, 1]
    assert Article.objects.addressable(at=NOON - MINUTE).count() == 0


def test_now_is_the_moment_unless_another_is_given():
    article = PublishedArticleFactory(published_at=NOON)
    with time_machine.travel(NOON - MINUTE, tick=False):
        assert (Article.objects.published().count(), article.is_public, article.is_scheduled) == (
            0,
            False,
            True,
        )
    with time_machine.travel(NOON, tick=False):
        assert (Article.objects.published().count(), article.is_public, article.is_scheduled) == (
            1,
            True,
            False,
        )


def test_conditions_of_a_query_are_kept():
    kept = PublishedArticleFactory(title="Kept")
    PublishedArticleFactory(title="Other"), DraftArticleFactory(title="Kept too")
    assert list(Article.objects.filter(title__startswith="Kept").published()) == [kept]
