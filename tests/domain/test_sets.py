"""Sets: several items become public together, all of them or none."""

from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connections
from django.utils import timezone

from ecosystem.domain import checklist, previewing, publishing, set_members, sets, working_copies
from ecosystem.domain.publishing import PublishingError
from ecosystem.domain.roles import NotAllowedError
from ecosystem.domain.set_members import HeldError
from ecosystem.domain.sets import SetError
from ecosystem.models import (
    Act,
    Article,
    AuditEntry,
    Observation,
    Organization,
    PublishingSet,
    Revision,
    SetMember,
    Status,
    WorkingCopy,
)
from tests.factories import (
    DraftArticleFactory,
    DraftMetricFactory,
    DraftObservationFactory,
    DraftOrganizationFactory,
    DraftSourceFactory,
    EditorFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedSourceFactory,
    ReaderOfTheAdminFactory,
)

FIGURE = '<figure-ref metric="chips"></figure-ref>'
SAID = {"standfirst": "What it says.", "body": "<p>Plain words.</p>"}


def draft_article(**fields) -> Article:
    return DraftArticleFactory(**SAID | fields)


def next_version(article, *, by, **fields) -> Article:
    """The article, with a draft of its next version that says otherwise."""
    seen = working_copies.shown(article).data
    mine = [{**seen[0], "fields": {**seen[0]["fields"], **fields}}, *seen[1:]]
    working_copies.keep(article, seen, mine, by=by)
    return article


def set_with(*items, by, title="Yearbook") -> PublishingSet:
    begun = sets.begin(title, by=by)
    sets.add(begun, items, by=by)
    return begun


def public(*items) -> list[bool]:
    return [type(item).objects.published().filter(pk=item.pk).exists() for item in items]


@pytest.fixture
def article(db):
    return draft_article(title="Story")


@pytest.fixture
def organization(db):
    return DraftOrganizationFactory(name="Foundry")


@pytest.fixture
def live(editor):
    """A public article with a next version."""
    made = PublishedArticleFactory(title="Live", **SAID)
    return next_version(made, by=editor, title="Next")


@pytest.fixture
def pair(article, organization, editor) -> PublishingSet:
    return set_with(article, organization, by=editor)


# Publishing


def test_first_and_next_versions_become_public_at_one_moment(article, organization, live, editor):
    found = set_with(article, organization, live, by=editor)
    sets.publish(found, by=editor)
    assert public(article, organization) == [True, True]
    assert Article.objects.get(pk=live.pk).title == "Next"
    moments = {Article.objects.get(pk=article.pk).published_at, Organization.objects.get().published_at}
    assert (len(moments), WorkingCopy.objects.count()) == (1, 0)
    assert (found.stage, found.is_open, found.done_at is not None) == ("published", False, True)


def test_each_item_has_its_revision_and_act_and_the_set_one_of_its_own(pair, editor):
    sets.publish(pair, by=editor)
    notes = set(Revision.objects.filter(kind__in=["article", "organization"]).values_list("note", flat=True))
    acts = list(AuditEntry.objects.filter(act=Act.PUBLISH).order_by("pk").values_list("kind", "detail"))
    said = "published with the set “Yearbook”"
    assert notes == {said}
    assert acts == [("organization", said), ("article", said), ("publishingset", "2 items")]


def test_one_bad_item_keeps_all_of_them_back_and_is_named(article, organization, live, editor):
    found = set_with(article, organization, live, by=editor)
    Organization.objects.update(kind="guild")
    with pytest.raises(SetError) as caught:
        sets.publish(found, by=editor)
    assert [str(one) for one in caught.value.refusals] == [
        "Foundry: kind: Value 'guild' is not a valid choice."
    ]
    assert public(article, organization) == [False, False]
    assert Article.objects.get(pk=live.pk).title == "Live"
    found.refresh_from_db()
    assert (found.stage, AuditEntry.objects.filter(act=Act.PUBLISH).count()) == ("draft", 0)


def test_text_may_show_a_value_that_becomes_public_with_it(editor):
    metric = DraftMetricFactory(slug="chips", name="Chips", definition="Chips made in a year.")
    source = DraftSourceFactory()
    value = DraftObservationFactory(metric=metric, source=source, period="2024", value=Decimal(400))
    article = draft_article(title="Chips", standfirst=f"They made {FIGURE} chips.")
    with pytest.raises(SetError, match="Chips"):
        sets.publish(set_with(article, by=editor, title="Alone"), by=editor)
    sets.give_up(PublishingSet.objects.get(), by=editor)
    sets.publish(set_with(article, value, metric, source, by=editor), by=editor)
    assert public(article, value, metric, source) == [True, True, True, True]


