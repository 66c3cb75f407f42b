"""The first administrator."""

import pytest
from django.core.exceptions import ValidationError

from ecosystem.domain import administrators
from ecosystem.models import User

pytestmark = pytest.mark.django_db


def test_ensure_first_makes_an_administrator_with_a_random_password():
    made = administrators.ensure_first(username="admin")
    user = User.objects.get()
    assert (user.username, user.is_superuser, user.is_staff) == ("admin", True, True)
    assert len(made.made_password) == 20
    assert user.check_password(made.made_password)


def test_ensure_first_takes_a_given_password_and_does_not_repeat_it():
    made = administrators.ensure_first(username="chief", password="a long enough one")
    assert made == administrators.FirstAdministrator("chief", None)
    assert User.objects.get().check_password("a long enough one")


def test_ensure_first_leaves_an_installation_with_an_administrator_alone():
    administrators.ensure_first(username="admin", password="a long enough one")
    assert administrators.ensure_first(username="chief", password="a different one") is None
    assert User.objects.get().check_password("a long enough one")


@pytest.mark.parametrize("password", ["admin", "short", "password123", "12345678901"])
def test_ensure_first_refuses_a_weak_password(password):
    with pytest.raises(ValidationError):
        administrators.ensure_first(username="admin", password=password)
    assert not User.objects.exists()


def test_ensure_first_refuses_the_name_of_somebody_else():
    User.objects.create_user("admin")
    with pytest.raises(ValidationError, match="already exists"):
        administrators.ensure_first(username="admin")
