"""An editor changes the address of an item on a page that says what becomes of everything."""

import pytest
from django.urls import reverse

from ecosystem.domain.renaming import rename
from ecosystem.models import Article, FormerAddress, Organization, Topic
from tests.admin.forms import filled
from tests.factories import (
    DraftArticleFactory,
    DraftOrganizationFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    ReaderOfTheAdminFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def at(item, page: str) -> str:
    return reverse(f"admin:ecosystem_{item._meta.model_name}_{page}", args=[item.pk])


def send(client, item, **typed):
    address = at(item, "rename")
    return client.post(address, filled(client.get(address), **typed), follow=True)


@pytest.fixture
def item():
    return PublishedOrganizationFactory(slug="fudan", name="Fudan")


def test_page_shows_the_present_address_and_where_the_item_is_used(admin_client, item):
    article = DraftArticleFactory(title="Names it", body='<p><a href="/organizations/fudan/">F</a></p>')
    page = admin_client.get(at(item, "rename"))
    html = page.content.decode()
    assert page.context["form"].initial == {"slug": "fudan"}
    assert ["/organizations/fudan/" in html, at(article, "change") in html] == [True, True]
    assert "The present address leads to the new one for good" in html


def test_address_is_changed_and_what_was_done_is_said(admin_client, item):
    DraftArticleFactory(body='<p><a href="/organizations/fudan/">F</a></p>')
    answer = send(admin_client, item, slug="fudan-university")
    assert answer.redirect_chain == [(at(item, "change"), 302)]
    assert [str(message) for message in answer.context["messages"]] == [
        "The address is /organizations/fudan-university/ now, and the former one leads to it. "
        "1 text was changed with it."
    ]
    assert Article.objects.get().body == '<p><a href="/organizations/fudan-university/">F</a></p>'
    history = admin_client.get(at(item, "history")).content.decode()
    assert "address changed from fudan" in history


def test_what_cannot_be_an_address_is_refused_with_what_to_do(admin_client, item):
    page = send(admin_client, item, slug="Fudan University")
    assert page.context["form"].errors == {
        "slug": ["Write small letters, digits and hyphens, such as fudan-university."]
    }
    assert Organization.objects.get().slug == "fudan"


def test_former_address_of_another_is_taken_over_only_when_asked_for(admin_client, item):
    other = PublishedOrganizationFactory(slug="sjtu", name="Jiao Tong")
    rename(other, "jiao-tong", by=None)
    assert "Take it over" not in admin_client.get(at(item, "rename")).content.decode()
    page = send(admin_client, item, slug="sjtu")
    assert page.context["form"].errors["slug"] == [
        "“sjtu” is a former address of “Jiao Tong” and leads there.",
        "Choose another slug, or take it over.",
    ]
    assert "Take it over" in page.content.decode()
    admin_client.post(at(item, "rename"), filled(page, frees="on"))
    item.refresh_from_db()
    assert (item.slug, FormerAddress.objects.get().item) == ("sjtu", item)


def test_form_of_an_item_refuses_a_slug_that_leads_to_another(admin_client, item):
    rename(item, "fd", by=None)
    draft = DraftOrganizationFactory(slug="draft")
    typed = filled(admin_client.get(at(draft, "change")), slug="fudan")
    page = admin_client.post(at(draft, "change"), typed)
    assert page.context["errors"] == [
        [
            "“fudan” is a former address of “Fudan” and leads there. "
            "Choose another, or save this one and change its address then."
        ]
    ]


@pytest.mark.parametrize(
    "factory", [PublishedOrganizationFactory, TopicFactory], ids=["organization", "topic"]
)
def test_slug_of_what_readers_know_is_no_field_of_the_form(admin_client, factory):
    made = factory(slug="known")
    page = admin_client.get(at(made, "change"))
    assert 'name="slug"' not in page.content.decode()
    assert f'<a href="{at(made, "rename")}">Change the address…</a>' in page.content.decode()
    admin_client.post(at(made, "change"), filled(page, slug="other"))
    made.refresh_from_db()
    assert made.slug == "known"


def test_topic_gets_another_address(admin_client):
    topic = TopicFactory(slug="chips")
    send(admin_client, topic, slug="semiconductors")
    assert Topic.objects.get().slug == "semiconductors"
    assert FormerAddress.objects.get().item == topic


def test_only_those_who_may_change_the_item_may_move_it(client, admin_client, item):
    client.force_login(ReaderOfTheAdminFactory())
    assert client.post(at(item, "rename"), {"slug": "new"}).status_code == 403
    assert Organization.objects.get().slug == "fudan"
    missing = reverse("admin:ecosystem_organization_rename", args=[item.pk + 1])
    assert admin_client.get(missing).status_code == 404


def test_value_has_no_address_of_its_own(admin_client):
    assert admin_client.get(at(PublishedObservationFactory(), "rename")).status_code == 404


def test_item_with_former_addresses_is_deleted_with_them(admin_client):
    draft = DraftOrganizationFactory(slug="one")
    rename(draft, "two", by=None)
    admin_client.post(at(draft, "delete"), {"post": "yes"})
    assert (Organization.objects.count(), FormerAddress.objects.count()) == (0, 0)