def test_warning_of_the_checklist_holds_the_set_until_it_is_signed(editor):
    article = draft_article(title="Story", body="<p>It earned 400 million yuan.</p>")
    found = set_with(article, by=editor)
    with pytest.raises(SetError) as caught:
        sets.publish(found, by=editor)
    (refusal,) = caught.value.refusals
    reasons = {finding.key: "Quoted." for finding in refusal.findings}
    checklist.sign_all(article, reasons, by=editor, found=refusal.findings)
    sets.publish(found, by=editor)
    assert public(article) == [True]


def test_draft_value_takes_the_place_of_the_public_one_with_the_set(editor):
    metric = PublishedMetricFactory(slug="chips")
    source = PublishedSourceFactory()
    old = PublishedObservationFactory(metric=metric, source=source, period="2024", value=Decimal(400))
    new = DraftObservationFactory(
        metric=metric, source=source, period="2024", value=Decimal(500), method="revised"
    )
    Observation.objects.filter(pk=old.pk).update(superseded_by=new)
    found = set_with(new, by=editor)
    assert list(Observation.objects.current()) == [old]
    sets.publish(found, by=editor)
    assert list(Observation.objects.current()) == [new]


def test_ripple_shows_the_whole_set_and_changes_nothing(editor):
    metric = PublishedMetricFactory(slug="chips")
    source = PublishedSourceFactory()
    values = [
        DraftObservationFactory(metric=metric, source=source, period=str(year), value=Decimal(year))
        for year in (2023, 2024)
    ]
    found = set_with(*values, by=editor)
    seen = sets.ripple(found, by=editor)
    assert {change.kind for change in seen.changes} == {"tile", "chart"}
    assert public(*values) == [False, False]
    assert sets.ripple(found, by=editor).digest == seen.digest


def test_empty_set_and_published_set_say_so(pair, editor):
    with pytest.raises(PublishingError, match="The set is empty"):
        sets.publish(sets.begin("Nothing", by=editor), by=editor)
    again = PublishingSet.objects.get(pk=pair.pk)
    sets.publish(pair, by=editor)
    with pytest.raises(PublishingError, match="The set is published already."):
        sets.publish(again, by=editor)


def test_deleted_item_is_taken_out_first(pair, article, editor):
    article.delete()
    with pytest.raises(PublishingError, match="An item of the set was deleted"):
        sets.publish(pair, by=editor)
    sets.remove(pair, SetMember.objects.get(kind="article"), by=editor)
    sets.publish(pair, by=editor)
    assert [one.is_public for one in Organization.objects.all()] == [True]


def test_what_has_changed_since_it_was_looked_at_is_not_published(pair, live, editor):
    sets.add(pair, [live], by=editor)
    seen = sets.state_of(pair)
    next_version(live, by=editor, title="Otherwise")
    with pytest.raises(PublishingError, match="Something has changed since you looked"):
        sets.publish(pair, by=editor, seen=seen)
    sets.publish(pair, by=editor, seen=sets.state_of(pair))
    assert Article.objects.get(pk=live.pk).title == "Otherwise"


def test_next_version_in_conflict_refuses_the_set(pair, live, editor):
    sets.add(pair, [live], by=editor)
    Article.objects.filter(pk=live.pk).update(title="Loaded")
    with pytest.raises(SetError, match="Readers see something else by now"):
        sets.publish(pair, by=editor)
    assert WorkingCopy.objects.count() == 1


def test_rights_are_asked_for_each_item(pair):
    from_outside = ReaderOfTheAdminFactory()
    with pytest.raises(NotAllowedError, match="Only an editor may do this"):
        sets.publish(pair, by=from_outside)


def test_four_eyes_see_the_whole_set(pair, editor, settings):
    settings.FOUR_EYES = True
    second = EditorFactory(username="second")
    with pytest.raises(SetError, match="submit it for review first"):
        sets.publish(pair, by=second)
    sets.submit(pair, by=editor)
    with pytest.raises(SetError, match="another editor has to publish it"):
        sets.publish(pair, by=editor)
    sets.publish(pair, by=second)
    assert pair.stage == "published"


# Review


