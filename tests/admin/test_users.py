"""People who sign in, and the language in which the admin speaks to them."""

import pytest
from django.urls import reverse

from ecosystem.models import User
from tests.admin.forms import filled

pytestmark = pytest.mark.django_db
ADD = reverse("admin:ecosystem_user_add")


def test_user_is_added_with_a_language(admin_client):
    data = filled(admin_client.get(ADD))
    typed = {"username": "lin", "password1": "correct horse battery", "password2": "correct horse battery"}
    admin_client.post(ADD, data | typed | {"interface_language": "zh-hans", "is_staff": "on"})
    user = User.objects.get(username="lin")
    assert (user.interface_language, user.is_staff, user.is_superuser) == ("zh-hans", True, False)
    assert user.check_password("correct horse battery")


def test_language_is_changed_on_the_users_page(admin_client, editor):
    address = reverse("admin:ecosystem_user_change", args=[editor.pk])
    admin_client.post(address, filled(admin_client.get(address), interface_language="zh-hans"))
    editor.refresh_from_db()
    assert editor.interface_language == "zh-hans"


def test_admin_speaks_the_language_of_the_user(admin_client, editor):
    editor.interface_language = "zh-hans"
    editor.save()
    page = admin_client.get(reverse("admin:index"))
    assert page.headers["Content-Language"] == "zh-hans"
    assert '<html lang="zh-hans"' in page.content.decode()
