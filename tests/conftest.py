"""What all tests share."""

import pytest
from django.test import Client

from ecosystem.models import User
from tests.factories import EditorFactory
from tests.postgres import *  # noqa: F403  (the fixtures of a second database)


@pytest.fixture
def editor(db) -> User:
    """Somebody with every permission in the admin."""
    return EditorFactory(username="editor")


@pytest.fixture
def admin_client(editor: User) -> Client:
    """A browser in which the editor has signed in."""
    client = Client()
    client.force_login(editor)
    return client
