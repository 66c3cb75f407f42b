"""Comments: who may say, answer and resolve what, whom it reaches, and what it was said of."""

import pytest
from django.contrib.auth.models import Group, Permission

from ecosystem.domain import comments, drafts, publishing, revisions, working_copies
from ecosystem.domain.comments import CommentError
from ecosystem.domain.roles import NotAllowedError
from ecosystem.models import AuditEntry, Comment, User
from tests.factories import (
    CitationFactory,
    DraftArticleFactory,
    DraftObservationFactory,
    EditorFactory,
    PublishedArticleFactory,
    ReaderOfTheAdminFactory,
)

pytestmark = pytest.mark.django_db


def person(role: str, name: str = "") -> User:
    user = ReaderOfTheAdminFactory(username=name or role.lower())
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def article():
    return DraftArticleFactory()


def rewrite(article, by, **words):
    """Save a draft of the next version with other words."""
    seen = working_copies.shown(article).data
    mine = [{**seen[0], "fields": {**seen[0]["fields"], **words}}, *seen[1:]]
    return working_copies.keep(article, seen, mine, by=by)


def names(users) -> list[str]:
    return sorted(user.username for user in users)


# Saying


def test_comment_is_kept_with_its_place_its_state_and_an_entry_in_the_log(editor, article):
    made = comments.comment(article, " Name the source. ", by=editor, field="body")
    assert (made.text, made.field, made.author, made.revision.data[0]["pk"]) == (
        "Name the source.",
        "body",
        editor,
        article.pk,
    )
    entry = AuditEntry.objects.get(act="comment")
    assert (entry.act, entry.kind, entry.number, entry.detail) == ("comment", "article", article.pk, "Body")


def test_rows_and_the_whole_can_be_commented_on(editor, article):
    for field in ("citations", ""):
        comments.comment(article, "Look.", by=editor, field=field)
    assert [one.field for one in comments.open_on(article)] == ["citations", ""]


@pytest.mark.parametrize("field", ["status", "uid", "nothing"])
def test_what_is_no_field_is_refused(editor, article, field):
    with pytest.raises(CommentError, match="no field of that name"):
        comments.comment(article, "Look.", by=editor, field=field)
    assert not Comment.objects.exists() and not AuditEntry.objects.filter(act="comment").exists()


@pytest.mark.parametrize(("text", "why"), [(" \n", "Write what"), ("x" * 4001, "4000 characters at most")])
def test_empty_and_endless_comments_are_refused(editor, article, text, why):
    with pytest.raises(CommentError, match=why):
        comments.comment(article, text, by=editor)


def test_who_may_see_the_item_may_comment_and_others_may_not(article):
    stranger = ReaderOfTheAdminFactory()
    with pytest.raises(NotAllowedError, match="Only who may see this"):
        comments.comment(article, "Look.", by=stranger)
    stranger.user_permissions.add(Permission.objects.get(codename="view_article"))
    assert comments.comment(article, "Look.", by=User.objects.get(pk=stranger.pk)).author == stranger


def test_answer_joins_the_first_comment_at_its_place(editor, article):
    first = comments.comment(article, "Why?", by=editor, field="body")
    answer = comments.comment(article, "So.", by=editor, answers=first)
    second = comments.comment(article, "I see.", by=editor, answers=answer, field="title")
    assert [(one.answers, one.field) for one in (answer, second)] == [(first, "body")] * 2
    assert [list(one.answered_by.all()) for one in comments.open_on(article)] == [[answer, second]]


def test_answer_to_a_comment_elsewhere_or_to_a_resolved_one_is_refused(editor, article):
    first = comments.comment(article, "Why?", by=editor)
    with pytest.raises(CommentError, match="on something else"):
        comments.comment(DraftArticleFactory(), "So.", by=editor, answers=first)
    comments.resolve(first, by=editor)
    with pytest.raises(CommentError, match="Take it up again first"):
        comments.comment(article, "So.", by=editor, answers=first)


# Mentions


def test_people_are_mentioned_by_name_in_the_text_and_from_a_list(editor, article):
    anna, ben = person("Author", "Anna"), person("Editor", "ben")
    made = comments.comment(article, "Ask @anna, and @editor.", by=editor, mentions=[ben])
    assert names(made.mentioned.all()) == ["Anna", "ben"]
    assert [one.pk for one in comments.waiting_for(anna)] == [made.pk]
    assert comments.waiting_for(editor) == []


@pytest.mark.parametrize("away", [{"is_active": False}, {"is_staff": False}, {}])
def test_nobody_is_mentioned_who_cannot_see_it(editor, article, away):
    other = ReaderOfTheAdminFactory(username="chen")
    if away:
        other.groups.add(Group.objects.get(name="Editor"))
        User.objects.filter(pk=other.pk).update(**away)
    for text, given in (("See @chen.", []), ("See.", [other])):
        with pytest.raises(CommentError, match="called @chen"):
            comments.comment(article, text, by=editor, mentions=given)
    assert not Comment.objects.exists()


def test_mentions_wait_until_resolved_newest_first_and_with_their_item(editor, article):
    anna = person("Author", "anna")
    first = comments.comment(article, "@anna, why?", by=editor)
    answer = comments.comment(article, "@anna again", by=editor, answers=first)
    other = comments.comment(DraftObservationFactory(), "@anna", by=editor)
    assert [one.pk for one in comments.waiting_for(anna)] == [other.pk, answer.pk, first.pk]
    assert comments.waiting_for(anna)[1].item == article
    comments.resolve(first, by=editor)
    assert [one.pk for one in comments.waiting_for(anna)] == [other.pk]