def test_review_takes_every_draft_with_it_and_back(pair, article, organization, editor):
    sets.submit(pair, by=editor)
    assert (pair.stage, *map(sets.stage_of, fresh(article, organization))) == ("in_review",) * 3
    sets.return_to_draft(pair, by=editor, note="A year is missing.")
    assert (pair.stage, *map(sets.stage_of, fresh(article, organization))) == ("draft",) * 3
    assert AuditEntry.objects.filter(kind="publishingset").first().detail == "A year is missing."


def fresh(*items):
    return [type(item).objects.get(pk=item.pk) for item in items]


@pytest.mark.parametrize(
    "act",
    [
        publishing.publish,
        lambda item, by: publishing.return_to_draft(item, by=by),
        lambda item, by: publishing.schedule(item, by=by, at=timezone.now() + timedelta(days=1)),
    ],
)
def test_item_of_a_set_in_review_is_not_acted_on_alone(pair, article, editor, act):
    sets.submit(pair, by=editor)
    with pytest.raises(HeldError, match="It is in the set “Yearbook”"):
        act(fresh(article)[0], by=editor)
    assert fresh(article)[0].status == Status.IN_REVIEW


def test_next_version_in_a_held_set_is_not_discarded_and_its_item_not_withdrawn(live, editor):
    sets.submit(set_with(live, by=editor), by=editor)
    with pytest.raises(HeldError):
        publishing.discard(live, by=editor)
    with pytest.raises(HeldError):
        publishing.withdraw(live, by=editor, notice="Gone.")


def test_item_of_a_draft_set_may_go_first(pair, article, organization, editor):
    publishing.publish(article, by=editor)
    with pytest.raises(SetError, match="Story: It is public already."):
        sets.publish(pair, by=editor)
    sets.remove(pair, SetMember.objects.get(kind="article"), by=editor)
    sets.publish(pair, by=editor)
    assert public(article, organization) == [True, True]


def test_item_that_has_its_own_moment_by_now_holds_back_review_and_schedule(pair, article, editor):
    publishing.schedule(article, by=editor, at=timezone.now() + timedelta(hours=1))
    for act in (
        sets.submit,
        lambda found, by: sets.schedule(found, by=by, at=timezone.now() + timedelta(days=1)),
    ):
        with pytest.raises(SetError, match="Story: It is scheduled by itself"):
            act(pair, by=editor)
    assert (pair.stage, pair.publish_at) == ("draft", None)


# What can be in a set


def test_item_waits_in_one_set_only_and_refusal_adds_none(pair, article, editor):
    other, free = sets.begin("Other", by=editor), draft_article()
    with pytest.raises(SetError, match="It is in the set “Yearbook” already"):
        sets.add(other, [free, article], by=editor)
    assert other.members.count() == 0
    sets.publish(pair, by=editor)
    (article,) = fresh(article)
    next_version(article, by=editor, title="More")
    sets.add(other, [article], by=editor)
    assert other.members.count() == 1


def test_adding_twice_is_adding_once(pair, article, editor):
    sets.add(pair, [article], by=editor)
    assert pair.members.count() == 2


def test_what_has_nothing_to_publish_or_its_own_moment_is_refused(pair, live, editor):
    with pytest.raises(SetError, match="Readers see it as it is"):
        sets.add(pair, [PublishedArticleFactory()], by=editor)
    publishing.schedule(live, by=editor, at=timezone.now() + timedelta(days=1))
    with pytest.raises(SetError, match="It is scheduled by itself"):
        sets.add(pair, [live], by=editor)


def test_set_in_review_is_not_changed(pair, editor):
    sets.submit(pair, by=editor)
    with pytest.raises(PublishingError, match="The set is in review"):
        sets.add(pair, [draft_article()], by=editor)
    with pytest.raises(PublishingError, match="The set is in review"):
        sets.remove(pair, pair.members.first(), by=editor)


def test_given_up_set_leaves_its_items_as_they_are(pair, article, editor):
    sets.submit(pair, by=editor)
    sets.give_up(pair, by=editor)
    assert (PublishingSet.objects.count(), SetMember.objects.count()) == (0, 0)
    publishing.publish(fresh(article)[0], by=editor)
    assert public(article) == [True]


# Schedules


def later(**span):
    return time_machine.travel(timezone.now() + timedelta(**span), tick=False)


def test_nothing_of_a_scheduled_set_is_public_before_its_moment_and_all_after_it(
    pair, article, organization, editor
):
    sets.schedule(pair, by=editor, at=timezone.now() + timedelta(hours=1))
    assert list(sets.publish_due()) == []
    assert (public(article, organization), pair.stage, pair.is_held) == ([False, False], "draft", True)
    with later(hours=2):
        assert list(sets.publish_due()) == [(pair, "")]
        assert list(sets.publish_due()) == []
        assert public(article, organization) == [True, True]
    pair.refresh_from_db()
    assert (pair.stage, pair.publish_at, pair.scheduled_by) == ("published", None, None)


