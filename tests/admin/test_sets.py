"""Sets in the admin: put together from lists and forms, looked over on one page, published by one button."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from ecosystem.domain import sets, working_copies
from ecosystem.models import Article, Observation, PublishingSet, SetMember, SignedWarning
from tests.admin.forms import confirmed, filled
from tests.factories import (
    DraftArticleFactory,
    DraftObservationFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedSourceFactory,
    ReaderOfTheAdminFactory,
)

pytestmark = pytest.mark.django_db
SAID = {"standfirst": "What it says.", "body": "<p>Plain words.</p>"}
LIST = reverse("admin:ecosystem_article_changelist")


def url(page, *args) -> str:
    return reverse(f"admin:ecosystem_publishingset_{page}", args=args)


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def article(db) -> Article:
    return DraftArticleFactory(title="Story", **SAID)


@pytest.fixture
def found(article, editor) -> PublishingSet:
    begun = sets.begin("Yearbook", by=editor)
    sets.add(begun, [article], by=editor)
    return begun


def act(client, found, name, **answers):
    """The button on the page of the set."""
    data = {"state": sets.state_of(found)} | answers
    return client.post(url("verb", found.pk, name), data, follow=True)


def test_items_marked_in_a_list_begin_a_new_set(admin_client, article):
    chosen = {"action": "add_to_set", "_selected_action": [article.pk, DraftArticleFactory().pk]}
    asked = admin_client.post(LIST, chosen)
    assert {item.pk for item in asked.context["items"]} == set(chosen["_selected_action"])
    page = admin_client.post(LIST, chosen | {"title": "Yearbook", "publishing_set": ""}, follow=True)
    assert said(page) == ["2 items added to the set."]
    assert PublishingSet.objects.get().members.count() == 2


def test_form_of_a_draft_leads_into_a_set_and_then_to_it(admin_client, article, found):
    other = DraftArticleFactory(**SAID)
    form = admin_client.get(reverse("admin:ecosystem_article_change", args=[other.pk]))
    address = reverse("admin:ecosystem_article_set", args=[other.pk])
    assert form.context["in_set"] == {"address": address}
    page = admin_client.post(address, {"publishing_set": found.pk, "title": ""}, follow=True)
    assert said(page) == ["1 item added to the set."]
    form = admin_client.get(reverse("admin:ecosystem_article_change", args=[other.pk]))
    assert form.context["in_set"] == {"found": found, "address": url("change", found.pk)}


def test_either_a_set_or_a_title_is_asked_for(admin_client, article, found):
    address = reverse("admin:ecosystem_article_set", args=[DraftArticleFactory().pk])
    for typed in ({"publishing_set": "", "title": " "}, {"publishing_set": found.pk, "title": "Other"}):
        page = admin_client.post(address, typed)
        assert page.context["form"].non_field_errors() == [
            "Choose one of the sets, or give a new one its title; not both."
        ]
    assert SetMember.objects.count() == 1


def test_refused_item_begins_no_set(admin_client, found, article):
    address = reverse("admin:ecosystem_article_set", args=[article.pk])
    page = admin_client.post(address, {"publishing_set": "", "title": "Second"})
    text = "Story: It is in the set “Yearbook” already. Take it out there first."
    assert (said(page), PublishingSet.objects.count()) == ([text], 1)


def test_page_lists_items_with_what_changes_and_what_is_in_the_way(admin_client, editor, found):
    live = PublishedArticleFactory(title="Live", **SAID)
    seen = working_copies.shown(live).data
    body = "<p>It earned 400 million yuan.</p>"
    mine = [{**seen[0], "fields": {**seen[0]["fields"], "body": body}}, *seen[1:]]
    working_copies.keep(live, seen, mine, by=editor)
    sets.add(found, [live], by=editor)
    rows = admin_client.get(url("change", found.pk)).context["panel"]["rows"]
    shown = [
        (str(row.item), row.state, row.is_next, row.difference.summary, len(row.unsigned)) for row in rows
    ]
    assert shown == [
        ("Story", "draft", False, "First stored state", 0),
        ("Live", "draft", True, "Body", 1),
    ]


def test_warning_is_signed_on_the_page_of_the_set(admin_client, editor):
    article = DraftArticleFactory(title="Story", **SAID | {"body": "<p>It earned 400 million yuan.</p>"})
    found = sets.begin("Yearbook", by=editor)
    sets.add(found, [article], by=editor)
    refused = act(admin_client, found, "publish")
    assert Article.objects.get().status == "draft"
    (row,) = refused.context["panel"]["rows"]
    (warning,) = row.unsigned
    member = {"member": row.member.pk}
    nothing = admin_client.post(url("sign", found.pk), member | {warning.box: " "}, follow=True)
    assert said(nothing) == ["Say why it may stay, or change the text."]
    signed = admin_client.post(url("sign", found.pk), member | {warning.box: "Quoted."}, follow=True)
    assert (said(signed), SignedWarning.objects.get().reason) == (["The reasons are kept."], "Quoted.")
    assert said(act(admin_client, found, "publish")) == ["Set “Yearbook”: published."]


def test_set_without_values_is_published_at_once(admin_client, found):
    assert said(act(admin_client, found, "publish")) == ["Set “Yearbook”: published."]
    assert Article.objects.get().is_public
    page = admin_client.get(url("change", found.pk))
    assert (page.context["panel"]["verbs"], page.context["panel"]["may_change"]) == ([], False)


def test_values_are_published_after_their_ripple_was_seen(admin_client, editor):
    metric, source = PublishedMetricFactory(slug="chips", name="Chips"), PublishedSourceFactory()
    values = [
        DraftObservationFactory(metric=metric, source=source, period=year, value=Decimal(400))
        for year in ("2023", "2024")
    ]
    found = sets.begin("Yearbook", by=editor)
    sets.add(found, values, by=editor)
    page = act(admin_client, found, "publish")
    assert Observation.objects.published().count() == 0
    assert said(confirmed(admin_client, page)) == ["Set “Yearbook”: published."]
    assert Observation.objects.published().count() == 2


def test_set_that_has_changed_since_it_was_shown_is_shown_again(admin_client, editor, found):
    seen = sets.state_of(found)
    sets.add(found, [DraftArticleFactory(**SAID)], by=editor)
    page = act(admin_client, found, "publish", state=seen)
    assert said(page) == ["Something has changed since you looked. Look at the set again."]
    assert Article.objects.published().count() == 0


def test_schedule_asks_for_the_moment_and_is_called_off(admin_client, found):
    moment = timezone.localtime() + timedelta(days=1)
    form = admin_client.get(url("verb", found.pk, "schedule"))
    typed = filled(form, at=moment.strftime("%Y-%m-%dT%H:%M"))
    page = admin_client.post(url("verb", found.pk, "schedule"), typed, follow=True)
    assert said(page) == ["Set “Yearbook”: scheduled."]
    assert [verb.name for verb, _address in page.context["panel"]["verbs"]] == [
        "publish",
        "schedule",
        "unschedule",
    ]
    assert said(act(admin_client, found, "unschedule")) == ["Set “Yearbook”: no longer scheduled."]


def test_review_goes_there_and_back_and_its_items_have_no_verbs_of_their_own(admin_client, article, found):
    assert said(act(admin_client, found, "submit")) == ["Set “Yearbook”: submitted for review."]
    form = admin_client.get(reverse("admin:ecosystem_article_change", args=[article.pk]))
    assert (form.context["publishing"]["buttons"], form.context["publishing"]["links"]) == ([], [])
    assert said(act(admin_client, found, "return", note="Wait.")) == ["Set “Yearbook”: returned to draft."]


def test_item_is_taken_out_and_the_set_given_up(admin_client, found):
    member = found.members.get()
    page = admin_client.post(url("remove", found.pk), {"member": member.pk}, follow=True)
    assert (said(page), found.members.count()) == (["Taken out of the set."], 0)
    asked = admin_client.get(url("verb", found.pk, "give-up"))
    assert "The items stay as they are, each on its own again." in asked.content.decode()
    page = act(admin_client, found, "give-up")
    assert (said(page), PublishingSet.objects.count()) == (["Set “Yearbook”: given up."], 0)


def test_deleted_item_is_named_by_its_number(admin_client, found, article):
    number = article.pk
    article.delete()
    (row,) = admin_client.get(url("change", found.pk)).context["panel"]["rows"]
    assert (row.item, row.why, row.member.item_id) == (
        None,
        "It was deleted. Take it out of the set.",
        number,
    )


def test_set_is_begun_by_its_form(admin_client, editor):
    page = admin_client.post(url("add"), {"title": "Yearbook", "note": ""}, follow=True)
    begun = PublishingSet.objects.get()
    assert (begun.author, page.context["panel"]["rows"]) == (editor, [])


def test_stranger_is_refused(client, found):
    client.force_login(ReaderOfTheAdminFactory())
    assert client.post(url("verb", found.pk, "publish")).status_code == 403
    assert client.post(url("sign", found.pk)).status_code == 403
    assert client.post(url("remove", found.pk), {"member": found.members.get().pk}).status_code == 403
    assert SetMember.objects.count() == 1


def test_form_takes_a_reference_to_a_value_of_the_same_set(admin_client, editor, found, article):
    metric = PublishedMetricFactory(slug="chips", name="Chips")
    value = DraftObservationFactory(metric=metric, source=PublishedSourceFactory(), period="2024")
    address = reverse("admin:ecosystem_article_change", args=[article.pk])
    typed = {"standfirst": 'They made <figure-ref metric="chips" period="2024"></figure-ref> chips.'}
    refused = admin_client.post(address, filled(admin_client.get(address), **typed))
    assert list(refused.context["adminform"].form.errors) == ["standfirst"]
    sets.add(found, [value], by=editor)
    admin_client.post(address, filled(admin_client.get(address), **typed))
    assert Article.objects.get().standfirst == typed["standfirst"]
    page = act(admin_client, found, "publish")
    assert said(confirmed(admin_client, page)) == ["Set “Yearbook”: published."]