def test_mentions_on_what_is_gone_or_may_not_be_seen_any_more_do_not_wait(editor, article):
    anna = person("Author", "anna")
    comments.comment(article, "@anna", by=editor)
    comments.comment(gone := DraftArticleFactory(), "@anna", by=editor)
    gone.delete()
    assert [one.item for one in comments.waiting_for(anna)] == [article]
    anna.groups.clear()
    assert comments.waiting_for(User.objects.get(pk=anna.pk)) == []


def test_mentions_ask_as_often_for_many_as_for_few(editor, article, django_assert_num_queries):
    anna = person("Author", "anna")
    comments.comment(article, "@anna", by=editor)
    comments.waiting_for(anna)  # permissions are read once for each person
    with django_assert_num_queries(2):
        comments.waiting_for(anna)
    for _ in range(3):
        comments.comment(DraftArticleFactory(), "@anna", by=editor)
    with django_assert_num_queries(2):
        assert len(comments.waiting_for(anna)) == 4


# Resolving


def test_comment_is_resolved_and_taken_up_again_with_entries_in_the_log(editor, article):
    made = comments.comment(article, "Why?", by=editor)
    comments.resolve(made, by=editor)
    stored = Comment.objects.get()
    assert (stored.resolved_by, stored.is_open, list(comments.open_on(article))) == (editor, False, [])
    comments.reopen(made, by=editor)
    stored.refresh_from_db()
    assert (stored.resolved_by, stored.is_open) == (None, True)
    details = AuditEntry.objects.filter(act="comment").order_by("pk").values_list("detail", flat=True)
    assert list(details) == ["", "comment resolved", "comment taken up again"]


def test_what_is_done_already_is_said(editor, article):
    made = comments.comment(article, "Why?", by=editor)
    with pytest.raises(CommentError, match="open already"):
        comments.reopen(made, by=editor)
    comments.resolve(made, by=editor)
    with pytest.raises(CommentError, match="resolved this comment already"):
        comments.resolve(made, by=editor)


def test_who_said_it_wrote_the_draft_or_is_an_editor_resolves_it_and_nobody_else(editor, article):
    sayer, writer, other = (person("Author", name) for name in ("sayer", "writer", "other"))
    revisions.record(article, by=writer)
    made = comments.comment(article, "Why?", by=sayer)
    with pytest.raises(NotAllowedError, match="Only who wrote the comment or the draft"):
        comments.resolve(made, by=other)
    for able in (sayer, writer, person("Editor", "desk")):
        comments.resolve(made, by=able)
        comments.reopen(made, by=able)
    assert Comment.objects.get().is_open


def test_who_lost_the_right_to_see_it_resolves_nothing_not_even_their_own(article):
    sayer = person("Author")
    made = comments.comment(article, "Why?", by=sayer)
    sayer.groups.clear()
    with pytest.raises(NotAllowedError):
        comments.resolve(made, by=User.objects.get(pk=sayer.pk))
    assert Comment.objects.get().is_open


# Returning, wording, people


def test_note_of_a_return_is_a_comment_on_the_whole(editor, article):
    publishing.submit(article, by=editor)
    publishing.return_to_draft(article, by=editor, note="Name the source.")
    assert [(one.text, one.field) for one in comments.open_on(article)] == [("Name the source.", "")]


def test_return_with_a_name_that_nobody_has_returns_nothing(editor, article):
    publishing.submit(article, by=editor)
    with pytest.raises(CommentError, match="@nobody"):
        publishing.return_to_draft(article, by=editor, note="Ask @nobody.")
    article.refresh_from_db()
    assert (article.status, Comment.objects.count()) == ("in_review", 0)


def test_comment_is_on_an_earlier_wording_once_its_own_field_says_something_else(editor):
    article = PublishedArticleFactory(title="First")
    rewrite(article, editor, title="Second")
    on_title = comments.comment(article, "Longer?", by=editor, field="title")
    on_body = comments.comment(article, "Shorter?", by=editor, field="body")
    on_all = comments.comment(article, "Good.", by=editor)

    def earlier() -> set[int]:
        return comments.on_earlier_wording([on_title, on_body, on_all], working_copies.shown(article).data)

    assert earlier() == set()
    rewrite(article, editor, title="Third")
    assert earlier() == {on_title.pk}
    rewrite(article, editor, title="Second")
    assert earlier() == set()


def test_comment_on_rows_notices_that_they_have_changed(editor):
    cited = CitationFactory().organization
    made = comments.comment(cited, "One only?", by=editor, field="citations")
    CitationFactory(organization=cited)
    assert comments.on_earlier_wording([made], revisions.snapshot(cited)) == {made.pk}


def test_writers_are_those_whose_words_are_in_the_draft_and_not_who_handed_it_on(editor):
    article = PublishedArticleFactory(title="First")
    writer, reviewer = EditorFactory(username="writer"), EditorFactory(username="reviewer")
    rewrite(article, editor, title="Given up")
    publishing.discard(article, by=editor)
    rewrite(article, writer, title="Second")
    publishing.submit(article, by=writer)
    publishing.return_to_draft(article, by=reviewer)
    publishing.submit(article, by=writer)
    making = drafts.making_of(article, working_copies.of(article))
    assert names(drafts.people(making.writers)) == ["writer"]
    assert (making.submitted.actor_name, making.last_hand) == ("writer", writer.pk)
    rewrite(article, reviewer, title="Third")
    making = drafts.making_of(article, working_copies.of(article))
    assert names(drafts.people(making.writers)) == ["reviewer", "writer"]
