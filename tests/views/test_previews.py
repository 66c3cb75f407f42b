"""Editors see any page as readers would, with a mark where a figure is missing; nobody else sees it at all."""

import re

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from ecosystem.domain import previewing, working_copies
from ecosystem.models import Observation
from tests.factories import (
    DRAFTS,
    SCHEDULED,
    WITHDRAWN,
    DraftArticleFactory,
    EditorFactory,
    PublishedArticleFactory,
    ReaderOfTheAdminFactory,
)

pytestmark = pytest.mark.django_db

KINDS = [model for model in DRAFTS if model is not Observation]
MISSING = '<figure-ref metric="nowhere" period="2024"></figure-ref>'


def preview(page, language: str = "en") -> str:
    with override(language):
        return reverse(f"{page._meta.model_name}_preview", args=[page.slug])


@pytest.mark.parametrize("state", [{}, SCHEDULED, WITHDRAWN], ids=["draft", "scheduled", "withdrawn"])
@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_page_is_shown_to_editors_whatever_its_state(admin_client, client, model, state):
    page = DRAFTS[model](**state)
    for language in ("en", "zh-hans"):
        answer = admin_client.get(preview(page, language))
        assert (answer.status_code, answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == (
            200,
            "private, no-store",
            "noindex",
        )
        assert "ETag" not in answer.headers
        assert str(page) in answer.content.decode() or page.name_zh in answer.content.decode()
    assert client.get(preview(page)).status_code == 404


def test_only_who_may_look_at_it_in_the_admin_sees_it(client):
    page = DraftArticleFactory()
    client.force_login(ReaderOfTheAdminFactory())
    assert client.get(preview(page)).status_code == 404
    reviewer = EditorFactory(is_superuser=False)
    reviewer.user_permissions.set(Permission.objects.filter(codename="view_article"))
    client.force_login(reviewer)
    assert client.get(preview(page)).status_code == 200


def test_missing_figure_is_marked_in_the_preview_and_a_dash_for_readers(admin_client, client):
    article = PublishedArticleFactory(standfirst=f"It has {MISSING}.", body="<p>Text.</p>")
    shown = admin_client.get(preview(article)).content.decode()
    [code] = re.findall(r'<mark class="missing"[^>]*><code>(.*?)</code>', shown)
    assert code == "figure-ref metric=&quot;nowhere&quot; period=&quot;2024&quot;"
    public = client.get(article.get_absolute_url()).content.decode()
    assert ('class="missing"' in public, "There is no public value for this figure." in public) == (
        False,
        True,
    )


def test_preview_takes_no_past_day(admin_client):
    answer = admin_client.get(preview(DraftArticleFactory(title="Drafted")), {"known_on": "2025-01-20"})
    assert "Drafted" in answer.content.decode() and "As known on" not in answer.content.decode()


def test_form_of_a_page_leads_to_its_preview_and_that_of_a_value_does_not(admin_client):
    for model, factory in DRAFTS.items():
        item = factory()
        name = item._meta.model_name
        page = admin_client.get(reverse(f"admin:ecosystem_{name}_change", args=[item.pk]))
        expected = (
            None if model is Observation else reverse(f"admin:ecosystem_{name}_preview", args=[item.pk])
        )
        assert page.context["publishing"]["preview"] == expected


# The next version, and links for people without an account


@pytest.fixture
def article(admin_user):
    """A public article with a draft of its next version."""
    article = PublishedArticleFactory(title="Live title", title_zh="", body="<p>Live text.</p>")
    seen = working_copies.shown(article).data
    mine = [{**seen[0], "fields": {**seen[0]["fields"], "title": "Next title"}}, *seen[1:]]
    working_copies.keep(article, seen, mine, by=admin_user)
    return article


def heading(response) -> str:
    """The heading of a page, without the mark of words in another language."""
    html = re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL)[1]
    return re.sub(r"<[^>]*>", "", html).strip()


def shared(item, token: str, language: str = "en") -> str:
    with override(language):
        return reverse(f"{item._meta.model_name}_shared_preview", args=[item.slug, token])


def test_preview_shows_the_next_version_and_readers_see_the_old_one(admin_client, client, article):
    assert heading(admin_client.get(preview(article))) == "Next title"
    assert heading(client.get(article.get_absolute_url())) == "Live title"


def test_link_shows_the_next_version_to_whoever_has_it_in_both_languages(client, article):
    token = previewing.link_token(article)
    for language in ("en", "zh-hans"):
        answer = client.get(shared(article, token, language))
        assert (answer.status_code, heading(answer)) == (200, "Next title")
        assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == (
            "private, no-store",
            "no-referrer",
        )
        assert not answer.cookies


def test_link_of_another_item_or_of_nobody_shows_nothing(client, article):
    other = DraftArticleFactory()
    for token in (previewing.link_token(other), "nonsense", previewing.link_token(article)[:-1]):
        assert client.get(shared(article, token)).status_code == 404


def test_expired_link_says_what_to_do(client, article):
    token = previewing.link_token(article)
    with time_machine.travel(timezone.now() + previewing.LINK_LASTS, tick=False):
        answer = client.get(shared(article, token))
    assert (answer.status_code, heading(answer)) == (410, "This link has expired")
    assert "Next title" not in answer.content.decode()


def test_admin_shows_the_preview_in_a_frame_with_the_link(admin_client, client, article):
    page = admin_client.get(
        reverse("admin:ecosystem_article_preview", args=[article.pk]),
        {"language": "zh-hans", "width": "1200"},
    )
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    [frame] = re.findall(r'<iframe class="preview-frame preview-1200" src="(.*?)"', page.content.decode())
    framed = admin_client.get(frame)
    assert (frame, heading(framed)) == (preview(article, "zh-hans"), "Next title")
    assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert heading(client.get(page.context["link"])) == "Next title"
