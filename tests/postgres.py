"""A real PostgreSQL for tests that must hold on both databases.

Fixtures, each of which skips with a line on what to install where there is no PostgreSQL:

`either_database`  the test runs twice, on SQLite and on PostgreSQL: in the second run the default connection is another
                   one, so that the code under test needs no `using=`. Each test is rolled back, as with `db`
`postgres`         the same, on PostgreSQL only
`either_database_for_real`, `postgres_for_real`  the same with commits, as with `transactional_db`; slower
`postgres_url`     a migrated and empty database of its own, as DATABASE_URL, for processes that a test starts

A test that takes one of them takes neither `db` nor the mark `django_db`, which would open SQLite first;
`connection.vendor` tells which one it is. The server is started once in each process of the tests, when the first test
asks (3 s with the tables), in a temporary directory, is reached by a socket in it, does not wait for the disk, and is
removed at the end.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path
from urllib.parse import quote

import dj_database_url
import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

__all__ = [
    "either_database",
    "either_database_for_real",
    "on_postgres",
    "postgres",
    "postgres_connection",
    "postgres_for_real",
    "postgres_server",
    "postgres_url",
    "which_database",
]

NO_SERVER = "This test needs PostgreSQL; on Debian: apt-get install postgresql"
NO_DRIVER = "This test needs the driver of PostgreSQL: pip install -r requirements/optional.txt"
DEBIAN = Path("/usr/lib/postgresql")  # where Debian keeps the programs, one folder for each version
# Nothing here outlives the tests, so nothing waits for the disk.
# The server lives as long as somebody holds the other end of this script's standard input.
KEEPER = """
"$1" -D "$2/data" -c unix_socket_directories="$2" -c listen_addresses= \\
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off >"$2/log" 2>&1 </dev/null &
cat >/dev/null
kill -QUIT $!
wait
rm -rf "$2"/*
"""
PATIENCE = 300  # tenths of a second
TEMPLATE = "migrated"


@dataclass
class Server:
    """A server of our own in a directory of its own."""

    programs: Path
    directory: Path
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, name: str) -> str:
        return f"postgresql://postgres@{quote(str(self.directory), safe='')}/{name}"

    def start(self) -> None:
        data = self.directory / "data"
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        self._run("initdb", "-D", data, *options)
        # The pipe closes with this process, however that ends.
        self._keeper = subprocess.Popen(
            ["sh", "-c", KEEPER, "sh", self.programs / "postgres", self.directory],
            stdin=subprocess.PIPE,
            cwd=self.directory,
            **_somebody_else(),
        )
        self._wait()

    def stop(self) -> None:
        self._keeper.stdin.close()
        self._keeper.wait()

    def _wait(self) -> None:
        for _attempt in range(PATIENCE):
            try:
                self._ask("SELECT 1")
                return
            except OperationalError:
                time.sleep(0.1)
        raise AssertionError((self.directory / "log").read_text())

    def new_database(self) -> str:
        """The address of a migrated, empty database that nobody else uses."""
        name = f"test_{next(self._numbers)}"
        self._ask(f"CREATE DATABASE {name} TEMPLATE {self.template}")
        return self.url(name)

    @cached_property
    def template(self) -> str:
        """The migrated database that others are copied from; while that is done nobody may be connected to it."""
        self._ask(f"CREATE DATABASE {TEMPLATE}")
        with default_connection(self.url(TEMPLATE)):
            call_command("migrate", verbosity=0)
        return TEMPLATE

    def _ask(self, sql: str) -> None:
        with default_connection(self.url("postgres")), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(sql)

    def _run(self, program: str, *arguments: str | Path) -> None:
        # The server itself keeps standard output open, so output goes to a file that can be shown afterwards.
        said = self.directory / "said"
        with said.open("wb") as output:
            done = subprocess.run(
                [self.programs / program, *arguments],
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                cwd=self.directory,
                check=False,
                **_somebody_else(),
            )
        assert done.returncode == 0, said.read_text()


@pytest.fixture(scope="session")
def postgres_server(django_db_setup, django_db_blocker) -> Iterator[Server]:
    programs = _programs()
    if programs is None:
        pytest.skip(NO_SERVER)
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip(NO_DRIVER)
    directory = new_directory()
    server = Server(programs, directory)
    try:
        with django_db_blocker.unblock():
            server.start()
            assert server.template
        yield server
        server.stop()
    finally:
        shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server, django_db_blocker) -> str:
    with django_db_blocker.unblock():
        return postgres_server.new_database()


@pytest.fixture(scope="session")
def postgres_connection(postgres_server, django_db_blocker) -> Iterator[BaseDatabaseWrapper]:
    """The connection that the tests in this process share."""
    with django_db_blocker.unblock():
        connection = connection_to(postgres_server.new_database())
    # Blocked meanwhile: a test that takes no database would leave its records to all later ones.
    yield connection
    with django_db_blocker.unblock():
        connection.close()


@contextmanager
def default_connection(
    url: str | None = None, connection: BaseDatabaseWrapper | None = None
) -> Iterator[None]:
    """Let everything that names no database use this one; an address is connected to for that time."""
    usual = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connection or connection_to(url)
    ContentType.objects.clear_cache()  # its keys are those of one database
    try:
        yield
    finally:
        if connection is None:
            connections[DEFAULT_DB_ALIAS].close()
        connections[DEFAULT_DB_ALIAS] = usual
        ContentType.objects.clear_cache()


def connection_to(url: str) -> BaseDatabaseWrapper:
    described = connections.configure_settings({DEFAULT_DB_ALIAS: dj_database_url.parse(url)})[
        DEFAULT_DB_ALIAS
    ]
    return load_backend(described["ENGINE"]).DatabaseWrapper(described, DEFAULT_DB_ALIAS)


@pytest.fixture(params=["sqlite", "postgresql"])
def which_database(request) -> Iterator[None]:
    yield from _switched(request, request.param)


@pytest.fixture
def on_postgres(request) -> Iterator[None]:
    yield from _switched(request, "postgresql")


# Fixtures are made in the order of the arguments and undone in the opposite one: transactions lie inside the switch.
@pytest.fixture
def either_database(which_database, db) -> None:
    pass


@pytest.fixture
def either_database_for_real(which_database, transactional_db) -> None:
    pass


@pytest.fixture
def postgres(on_postgres, db) -> None:
    pass


@pytest.fixture
def postgres_for_real(on_postgres, transactional_db) -> None:
    pass


def _switched(request: pytest.FixtureRequest, vendor: str) -> Iterator[None]:
    if connections[DEFAULT_DB_ALIAS].vendor == vendor:
        yield
    elif vendor == "sqlite":
        pytest.skip("All tests run on PostgreSQL, by DATABASE_URL.")
    else:
        with default_connection(connection=request.getfixturevalue("postgres_connection")):
            yield


def new_directory() -> Path:
    directory = Path(tempfile.mkdtemp(prefix="postgres-"))
    if user := _somebody_else():
        shutil.chown(directory, user["user"], user["group"])
    return directory


def _programs() -> Path | None:
    """The folder of the server's programs."""
    by_path = shutil.which("initdb")
    folders = [Path(by_path).resolve().parent] if by_path else sorted(DEBIAN.glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def _somebody_else() -> dict[str, str | int | list]:
    """PostgreSQL refuses to run as root, who starts it as somebody without rights."""
    if os.geteuid() != 0:
        return {}
    known = {one.pw_name: one for one in pwd.getpwall()}
    one = known.get("postgres") or known["nobody"]
    return {"user": one.pw_uid, "group": one.pw_gid, "extra_groups": []}
