"""Every page of the admin opens, with a record in the database, and asks the database a bounded number of times."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse
from django.utils.text import capfirst

from ecosystem.domain import revisions
from ecosystem.models import (
    AuditEntry,
    Comment,
    FigureReference,
    FormerAddress,
    FormulaInput,
    Image,
    MissedSearch,
    OpenForm,
    PublicSpan,
    ReaderReport,
    Revision,
    SeededKey,
    SetMember,
    SignedWarning,
    StandingChange,
    Suppression,
    UnsavedForm,
    User,
    WorkingCopy,
)
from tests.admin.forms import filled
from tests.factories import DRAFTS, OTHERS, PUBLISHED

pytestmark = pytest.mark.django_db

# All but the index, which nobody edits: it is made of the others, and made anew by a command.
MODELS = sorted(
    (
        model
        for model in apps.get_app_config("ecosystem").get_models()
        if model.__module__ != "ecosystem.models.index"
    ),
    key=lambda model: model.__name__,
)
WRITTEN_BY_THE_SITE = {
    AuditEntry,
    Comment,
    FigureReference,
    FormerAddress,
    FormulaInput,
    MissedSearch,
    OpenForm,
    PublicSpan,
    ReaderReport,
    Revision,
    SeededKey,
    SetMember,
    SignedWarning,
    StandingChange,
    Suppression,
    UnsavedForm,
    WorkingCopy,
}
# Each row of their list is searched for when it is shown; a page of it is short.
SEARCHED = {MissedSearch}
FACTORIES = {**OTHERS, **PUBLISHED}
every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


def address(model, page, *args):
    return reverse(f"admin:ecosystem_{model._meta.model_name}_{page}", args=args)


def make(model):
    """A record of the model, public where it can be, with relations of its own."""
    return FACTORIES[model]()


def test_every_model_has_an_admin_page():
    assert [model.__name__ for model in MODELS if model not in admin.site._registry] == []


@every_model
def test_changelist_shows_the_record(admin_client, model):
    made = make(model)
    page = admin_client.get(address(model, "changelist"))
    assert page.status_code == 200
    assert address(model, "change", made.pk) in page.content.decode()


@every_model
def test_change_page_shows_the_record(admin_client, model):
    made = make(model)
    page = admin_client.get(address(model, "change", made.pk))
    assert page.status_code == 200
    assert page.context["original"] == made


@pytest.mark.parametrize("model", DRAFTS, ids=lambda model: model.__name__)
def test_change_page_of_a_draft_opens(admin_client, model):
    made = DRAFTS[model]()
    page = admin_client.get(address(model, "change", made.pk))
    assert "Readers do not see it before it is published." in page.content.decode()


@pytest.mark.parametrize("model", revisions.PARTS, ids=lambda model: model.__name__)
def test_form_sent_back_as_it_came_changes_nothing(admin_client, model):
    made = (DRAFTS | OTHERS)[model]()
    found = revisions.record(made, by=None)
    url = address(model, "change", made.pk)
    answer = admin_client.post(url, filled(admin_client.get(url)))
    assert (answer.status_code, list(Revision.objects.all())) == (302, [found])


@every_model
def test_add_page_opens_unless_the_site_alone_writes(admin_client, model):
    page = admin_client.get(address(model, "add"))
    if model in WRITTEN_BY_THE_SITE:
        assert page.status_code == 403
    else:
        assert f"Add {model._meta.verbose_name}" in page.content.decode()


@every_model
def test_address_of_no_record_leads_back_with_a_message(admin_client, model):
    answer = admin_client.get(address(model, "change", "styles.css/more"), follow=True)
    assert [name for name, _status in answer.redirect_chain] == [reverse("admin:index")]
    assert "doesn’t exist" in str(next(iter(answer.context["messages"])))


@every_model
def test_search_finds_and_does_not_find(admin_client, model):
    make(model)
    found = admin_client.get(address(model, "changelist"), {"q": ""}).context["cl"].result_count
    missed = admin_client.get(address(model, "changelist"), {"q": "nothing has this in it"})
    assert (found > 0, missed.context["cl"].result_count) == (True, 0)


@every_model
def test_changelist_asks_as_often_for_many_rows_as_for_one(
    admin_client, django_assert_num_queries, django_assert_max_num_queries, model
):
    if model in SEARCHED:
        return
    make(model)
    with django_assert_max_num_queries(20) as budget:
        admin_client.get(address(model, "changelist"))
    for _ in range(6):
        make(model)
    with django_assert_num_queries(len(budget)):
        rows = admin_client.get(address(model, "changelist")).context["cl"].result_list
    assert len(rows) >= 7


@every_model
def test_every_relation_is_chosen_by_typing(model):
    """A select of all organizations would not scale; pictures of Django's own groups and rights excepted."""
    if model in {User, Image, *WRITTEN_BY_THE_SITE}:
        return
    page = admin.site._registry[model]
    relations = {
        field.name
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.remote_field
        and field.editable
        and not (field.many_to_many and not field.remote_field.through._meta.auto_created)
    }
    assert relations == set(page.autocomplete_fields)


def test_lists_of_all_apps_open(admin_client):
    page = admin_client.get(reverse("admin:index")).content.decode()
    names = [str(capfirst(model._meta.verbose_name_plural)) for model in MODELS]
    assert [name for name in names if name not in page] == []
