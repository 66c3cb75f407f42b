"""What every kind of page answers, fetched once for all the tests that read it."""

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.seeded import *  # noqa: F403  (the fixture and the hook that orders tests)
from tests.small_site import LANGUAGES, Site, addresses, make_site


@pytest.fixture
def site(db) -> Site:
    return make_site()


@pytest.fixture(scope="session")
def answers(django_db_setup, django_db_blocker) -> dict[str, HttpResponse]:
    """The answer of every kind of page in every language: "en home" is that of /.

    The site that they show is gone when they are returned: tests read their headers and their content.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        site = make_site()
        paths = {f"{code} {name}": path for code in LANGUAGES for name, path in addresses(site, code).items()}
        found = {name: Client().get(path) for name, path in paths.items()}
        transaction.set_rollback(True)
    return found
