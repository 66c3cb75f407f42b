"""Records that belong to an item: edited with it or alone, they are part of its revisions."""

import pytest
from django.urls import reverse

from ecosystem.domain.index import versions
from ecosystem.models import Citation, Correction, OrganizationName, Revision, SearchDocument
from tests.admin.forms import filled
from tests.factories import (
    CitationFactory,
    CorrectionFactory,
    DraftOrganizationFactory,
    OrganizationNameFactory,
    PublishedMetricFactory,
    PublishedOrganizationFactory,
    PublishedSourceFactory,
)

pytestmark = pytest.mark.django_db


def url(kind, page, *args) -> str:
    return reverse(f"admin:ecosystem_{kind}_{page}", args=args)


def test_organization_is_edited_with_its_parts(admin_client):
    organization, source = PublishedOrganizationFactory(), PublishedSourceFactory()
    address = url("organization", "change", organization.pk)
    rows = {
        "names-TOTAL_FORMS": 1,
        "names-0-text": "Short",
        "names-0-language": "en",
        "names-0-kind": "short",
        "citations-TOTAL_FORMS": 1,
        "citations-0-source": source.pk,
        "citations-0-position": 1,
        "relationships-TOTAL_FORMS": 1,
        "relationships-0-kind": "parent",
        "relationships-0-other": PublishedOrganizationFactory().pk,
    }
    admin_client.post(address, filled(admin_client.get(address), **rows))
    draft = Revision.objects.get(of_working_copy=True)
    assert [(row["model"], row["pk"]) for row in draft.data] == [
        ("ecosystem.organization", organization.pk),
        ("ecosystem.organizationname", -1),
        ("ecosystem.organizationrelationship", -2),
        ("ecosystem.citation", -3),
    ]
    assert not OrganizationName.objects.exists()
    admin_client.post(address, filled(admin_client.get(address), _verb_publish="Save and publish"))
    kept = (organization.names.get(), organization.relationships.get(), organization.citations.get())
    assert [str(each) for each in kept] == ["Short", str(kept[1]), str(kept[2])]
    assert Revision.objects.first().note == "next version published"


def test_organization_with_its_parts_is_one_change_of_the_index(admin_client):
    organization = PublishedOrganizationFactory(name_zh="")
    address, before = url("organization", "change", organization.pk), versions.current().number
    rows = {
        "name": "Lujiazui Robotics",
        "names-TOTAL_FORMS": 1,
        "names-0-text": "LJZ",
        "names-0-language": "en",
        "names-0-kind": "acronym",
        "_verb_publish": "Save and publish",
    }
    admin_client.post(address, filled(admin_client.get(address), **rows))
    assert SearchDocument.objects.get(document=organization.pk).names == "lujiazui robotics ljz"
    assert versions.current().number == before + 1


def test_part_saved_alone_keeps_the_state_of_its_item(admin_client, editor):
    name = OrganizationNameFactory(organization=DraftOrganizationFactory())
    address = url("organizationname", "change", name.pk)
    admin_client.post(address, filled(admin_client.get(address), text="Renamed"))
    revision = Revision.objects.get()
    assert (revision.key, revision.note, revision.author) == (
        name.organization.slug,
        "changed: name",
        editor,
    )
    assert revision.data[1]["fields"]["text"] == "Renamed"


def test_part_deleted_alone_keeps_the_state_of_its_item(admin_client):
    name = OrganizationNameFactory(organization=DraftOrganizationFactory())
    admin_client.post(url("organizationname", "delete", name.pk), {"post": "yes"})
    assert not OrganizationName.objects.exists()
    assert [row["model"] for row in Revision.objects.get().data] == ["ecosystem.organization"]


def test_parts_deleted_in_bulk_keep_the_state_of_their_items(admin_client):
    names = [OrganizationNameFactory(organization=DraftOrganizationFactory()) for _ in range(2)]
    chosen = {
        "action": "delete_selected",
        "_selected_action": [name.pk for name in names],
        "post": "yes",
    }
    admin_client.post(url("organizationname", "changelist"), chosen)
    assert {revision.key for revision in Revision.objects.all()} == {n.organization.slug for n in names}


def test_part_does_not_move_to_another_item(admin_client):
    name = OrganizationNameFactory(organization=DraftOrganizationFactory())
    other = DraftOrganizationFactory()
    address = url("organizationname", "change", name.pk)
    data = filled(admin_client.get(address), text="Renamed")
    assert "organization" not in data
    admin_client.post(address, data | {"organization": other.pk})
    name.refresh_from_db()
    assert name.organization != other


def test_citation_is_about_exactly_one_page(admin_client):
    address = url("citation", "add")
    data = filled(admin_client.get(address), source=PublishedSourceFactory().pk)
    chosen = {"organization": PublishedOrganizationFactory().pk, "metric": PublishedMetricFactory().pk}
    for pages in ({}, chosen):
        page = admin_client.post(address, data | pages)
        assert page.context["errors"] == [["Choose exactly one page that this is about."]]
    draft = DraftOrganizationFactory()
    admin_client.post(address, data | {"organization": draft.pk})
    assert Citation.objects.get().organization == draft


def test_citation_names_its_page_once_it_stands(admin_client):
    citation = CitationFactory()
    page = admin_client.get(url("citation", "change", citation.pk)).content.decode()
    assert f"{citation.organization} (organization)" in page


def test_page_with_a_published_correction_is_not_deleted(admin_client):
    correction = CorrectionFactory()
    organization = correction.organization
    organization.status = "withdrawn"
    organization.save()
    answer = admin_client.post(url("organization", "delete", organization.pk), {"post": "yes"})
    assert answer.status_code == 403
    assert Correction.objects.exists()
