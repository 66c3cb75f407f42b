"""The queue of what is in review: of every kind, oldest first, for each person by what they may do."""

import pytest
from django.contrib.auth.models import Group, Permission

from ecosystem.domain import comments, publishing, review_queue, revisions
from ecosystem.domain.review_queue import Choice
from ecosystem.models import User
from tests.domain.test_comments import rewrite
from tests.factories import (
    DraftArticleFactory,
    DraftObservationFactory,
    DraftPlaceFactory,
    EditorFactory,
    PublishedArticleFactory,
    PublishedOrganizationFactory,
    ReaderOfTheAdminFactory,
)

pytestmark = pytest.mark.django_db


def submitted(item, by):
    publishing.submit(item, by=by)
    return item


def next_version(by, title="Second"):
    article = PublishedArticleFactory(title="First")
    rewrite(article, by, title=title)
    return submitted(article, by)


def rows(user) -> list[tuple]:
    return [(one.title, one.is_next, one.submitted_by) for one in review_queue.entries(user)]


def chosen(user, choice) -> list[str]:
    return [one.title for one in review_queue.entries(user) if choice in one.choices]


def test_new_items_and_next_versions_of_all_kinds_wait_oldest_first(editor):
    place = submitted(DraftPlaceFactory(), editor)
    next_version(EditorFactory(username="second"))
    value = submitted(DraftObservationFactory(), editor)
    DraftArticleFactory()
    rewrite(PublishedArticleFactory(), editor, title="Not submitted")
    assert rows(editor) == [
        (place.name, False, "editor"),
        ("Second", True, "second"),
        (str(value), False, "editor"),
    ]
    assert review_queue.count(editor) == 3


def test_item_that_came_into_review_unnoted_counts_from_its_last_change(editor):
    place = DraftPlaceFactory(status="in_review")
    (entry,) = review_queue.entries(editor)
    assert (entry.submitted_by, entry.submitted_at) == ("", place.updated_at)


def test_open_comments_are_counted_without_answers_and_resolved_ones(editor):
    place = submitted(DraftPlaceFactory(), editor)
    first = comments.comment(place, "Why?", by=editor)
    comments.comment(place, "So.", by=editor, answers=first)
    comments.resolve(comments.comment(place, "Done.", by=editor), by=editor)
    assert [one.comments for one in review_queue.entries(editor)] == [1]


def test_choices_are_what_somebody_may_publish_has_written_or_is_mentioned_in(editor):
    author = ReaderOfTheAdminFactory(username="author")
    author.groups.add(Group.objects.get(name="Author"))
    mine = DraftPlaceFactory(name="Mine")
    revisions.record(mine, by=author)
    submitted(mine, editor)
    other = submitted(DraftPlaceFactory(name="Other"), editor)
    comments.comment(other, "@author", by=editor)
    assert {choice: chosen(author, choice) for choice in Choice} == {
        Choice.ALL: ["Mine", "Other"],
        Choice.TO_PUBLISH: [],
        Choice.MINE: ["Mine"],
        Choice.MENTIONS: ["Other"],
    }
    assert chosen(editor, Choice.TO_PUBLISH) == ["Mine", "Other"]


def test_four_eyes_take_from_what_i_may_publish_what_i_submitted_or_changed_last(editor, settings):
    second = EditorFactory(username="second")
    submitted(DraftPlaceFactory(name="By me"), editor)
    changed = submitted(DraftPlaceFactory(name="By me too"), second)
    revisions.record(changed, by=editor)
    submitted(DraftPlaceFactory(name="By another"), second)
    settings.FOUR_EYES = True
    assert chosen(editor, Choice.TO_PUBLISH) == ["By another"]


def test_kinds_that_somebody_may_not_see_are_not_in_the_queue(editor):
    submitted(DraftPlaceFactory(name="Seen"), editor)
    submitted(DraftArticleFactory(), editor)
    reader = ReaderOfTheAdminFactory()
    reader.user_permissions.add(Permission.objects.get(codename="view_place"))
    reader = User.objects.get(pk=reader.pk)
    assert ([title for title, *_rest in rows(reader)], review_queue.count(reader)) == (["Seen"], 1)


def test_queue_asks_as_often_for_many_as_for_few(editor, django_assert_max_num_queries):
    def fill() -> None:
        submitted(DraftPlaceFactory(), editor)
        submitted(DraftObservationFactory(), editor)
        comments.comment(next_version(editor), "Why?", by=editor)
        PublishedOrganizationFactory()

    fill()
    with django_assert_max_num_queries(20) as few:
        review_queue.entries(editor)
    fill()
    fill()
    with django_assert_max_num_queries(len(few)):
        assert len(review_queue.entries(editor)) == 9
