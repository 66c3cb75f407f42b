"""Health and readiness for those who run the site."""

import pytest
from django.db import OperationalError, connection


def test_process_is_healthy_without_its_database(client):
    answer = client.get("/-/health")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_process_is_ready_with_its_database(client):
    answer = client.get("/-/ready")
    assert (answer.status_code, answer.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_process_is_not_ready_without_its_database(client, monkeypatch):
    def unreachable(*arguments):
        raise OperationalError("the database is away")

    monkeypatch.setattr(connection, "cursor", unreachable)
    answer = client.get("/-/ready")
    assert (answer.status_code, answer.content) == (503, b"no database: the database is away\n")