def test_schedule_in_the_past_or_of_what_is_incomplete_is_refused(pair, editor):
    with pytest.raises(PublishingError, match="That moment has passed"):
        sets.schedule(pair, by=editor, at=timezone.now())
    Organization.objects.update(kind="guild")
    with pytest.raises(SetError, match="Foundry"):
        sets.schedule(pair, by=editor, at=timezone.now() + timedelta(hours=1))
    pair.refresh_from_db()
    assert pair.publish_at is None


def test_item_changed_after_scheduling_holds_the_set_back_with_the_reason(pair, live, editor):
    sets.add(pair, [live], by=editor)
    sets.schedule(pair, by=editor, at=timezone.now() + timedelta(hours=1))
    next_version(live, by=editor, title="Slipped in")
    with later(hours=2):
        ((found, reason),) = sets.publish_due()
        assert list(sets.publish_due()) == []
    assert found == pair
    assert reason.endswith(
        "It has changed since the set was scheduled. Look at it, and schedule the set again."
    )
    pair.refresh_from_db()
    assert (pair.refused, Article.objects.get(pk=live.pk).title) == (reason, "Live")
    sets.unschedule(pair, by=editor)
    assert (pair.refused, pair.publish_at, pair.is_held) == ("", None, False)


def test_scheduled_set_stands_until_its_schedule_is_called_off(pair, article, editor):
    sets.schedule(pair, by=editor, at=timezone.now() + timedelta(hours=1))
    for act in (sets.submit, sets.give_up):
        with pytest.raises(PublishingError, match="The set is scheduled"):
            act(pair, by=editor)
    with pytest.raises(HeldError, match="Call off that schedule first"):
        publishing.publish(article, by=editor)
    sets.unschedule(pair, by=editor)
    with pytest.raises(PublishingError, match="Nothing is scheduled"):
        sets.unschedule(pair, by=editor)


# Looking ahead


def test_preview_of_one_item_shows_the_others_as_they_will_be(pair, article, organization, live, editor):
    sets.add(pair, [live], by=editor)
    with previewing.next_version_of(article):
        assert public(article, organization) == [True, True]
        assert Article.objects.get(pk=live.pk).title == "Next"
    assert (public(article, organization), Article.objects.get(pk=live.pk).title) == ([False, False], "Live")


def test_items_are_published_in_the_order_of_what_they_refer_to(pair, editor):
    source = DraftSourceFactory()
    sets.add(pair, [source], by=editor)
    found = set_members.items_of(pair.members.all())
    assert [member.kind for member, _item in found] == ["source", "organization", "article"]


def test_set_is_begun_with_a_title(editor):
    with pytest.raises(ValidationError):
        sets.begin("  ", by=editor)


def test_set_works_on_either_database(either_database):
    by = EditorFactory(username="somebody")
    article, organization = draft_article(), DraftOrganizationFactory()
    found = set_with(article, organization, by=by)
    sets.schedule(found, by=by, at=timezone.now() + timedelta(hours=1))
    with later(hours=2):
        assert list(sets.publish_due()) == [(found, "")]
        assert public(article, organization) == [True, True]


def test_items_of_a_set_are_fetched_in_as_many_queries_for_few_as_for_many(editor, django_assert_num_queries):
    found = set_with(draft_article(), by=editor)
    for _ in range(2):
        with django_assert_num_queries(2):
            assert all(item for _member, item in set_members.items_of(found.members.all()))
        sets.add(found, [draft_article() for _ in range(5)], by=editor)


def test_two_who_publish_at_the_same_moment_publish_once(postgres_for_real):
    by = EditorFactory(username="somebody")
    found = set_with(draft_article(), DraftOrganizationFactory(), by=by)
    start, mine, said = Barrier(2), connections["default"], []

    def press() -> None:
        connections["default"] = mine.copy()
        start.wait()
        try:
            sets.publish(PublishingSet.objects.get(pk=found.pk), by=by)
            said.append("published")
        except PublishingError as error:
            said.extend(error.messages)
        connections["default"].close()

    threads = [Thread(target=press) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(said) == ["The set is published already.", "published"]
    assert AuditEntry.objects.filter(act=Act.PUBLISH, kind="publishingset").count() == 1
