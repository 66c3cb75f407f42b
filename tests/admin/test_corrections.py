"""A notice that readers have seen stays with its day; its words may be mended, and the earlier ones are kept."""

from datetime import date

import pytest
from django.urls import reverse

from ecosystem.models import ChangeNote, Correction, Organization, Revision
from tests.admin.forms import filled
from tests.factories import (
    WITHDRAWN,
    ChangeNoteFactory,
    CorrectionFactory,
    DraftOrganizationFactory,
    PublishedOrganizationFactory,
)

pytestmark = pytest.mark.django_db
FACTORIES = {Correction: CorrectionFactory, ChangeNote: ChangeNoteFactory}
both = pytest.mark.parametrize("model", FACTORIES, ids=lambda model: model.__name__)
DAY = date(2025, 2, 3)  # of what the factories make


def url(model, page: str, *args) -> str:
    return reverse(f"admin:ecosystem_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def withdrawn() -> Organization:
    return DraftOrganizationFactory(**WITHDRAWN)


@both
def test_notice_of_a_page_that_was_public_is_not_deleted(admin_client, withdrawn, model):
    shown, former = FACTORIES[model](), FACTORIES[model](organization=withdrawn)
    unseen = FACTORIES[model](organization=DraftOrganizationFactory())
    answers = [
        admin_client.post(url(model, "delete", notice.pk), {"post": "yes"}).status_code
        for notice in (shown, former, unseen)
    ]
    assert answers == [403, 403, 302]
    assert set(model.objects.all()) == {shown, former}


@both
def test_one_of_several_that_readers_have_seen_keeps_them_all(admin_client, model):
    notices = [FACTORIES[model](), FACTORIES[model](organization=DraftOrganizationFactory())]
    chosen = {"action": "delete_selected", "_selected_action": [notice.pk for notice in notices]}
    page = admin_client.post(url(model, "changelist"), chosen)
    assert page.context["perms_lacking"] == {model._meta.verbose_name}
    assert admin_client.post(url(model, "changelist"), chosen | {"post": "yes"}).status_code == 403
    assert model.objects.count() == 2


@both
def test_forged_form_of_the_page_neither_deletes_nor_dates_it_anew(admin_client, model):
    notice = FACTORIES[model]()
    address = url(Organization, "change", notice.organization.pk)
    prefix = f"{model._meta.model_name}s-0"
    forged = {f"{prefix}-DELETE": "on", f"{prefix}-happened_on": "2020-01-01", f"{prefix}-text": "Mended."}
    forged["_verb_publish"] = "Save and publish"
    admin_client.post(address, filled(admin_client.get(address), **forged))
    notice = model.objects.get()
    assert (notice.happened_on, notice.text) == (DAY, "Mended.")


@both
def test_forged_form_of_the_notice_does_not_date_it_anew(admin_client, model):
    notice = FACTORIES[model]()
    address = url(model, "change", notice.pk)
    page = admin_client.get(address)
    assert "its day stays, and it cannot be deleted" in page.content.decode()
    admin_client.post(address, filled(page, happened_on="2020-01-01", text="Mended."))
    notice.refresh_from_db()
    assert (notice.happened_on, notice.text) == (DAY, "Mended.")


@both
def test_notice_of_a_draft_is_edited_freely(admin_client, model):
    notice = FACTORIES[model](organization=DraftOrganizationFactory())
    address = url(model, "change", notice.pk)
    admin_client.post(address, filled(admin_client.get(address), happened_on="2020-01-01"))
    notice.refresh_from_db()
    assert notice.happened_on == date(2020, 1, 1)


@both
def test_new_notice_of_a_public_page_is_given_its_day(admin_client, model):
    item = PublishedOrganizationFactory()
    prefix = f"{model._meta.model_name}s"
    rows = {
        f"{prefix}-TOTAL_FORMS": "1",
        f"{prefix}-0-organization": item.pk,
        f"{prefix}-0-happened_on": "2024-05-06",
        f"{prefix}-0-text": "New.",
        "_verb_publish": "Save and publish",
    }
    address = url(Organization, "change", item.pk)
    admin_client.post(address, filled(admin_client.get(address), **rows))
    assert model.objects.values_list("happened_on", "text").get() == (date(2024, 5, 6), "New.")


@both
def test_mended_words_leave_the_earlier_ones_in_the_history(admin_client, model):
    item = PublishedOrganizationFactory()
    address = url(model, "add")
    admin_client.post(
        address,
        filled(admin_client.get(address), organization=item.pk, happened_on="2025-02-03", text="Frist."),
    )
    address = url(model, "change", model.objects.get().pk)
    admin_client.post(address, filled(admin_client.get(address), text="First."))
    history = Revision.objects.filter(kind="organization", key=item.slug).order_by("pk")
    assert [revision.data[1]["fields"]["text"] for revision in history] == ["Frist.", "First."]


@both
def test_page_with_a_notice_that_readers_have_seen_is_not_deleted(admin_client, withdrawn, model):
    FACTORIES[model](organization=withdrawn)
    answer = admin_client.post(url(Organization, "delete", withdrawn.pk), {"post": "yes"})
    assert (answer.status_code, model.objects.count()) == (403, 1)


@both
def test_notices_of_a_page_cost_the_same_for_one_and_for_many(admin_client, django_assert_num_queries, model):
    notice = FACTORIES[model]()
    address = url(Organization, "change", notice.organization.pk)
    with django_assert_num_queries(27):
        admin_client.get(address)
    for _ in range(3):
        FACTORIES[model](organization=notice.organization)
    with django_assert_num_queries(27):
        admin_client.get(address)
