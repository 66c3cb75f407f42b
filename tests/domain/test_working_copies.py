"""Drafts of the next version: what readers see stays as it is until the draft is published."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from ecosystem.domain import comments, promises, publishing, revisions, working_copies
from ecosystem.domain.index.checking import faults
from ecosystem.domain.publishing import PublishingError
from ecosystem.domain.working_copies import ConflictError
from ecosystem.models import (
    Article,
    ChangeNote,
    Citation,
    Contribution,
    FigureReference,
    Organization,
    Revision,
    Topic,
    WorkingCopy,
)
from tests.factories import (
    CitationFactory,
    CorrectionFactory,
    DraftArticleFactory,
    DraftObservationFactory,
    OrganizationNameFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    PublishedSourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def drafted(item, *, by, change):
    """Somebody opens the item, changes it and its parts, and saves; what became of it."""
    seen = working_copies.shown(item).data
    with working_copies.in_place(item, seen) as (shown, _lost):
        change(shown)
        shown.save()
        changed = revisions.snapshot(type(item).objects.get(pk=item.pk))
    return working_copies.keep(item, seen, working_copies.as_next(item, changed, seen), by=by, note="changed")


def titled(title):
    return lambda article: setattr(article, "title", title)


@pytest.fixture
def article():
    return PublishedArticleFactory(title="Live")


def stored(article) -> str:
    return Article.objects.get(pk=article.pk).title


def test_readers_see_the_old_version_until_the_next_one_is_published(article, editor):
    drafted(article, by=editor, change=titled("Next"))
    assert stored(article) == "Live"
    publishing.publish(article, by=editor)
    assert (stored(article), article.title, WorkingCopy.objects.count()) == ("Next", "Next", 0)
    kept = Revision.objects.first()
    assert (kept.note, kept.author, kept.of_working_copy) == ("next version published", editor, False)


def test_new_changed_and_removed_parts_wait_with_the_draft(editor):
    organization = PublishedOrganizationFactory()
    kept, gone = (OrganizationNameFactory(organization=organization, text=text) for text in ("Kept", "Gone"))
    source, topic = PublishedSourceFactory(), TopicFactory(slug="robots")

    def change(shown):
        shown.names.filter(text="Gone").delete()
        shown.names.filter(text="Kept").update(text="Better")
        Citation.objects.create(organization=shown, source=source, locator="p. 3", position=1)
        shown.topics.add(topic)

    drafted(organization, by=editor, change=change)
    drafted(organization, by=editor, change=lambda shown: setattr(shown, "name", "Other"))
    assert set(organization.names.values_list("pk", "text")) == {(kept.pk, "Kept"), (gone.pk, "Gone")}
    assert not Citation.objects.exists()
    publishing.publish(organization, by=editor)
    assert list(organization.names.values_list("pk", "text")) == [(kept.pk, "Better")]
    assert list(organization.citations.values_list("source", "locator")) == [(source.pk, "p. 3")]
    assert (list(organization.topics.all()), Organization.objects.get().name) == ([topic], "Other")
    assert list(faults()) == []


def test_saving_nothing_new_makes_no_draft(article, editor):
    kept = drafted(article, by=editor, change=lambda shown: None)
    assert (kept.is_changed, WorkingCopy.objects.count()) == (False, 0)


def test_draft_leaves_the_index_and_the_records_of_figures_alone(editor):
    organization = PublishedOrganizationFactory(name="Fudan", name_zh="")
    drafted(organization, by=editor, change=lambda shown: setattr(shown, "name", "Secret"))
    assert list(faults()) == []
    assert not FigureReference.objects.exists()


def test_two_who_change_different_things_lose_nothing(article, editor):
    first = working_copies.shown(article).data
    drafted(article, by=editor, change=titled("Next"))
    mine = [{**first[0], "fields": {**first[0]["fields"], "standfirst": "Mine."}}, *first[1:]]
    assert working_copies.keep(article, first, mine, by=editor).conflicts == ()
    said = WorkingCopy.objects.get().latest.data[0]["fields"]
    assert (said["title"], said["standfirst"]) == ("Next", "Mine.")


def test_two_who_change_the_same_thing_must_decide_and_nothing_is_lost(article, editor):
    first = working_copies.shown(article).data
    drafted(article, by=editor, change=titled("Theirs"))
    mine = [{**first[0], "fields": {**first[0]["fields"], "title": "Mine"}}, *first[1:]]
    kept = working_copies.keep(article, first, mine, by=editor)
    assert [(one.field, one.base, one.mine, one.theirs) for one in kept.conflicts] == [
        ("title", "Live", "Mine", "Theirs")
    ]
    assert WorkingCopy.objects.get().latest.data[0]["fields"]["title"] == "Theirs"
    assert (kept.revision.data, kept.revision.of_working_copy) == (mine, True)
    decided = {kept.conflicts[0].key: "mine"}
    assert working_copies.keep(article, first, mine, by=editor, decided=decided).conflicts == ()
    assert WorkingCopy.objects.get().latest.data[0]["fields"]["title"] == "Mine"


def test_change_of_what_readers_see_is_taken_along(article, editor):
    drafted(article, by=editor, change=titled("Next"))
    CorrectionFactory(article=article, organization=None)
    publishing.publish(article, by=editor)
    assert (stored(article), article.corrections.count()) == ("Next", 1)


def test_next_version_is_not_published_over_a_change_of_the_same(article, editor):
    drafted(article, by=editor, change=titled("Next"))
    Article.objects.filter(pk=article.pk).update(title="Changed by a load")
    with pytest.raises(ConflictError):
        publishing.publish(article, by=editor)
    assert (stored(article), WorkingCopy.objects.count()) == ("Changed by a load", 1)
    [conflict] = working_copies.decide(article, {}, by=editor).conflicts
    assert working_copies.decide(article, {conflict.key: "mine"}, by=editor).conflicts == ()
    publishing.publish(article, by=editor)
    assert stored(article) == "Next"


def test_next_version_that_is_not_valid_any_more_is_refused_and_stays(article, editor):
    drafted(article, by=editor, change=lambda shown: setattr(shown, "lead_position", 1))
    PublishedArticleFactory(lead_position=1)
    with pytest.raises(ValidationError):
        publishing.publish(article, by=editor)
    assert (Article.objects.get(pk=article.pk).lead_position, WorkingCopy.objects.count()) == (None, 1)


def test_next_version_that_names_what_is_gone_says_so(editor):
    organization, source = PublishedOrganizationFactory(), PublishedSourceFactory(slug="yearbook")
    drafted(
        organization,
        by=editor,
        change=lambda shown: CitationFactory(organization=shown, source=source),
    )
    source.delete()
    with pytest.raises(ValidationError, match="Source: “yearbook” does not exist any more."):
        publishing.publish(organization, by=editor)
    assert WorkingCopy.objects.count() == 1


def test_draft_of_an_older_model_is_published_without_what_is_lost(article, editor):
    kept = drafted(article, by=editor, change=titled("Next"))
    del kept.revision.data[0]["fields"]["standfirst_zh"]
    kept.revision.data[0]["fields"]["mood"] = "good"
    kept.revision.save()
    publishing.publish(article, by=editor)
    assert stored(article) == "Next"


def test_next_version_goes_to_review_and_back_and_readers_see_nothing_of_it(article, editor):
    drafted(article, by=editor, change=titled("Next"))
    publishing.submit(article, by=editor)
    assert (WorkingCopy.objects.get().stage, article.status) == ("in_review", "published")
    with pytest.raises(PublishingError, match="Only a draft can be submitted"):
        publishing.submit(article, by=editor)
    publishing.return_to_draft(article, by=editor, note="The title is too long.")
    assert (WorkingCopy.objects.get().stage, Revision.objects.first().note) == (
        "draft",
        "The title is too long.",
    )
    assert stored(article) == "Live"


def test_next_version_is_published_when_its_moment_has_come(article, editor):
    drafted(article, by=editor, change=titled("Next"))
    moment = timezone.now() + timedelta(hours=1)
    publishing.schedule(article, by=editor, at=moment)
    assert list(publishing.publish_due()) == []
    with time_machine.travel(moment + timedelta(seconds=1), tick=False):
        assert list(publishing.publish_due()) == [(article, "")]
        assert list(publishing.publish_due()) == []
    assert (stored(article), Revision.objects.first().author) == ("Next", editor)


def test_due_version_that_is_refused_says_why_and_the_others_are_published(article, editor):
    other, moment = PublishedArticleFactory(title="Other"), timezone.now() + timedelta(hours=1)
    for one in (article, other):
        drafted(one, by=editor, change=titled(f"{one.title}, next"))
        publishing.schedule(one, by=editor, at=moment)
    Article.objects.filter(pk=article.pk).update(title="Changed by a load")
    with time_machine.travel(moment + timedelta(seconds=1), tick=False):
        found = dict(publishing.publish_due())
        assert list(publishing.publish_due()) == []
    assert found == {article: str(ConflictError([]).messages[0]), other: ""}
    assert (stored(other), WorkingCopy.objects.get().refused) == ("Other, next", found[article])


def test_schedule_of_a_next_version_is_called_off(article, editor):
    drafted(article, by=editor, change=titled("Next"))
    publishing.schedule(article, by=editor, at=timezone.now() + timedelta(hours=1))
    publishing.unschedule(article, by=editor)
    copy = WorkingCopy.objects.get()
    assert (copy.publish_at, copy.scheduled_by, copy.stage) == (None, None, "draft")


def test_next_version_in_the_past_is_refused(article, editor):
    drafted(article, by=editor, change=titled("Next"))
    with pytest.raises(PublishingError, match="That moment has passed"):
        publishing.schedule(article, by=editor, at=timezone.now())


def test_discarded_draft_can_be_taken_up_again(article, editor):
    drafted(article, by=editor, change=titled("Next"))
    publishing.discard(article, by=editor)
    assert WorkingCopy.objects.count() == 0
    working_copies.take_up(article, Revision.objects.first(), by=editor)
    publishing.publish(article, by=editor)
    assert stored(article) == "Next"


def test_rolling_back_makes_a_draft_and_takes_no_announcement_back(editor):
    organization = PublishedOrganizationFactory(name="Old")
    name = OrganizationNameFactory(organization=organization, text="Former")
    old = revisions.record(organization, by=editor)
    name.delete()
    organization.name = "New"
    organization.save()
    correction = CorrectionFactory(organization=organization)
    working_copies.take_up(organization, old, by=editor)
    assert Organization.objects.get().name == "New"
    publishing.publish(organization, by=editor)
    assert (Organization.objects.get().name, organization.names.get().text) == ("Old", "Former")
    assert organization.corrections.get() == correction


def test_rolling_back_what_readers_do_not_see_changes_it_at_once(editor):
    draft = DraftArticleFactory(title="First")
    first = revisions.record(draft, by=editor)
    draft.title = "Second"
    draft.save()
    working_copies.take_up(draft, first, by=editor)
    assert (stored(draft), WorkingCopy.objects.count()) == ("First", 0)


def test_what_was_said_about_a_deleted_item_comes_back_with_it(editor):
    article = DraftArticleFactory()
    said = comments.comment(article, "Name the source.", by=editor)
    state = revisions.record(article, by=editor, note="deleted")
    Article.objects.filter(pk=article.pk).delete()
    restored = working_copies.restore(state, by=editor)
    assert (restored.pk != article.pk, list(comments.on(restored))) == (True, [said])


def test_deleted_item_is_restored_as_a_draft_with_its_parts(editor):
    article = PublishedArticleFactory(title="Gone")
    citation = CitationFactory(article=article, organization=None)
    last = revisions.record(article, by=editor, note="deleted")
    article.delete()
    restored = working_copies.restore(last, by=editor)
    assert (restored.title, restored.status, restored.published_at) == ("Gone", "draft", None)
    assert restored.citations.get().source == citation.source
    with pytest.raises(ValidationError, match="slug"):
        working_copies.restore(last, by=editor)
    assert Article.objects.count() == 1


def test_moved_promise_is_announced_when_the_next_version_is_published(editor):
    metric = PublishedMetricFactory(frequency="year", expected_lag_days=30)
    PublishedObservationFactory(metric=metric, period="2023")
    drafted(metric, by=editor, change=lambda shown: setattr(shown, "expected_lag_days", 60))
    assert not ChangeNote.objects.exists()
    before = promises.promise_of(metric)
    publishing.publish(metric, by=editor)
    assert before != promises.promise_of(metric)
    assert ChangeNote.objects.get().metric == metric


def test_past_day_is_told_from_what_readers_saw_then_and_not_from_drafts(editor):
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    with time_machine.travel(moment, tick=False):
        article = PublishedArticleFactory(title="Live", published_at=moment)
        revisions.record(article, by=editor)
    with time_machine.travel(moment + timedelta(days=1), tick=False):
        drafted(article, by=editor, change=titled("Secret"))
    state = revisions.public_at(article, moment + timedelta(days=2))
    assert state["title"] == "Live"


def test_values_are_superseded_and_have_no_next_version(editor):
    value = PublishedObservationFactory()
    assert (working_copies.is_apart(value), working_copies.of(value)) == (False, None)
    draft = DraftObservationFactory()
    assert drafted(draft, by=editor, change=lambda shown: setattr(shown, "value", 5)).conflicts == ()
    assert type(draft).objects.get(pk=draft.pk).value == 5


def test_topic_of_a_draft_that_is_deleted_meanwhile_is_dropped_from_what_is_shown(article, editor):
    topic = TopicFactory(slug="robots", name="Robots")
    drafted(article, by=editor, change=lambda shown: shown.topics.add(topic))
    Topic.objects.all().delete()
    with working_copies.in_place(article) as (shown, lost):
        assert (list(shown.topics.all()), lost) == ([], ["Topics: “robots” does not exist any more."])
    assert not Contribution.objects.exists()
