"""Sources in the admin: what is in print, what was found at an address, and what may not be deleted."""

import pytest
from django.urls import reverse

from ecosystem.models import Source
from tests.admin.forms import filled
from tests.factories import LONG_AGO, PublishedSourceFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:ecosystem_source_changelist")


def url(source, page="change") -> str:
    return reverse(f"admin:ecosystem_source_{page}", args=[source.pk])


def send(client, address, **changes):
    return client.post(address, filled(client.get(address), **changes), follow=True)


@pytest.fixture
def lost() -> Source:
    return PublishedSourceFactory(condition="changed", checked_at=LONG_AGO, content_digest="0" * 64)


def state(source) -> tuple:
    source.refresh_from_db()
    return source.condition, source.checked_at, source.content_digest


def test_yearbook_without_address_is_added_with_its_number(admin_client):
    data = filled(
        admin_client.get(reverse("admin:ecosystem_source_add")),
        title="Yearbook",
        slug="yearbook",
        publisher="Bureau",
        kind=Source.Kind.values[0],
        medium="print",
        identifier="ISBN 978-7-5037-9600-5",
        published_on="2024",
        trust="primary",
        access="read",
    )
    admin_client.post(reverse("admin:ecosystem_source_add"), data)
    assert (Source.objects.get().identifier, Source.objects.get().url) == ("ISBN 978-7-5037-9600-5", "")


def test_what_is_in_print_needs_its_number(admin_client):
    source = PublishedSourceFactory()
    page = send(admin_client, url(source), medium="print").content.decode()
    assert "Say how a reader finds it: ISBN, ISSN, DOI or the number of the report." in page


def test_another_address_begins_anew(admin_client, lost):
    send(admin_client, url(lost), title="Another title", _verb_publish="Publish")
    assert state(lost) == ("changed", LONG_AGO, "0" * 64)
    send(admin_client, url(lost), url="https://example.org/elsewhere")
    assert state(lost) == ("changed", LONG_AGO, "0" * 64)
    send(admin_client, url(lost), _verb_publish="Publish")
    assert state(lost) == ("", None, "")


def test_editor_takes_the_changed_page_as_read(admin_client, lost):
    answer = admin_client.post(LIST, {"action": "begin_anew", "_selected_action": [lost.pk]}, follow=True)
    assert state(lost) == ("", None, "")
    said = [str(message) for message in answer.context["messages"]]
    assert said == ["1 source: its next check takes what it finds as read."]
