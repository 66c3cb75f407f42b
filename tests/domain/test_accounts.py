"""What happens to accounts and rights is logged, whoever does it and however."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from ecosystem.domain import accounts, origins
from ecosystem.models import AuditEntry, User
from tests.factories import EditorFactory, ReaderOfTheAdminFactory

pytestmark = pytest.mark.django_db
LOGIN = reverse("admin:login")
PASSWORD = "correct horse battery"


def acts(holder, since=0) -> list[tuple]:
    """What is logged about an account or group after a number of entries, the oldest first."""
    found = AuditEntry.objects.filter(kind=holder._meta.model_name, number=holder.pk).order_by("pk")
    return list(found.values_list("act", "actor_name", "detail"))[since:]


@pytest.fixture
def lin() -> User:
    user = ReaderOfTheAdminFactory(username="lin")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def by_editor(editor):
    """Everything is done in a request of an administrator."""
    with origins.coming_from(origins.Origin("192.0.2.7", "a1", editor)):
        yield


# Signing in


def sign_in(name: str, password: str, address: str = "192.0.2.7") -> Client:
    client = Client(REMOTE_ADDR=address)
    client.post(LOGIN, {"username": name, "password": password, "next": "/admin/"})
    return client


def test_signing_in_and_out_is_logged_with_the_address(lin):
    client = sign_in("lin", PASSWORD)
    client.post(reverse("admin:logout"))
    entries = AuditEntry.objects.filter(act__in=["sign-in", "sign-out"]).order_by("pk")
    assert [(entry.act, entry.actor_name, entry.address) for entry in entries] == [
        ("sign-in", "lin", "192.0.2.7"),
        ("sign-out", "lin", "192.0.2.7"),
    ]
    assert all(len(entry.request) == 16 for entry in entries)


def test_failed_sign_in_names_the_account_and_no_actor(lin):
    sign_in("lin", "wrong")
    entry = AuditEntry.objects.get(act="sign-in-failed")
    assert (entry.actor_name, entry.label, entry.detail, entry.address) == ("", "lin", "", "192.0.2.7")


def test_failed_sign_in_keeps_no_name_that_nobody_has():
    """People type their password into the line of the name."""
    sign_in(PASSWORD, "")
    sign_in(PASSWORD, "x")
    entry = AuditEntry.objects.get(act="sign-in-failed")
    assert (entry.label, entry.key, entry.detail) == ("", "", "no such name")


def test_flood_of_failed_sign_ins_does_not_fill_the_log(monkeypatch, time_machine):
    time_machine.move_to("2026-11-25T04:00:00Z", tick=False)
    monkeypatch.setattr(accounts, "FAILED_PER_HOUR", 3)
    for _ in range(5):
        sign_in("nobody", "x")
    failed = AuditEntry.objects.filter(act="sign-in-failed").order_by("pk")
    assert [entry.detail for entry in failed] == [
        "no such name",
        "no such name",
        "no such name; 3 within an hour; more of this hour are not noted",
    ]
    time_machine.shift(timedelta(hours=1, seconds=1))
    sign_in("nobody", "x")
    assert failed.all().count() == 4


# Passwords


def test_own_password_is_logged_as_changed_by_the_person(lin):
    client = sign_in("lin", PASSWORD)
    before = len(acts(lin))
    typed = {
        "old_password": PASSWORD,
        "new_password1": "battery horse 77",
        "new_password2": "battery horse 77",
    }
    client.post(reverse("admin:password_change"), typed)
    assert acts(lin, before) == [("password", "lin", "")]


def test_password_set_by_an_administrator_is_logged_as_theirs(admin_client, lin):
    before = len(acts(lin))
    address = reverse("admin:auth_user_password_change", args=[lin.pk])
    admin_client.post(
        address, {"password1": "battery horse 77", "password2": "battery horse 77", "usable_password": "true"}
    )
    assert acts(lin, before) == [("password", "editor", "")]


def test_password_made_stronger_at_sign_in_is_no_act(lin, settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    before = len(acts(lin))
    sign_in("lin", PASSWORD)
    lin.refresh_from_db()
    assert lin.password.startswith("pbkdf2")
    assert acts(lin, before) == [("sign-in", "lin", "")]


def test_administrator_made_by_a_command_is_logged(monkeypatch, capsys):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", interactive=False, username="root", email="root@example.org")
    root = User.objects.get(username="root")
    assert acts(root) == [("add", "", "is_active, is_staff, is_superuser")]


# Accounts and rights


def test_rights_of_an_account_are_logged(by_editor, lin):
    before = len(acts(lin))
    lin.is_superuser, lin.is_active = True, False
    lin.save()
    assert acts(lin, before) == [("rights", "editor", "is_active: no, is_superuser: yes")]


def test_other_columns_are_logged_by_name_only(by_editor, lin):
    before = len(acts(lin))
    lin.email = "lin@example.org"
    lin.save()
    lin.save()
    assert acts(lin, before) == [("change", "editor", "email")]


def test_deleted_account_is_logged(by_editor, lin):
    key = lin.pk
    lin.delete()
    last = AuditEntry.objects.first()
    assert (last.act, last.kind, last.number, last.label, last.actor_name) == (
        "delete",
        "user",
        key,
        "lin",
        "editor",
    )


def test_groups_and_rights_given_and_taken_are_logged_from_either_side(by_editor, lin):
    before = len(acts(lin))
    author, right = Group.objects.get(name="Author"), Permission.objects.get(codename="add_topic")
    lin.groups.add(author)
    lin.groups.set([author])
    author.user_set.remove(lin)
    lin.user_permissions.set([right])
    right.user_set.clear()
    assert acts(lin, before) == [
        ("rights", "editor", "given: Author"),
        ("rights", "editor", "taken: Author"),
        ("rights", "editor", "given: add_topic"),
        ("rights", "editor", "taken: add_topic"),
    ]


def test_rights_of_a_group_are_logged(by_editor):
    group, rights = (
        Group.objects.create(name="Guests"),
        Permission.objects.filter(content_type__model="topic"),
    )
    group.permissions.set(rights.filter(codename__in=["view_topic", "add_topic"]))
    group.permissions.clear()
    assert acts(group) == [
        ("add", "editor", ""),
        ("rights", "editor", "given: add_topic, view_topic"),
        ("rights", "editor", "taken: add_topic, view_topic"),
    ]


def test_account_added_in_the_admin_is_logged_once(admin_client):
    typed = {"username": "wei", "password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    author = Group.objects.get(name="Author")
    admin_client.post(
        reverse("admin:ecosystem_user_add"),
        typed | {"interface_language": "zh-hans", "is_staff": "on", "groups": [author.pk]},
    )
    assert acts(User.objects.get(username="wei")) == [
        ("add", "editor", "is_active, is_staff"),
        ("password", "editor", ""),
        ("rights", "editor", "given: Author"),
    ]


def test_two_people_are_told_apart(by_editor):
    wang = EditorFactory(username="wang")
    assert acts(wang) == [("add", "editor", "is_active, is_staff, is_superuser")]
