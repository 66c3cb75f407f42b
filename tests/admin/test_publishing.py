"""Public state in the admin: buttons, pages of their own."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ecosystem.models import Article, FigureReference, Organization, Revision, Status
from tests.admin.forms import filled
from tests.factories import (
    FAR_AHEAD,
    SCHEDULED,
    WITHDRAWN,
    DraftArticleFactory,
    DraftOrganizationFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    ReaderOfTheAdminFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("admin:ecosystem_article_changelist")
ADD = reverse("admin:ecosystem_article_add")


def change_url(article) -> str:
    return reverse("admin:ecosystem_article_change", args=[article.pk])


def verb_url(article, name) -> str:
    return reverse("admin:ecosystem_article_verb", args=[article.pk, name])


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def send(client, url, **changes):
    return client.post(url, filled(client.get(url), **changes), follow=True)


@pytest.fixture
def author_client() -> Client:
    """Somebody who may add and look at articles, and not change them."""
    author = ReaderOfTheAdminFactory()
    allowed = Permission.objects.filter(codename__in=["add_article", "view_article"])
    author.user_permissions.set(allowed)
    client = Client()
    client.force_login(author)
    return client


# Forms


def test_new_item_is_a_draft(admin_client, editor):
    send(admin_client, ADD, title="A text", slug="a-text", _save="Save")
    article = Article.objects.get()
    assert (article.status, article.published_at) == ("draft", None)
    assert [(kept.note, kept.author) for kept in Revision.objects.all()] == [("added", editor)]


def test_status_cannot_be_typed(admin_client):
    send(admin_client, ADD, title="A text", slug="a-text", status="published", published_at="2025-01-01")
    assert Article.objects.get().status == "draft"


def test_save_and_publish_does_both(admin_client):
    text = {"title": "A text", "slug": "a-text", "standfirst": "What it finds."}
    page = send(admin_client, ADD, **text, _verb_publish="Save and publish")
    assert said(page) == ["“A text” was saved and published."]
    assert Article.objects.published().get().title == "A text"


def test_save_and_submit_does_both(admin_client):
    article = DraftArticleFactory()
    send(admin_client, change_url(article), title="Better", _verb_submit="Save and submit for review")
    article.refresh_from_db()
    assert (article.title, article.status) == ("Better", "in_review")


def test_invalid_form_is_not_published(admin_client):
    article = DraftArticleFactory()
    page = send(admin_client, change_url(article), title="", _verb_publish="Save and publish")
    assert page.context["errors"]
    assert not Article.objects.published().exists()


@pytest.mark.parametrize(
    ("state", "buttons", "links"),
    [
        ({}, ["publish", "submit"], ["schedule"]),
        ({"status": Status.IN_REVIEW}, ["publish"], ["schedule", "return"]),
        (SCHEDULED, ["publish", "unschedule"], []),
        (WITHDRAWN, ["publish"], []),
    ],
)
def test_form_offers_what_is_possible(admin_client, state, buttons, links):
    shown = admin_client.get(change_url(DraftArticleFactory(**state))).context["publishing"]
    assert [verb.name for verb in shown["buttons"]] == buttons
    assert [verb.name for verb, _address in shown["links"]] == links


def test_public_item_says_that_saving_makes_a_draft(admin_client):
    page = admin_client.get(change_url(PublishedArticleFactory())).content.decode()
    said = "What you save here becomes a draft of the next version. Readers see it when it is published."
    assert page.count(said) == 1


def test_only_public_items_link_to_their_page(admin_client):
    public, draft = PublishedArticleFactory(), DraftArticleFactory()
    pages = {item: admin_client.get(change_url(item)).content.decode() for item in (public, draft)}
    linked = {item: f'href="{item.get_absolute_url()}"' in page for item, page in pages.items()}
    assert linked == {public: True, draft: False}


def test_slug_is_fixed_once_published(admin_client):
    article = PublishedArticleFactory()
    data = filled(admin_client.get(change_url(article)))
    assert "slug" not in data
    typed = {"slug": "another", "title": "Renamed", "_verb_publish": "Save and publish"}
    admin_client.post(change_url(article), data | typed)
    changed = Article.objects.get()
    assert (changed.title, changed.slug) == ("Renamed", article.slug)


def test_slug_of_a_draft_can_change(admin_client):
    article = DraftArticleFactory()
    send(admin_client, change_url(article), slug="another")
    assert Article.objects.get().slug == "another"


def test_saving_without_a_change_keeps_no_revision(admin_client):
    article = DraftArticleFactory()
    send(admin_client, change_url(article))
    assert not Revision.objects.exists()
    send(admin_client, change_url(article), title="Better")
    assert [one.data[0]["fields"]["title"] for one in Revision.objects.all()] == ["Better", article.title]


# Figures


def test_help_shows_how_to_write_a_reference(admin_client):
    page = admin_client.get(change_url(DraftArticleFactory())).content.decode()
    assert "Numbers are references: &lt;figure-ref metric=" in page


def test_unknown_metric_is_an_error_that_names_it(admin_client):
    text = '<p>There are <figure-ref metric="no-such" period="latest" form="unit"></figure-ref>.</p>'
    page = send(admin_client, change_url(DraftArticleFactory()), body=text)
    assert page.context["errors"] == [
        [
            "figure-ref metric=no-such period=latest: there is no public metric “no-such”. "
            "Look its slug up in the list of metrics."
        ]
    ]


def test_figures_of_a_saved_text_are_recorded(admin_client):
    metric = PublishedMetricFactory(slug="companies")
    PublishedObservationFactory(metric=metric)
    article = DraftArticleFactory()
    text = '<p>There are <figure-ref metric="companies" period="2024" form="unit"></figure-ref>.</p>'
    send(admin_client, change_url(article), body=text)
    recorded = FigureReference.objects.get()
    assert (recorded.article, recorded.shown, recorded.period) == (article, metric, "2024")


def test_text_with_an_unknown_figure_is_not_published(admin_client):
    text = '<p>There are <figure-ref metric="no-such" period="latest" form="unit"></figure-ref>.</p>'
    article = DraftArticleFactory(body=text)
    page = admin_client.post(
        LIST, {"action": "publish_selected", "_selected_action": [article.pk]}, follow=True
    )
    assert said(page) == [
        f"{article}: figure-ref metric=no-such period=latest: there is no public metric “no-such”. "
        "Look its slug up in the list of metrics. "
        f'<a href="/admin/ecosystem/article/{article.pk}/checklist/">Before publishing</a>'
    ]
    assert not Article.objects.published().exists()


# Verbs with pages of their own


def test_schedule_asks_for_the_moment(admin_client):
    article = DraftArticleFactory()
    page = send(admin_client, verb_url(article, "schedule"), at="2999-01-06T17:00")
    article.refresh_from_db()
    assert article.published_at == FAR_AHEAD, "the moment is typed in Shanghai's time"
    assert said(page) == [f"“{article}”: scheduled."]
    assert "for 6 January 2999, 17:00, Shanghai time" in page.content.decode()


def test_schedule_in_the_past_is_refused_in_words(admin_client):
    article = DraftArticleFactory()
    moment = (timezone.localtime() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    page = send(admin_client, verb_url(article, "schedule"), at=moment)
    assert said(page) == ["That moment has passed. Choose a later one, or publish now."]
    assert Article.objects.get().status == "draft"


def test_schedule_without_a_moment_asks_again(admin_client):
    page = send(admin_client, verb_url(DraftArticleFactory(), "schedule"), at="")
    assert page.context["form"].errors == {"at": ["This field is required."]}


def test_withdraw_asks_for_a_notice_and_shows_it(admin_client):
    article = PublishedArticleFactory()
    page = send(admin_client, verb_url(article, "withdraw"), notice="It was about another year.")
    assert not Article.objects.published().exists()
    assert "Readers see this notice: It was about another year." in page.content.decode()


def test_returned_item_carries_the_note_in_its_history(admin_client):
    article = DraftArticleFactory(status=Status.IN_REVIEW)
    send(admin_client, verb_url(article, "return"), note="Name the source.")
    article.refresh_from_db()
    assert (article.status, Revision.objects.first().note) == ("draft", "Name the source.")


@pytest.mark.parametrize("name", ["publish", "unschedule"])
def test_verb_that_asks_nothing_is_confirmed_by_post(admin_client, name):
    article = DraftArticleFactory(**SCHEDULED)
    admin_client.get(verb_url(article, name))
    article.refresh_from_db()
    assert article.is_scheduled
    admin_client.post(verb_url(article, name))
    article.refresh_from_db()
    assert not article.is_scheduled


@pytest.mark.parametrize("name", ["explode", "save"])
def test_unknown_verb_is_not_found(admin_client, name):
    assert admin_client.post(verb_url(DraftArticleFactory(), name)).status_code == 404


def test_verb_of_a_missing_item_is_not_found(admin_client):
    assert (
        admin_client.get(reverse("admin:ecosystem_article_verb", args=[12345, "publish"])).status_code == 404
    )


# Rights


def test_who_may_not_change_may_not_publish_even_by_a_forged_request(author_client):
    article = DraftArticleFactory()
    assert author_client.post(verb_url(article, "publish")).status_code == 403
    author_client.post(LIST, {"action": "publish_selected", "_selected_action": [article.pk]})
    assert not Article.objects.published().exists()


def test_who_may_only_add_may_not_publish_what_is_added(author_client):
    page = author_client.get(ADD)
    assert [verb.name for verb in page.context["publishing"]["buttons"]] == ["submit"]
    forged = filled(page, title="A text", slug="a-text", _verb_publish="Save and publish")
    assert author_client.post(ADD, forged).status_code == 403
    assert not Article.objects.published().exists()


def test_stranger_is_sent_to_the_sign_in(client):
    article = DraftArticleFactory()
    answer = client.post(verb_url(article, "publish"))
    assert answer.url == reverse("admin:login") + f"?next={verb_url(article, 'publish')}"


# Lists


@pytest.mark.parametrize("state", ["draft", "in_review", "scheduled", "published", "withdrawn"])
def test_list_filters_by_public_state(admin_client, state):
    made = {
        "draft": DraftArticleFactory(),
        "in_review": DraftArticleFactory(status=Status.IN_REVIEW),
        "scheduled": DraftArticleFactory(**SCHEDULED),
        "published": PublishedArticleFactory(),
        "withdrawn": DraftArticleFactory(**WITHDRAWN),
    }
    page = admin_client.get(LIST, {"public": state})
    assert list(page.context["cl"].result_list) == [made[state]]
    assert f'<span class="state state-{state}">' in page.content.decode()


# Deleting


def test_public_item_is_withdrawn_not_deleted(admin_client):
    public, draft = PublishedOrganizationFactory(), DraftOrganizationFactory()
    urls = [reverse("admin:ecosystem_organization_delete", args=[item.pk]) for item in (public, draft)]
    assert [admin_client.post(url, {"post": "yes"}).status_code for url in urls] == [403, 302]
    assert list(Organization.objects.all()) == [public]


def test_deleted_draft_stays_in_the_revisions(admin_client):
    metric = PublishedMetricFactory(slug="companies")
    PublishedObservationFactory(metric=metric)
    article = DraftArticleFactory(slug="a-text")
    text = '<p><figure-ref metric="companies" period="2024" form="unit"></figure-ref></p>'
    send(admin_client, change_url(article), body=text)
    admin_client.post(reverse("admin:ecosystem_article_delete", args=[article.pk]), {"post": "yes"})
    assert not Article.objects.exists()
    assert (Revision.objects.first().note, Revision.objects.first().key) == ("deleted", "a-text")
