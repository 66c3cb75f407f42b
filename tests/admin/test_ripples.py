"""Editors see what changes for readers before it does; single sentences can keep what they show."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from ecosystem.domain import figure_records
from ecosystem.models import Article, Metric, Observation
from tests.admin.forms import confirmed, filled
from tests.factories import (
    DraftObservationFactory,
    EditorFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("admin:ecosystem_observation_changelist")
WHY = {"supersede_reason": "our-error", "supersede_note": "Read in the wrong row."}
FIGURE = '<figure-ref metric="chips"></figure-ref>'


@pytest.fixture
def chips() -> Metric:
    return PublishedMetricFactory(slug="chips", name="Chips", name_zh="芯片")


@pytest.fixture
def value(chips) -> Observation:
    return PublishedObservationFactory(metric=chips, period="2024", value=Decimal(400))


@pytest.fixture
def article(value) -> Article:
    made = PublishedArticleFactory(title="Story", standfirst=f"It made {FIGURE}.", body="")
    figure_records.record_references(made)
    return made


def url(value, page="change", *more) -> str:
    return reverse(f"admin:ecosystem_observation_{page}", args=[value.pk, *more])


def send(client, address, **typed):
    return client.post(address, filled(client.get(address), **typed), follow=True)


def correct(client, value, number="500"):
    return send(client, url(value, "correct"), value=number, **WHY)


def numbers() -> list[int]:
    return [int(value.value) for value in Observation.objects.current().order_by("period", "pk")]


def test_correction_is_shown_first_and_done_when_confirmed(admin_client, value, article):
    page = correct(admin_client, value)
    assert (numbers(), "Nothing has been done yet." in page.content.decode()) == ([400], True)
    confirmed(admin_client, page)
    assert numbers() == [500]


def test_going_back_to_the_form_loses_nothing_that_was_typed(admin_client, value, article):
    page = correct(admin_client, value)
    again = admin_client.post(url(value, "correct"), filled(page, _edit="Back to the form"))
    typed = filled(again)
    assert (numbers(), typed["value"], typed["supersede_note"]) == ([400], "500", "Read in the wrong row.")


def test_what_has_changed_since_it_was_seen_is_shown_again(admin_client, value, article):
    page = correct(admin_client, value)
    article.standfirst = f"It has {FIGURE}."
    article.save()
    figure_records.record_references(article)
    again = confirmed(admin_client, page)
    assert numbers() == [400]
    assert "Something has changed since you looked." in again.content.decode()
    confirmed(admin_client, again)
    assert numbers() == [500]


def test_sentence_is_pinned_to_what_it_shows_now(admin_client, client, value, article):
    page = correct(admin_client, value)
    [(_page, [(change, why)])] = page.context["pages"]
    assert why == ""
    confirmed(admin_client, page, _pinned=change.sentence.key)
    shown = client.get(article.get_absolute_url()).content.decode().replace("\u00a0", " ")
    assert (numbers(), "400 companies" in shown, "500 companies" in shown) == ([500], True, False)


def test_only_who_may_change_a_page_may_pin_its_sentences(client, value, article):
    editor = EditorFactory(is_superuser=False)
    codes = ["view_observation", "change_observation"]
    editor.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(editor)
    page = correct(client, value)
    [(_page, [(change, why)])] = page.context["pages"]
    assert why == "You may not change this page."
    answer = confirmed(client, page, _pinned=change.sentence.key)
    assert (answer.status_code, numbers()) == (400, [400])


def test_pinning_what_was_not_offered_is_refused(admin_client, value, article):
    answer = confirmed(admin_client, correct(admin_client, value), _pinned="article-1-body-0")
    assert (answer.status_code, numbers()) == (400, [400])


def test_saving_and_publishing_a_value_leads_to_what_it_changes(admin_client, value, article):
    draft = DraftObservationFactory(
        metric=value.metric, period="2025", value=Decimal(900), standing="reported"
    )
    page = send(admin_client, url(draft), _verb_publish="Save and publish")
    assert (numbers(), "900" in page.content.decode()) == ([400], True)
    confirmed(admin_client, page)
    assert numbers() == [400, 900]


def test_value_of_a_metric_that_nobody_sees_is_published_at_once(admin_client):
    draft = DraftObservationFactory(metric__status="draft", metric__published_at=None)
    page = send(admin_client, url(draft), _verb_publish="Save and publish")
    admin_client.post(page.request["PATH_INFO"], filled(page))
    assert Observation.objects.published().get() == draft


def test_scheduling_shows_what_changes_when_the_moment_comes(admin_client, value, article):
    draft = DraftObservationFactory(
        metric=value.metric, period="2025", value=Decimal(900), standing="reported"
    )
    page = send(admin_client, url(draft, "verb", "schedule"), at="2999-01-01T09:00")
    assert [str(one.owner) for one in page.context["ripple"].changes][:1] == ["Story"]
    confirmed(admin_client, page)
    draft.refresh_from_db()
    assert draft.is_scheduled and numbers() == [400]


def test_values_chosen_together_are_shown_together(admin_client, value, article):
    drafts = [
        DraftObservationFactory(metric=value.metric, period=year, standing="reported")
        for year in ("2025", "2026")
    ]
    chosen = {"action": "publish_selected", "_selected_action": [draft.pk for draft in drafts]}
    page = admin_client.post(LIST, chosen)
    assert Observation.objects.published().count() == 1
    sent = {"_seen": page.context["ripple"].digest, **chosen}
    assert [name for name, _text in page.context["answers"]] == ["action", *["_selected_action"] * 2]
    admin_client.post(LIST, sent, follow=True)
    assert Observation.objects.published().count() == 3


def test_withdrawing_in_a_list_asks_for_the_notice_and_shows_what_changes(admin_client, value, article):
    chosen = {"action": "withdraw_selected", "_selected_action": [value.pk], "notice": "Wrong table."}
    page = admin_client.post(LIST, chosen)
    assert page.context["ripple"].changes and numbers() == [400]
    again = admin_client.post(LIST, chosen | {"_edit": "Back to the form"})
    assert filled(again)["notice"] == "Wrong table."
    admin_client.post(LIST, chosen | {"_seen": page.context["ripple"].digest})
    assert numbers() == []


def test_decision_about_a_standing_is_shown_first(admin_client, value, article):
    address = reverse("admin:ecosystem_observation_standing", args=[value.pk, "dispute"])
    page = send(admin_client, address, reason="The bulletin says 300.")
    value.refresh_from_db()
    assert (value.standing, "Disputed" in page.content.decode()) == ("reported", True)
    confirmed(admin_client, page)
    value.refresh_from_db()
    assert value.standing == "disputed"


def test_looking_at_a_public_value_changes_nothing(admin_client, value, article):
    draft = DraftObservationFactory(metric=value.metric, period="2025", standing="reported")
    admin_client.get(url(draft, "verb", "publish"))
    draft.refresh_from_db()
    assert draft.status == "draft"
