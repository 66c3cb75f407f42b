"""The review page, the queue and the panel: an author's and an editor's way through a review, and forged requests."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from ecosystem.domain import comments, drafts, publishing, revisions
from ecosystem.models import Article, Comment, Status, User, WorkingCopy
from tests.domain.test_comments import rewrite
from tests.factories import (
    DRAFTS,
    CitationFactory,
    DraftArticleFactory,
    PublishedArticleFactory,
    ReaderOfTheAdminFactory,
)

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:ecosystem_review_queue")
COMPLETE = {"title_zh": "文章", "standfirst_zh": "结论。", "body": "<p>Text.</p>", "body_zh": "<p>文</p>"}


def url(item, page="review", *args) -> str:
    return reverse(f"admin:ecosystem_{item._meta.model_name}_{page}", args=[item.pk, *args])


def person(role: str, name: str) -> User:
    user = ReaderOfTheAdminFactory(username=name)
    user.groups.add(Group.objects.get(name=role))
    return user


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def say(client, item, text, **fields):
    return client.post(url(item), {"act": "comment", "text": text} | fields, follow=True)


def places(response) -> list[tuple[str, list[str]]]:
    """What changes, with the open comments beside it."""
    return [
        (section.label, [one.comment.text for one in section.threads])
        for section in response.context["changed"]
    ]


@pytest.fixture
def author() -> User:
    return person("Author", "anna")


@pytest.fixture
def article(author):
    """A new article that an author has handed in."""
    article = DraftArticleFactory(title="A text", **COMPLETE)
    revisions.record(article, by=author)
    publishing.submit(article, by=None)
    return article


@pytest.fixture
def next_version(author):
    """The next version of a public article in review."""
    article = PublishedArticleFactory(title="First", **COMPLETE)
    rewrite(article, author, title="Second")
    publishing.submit(article, by=None)
    return article


def test_review_of_every_kind_opens_as_a_whole(admin_client):
    for factory in DRAFTS.values():
        item = factory(status=Status.IN_REVIEW)
        page = admin_client.get(url(item))
        assert (page.status_code, page.context["difference"].is_whole) == (200, True)
        assert {
            one.name for one in [*page.context["difference"].fields, *page.context["difference"].parts]
        } <= {*comments.places_of(type(item))}


def test_review_shows_the_draft_against_what_readers_see(admin_client, next_version):
    page = admin_client.get(url(next_version))
    assert places(page) == [("Title", [])]
    (change,) = page.context["difference"].fields
    assert (change.before, change.after) == ("First", "Second")
    text = page.content.decode()
    assert "Written by anna." in " ".join(text.split())
    assert f'href="{url(next_version, "preview")}"' in text
    assert f'href="{url(next_version, "checklist")}"' in text


def test_what_readers_got_meanwhile_is_no_change_of_the_draft(admin_client, next_version):
    """Publishing merges: the page shows what it would make."""
    Article.objects.update(standfirst="<p>New.</p>")
    assert places(admin_client.get(url(next_version))) == [("Title", [])]
    Article.objects.update(title="Third")
    page = admin_client.get(url(next_version))
    assert page.context["conflicts"] == url(next_version, "conflicts")


def test_comments_stand_beside_their_field_on_the_whole_and_on_what_does_not_change(
    admin_client, next_version
):
    for field, text in (("title", "Longer?"), ("", "Good."), ("citations", "None?")):
        page = say(admin_client, next_version, text, field=field)
        assert said(page) == ["Your comment is kept."]
    assert places(page) == [("Title", ["Longer?"])]
    assert [one.comment.text for one in page.context["whole"].threads] == ["Good."]
    assert [(one.label, len(one.threads)) for one in page.context["unchanged"]] == [("Citations", 1)]


def test_comment_leads_back_to_itself_and_is_answered_resolved_and_opened_again(admin_client, next_version):
    answer = admin_client.post(url(next_version), {"act": "comment", "text": "Longer?", "field": "title"})
    first = Comment.objects.get()
    assert answer.headers["Location"] == f"{url(next_version)}#comment-{first.pk}"
    say(admin_client, next_version, "It is.", answers=first.pk)
    page = admin_client.post(url(next_version), {"act": "resolve", "comment": first.pk}, follow=True)
    (section,) = page.context["changed"]
    assert (section.threads, [one.comment for one in section.resolved]) == ([], [first])
    assert "It is." in page.content.decode()
    admin_client.post(url(next_version), {"act": "reopen", "comment": first.pk})
    assert places(admin_client.get(url(next_version))) == [("Title", ["Longer?"])]


def test_typed_text_stays_where_it_was_when_it_is_refused(admin_client, next_version, author):
    page = say(admin_client, next_version, "Ask @nobody", field="title", mentions=[author.pk])
    (section,) = page.context["changed"]
    assert (section.box.text, section.box.mentions) == ("Ask @nobody", {author.pk})
    assert "called @nobody." in section.box.error
    assert page.content.decode().count("Ask @nobody</textarea>") == 1
    page = say(admin_client, next_version, "Gone?", field="formerly")
    assert (page.context["whole"].box.text, Comment.objects.count()) == ("Gone?", 0)


def test_text_of_a_comment_is_no_html(admin_client, next_version):
    page = say(admin_client, next_version, "<script>x</script>", field="title").content.decode()
    assert ("<script>x" in page, "&lt;script&gt;x" in page) == (False, True)
    form = admin_client.get(url(next_version, "change")).content.decode()
    assert ("<script>x" in form, "&lt;script&gt;x" in form) == (False, True)


def test_comment_is_marked_when_its_field_has_changed_since(admin_client, next_version, author):
    say(admin_client, next_version, "Longer?", field="title")
    assert "on an earlier wording" not in admin_client.get(url(next_version)).content.decode()
    rewrite(next_version, author, title="A longer one")
    assert "on an earlier wording" in admin_client.get(url(next_version)).content.decode()


# Verbs


def test_editor_returns_with_a_note_that_the_author_finds(admin_client, author, next_version):
    page = admin_client.get(url(next_version))
    admin_client.post(page.context["return"], {"note": "@anna, name the source."})
    assert WorkingCopy.objects.get().stage == "draft"
    page = browser(author).get(url(next_version))
    assert [one.comment.text for one in page.context["whole"].threads] == ["@anna, name the source."]
    assert [one.item for one in comments.waiting_for(author)] == [next_version]


def test_editor_publishes_what_they_have_read(admin_client, article):
    seen = admin_client.get(url(article)).context["seen"]
    answer = admin_client.post(url(article), {"act": "publish", "seen": seen}, follow=True)
    assert (said(answer), Article.objects.get().is_public) == (["“A text”: published."], True)


def test_draft_that_changes_while_the_page_is_made_counts_as_not_read(
    admin_client, article, author, monkeypatch
):
    making_of = drafts.making_of

    def late(*arguments):
        monkeypatch.undo()
        revisions.record(article, by=author)
        return making_of(*arguments)

    monkeypatch.setattr(drafts, "making_of", late)
    seen = admin_client.get(url(article)).context["seen"]
    admin_client.post(url(article), {"act": "publish", "seen": seen}, follow=True)
    assert not Article.objects.get().is_public


@pytest.mark.parametrize("seen", [None, "", "0-0"])
def test_draft_that_changed_since_it_was_read_is_not_published(admin_client, article, author, seen):
    if seen is None:
        seen = admin_client.get(url(article)).context["seen"]
        revisions.record(article, by=author)
    answer = admin_client.post(url(article), {"act": "publish", "seen": seen}, follow=True)
    assert said(answer) == [
        "The draft has changed since you opened this page. Read it again, then publish it."
    ]
    assert Article.objects.get().status == Status.IN_REVIEW


def test_author_comments_but_does_not_decide(author, article):
    client = browser(author)
    page = client.get(url(article))
    assert (page.context["publish"], page.context["return"]) == (False, "")
    assert said(say(client, article, "Done.")) == ["Your comment is kept."]
    answer = client.post(url(article), {"act": "publish", "seen": page.context["seen"]}, follow=True)
    assert (answer.status_code, Article.objects.get().status) == (403, Status.IN_REVIEW)


def test_review_of_what_is_not_in_review_offers_no_verb_that_does_not_apply(admin_client):
    public = PublishedArticleFactory()
    page = admin_client.get(url(public))
    assert (page.context["publish"], page.context["return"], page.context["changed"]) == (False, "", [])
    assert "readers see all that is written" in page.content.decode()
    page = admin_client.get(url(DraftArticleFactory()))
    assert (page.context["publish"], page.context["return"]) == (True, "")


# Rights and forged requests


def test_reviewer_who_loses_the_right_in_between_changes_nothing(article):
    reviewer = person("Editor", "rose")
    client = browser(reviewer)
    made = comments.comment(article, "Why?", by=reviewer)
    seen = client.get(url(article)).context["seen"]
    reviewer.groups.clear()
    sent = (
        {"act": "comment", "text": "Still here."},
        {"act": "resolve", "comment": made.pk},
        {"act": "publish", "seen": seen},
    )
    assert [client.post(url(article), data).status_code for data in sent] == [403] * 3
    assert client.get(url(article)).status_code == 403
    assert (Comment.objects.get().is_open, Article.objects.get().status) == (True, Status.IN_REVIEW)


def test_author_resolves_no_comment_on_the_draft_of_another(article, admin_client):
    made = comments.comment(article, "Why?", by=User.objects.get(username="editor"))
    other = browser(person("Author", "other"))
    page = other.get(url(article))
    assert [one.may_resolve for one in page.context["whole"].threads] == [False]
    assert other.post(url(article), {"act": "resolve", "comment": made.pk}).status_code == 403
    assert Comment.objects.get().is_open


def test_forged_acts_and_numbers_are_not_found(admin_client, editor, article, next_version):
    made = comments.comment(next_version, "Why?", by=editor)
    for data in ({}, {"act": "delete"}, {"act": "resolve"}, {"act": "resolve", "comment": made.pk}):
        assert admin_client.post(url(article), data).status_code == 404
    page = say(admin_client, article, "So.", answers=made.pk)
    assert (Comment.objects.count(), page.context["typed"].text) == (1, "So.")
    assert page.content.decode().count("So.</textarea>") == 1


def test_stranger_sees_neither_review_nor_queue(article):
    stranger = browser(ReaderOfTheAdminFactory())
    assert (stranger.get(url(article)).status_code, stranger.get(QUEUE).status_code) == (403, 403)


# Panel, queue, numbers of queries


def test_form_lists_open_comments_by_their_field(admin_client, editor, next_version):
    panel = admin_client.get(url(next_version, "change")).context["publishing"]["review"]
    assert (panel["said"], panel["rows"]) == ("no open comments", [])
    for _ in range(6):
        comments.comment(next_version, "Longer?", by=editor, field="title")
    page = admin_client.get(url(next_version, "change"))
    panel = page.context["publishing"]["review"]
    assert (panel["said"], panel["more"]) == ("6 open comments", 1)
    assert [(place, one.text) for place, one in panel["rows"]] == [("Title", "Longer?")] * 5
    assert f'href="{url(next_version)}"' in page.content.decode()


def test_queue_shows_what_waits_and_is_narrowed(admin_client, author, article, next_version):
    page = admin_client.get(QUEUE)
    assert [(entry.title, address) for entry, address in page.context["rows"]] == [
        ("A text", url(article)),
        ("Second", url(next_version)),
    ]
    assert [(name, count) for name, _label, count in page.context["choices"]] == [
        ("all", 2),
        ("to-publish", 2),
        ("mine", 0),
        ("mentions", 0),
    ]
    mine = browser(author).get(QUEUE, {"show": "mine"}).context["rows"]
    assert [entry.title for entry, _address in mine] == ["A text", "Second"]
    assert admin_client.get(QUEUE, {"show": "nothing"}).status_code == 404


def test_review_asks_as_often_for_many_comments_as_for_one(
    admin_client, editor, next_version, django_assert_num_queries, django_assert_max_num_queries
):
    def talk() -> None:
        first = comments.comment(next_version, "@anna, longer?", by=editor, field="title")
        comments.comment(next_version, "@anna", by=editor, answers=first)
        comments.resolve(comments.comment(next_version, "Good.", by=editor), by=editor)

    talk()
    with django_assert_max_num_queries(80) as few:
        admin_client.get(url(next_version))
    for _ in range(3):
        talk()
    with django_assert_num_queries(len(few)):
        admin_client.get(url(next_version))


def test_rows_of_the_item_are_reviewed_too(admin_client, editor):
    cited = CitationFactory().organization
    page = say(admin_client, cited, "One only?", field="citations")
    assert [(one.label, len(one.threads)) for one in page.context["unchanged"]] == [("Citations", 1)]
