"""What is typed and not saved: kept for its person alone, offered, taken up as it was, and gone once it is saved."""

import json

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from ecosystem.domain import unsaved_forms
from ecosystem.models import Article, OpenForm, Topic, UnsavedForm, User
from tests.admin.forms import filled
from tests.desk_factories import UnsavedFormFactory
from tests.factories import (
    DraftOrganizationFactory,
    EditorFactory,
    OrganizationNameFactory,
    PublishedArticleFactory,
    ReaderOfTheAdminFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
State = UnsavedForm.State


def address(item, page="change") -> str:
    """Of an item, or of a kind for a new one."""
    name = f"admin:ecosystem_{item._meta.model_name}"
    if isinstance(item, type):
        return reverse(f"{name}_{page}_new" if page != "add" else f"{name}_add")
    return reverse(f"{name}_{page}", args=[item.pk])


def typed_into(response, **changes) -> dict:
    """What a script sends for a form that was filled so."""
    sent = {
        name: value if isinstance(value, list) else [str(value)]
        for name, value in filled(response, **changes).items()
    }
    key, shown = sent.pop("_typing")[0], sent.pop("_shown", [""])[0]
    user = response.wsgi_request.user.pk
    return {"user": user, "key": key, "shown": shown, "age": 0, "typed": sent}


def send(client, item, data) -> tuple[int, dict]:
    answer = client.post(address(item, "typing"), json.dumps(data), content_type="application/json")
    return answer.status_code, answer.json()


def keep(client, item, page="change", **changes) -> str:
    """Type into the form of the item; the key of that form."""
    data = typed_into(client.get(address(item, page)), **changes)
    assert send(client, item, data)[1]["state"] == State.KEPT
    return data["key"]


def author_of_drafts() -> User:
    """Somebody who may add records and change their own drafts."""
    author = ReaderOfTheAdminFactory()
    author.groups.add(Group.objects.get(name="Author"))
    return author


@pytest.fixture
def topic() -> Topic:
    return TopicFactory(name="Chips")


def test_typing_is_kept_and_offered_to_the_person_and_to_nobody_else(admin_client, topic):
    key = keep(admin_client, topic, name="Chips and")
    page = admin_client.get(address(topic)).content.decode()
    assert (page.count("and did not save."), f"?typing={key}" in page) == (1, True)
    other = Client()
    other.force_login(EditorFactory())
    assert "and did not save." not in other.get(address(topic)).content.decode()
    assert filled(other.get(f"{address(topic)}?typing={key}"))["name"] == "Chips"


def test_taking_up_shows_what_was_typed_and_saves_nothing(admin_client, topic):
    key = keep(admin_client, topic, name="", name_zh="芯片")
    page = admin_client.get(f"{address(topic)}?typing={key}")
    form = filled(page)
    assert (form["name"], form["name_zh"], form["_typing"]) == ("", "芯片", key)
    assert (page.context["errors"], "Nothing of it is saved yet." in page.content.decode()) == ([], True)
    topic.refresh_from_db()
    assert (topic.name, topic.name_zh) == ("Chips", topic.name_zh)


def test_saving_what_was_taken_up_stores_it_and_lets_the_words_go(admin_client, topic):
    key = keep(admin_client, topic, name="Semiconductors")
    page = admin_client.get(f"{address(topic)}?typing={key}")
    assert admin_client.post(f"{address(topic)}?typing={key}", filled(page)).status_code == 302
    topic.refresh_from_db()
    row = UnsavedForm.objects.get()
    assert (topic.name, row.state, row.data) == ("Semiconductors", State.SAVED, {})


def test_form_that_is_refused_keeps_what_was_typed(admin_client, topic):
    key = keep(admin_client, topic, name="")
    page = admin_client.post(address(topic), filled(admin_client.get(f"{address(topic)}?typing={key}")))
    assert page.context["errors"] == [["This field is required."]]
    assert (filled(page)["_typing"], UnsavedForm.objects.get().state) == (key, State.KEPT)


def test_words_that_arrive_after_the_form_was_saved_are_not_taken_for_new(admin_client, topic):
    page = admin_client.get(address(topic))
    admin_client.post(address(topic), filled(page, name="Saved"))
    assert send(admin_client, topic, typed_into(page, name="Saved")) == (
        200,
        {"state": "saved", "said": "", "others": []},
    )
    assert "did not save" not in admin_client.get(address(topic)).content.decode()


def test_words_older_than_those_kept_are_passed_over(admin_client, topic):
    data = typed_into(admin_client.get(address(topic)), name="Newer")
    send(admin_client, topic, data)
    send(admin_client, topic, data | {"typed": {"name": ["Older"]}, "age": 60_000})
    assert UnsavedForm.objects.get().data["name"] == ["Newer"]


def test_two_windows_do_not_write_over_each_other(admin_client, topic):
    keys = [keep(admin_client, topic, name="One"), keep(admin_client, topic, name="Two")]
    names = [filled(admin_client.get(f"{address(topic)}?typing={key}"))["name"] for key in keys]
    assert names == ["One", "Two"]
    assert admin_client.get(address(topic)).content.decode().count("and did not save.") == 2


def test_rows_and_choices_come_back_as_they_were(admin_client):
    organization = DraftOrganizationFactory()
    for text in ("Gone", "Stays"):
        OrganizationNameFactory(organization=organization, text=text)
    topics = [str(TopicFactory().pk) for _ in range(2)]
    page = admin_client.get(address(organization))
    rows = {
        name: text
        for name, text in filled(page).items()
        if name.startswith("names-") and name.endswith("-text")
    }
    first = next(name for name, text in rows.items() if text == "Gone").removesuffix("-text")
    typed = {f"{first}-DELETE": "on", "names-TOTAL_FORMS": "3", "names-2-text": "Half", "topics": topics}
    key = keep(admin_client, organization, **typed, kind="university", founded="not a day")
    form = filled(admin_client.get(f"{address(organization)}?typing={key}"))
    kept = {name: form[name] for name in typed}
    assert kept == typed
    assert (form["kind"], form["founded"]) == ("university", "not a day")
    assert organization.names.count() == 2


def test_rows_of_a_next_version_come_back(admin_client):
    """They are stored nowhere but in the draft, and have keys of their own there."""
    article = PublishedArticleFactory()
    admin_client.post(address(article), filled(admin_client.get(address(article)), title="Next"))
    key = keep(admin_client, article, title="Next but one")
    form = filled(admin_client.get(f"{address(article)}?typing={key}"))
    assert form["title"] == "Next but one"
    admin_client.post(address(article), form)
    assert filled(admin_client.get(address(article)))["title"] == "Next but one"


def test_typing_taken_up_is_saved_together_with_what_others_saved_meanwhile(admin_client):
    article = PublishedArticleFactory(title="Live", standfirst="As it was.")
    key = keep(admin_client, article, title="Mine")
    other = Client()
    other.force_login(EditorFactory())
    other.post(address(article), filled(other.get(address(article)), standfirst="Theirs."))
    form = filled(admin_client.get(f"{address(article)}?typing={key}"))
    assert (form["title"], form["standfirst"]) == ("Mine", "As it was.")
    admin_client.post(address(article), form)
    form = filled(admin_client.get(address(article)))
    assert (form["title"], form["standfirst"]) == ("Mine", "Theirs.")


def test_typing_for_a_new_record_is_offered_where_one_is_added(admin_client):
    key = keep(admin_client, Topic, "add", name="Robots")
    page = admin_client.get(address(Topic, "add"))
    assert "You typed into a form like this on" in page.content.decode()
    form = filled(admin_client.get(f"{address(Topic, 'add')}?typing={key}"), slug="robots")
    admin_client.post(address(Topic, "add"), form)
    assert (Topic.objects.get().name, UnsavedForm.objects.get().state) == ("Robots", State.SAVED)


def test_discarding_lets_the_words_go_and_leads_back(admin_client, topic):
    key = keep(admin_client, topic, name="No")
    page = admin_client.post(f"{address(topic, 'typing')}discard/", {"_typing": key}, follow=True)
    assert [str(one) for one in page.context["messages"]] == ["What you had typed is discarded."]
    row = UnsavedForm.objects.get()
    assert (row.state, row.data, "did not save" in page.content.decode()) == (State.DISCARDED, {}, False)


def test_only_names_of_the_form_are_kept(admin_client):
    organization = DraftOrganizationFactory()
    data = typed_into(admin_client.get(address(organization)))
    data["typed"] = {
        name: ["x"]
        for name in ("name", "names-7-text", "names-x-text", "names-0-organization", "status", "password")
    }
    send(admin_client, organization, data)
    assert sorted(UnsavedForm.objects.get().data) == ["name", "names-0-organization", "names-7-text"]


def test_expired_login_is_said_to_the_script_instead_of_a_page(topic):
    data = {"user": 1, "key": "a", "typed": {"name": ["x"]}}
    assert send(Client(), topic, data) == (401, {"said": "You are signed out."})
    assert Client().get(address(topic, "typing")).status_code == 401
    assert UnsavedForm.objects.count() == 0


def test_somebody_else_who_signed_in_does_not_get_the_words(admin_client, topic):
    data = typed_into(admin_client.get(address(topic))) | {"user": EditorFactory().pk}
    assert send(admin_client, topic, data) == (
        401,
        {"said": "Somebody else is signed in in this browser now."},
    )
    assert UnsavedForm.objects.count() == 0


def test_only_who_may_change_the_item_has_typing_kept(topic):
    author = author_of_drafts()
    client = Client()
    client.force_login(author)
    data = {"user": author.pk, "key": "a", "typed": {"name": ["x"]}}
    status, answer = send(client, topic, data)
    assert (status, answer["said"]) == (403, "You may not change this. Copy what you want to keep.")
    assert (send(client, Article, data)[0], UnsavedForm.objects.get().kind) == (200, "article")


def test_record_that_is_gone_is_said(admin_client, topic):
    data = typed_into(admin_client.get(address(topic)))
    where = address(topic, "typing")
    topic.delete()
    answer = admin_client.post(where, json.dumps(data), content_type="application/json")
    assert (answer.status_code, answer.json()["said"]) == (
        404,
        "This record is gone. Copy what you want to keep.",
    )


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"user": 1}', '{"user": 1, "key": ""}', '{"user": 1, "key": "a", "typed": [1]}']
)
def test_what_no_form_sends_is_refused(admin_client, topic, body):
    answer = admin_client.post(address(topic, "typing"), body, content_type="application/json")
    assert (answer.status_code, answer.json()["said"]) == (
        400,
        "This is not what the form sends. Load the page again.",
    )


