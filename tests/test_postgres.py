"""The fixtures of a second database: where they lead, and that one test leaves nothing to the next."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from ecosystem.models import Topic
from tests.factories import TopicFactory
from tests.project import source_code as code


@pytest.mark.parametrize("turn", [1, 2])
def test_either_database_is_the_one_that_the_test_is_named_by_and_begins_empty(
    either_database, request, turn
):
    assert connection.vendor in request.node.name
    assert not Topic.objects.exists()
    TopicFactory()


@pytest.mark.parametrize("turn", [1, 2])
def test_commits_are_real_and_are_taken_back(either_database_for_real, turn):
    done = []
    assert not Topic.objects.exists()
    with transaction.atomic():
        TopicFactory()
        transaction.on_commit(lambda: done.append(True))
    assert done == [True]


def test_postgres_is_the_default_connection(postgres):
    with connection.cursor() as cursor:
        cursor.execute("SELECT version()")
        assert cursor.fetchone()[0].startswith("PostgreSQL")


def test_content_types_are_those_of_the_database(either_database):
    known = ContentType.objects.get_for_model(Topic)
    assert known == ContentType.objects.get(app_label="ecosystem", model="topic")


def test_sqlite_is_back_afterwards(db):
    assert connection.vendor == "sqlite"


KILLED = """
import sys, django
django.setup()
from tests import postgres
server = postgres.Server(postgres._programs(), postgres.new_directory())
server.start()
print(server.directory, flush=True)
sys.stdin.read()
"""


def test_server_ends_with_a_process_of_tests_that_is_killed(postgres_server):
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED],
        cwd=code.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    directory = Path(process.stdout.readline().strip())
    assert (directory / "data/postmaster.pid").exists()
    process.kill()
    process.communicate()
    for _attempt in range(100):
        if not list(directory.iterdir()):
            break
        time.sleep(0.1)
    assert list(directory.iterdir()) == []
    directory.rmdir()


def test_another_process_finds_the_tables_and_they_are_its_own(postgres_url, tmp_path):
    script = "from ecosystem.models import Topic; print(Topic.objects.count())"
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", script],
        env={"DATABASE_URL": postgres_url, "DATA_DIR": str(tmp_path), "PATH": ""},
        cwd=code.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("0\n", 0), done.stderr
