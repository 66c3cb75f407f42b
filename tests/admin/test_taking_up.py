"""Stored states taken up again, and deleted items restored, from the admin."""

import pytest
from django.urls import reverse

from ecosystem.domain import revisions
from ecosystem.models import Article, Revision, WorkingCopy
from tests.admin.forms import filled
from tests.factories import (
    DraftArticleFactory,
    PublishedArticleFactory,
    PublishedObservationFactory,
    ReaderOfTheAdminFactory,
    RevisionFactory,
)

pytestmark = pytest.mark.django_db


def take_up_url(item, revision) -> str:
    return reverse(f"admin:ecosystem_{item._meta.model_name}_take_up", args=[item.pk, revision.pk])


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def saved_twice(factory):
    item = factory(title="First")
    first = revisions.record(item, by=None)
    item.title = "Second"
    item.save()
    revisions.record(item, by=None)
    return item, first


def test_history_leads_to_the_state_and_the_state_to_the_draft(admin_client):
    article, first = saved_twice(PublishedArticleFactory)
    history = admin_client.get(reverse("admin:ecosystem_article_history", args=[article.pk]))
    assert history.content.decode().count(f'href="{take_up_url(article, first)}"') == 1
    page = admin_client.get(take_up_url(article, first))
    assert [field.label for field in page.context["difference"].fields] == ["Title"]
    page = admin_client.post(take_up_url(article, first), follow=True)
    assert said(page) == ["“Second”: the form shows the stored state. What was announced to readers stays."]
    assert (filled(page)["title"], Article.objects.get().title) == ("First", "Second")
    assert WorkingCopy.objects.get().stage == "draft"


def test_draft_goes_back_at_once(admin_client):
    article, first = saved_twice(DraftArticleFactory)
    admin_client.post(take_up_url(article, first))
    assert (Article.objects.get().title, WorkingCopy.objects.count()) == ("First", 0)


def test_present_state_taken_up_changes_nothing(admin_client):
    article = PublishedArticleFactory(title="Only")
    only = revisions.record(article, by=None)
    page = admin_client.post(take_up_url(article, only), follow=True)
    assert said(page) == ["“Only” says so already."]
    assert (Revision.objects.get(), WorkingCopy.objects.count()) == (only, 0)


def test_value_that_has_been_public_is_corrected_and_never_taken_back(admin_client):
    value = PublishedObservationFactory()
    kept = revisions.record(value, by=None)
    assert admin_client.post(take_up_url(value, kept)).status_code == 403


def test_who_may_not_change_the_item_takes_nothing_up(client):
    article, first = saved_twice(PublishedArticleFactory)
    client.force_login(ReaderOfTheAdminFactory())
    assert client.post(take_up_url(article, first)).status_code == 403
    assert not WorkingCopy.objects.exists()


def test_state_of_another_item_is_not_taken_up(admin_client):
    article, _first = saved_twice(PublishedArticleFactory)
    other, foreign = saved_twice(PublishedArticleFactory)
    assert admin_client.post(take_up_url(article, foreign)).status_code == 404
    assert other.pk != article.pk


def test_deleted_item_is_restored_from_its_last_state(admin_client):
    article = DraftArticleFactory(title="Gone", slug="gone")
    admin_client.post(reverse("admin:ecosystem_article_delete", args=[article.pk]), {"post": "yes"})
    last = Revision.objects.get(key="gone")
    page = admin_client.get(reverse("admin:ecosystem_revision_change", args=[last.pk]))
    page = admin_client.post(page.context["restore_url"], follow=True)
    assert said(page) == ["“Gone” is a draft again, with all its rows."]
    assert (Article.objects.get().slug, Article.objects.get().status) == ("gone", "draft")
    again = admin_client.get(reverse("admin:ecosystem_revision_change", args=[last.pk]))
    assert "restore_url" not in again.context


def test_state_that_cannot_be_restored_says_why(admin_client):
    kept = RevisionFactory(
        kind="topic", key="gone", data=[{"model": "ecosystem.topic", "pk": 9, "fields": {}}]
    )
    page = admin_client.post(reverse("admin:ecosystem_revision_restore", args=[kept.pk]), follow=True)
    assert said(page) == ["This field cannot be blank. This field cannot be blank."]