def test_what_is_too_long_to_be_sent_is_refused(admin_client, topic, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    status, answer = send(admin_client, topic, {"user": 1, "key": "a", "typed": {"name": ["x" * 100]}})
    assert (status, answer["said"]) == (413, "This is too long to be kept while you type. Save it.")


def test_script_gets_a_token_that_holds_after_signing_in_again(topic, editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    data = json.dumps({"user": editor.pk, "key": "a", "typed": {"name": ["x"]}})
    where = address(topic, "typing")
    assert client.post(where, data, content_type="application/json").status_code == 403
    token = client.get(where).json()["token"]
    answer = client.post(where, data, content_type="application/json", headers={"X-CSRFToken": token})
    assert answer.json()["state"] == State.KEPT


def test_page_of_kept_forms_does_not_tell_what_was_typed(admin_client):
    row = UnsavedFormFactory(data={"name": ["Secret words"]})
    page = admin_client.get(reverse("admin:ecosystem_unsavedform_change", args=[row.pk]))
    assert "Secret words" not in page.content.decode()


def test_form_of_what_one_may_only_look_at_keeps_nothing(topic):
    client = Client()
    client.force_login(author_of_drafts())
    page = client.get(address(topic))
    assert (page.status_code, "typing" in page.context) == (200, False)


def test_discarding_by_address_alone_loses_nothing(admin_client, topic):
    keep(admin_client, topic, name="Stays")
    admin_client.get(f"{address(topic, 'typing')}discard/")
    assert unsaved_forms.kept_by(UnsavedForm.objects.get().user, Topic, topic).count() == 1


def test_page_and_script_are_told_who_else_has_the_form_open(admin_client, topic, time_machine):
    time_machine.move_to("2026-11-29T06:03:00Z", tick=False)
    lin, other = EditorFactory(first_name="Lin", last_name="Yue"), Client()
    other.force_login(lin)
    ping = {"user": lin.pk, "key": "a", "leaving": False}
    assert send(other, topic, ping) == (200, {"others": []})
    said = ["Lin Yue has had this open since 14:03."]
    page = admin_client.get(address(topic))
    assert (page.context["typing"]["others"], said[0] in page.content.decode()) == (said, True)
    mine = {"user": page.wsgi_request.user.pk, "key": "b"}
    assert send(admin_client, topic, mine) == (200, {"others": said})
    other.post(address(topic), filled(other.get(address(topic)), name="Chips, saved"))
    assert send(admin_client, topic, mine)[1]["others"] == [
        "Lin Yue has had this open since 14:03 and last saved it at 14:03."
    ]
    assert send(other, topic, ping | {"leaving": True}) == (200, {})
    assert send(admin_client, topic, mine) == (200, {"others": []})


def test_new_record_is_open_to_nobody_else(admin_client, editor):
    assert send(admin_client, Topic, {"user": editor.pk, "key": "a"}) == (200, {})
    assert OpenForm.objects.count() == 0
