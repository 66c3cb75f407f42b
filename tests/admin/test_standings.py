"""Verifying, disputing and the queue, as editors meet them."""

import pytest
from django.urls import reverse

from ecosystem.models import Observation, Source
from tests.admin.forms import confirmed, filled
from tests.factories import (
    DraftObservationFactory,
    PublishedObservationFactory,
    PublishedSourceFactory,
    ReaderOfTheAdminFactory,
)

pytestmark = pytest.mark.django_db

SAID = {"locator": "table 2", "reason": "Found in table 2."}


@pytest.fixture
def value() -> Observation:
    source = PublishedSourceFactory(trust=Source.Trust.PRIMARY, access=Source.Access.READ)
    return PublishedObservationFactory(source=source)


def address(value, name) -> str:
    return reverse("admin:ecosystem_observation_standing", args=[value.pk, name])


def test_form_of_a_public_value_offers_what_can_be_decided(admin_client, value):
    page = admin_client.get(reverse("admin:ecosystem_observation_change", args=[value.pk]))
    assert page.context["decisions"] == [
        ("Verify…", address(value, "verify")),
        ("Dispute…", address(value, "dispute")),
    ]


def test_editor_verifies_a_value(admin_client, value):
    page = admin_client.get(address(value, "verify"))
    seen = admin_client.post(address(value, "verify"), filled(page, **SAID))
    answer = confirmed(admin_client, seen)
    value.refresh_from_db()
    assert (value.standing, value.locator) == ("verified", "table 2")
    assert [str(message) for message in answer.context["messages"]] == [
        f"{value.metric}, 400\u00a0companies: the standing is now “Verified”."
    ]


def test_refused_verification_keeps_what_was_typed(admin_client, value):
    Source.objects.update(trust=Source.Trust.EDITED)
    page = admin_client.get(address(value, "verify"))
    answer = admin_client.post(address(value, "verify"), filled(page, **SAID))
    assert answer.context["form"].non_field_errors() == [
        "Verified means found in the primary source, and this one is not primary. Choose the primary source."
    ]
    assert answer.context["form"]["reason"].value() == "Found in table 2."


def test_locator_and_reason_are_required(admin_client, value):
    page = admin_client.get(address(value, "verify"))
    answer = admin_client.post(address(value, "verify"), filled(page, locator="", reason=""))
    assert list(answer.context["form"].errors) == ["locator", "reason"]


def test_editor_disputes_a_value(admin_client, value):
    page = admin_client.get(address(value, "dispute"))
    seen = admin_client.post(address(value, "dispute"), filled(page, reason="The bulletin says 300."))
    confirmed(admin_client, seen)
    value.refresh_from_db()
    assert (value.standing, value.standing_reason) == ("disputed", "The bulletin says 300.")


def test_unknown_decision_is_no_page(admin_client, value):
    assert admin_client.get(address(value, "bless")).status_code == 404


def test_guest_decides_nothing(client, value):
    client.force_login(ReaderOfTheAdminFactory())
    answers = [client.get(address(value, "verify")), client.get(reverse("admin:ecosystem_observation_queue"))]
    assert [answer.status_code for answer in answers] == [403, 403]


def test_queue_lists_values_with_what_can_be_done(admin_client, value):
    draft = DraftObservationFactory()
    page = admin_client.get(reverse("admin:ecosystem_observation_queue"))
    [row] = page.context["rows"]
    assert (row["value"], [str(label) for label, _address in row["decisions"]]) == (
        draft,
        ["Verify…", "Dispute…", "Mark as reported…"],
    )
    counts = [(section.name, count) for section, count in page.context["sections"]]
    assert counts == [("unverified", 1), ("disputed", 0), ("reported", 1), ("lost", 0), ("unopened", 0)]


def test_queue_asks_as_often_for_many_as_for_one(
    admin_client, django_assert_max_num_queries, django_assert_num_queries
):
    DraftObservationFactory()
    path = reverse("admin:ecosystem_observation_queue")
    with django_assert_max_num_queries(12) as budget:
        admin_client.get(path)
    for _ in range(5):
        DraftObservationFactory()
    with django_assert_num_queries(len(budget)):
        assert len(admin_client.get(path).context["rows"]) == 6


def test_section_that_does_not_exist_is_no_page(admin_client):
    assert (
        admin_client.get(reverse("admin:ecosystem_observation_queue"), {"section": "all"}).status_code == 404
    )
