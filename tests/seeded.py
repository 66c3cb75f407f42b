"""The site with the project's own content, for tests that read what readers will read.

The content is stored once for each process of the tests, and for good: tests that use it run after all others.
"""

from io import StringIO

import pytest
from django.core.management import call_command

from ecosystem.models import SeededKey

__all__ = ["pytest_collection_modifyitems", "seeded_site"]


@pytest.fixture(scope="session")
def seeded_site(django_db_setup, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        if not SeededKey.objects.exists():
            call_command("seed", stdout=StringIO())


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: "seeded_site" in getattr(item, "fixturenames", ()))
