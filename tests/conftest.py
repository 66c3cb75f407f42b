"""What all tests share."""

from collections.abc import Iterator

import pytest
from django.core.management.commands import flush
from django.test import Client

from ecosystem.models import User
from tests.factories import EditorFactory
from tests.postgres import *  # noqa: F403  (the fixtures of a second database)


@pytest.fixture(scope="session", autouse=True)
def flush_that_empties_the_audit_log() -> Iterator[None]:
    """Tests with commits end in Django's flush, which the triggers of the log refuse as they should."""
    usual = flush.sql_flush
    flush.sql_flush = lambda *args, **options: without_triggers(args[1], usual(*args, **options))
    yield
    flush.sql_flush = usual


def without_triggers(connection, statements: list[str]) -> list[str]:
    table = "ecosystem_auditentry"
    if connection.vendor == "postgresql":
        alter = f"ALTER TABLE {table} {{}} TRIGGER USER"
        return [alter.format("DISABLE"), *statements, alter.format("ENABLE")]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        triggers = cursor.fetchall()
    dropped = [f"DROP TRIGGER {name}" for name, _sql in triggers]
    return [*dropped, *statements, *(sql for _name, sql in triggers)]


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
