"""Verbs of publishing on what is marked in a list: one question, each item by itself, the rest named with reasons."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ecosystem.domain import publishing
from ecosystem.models import Article, Comment, Status, WorkingCopy
from tests.admin.forms import filled
from tests.domain.test_comments import rewrite
from tests.factories import DraftArticleFactory, PublishedArticleFactory, PublishedObservationFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:ecosystem_article_changelist")


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def marked(name: str, *articles: Article) -> dict:
    return {"action": f"{name}_selected", "_selected_action": [article.pk for article in articles]}


def answered(client, name: str, *articles: Article, **answers: str):
    """The answer after the page of the action was filled in and sent."""
    chosen = marked(name, *articles)
    asked = client.post(LIST, chosen)
    assert "_seen" not in filled(asked)
    return client.post(LIST, filled(asked) | chosen | answers, follow=True)


def test_publish_does_what_it_can_and_names_the_rest(admin_client):
    drafts = [DraftArticleFactory(), DraftArticleFactory()]
    public = PublishedArticleFactory()
    chosen = [article.pk for article in (*drafts, public)]
    page = admin_client.post(LIST, {"action": "publish_selected", "_selected_action": chosen}, follow=True)
    assert said(page) == [f"{public}: It is public already.", "2 items: published."]
    assert Article.objects.published().count() == 3


def test_submit(admin_client):
    article = DraftArticleFactory()
    admin_client.post(LIST, {"action": "submit_selected", "_selected_action": [article.pk]})
    assert Article.objects.get().status == "in_review"


def test_withdraw_asks_for_one_notice(admin_client):
    articles = [PublishedArticleFactory(), PublishedArticleFactory()]
    chosen = {"action": "withdraw_selected", "_selected_action": [article.pk for article in articles]}
    asked = admin_client.post(LIST, chosen)
    assert Article.objects.published().count() == 2
    page = admin_client.post(LIST, filled(asked) | chosen | {"notice": "Moved."}, follow=True)
    assert said(page) == ["2 items: withdrawn."]
    assert {article.withdrawn_notice for article in Article.objects.all()} == {"Moved."}


def test_withdraw_without_a_notice_asks_again(admin_client):
    article = PublishedArticleFactory()
    chosen = {"action": "withdraw_selected", "_selected_action": [article.pk], "notice": ""}
    assert admin_client.post(LIST, chosen).context["form"].errors == {"notice": ["This field is required."]}
    assert Article.objects.published().exists()


def test_schedule_takes_drafts_and_next_versions_to_one_moment(admin_client, editor):
    draft, public, still = DraftArticleFactory(), PublishedArticleFactory(), PublishedArticleFactory()
    rewrite(public, editor, title="Next")
    moment = timezone.localtime().replace(second=0, microsecond=0) + timedelta(days=1)
    page = answered(admin_client, "schedule", draft, public, still, at=moment.strftime("%Y-%m-%dT%H:%M"))
    assert said(page) == [f"{still}: It is public already; withdraw it first.", "2 items: scheduled."]
    draft.refresh_from_db()
    assert (draft.published_at, WorkingCopy.objects.get().publish_at) == (moment, moment)


def test_schedule_in_the_past_is_refused_for_each(admin_client):
    drafts = [DraftArticleFactory(), DraftArticleFactory()]
    page = answered(admin_client, "schedule", *drafts, at="2020-01-01T00:00")
    refusal = "That moment has passed. Choose a later one, or publish now."
    assert sorted(said(page)) == sorted(f"{draft}: {refusal}" for draft in drafts)
    assert Article.objects.filter(published_at=None).count() == 2


def test_return_says_the_same_to_each_author(admin_client, editor):
    handed_in, next_version, draft = DraftArticleFactory(), PublishedArticleFactory(), DraftArticleFactory()
    rewrite(next_version, editor, title="Next")
    for article in (handed_in, next_version):
        publishing.submit(article, by=editor)
    page = answered(admin_client, "return", handed_in, next_version, draft, note="Name the sources.")
    assert said(page) == [
        f"{draft}: Only an item in review can be returned.",
        "2 items: returned to draft.",
    ]
    handed_in.refresh_from_db()
    assert (handed_in.status, WorkingCopy.objects.get().stage) == (Status.DRAFT, WorkingCopy.Stage.DRAFT)
    assert [comment.text for comment in Comment.objects.all()] == ["Name the sources."] * 2


def test_discard_is_asked_about_and_leaves_what_readers_see(admin_client, editor):
    article, without = PublishedArticleFactory(title="Live"), DraftArticleFactory()
    rewrite(article, editor, title="Next")
    admin_client.post(LIST, marked("discard", article))
    assert WorkingCopy.objects.count() == 1
    page = answered(admin_client, "discard", article, without)
    assert said(page) == [f"{without}: It has no draft of a next version.", "1 item: draft discarded."]
    assert (WorkingCopy.objects.count(), Article.objects.get(pk=article.pk).title) == (0, "Live")


def test_values_have_no_drafts_to_discard(admin_client):
    PublishedObservationFactory()
    page = admin_client.get(reverse("admin:ecosystem_observation_changelist"))
    names = [name for name, _label in page.context["action_form"].fields["action"].choices]
    assert ("discard_selected" in names, "return_selected" in names) == (False, True)
