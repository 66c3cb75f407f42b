"""Where an item is used stands on a page of its own, and before it is withdrawn, deleted or given another address."""

import pytest
from django.urls import reverse

from ecosystem.admin.uses import LISTED
from ecosystem.models import Citation, FigureReference, Observation, Organization, Source, Status, Topic
from tests.admin.forms import filled
from tests.factories import (
    SCHEDULED,
    CitationFactory,
    DraftArticleFactory,
    DraftObservationFactory,
    DraftOrganizationFactory,
    DraftSourceFactory,
    FigureReferenceFactory,
    ImageFactory,
    PublishedArticleFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    PublishedSourceFactory,
    ReaderOfTheAdminFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
SOURCES = reverse("admin:ecosystem_source_changelist")


def at(item, page: str, *args: str) -> str:
    return reverse(f"admin:ecosystem_{item._meta.model_name}_{page}", args=[item.pk, *args])


def note(slug: str) -> str:
    return f'<p>Said.<source-note source="{slug}">There.</source-note></p>'


def link(slug: str) -> str:
    return f'<p>See <a href="/organizations/{slug}/">them</a>.</p>'


def listed(page) -> dict[str, list[tuple[str, str]]]:
    """What the page lists of uses: by group, the name and the public state of each."""
    return {
        group.label: [(use["name"], use.get("state", "")) for use in found]
        for _item, _said, groups in page.context["uses"]
        for group, found in groups
    }


def test_page_lists_every_use_with_its_state_and_its_address_in_the_admin(admin_client):
    item = PublishedOrganizationFactory(slug="fudan")
    draft = DraftArticleFactory(title="Draft", body=link("fudan"))
    public = PublishedArticleFactory(title="Public")
    waiting = PublishedArticleFactory(title="Waiting", **SCHEDULED)
    for article in (public, waiting):
        article.organizations.add(item)
    page = admin_client.get(at(item, "uses"))
    assert listed(page) == {
        "Texts that name it": [("Draft", "draft")],
        "Articles (organizations)": [("Public", "published"), ("Waiting", "scheduled")],
    }
    html = page.content.decode()
    assert [at(each, "change") in html for each in (draft, public, waiting)] == [True] * 3


def test_form_links_to_the_page_which_says_how_often_the_item_is_used(admin_client):
    item = TopicFactory()
    address = at(item, "uses")
    assert (
        f'<a href="{address}" data-uses>Where it is used</a>'
        in admin_client.get(at(item, "change")).content.decode()
    )
    assert "No text names it" in admin_client.get(address).content.decode()
    said = [admin_client.get(address, {"count": ""}).json()["said"]]
    for _ in range(2):
        DraftOrganizationFactory().topics.add(item)
        said.append(admin_client.get(address, {"count": ""}).json()["said"])
    assert said == ["Used nowhere", "Used in 1 place", "Used in 2 places"]


def test_value_has_no_uses_of_its_own(admin_client):
    value = PublishedObservationFactory()
    assert "uses_address" not in admin_client.get(at(value, "change")).context
    assert admin_client.get(at(value, "uses")).status_code == 404


def test_uses_of_a_picture_are_the_articles_that_it_covers(admin_client):
    image = ImageFactory()
    DraftArticleFactory(title="With a cover", cover=image)
    assert listed(admin_client.get(at(image, "uses"))) == {"Articles (cover)": [("With a cover", "draft")]}


def test_page_is_for_those_who_may_see_the_item(client):
    item = PublishedOrganizationFactory()
    client.force_login(ReaderOfTheAdminFactory())
    assert client.get(at(item, "uses")).status_code == 403
    assert client.get(reverse("admin:ecosystem_organization_uses", args=[item.pk + 1])).status_code == 404


# Deleting


def test_deleting_says_first_where_an_item_is_used(admin_client):
    item = DraftOrganizationFactory(slug="fudan")
    DraftArticleFactory(title="Names it", body=link("fudan"))
    page = admin_client.get(at(item, "delete"))
    assert listed(page) == {"Texts that name it": [("Names it", "draft")]}
    warning = f"{item}: Used in 1 place. Each place is listed below, and would lose it."
    assert f'<p class="errornote">{warning}</p>' in page.content.decode()
    admin_client.post(at(item, "delete"), {"post": "yes"})
    assert not Organization.objects.exists()


def test_deleting_several_says_it_of_each(admin_client):
    used, unused = TopicFactory(name="Used"), TopicFactory(name="Unused")
    DraftOrganizationFactory(name="Files itself under it").topics.add(used)
    chosen = {"action": "delete_selected", "_selected_action": [used.pk, unused.pk]}
    page = admin_client.post(reverse("admin:ecosystem_topic_changelist"), chosen)
    assert [item for item, _said, _groups in page.context["uses"]] == [used]
    assert "Files itself under it" in page.content.decode()
    admin_client.post(reverse("admin:ecosystem_topic_changelist"), chosen | {"post": "yes"})
    assert not Topic.objects.exists()


@pytest.mark.parametrize("kind", ["value", "citation", "figure", "note"])
def test_source_in_use_is_not_deleted_and_the_page_lists_what_rests_on_it(admin_client, kind):
    source = DraftSourceFactory(slug="yearbook")
    article = DraftArticleFactory(title="Rests on it", body=note("yearbook") if kind == "note" else "")
    name = str(DraftObservationFactory(source=source)) if kind == "value" else "Rests on it"
    if kind == "citation":
        CitationFactory(source=source, organization=None, article=article)
    if kind == "figure":
        FigureReferenceFactory(shown=None, cited=source, article=article)
    before = [model.objects.count() for model in (Source, Observation, Citation, FigureReference)]
    assert name in admin_client.get(at(source, "delete")).content.decode()
    admin_client.post(at(source, "delete"), {"post": "yes"})
    admin_client.post(SOURCES, {"action": "delete_selected", "_selected_action": [source.pk], "post": "yes"})
    assert [model.objects.count() for model in (Source, Observation, Citation, FigureReference)] == before


def test_source_on_which_nothing_rests_is_deleted(admin_client):
    source = DraftSourceFactory()
    admin_client.post(at(source, "delete"), {"post": "yes"})
    assert not Source.objects.exists()


# Withdrawing


def test_withdrawing_a_source_in_use_lists_what_rests_on_it_first(admin_client):
    source = PublishedSourceFactory()
    value = PublishedObservationFactory(source=source)
    page = admin_client.get(at(source, "verb", "withdraw"))
    assert listed(page) == {"Observations (source)": [(str(value), "published")]}
    assert "names a source that readers no longer see" in page.content.decode()
    admin_client.post(at(source, "verb", "withdraw"), filled(page, notice="It was a forgery."))
    source.refresh_from_db()
    assert source.status == Status.WITHDRAWN
    assert Observation.objects.get().source == source


def test_withdrawing_several_lists_what_rests_on_each(admin_client):
    source = PublishedSourceFactory()
    value = PublishedObservationFactory(source=source)
    page = admin_client.post(SOURCES, {"action": "withdraw_selected", "_selected_action": [source.pk]})
    assert str(value) in page.content.decode()


def test_of_more_than_can_be_read_the_rest_is_counted(admin_client):
    keys = [PublishedSourceFactory().pk for _ in range(LISTED + 2)]
    page = admin_client.post(SOURCES, {"action": "withdraw_selected", "_selected_action": keys})
    assert "Where 2 more are used is not listed here: open each to see." in page.content.decode()


def test_item_without_uses_is_withdrawn_without_a_list(admin_client):
    source = PublishedSourceFactory()
    assert admin_client.get(at(source, "verb", "withdraw")).context["uses"] == []


def test_publishing_lists_no_uses(admin_client):
    item = DraftOrganizationFactory(slug="fudan")
    DraftArticleFactory(body=link("fudan"))
    assert "uses" not in admin_client.get(at(item, "verb", "publish")).context
