"""Values in the admin: drafts are edited, published ones only corrected, and nothing is overwritten."""

from decimal import Decimal

import pytest
from django.urls import reverse

from ecosystem.domain import superseding
from ecosystem.models import ChangeNote, Observation
from tests.admin.forms import confirmed, filled
from tests.factories import (
    SCHEDULED,
    WITHDRAWN,
    DisputedObservationFactory,
    DraftObservationFactory,
    FigureReferenceFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedSourceFactory,
    ReaderOfTheAdminFactory,
    UnopenedSourceFactory,
)

pytestmark = pytest.mark.django_db
ADD = reverse("admin:ecosystem_observation_add")
LIST = reverse("admin:ecosystem_observation_changelist")
WHY = {"supersede_reason": "source-revised", "supersede_note": "The bureau revised the year."}


def url(value, page="change") -> str:
    return reverse(f"admin:ecosystem_observation_{page}", args=[value.pk])


def send(client, address, **changes):
    return client.post(address, filled(client.get(address), **changes), follow=True)


def said(response) -> list[str]:
    return [str(message).replace("\u00a0", " ") for message in response.context["messages"]]


@pytest.fixture
def old() -> Observation:
    return PublishedObservationFactory(value=Decimal(400), locator="page 3")


# Drafts


def test_value_is_added_as_a_draft_to_the_metric_asked_for(admin_client):
    metric, source = PublishedMetricFactory(), PublishedSourceFactory()
    page = admin_client.get(ADD, {"metric": metric.pk})
    data = filled(page, period="2025", value="510", source=source.pk, standing="reported")
    admin_client.post(ADD, data)
    value = Observation.objects.get()
    assert (value.metric, value.value, value.status, value.recorded_at) == (metric, 510, "draft", None)


def test_draft_is_edited_freely(admin_client):
    value = DraftObservationFactory()
    send(admin_client, url(value), value="410", period="2023-Q4")
    value.refresh_from_db()
    assert (value.value, value.period, value.period_end.isoformat()) == (410, "2023-Q4", "2023-12-31")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"period": "last year"}, "period"),
        ({"value": "many"}, "value"),
        ({"source": ""}, "source"),
        ({"standing": "disputed"}, "__all__"),
        ({"low": "500"}, "__all__"),
    ],
)
def test_bad_draft_is_refused_at_its_field(admin_client, changes, field):
    page = send(admin_client, url(DraftObservationFactory()), **changes)
    assert list(page.context["adminform"].form.errors) == [field]


def test_value_from_an_unopened_source_stays_unverified(admin_client):
    value = DraftObservationFactory(source=UnopenedSourceFactory())
    page = send(admin_client, url(value), standing="verified")
    assert page.context["adminform"].form.errors["standing"] == [
        "Nobody has opened this source yet, so the value is unverified."
    ]


def test_second_value_of_a_source_for_a_period_is_refused(admin_client, old):
    page = admin_client.get(ADD, {"metric": old.metric.pk})
    data = filled(page, period="2024", value="510", source=old.source.pk)
    errors = admin_client.post(ADD, data).context["errors"]
    assert errors == [["This source already has a value for the period; correct that one."]]


def test_draft_is_published_from_its_form(admin_client):
    value = DraftObservationFactory()
    confirmed(admin_client, send(admin_client, url(value), _verb_publish="Save and publish"))
    value.refresh_from_db()
    assert value.is_public and value.recorded_at == value.published_at


# Published values


@pytest.mark.parametrize("state", [SCHEDULED, WITHDRAWN, {}], ids=["scheduled", "withdrawn", "public"])
def test_stored_value_is_read_only(admin_client, state):
    value = PublishedObservationFactory(**state)
    page = admin_client.get(url(value))
    assert "A value that has been public is never overwritten" in page.content.decode()
    assert "value" not in filled(page)
    assert admin_client.post(url(value), {"value": "1"}).status_code == 403
    value.refresh_from_db()
    assert value.value == 400


@pytest.mark.parametrize("state", [SCHEDULED, WITHDRAWN, {}], ids=["scheduled", "withdrawn", "public"])
def test_stored_value_is_not_deleted(admin_client, state):
    value = PublishedObservationFactory(**state)
    assert admin_client.post(url(value, "delete"), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [value.pk], "post": "yes"}
    assert admin_client.post(LIST, chosen).status_code == 403
    assert Observation.objects.get() == value


def test_draft_is_deleted(admin_client):
    value = DraftObservationFactory()
    admin_client.post(url(value, "delete"), {"post": "yes"})
    assert not Observation.objects.exists()


def test_only_a_public_value_offers_correct(admin_client, old):
    assert admin_client.get(url(old)).context["correct_url"] == url(old, "correct")
    for other in (DraftObservationFactory(), PublishedObservationFactory(**SCHEDULED)):
        assert "correct_url" not in admin_client.get(url(other)).context


def test_published_value_is_withdrawn_with_a_notice(admin_client, old):
    shown = admin_client.get(url(old)).context["publishing"]
    assert [verb.name for verb, _address in shown["links"]] == ["withdraw"]
    confirmed(admin_client, send(admin_client, shown["links"][0][1], notice="Its table was mixed up."))
    assert not Observation.objects.published().exists()


def test_value_between_two_is_not_withdrawn_and_the_editor_is_told_what_to_do(admin_client, editor, old):
    reason = {"by": editor, "reason": "our-error", "explanation": "Read again."}
    middle = superseding.supersede(old, value=410, **reason)
    superseding.supersede(middle, value=420, **reason)
    middle.refresh_from_db()
    shown = admin_client.get(url(middle)).context["publishing"]
    assert said(send(admin_client, shown["links"][0][1], notice="Not ours.")) == [
        "An older value would show again beside the one that has taken its place. Withdraw or correct that one."
    ]
    middle.refresh_from_db()
    assert middle.is_public


