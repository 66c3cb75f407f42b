"""What the admin logs, and the page on which administrators read it."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from ecosystem.models import AuditEntry, Organization, Topic
from tests.admin.forms import filled
from tests.factories import (
    DraftOrganizationFactory,
    OrganizationNameFactory,
    PublishedArticleFactory,
    ReaderOfTheAdminFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
LOG = reverse("admin:ecosystem_auditentry_changelist")


def url(page: str, kind: str, *args) -> str:
    return reverse(f"admin:ecosystem_{kind}_{page}", args=args)


def acts(*kinds: str) -> list[tuple]:
    found = AuditEntry.objects.filter(kind__in=kinds).order_by("pk")
    return list(found.values_list("act", "kind", "label", "actor_name", "detail"))


def send(client, address, **typed):
    return client.post(address, filled(client.get(address), **typed), follow=True)


def shown(page) -> list[str]:
    return [entry.act for entry in page.context["cl"].result_list]


# What forms do


def test_adding_and_changing_are_logged_with_the_names_of_fields(admin_client):
    send(admin_client, url("add", "topic"), name="Chips", slug="chips")
    send(admin_client, url("change", "topic", Topic.objects.get().pk), name="Semiconductors")
    assert acts("topic") == [
        ("add", "topic", "Chips", "editor", ""),
        ("change", "topic", "Semiconductors", "editor", "Changed Name."),
    ]


def test_form_that_comes_back_as_it_was_is_not_logged(admin_client):
    send(admin_client, url("change", "topic", TopicFactory().pk))
    assert acts("topic") == []


def test_refused_form_is_not_logged(admin_client):
    send(admin_client, url("change", "topic", TopicFactory().pk), name="")
    assert acts("topic") == []


def test_save_and_publish_are_two_acts_of_one_request(admin_client):
    organization = DraftOrganizationFactory()
    address = url("change", "organization", organization.pk)
    send(admin_client, address, name="Works", _verb_publish="Save and publish")
    entries = AuditEntry.objects.filter(kind="organization").order_by("pk")
    assert [(entry.act, entry.address) for entry in entries] == [
        ("change", "127.0.0.1"),
        ("publish", "127.0.0.1"),
    ]
    assert len({entry.request for entry in entries}) == 1


def test_deleting_one_is_logged_with_its_name(admin_client):
    made = DraftOrganizationFactory(name="Works")
    admin_client.post(url("delete", "organization", made.pk), {"post": "yes"})
    assert acts("organization") == [("delete", "organization", "Works", "editor", "")]


def test_deleting_several_is_logged_one_by_one(admin_client):
    made = [DraftOrganizationFactory(name=name) for name in ("Works", "Mill")]
    chosen = {"action": "delete_selected", "_selected_action": [one.pk for one in made], "post": "yes"}
    admin_client.post(url("changelist", "organization"), chosen)
    assert not Organization.objects.exists()
    assert sorted(row[2] for row in acts("organization")) == ["Mill", "Works"]


def test_part_is_logged_as_itself(admin_client):
    name = OrganizationNameFactory(organization=DraftOrganizationFactory())
    send(admin_client, url("change", "organizationname", name.pk), text="The Works")
    admin_client.post(url("delete", "organizationname", name.pk), {"post": "yes"})
    assert [row[:2] for row in acts("organizationname", "organization")] == [
        ("change", "organizationname"),
        ("delete", "organizationname"),
    ]


def test_refused_deletion_is_not_logged(admin_client):
    admin_client.post(url("delete", "article", PublishedArticleFactory().pk), {"post": "yes"})
    assert acts("article") == []


# The page


def log(**fields) -> AuditEntry:
    return AuditEntry.objects.create(
        **{"act": "change", "kind": "topic", "number": 1, "label": "Chips"} | fields
    )


@pytest.mark.parametrize("role", ["Author", "Editor", None])
def test_only_administrators_read_the_log(role):
    user = ReaderOfTheAdminFactory()
    user.groups.set(Group.objects.filter(name=role))
    client = Client()
    client.force_login(user)
    entry = log()
    addresses = [LOG, url("change", "auditentry", entry.pk)]
    assert [client.get(address).status_code for address in addresses] == [403, 403]
    assert LOG not in client.get(reverse("admin:index")).text


def test_nobody_writes_the_log_by_its_page(admin_client):
    entry = log()
    addresses = [
        url("add", "auditentry"),
        url("change", "auditentry", entry.pk),
        url("delete", "auditentry", entry.pk),
    ]
    assert [admin_client.post(address, {"post": "yes"}).status_code for address in addresses] == [403] * 3
    admin_client.post(LOG, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"})
    assert AuditEntry.objects.filter(pk=entry.pk, label="Chips").exists()


def test_list_says_who_did_what_to_what_from_where(admin_client):
    topic = TopicFactory(name="Chips")
    log(number=topic.pk, actor_name="lin", address="192.0.2.7", detail="Changed Name.")
    page = admin_client.get(LOG, {"kind": "topic"}).text
    row = page[page.index('<tr><th class="field-moment') : page.index("</tbody>")]
    cells = ["lin", "changed", "topic", "Changed Name.", "192.0.2.7"]
    assert [text for text in cells if f">{text}</td>" not in row] == []
    assert f'<a href="{url("change", "topic", topic.pk)}">Chips</a>' in row


def test_deleted_item_has_its_name_and_no_link(admin_client):
    log(act="delete", number=99)
    assert '<td class="field-item">Chips</td>' in admin_client.get(LOG, {"kind": "topic"}).text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"act": "publish"}, ["publish"]),
        ({"kind": "article"}, ["publish"]),
        ({"person": "site"}, ["seed"]),
        ({"person": "nobody"}, []),
        ({"q": "Wafers"}, ["publish"]),
        ({"q": "192.0.2.7"}, ["publish"]),
        ({"at__day": "6", "at__month": "1", "at__year": "2025"}, ["seed"]),
        ({"act": "withdraw"}, []),
    ],
)
def test_log_is_filtered_and_searched(admin_client, editor, query, found):
    AuditEntry.objects.create(
        act="publish",
        kind="article",
        label="Wafers",
        actor_key=editor.pk,
        actor_name="editor",
        address="192.0.2.7",
    )
    AuditEntry.objects.create(act="seed", at="2025-01-06T09:00:00Z", detail="3 records")
    known = {"publish", "seed"}
    assert [act for act in shown(admin_client.get(LOG, query)) if act in known] == found


def test_log_is_filtered_by_person(admin_client, editor):
    log(actor_key=editor.pk + 1, actor_name="editor")
    entries = admin_client.get(LOG, {"person": editor.pk}).context["cl"].result_list
    assert {entry.actor_key for entry in entries} == {editor.pk}


def test_form_of_an_item_leads_to_all_acts_on_it(admin_client):
    topics = [TopicFactory(), TopicFactory()]
    for topic in topics:
        send(admin_client, url("change", "topic", topic.pk), name=f"Better {topic.pk}")
    address = admin_client.get(url("change", "topic", topics[0].pk)).context["acts_url"]
    entries = admin_client.get(address).context["cl"].result_list
    assert [entry.label for entry in entries] == [f"Better {topics[0].pk}"]
