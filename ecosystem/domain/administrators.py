"""The first administrator of an installation, without whom nobody could let the others in."""

import secrets
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.db import transaction


@dataclass(frozen=True)
class FirstAdministrator:
    """Who was made, and the password to tell them if it was made too."""

    username: str
    made_password: str | None


@transaction.atomic
def ensure_first(*, username: str, password: str = "") -> FirstAdministrator | None:
    """Make an administrator if there is none yet; None if there is one, whatever their name.

    Without a password a random one is made. Raises ValidationError for a password that is too weak and for
    a name that is taken by somebody who is no administrator.
    """
    users = get_user_model()._default_manager
    if users.filter(is_superuser=True).exists():
        return None
    made_password = None if password else secrets.token_urlsafe(15)
    user = users.model(username=username, is_staff=True, is_superuser=True)
    validate_password(password or made_password, user)
    user.set_password(password or made_password)
    user.full_clean()
    user.save()
    return FirstAdministrator(username, made_password)
