"""Where FOUR_EYES is set, nobody publishes what they submitted or changed last."""

from decimal import Decimal

import pytest

from ecosystem.domain import four_eyes, publishing, revisions, roles
from ecosystem.domain.four_eyes import FourEyesError
from ecosystem.domain.superseding import supersede
from ecosystem.models import Article, Observation, Status
from tests.factories import (
    FAR_AHEAD,
    DraftArticleFactory,
    EditorFactory,
    PublishedArticleFactory,
    PublishedObservationFactory,
    ReaderOfTheAdminFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(db):
    return EditorFactory(username="second")


@pytest.fixture(autouse=True)
def four(settings) -> None:
    settings.FOUR_EYES = True


def submitted(by) -> Article:
    article = DraftArticleFactory()
    publishing.submit(article, by=by)
    return article


def test_draft_has_to_be_reviewed_first(editor):
    with pytest.raises(FourEyesError, match="submit it for review first"):
        publishing.publish(DraftArticleFactory(), by=editor)


def test_who_submitted_it_does_not_publish_it_and_another_does(editor, second):
    article = submitted(editor)
    with pytest.raises(FourEyesError, match="another editor has to publish it"):
        publishing.publish(article, by=editor)
    assert Article.objects.get().status == Status.IN_REVIEW
    publishing.publish(article, by=second)
    assert Article.objects.get().is_public


def test_who_submitted_it_does_not_schedule_it_either(editor, second):
    article = submitted(editor)
    with pytest.raises(FourEyesError):
        publishing.schedule(article, by=editor, at=FAR_AHEAD)
    publishing.schedule(article, by=second, at=FAR_AHEAD)
    assert Article.objects.get().is_scheduled


def test_who_changed_it_in_review_does_not_publish_it_nor_does_who_submitted_it(editor, second):
    article = submitted(editor)
    revisions.record(article, by=second, note="changed")
    for hand in (editor, second):
        with pytest.raises(FourEyesError):
            publishing.publish(article, by=hand)
    publishing.publish(article, by=EditorFactory(username="third"))
    assert Article.objects.get().is_public


def test_withdrawn_item_is_published_again_by_another(editor, second):
    article = PublishedArticleFactory()
    publishing.withdraw(article, by=editor, notice="Doubted.")
    with pytest.raises(FourEyesError):
        publishing.publish(article, by=editor)
    publishing.publish(article, by=second)
    assert Article.objects.get().is_public


def test_site_itself_is_not_held_up():
    publishing.publish(DraftArticleFactory(), by=None)
    assert Article.objects.get().is_public


def test_without_the_setting_one_person_does_both(editor, settings):
    settings.FOUR_EYES = False
    publishing.publish(submitted(editor), by=editor)
    assert Article.objects.get().is_public


@pytest.mark.parametrize("act", ["submit", "withdraw"])
def test_only_becoming_public_takes_two(editor, act):
    item = DraftArticleFactory() if act == "submit" else PublishedArticleFactory()
    options = {"notice": "Doubted."} if act == "withdraw" else {}
    getattr(publishing, act)(item, by=editor, **options)
    assert four_eyes.refusal(item, act, by=editor) == ""


# Corrections


def corrected(by) -> Observation:
    old = PublishedObservationFactory(value=Decimal(400))
    return supersede(old, by=by, reason="our-error", explanation="A typing error.", value=Decimal(410))


def test_correction_is_public_at_once_and_waits_for_a_second_pair_of_eyes(editor, second):
    first, newest = corrected(editor), corrected(editor)
    assert first.is_public
    assert list(four_eyes.corrections_unseen()) == [newest, first]
    four_eyes.mark_seen(first, by=second)
    assert list(four_eyes.corrections_unseen()) == [newest]


def test_who_corrected_it_is_no_second_pair_of_eyes(editor):
    new = corrected(editor)
    with pytest.raises(FourEyesError, match="you made this correction"):
        four_eyes.mark_seen(new, by=editor)
    assert list(four_eyes.corrections_unseen()) == [new]


def test_who_may_not_review_marks_nothing_as_seen(editor):
    new = corrected(editor)
    with pytest.raises(roles.NotAllowedError):
        four_eyes.mark_seen(new, by=ReaderOfTheAdminFactory())
    assert list(four_eyes.corrections_unseen()) == [new]


def test_value_that_corrects_nothing_waits_for_nobody(editor, second):
    value = PublishedObservationFactory()
    publishing.withdraw(value, by=editor, notice="Doubted.")
    assert list(four_eyes.corrections_unseen()) == []