# Correct


def test_correct_is_filled_with_the_present_value(admin_client, old):
    data = filled(admin_client.get(url(old, "correct")))
    assert (data["value"], data["source"], data["locator"]) == ("400", str(old.source.pk), "page 3")
    assert (data["standing"], data["supersede_reason"], data["supersede_note"]) == ("reported", "", "")


def test_correct_says_how_many_texts_change_with_it(admin_client, old):
    FigureReferenceFactory(shown=old.metric)
    page = admin_client.get(url(old, "correct")).content.decode()
    assert "1 text shows this metric and changes with it." in page


def test_correct_publishes_the_new_value_and_keeps_the_old(admin_client, editor, old):
    page = confirmed(admin_client, send(admin_client, url(old, "correct"), value="420", **WHY))
    new = Observation.objects.current().get()
    assert said(page) == [
        f"{old.metric}: 420 companies is public now; 400 companies stays readable as superseded."
    ]
    assert page.redirect_chain == [(url(new), 302)]
    old.refresh_from_db()
    assert (new.value, old.value, old.superseded_by) == (420, 400, new)
    assert ChangeNote.objects.get().metric == old.metric
    assert editor.revisions.count() == 3


def test_old_value_shows_its_successor_and_the_other_way_round(admin_client, old):
    confirmed(admin_client, send(admin_client, url(old, "correct"), value="420", **WHY))
    new = Observation.objects.current().get()
    old_page, new_page = (admin_client.get(url(value)).content.decode() for value in (old, new))
    assert f'<a href="{url(new)}">' in old_page and "state-superseded" in old_page
    assert f'<a href="{url(old)}">' in new_page and "The bureau revised the year." in new_page


@pytest.mark.parametrize("missing", ["supersede_reason", "supersede_note"])
def test_reason_and_note_are_required(admin_client, old, missing):
    page = send(admin_client, url(old, "correct"), value="420", **WHY | {missing: ""})
    assert page.context["errors"] == {missing: ["This field is required."]}
    assert Observation.objects.get() == old


def test_correct_without_a_change_is_refused(admin_client, old):
    page = send(admin_client, url(old, "correct"), **WHY)
    assert page.context["errors"] == {"__all__": ["Nothing was changed, so there is nothing to correct."]}


def test_disputed_value_needs_its_reason(admin_client, old):
    page = send(admin_client, url(old, "correct"), standing="disputed", **WHY)
    assert page.context["errors"] == {"__all__": ["Say why the value is disputed."]}


def test_comparing_with_the_document_is_no_reason_for_another_value(admin_client, old):
    """Verifying has a verb of its own."""
    page = send(admin_client, url(old, "correct"), **WHY | {"supersede_reason": "checked"})
    assert list(page.context["errors"]) == ["supersede_reason"]


def test_second_of_two_editors_is_told_of_the_first(admin_client, editor, old):
    page = admin_client.get(url(old, "correct"))
    new = superseding.supersede(
        old, by=editor, reason="source-revised", explanation="The bureau revised it.", value=Decimal(420)
    )
    answer = admin_client.post(url(old, "correct"), filled(page, value="430", **WHY))
    assert answer.context["errors"] == {
        "__all__": ["This value was corrected already. Correct the newer one."]
    }
    assert answer.context["newer_url"] == url(new)
    assert filled(answer)["value"] == "430", "what was typed is not lost"
    assert Observation.objects.count() == 2


def test_superseded_value_sends_to_the_newer_one(admin_client, editor, old):
    new = superseding.supersede(
        old, by=editor, reason="source-revised", explanation="The bureau revised it.", value=Decimal(420)
    )
    page = admin_client.get(url(old, "correct"), follow=True)
    assert page.redirect_chain == [(url(new), 302)]
    assert said(page) == ["This value was corrected already. Correct the newer one."]


def test_draft_is_not_corrected_but_edited(admin_client):
    value = DraftObservationFactory()
    page = admin_client.get(url(value, "correct"), follow=True)
    assert page.redirect_chain == [(url(value), 302)]
    assert said(page) == ["Only a public value is corrected. This one is changed in its form."]


def test_who_may_not_change_values_may_not_correct(client, old):
    client.force_login(ReaderOfTheAdminFactory())
    assert client.post(url(old, "correct"), WHY | {"value": "1"}).status_code == 403
    assert Observation.objects.get().value == 400


def test_missing_value_is_not_found(admin_client):
    assert admin_client.get(reverse("admin:ecosystem_observation_correct", args=[12345])).status_code == 404


# Metric page


def test_metric_lists_its_values_with_what_can_be_done(admin_client, old):
    draft = DraftObservationFactory(metric=old.metric, period="2023")
    page = admin_client.get(reverse("admin:ecosystem_metric_change", args=[old.metric.pk])).content.decode()
    assert f'href="{url(old, "correct")}"' in page
    assert f'href="{url(draft, "correct")}"' not in page and f'href="{url(draft)}"' in page
    assert f'href="{ADD}?metric={old.metric.pk}"' in page


def test_metric_page_asks_as_often_for_many_values_as_for_one(admin_client, django_assert_num_queries, old):
    address = reverse("admin:ecosystem_metric_change", args=[old.metric.pk])
    # Six of them are the checklist's.
    with django_assert_num_queries(29):
        admin_client.get(address)
    for year in range(2010, 2020):
        DisputedObservationFactory(metric=old.metric, period=str(year))
    with django_assert_num_queries(29):
        admin_client.get(address)
