"""Brings this installation up to date and serves it: what `make serve` runs after the environment is made."""

import errno
import hashlib
import os
import socket
import sys
from importlib.metadata import version
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ecosystem.domain import administrators
from ecosystem.domain.index import versions

# Per process. Python computes one page at a time; the others wait for the database or for a slow upload.
THREADS = 4
# Seconds that a page in the making has when the server stops. A process that is itself still starting
# misses the signal to stop, and would be waited for without end.
LAST_SECONDS = 5

UNKNOWN_NAME = "no such name is known. Set HOST to an address of this machine, such as 127.0.0.1."
PORT_PROBLEMS = {
    errno.EADDRINUSE: "another program listens there. Stop it, or set PORT to a free one, such as 8001.",
    errno.EACCES: "this user may not use that port. Set PORT to one above 1023.",
    errno.EADDRNOTAVAIL: "this machine has no such address. Set HOST to one it has, such as 127.0.0.1.",
    socket.EAI_NONAME: UNKNOWN_NAME,
    socket.EAI_AGAIN: UNKNOWN_NAME,  # what a machine without a name server says
}


class Command(BaseCommand):
    help = "Prepare the database, the seed and the static files where needed, then serve the site."

    def handle(self, *args, **options) -> None:
        address = free_address()
        self.migrate()
        call_command("seed", stdout=self.stdout, stderr=self.stderr)
        if versions.is_outdated():
            self.stdout.write("Making the index of the search ...")
            call_command("index", "rebuild", stdout=self.stdout, stderr=self.stderr)
        self.collect_static_files()
        self.make_first_administrator()
        connection.close()
        self.stdout.write(
            f"\nShanghai Tech is at {settings.SITE_URL}/ and its admin at {settings.SITE_URL}/admin/"
        )
        self.stdout.write("Ctrl-C stops it.\n")
        self.stdout.flush()
        become_server(address)

    def migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database ...")
            call_command("migrate", interactive=False, verbosity=0)
            # What a version records of the texts, an earlier one may not have recorded.
            call_command("references", "rebuild", stdout=StringIO())

    def collect_static_files(self) -> None:
        kept = Path(settings.STATIC_ROOT, ".fingerprint")
        fingerprint = static_fingerprint()
        if not kept.exists() or kept.read_text() != fingerprint:
            self.stdout.write("Collecting and compressing the static files ...")
            call_command("collectstatic", interactive=False, verbosity=0)
            kept.write_text(fingerprint)  # last, so that an interrupted run is repeated

    def make_first_administrator(self) -> None:
        try:
            made = administrators.ensure_first(
                username=settings.ADMIN_USERNAME, password=settings.ADMIN_PASSWORD
            )
        except ValidationError as error:
            problem = " ".join(error.messages)
            raise CommandError(
                f"ADMIN_USERNAME and ADMIN_PASSWORD make no administrator: {problem}", returncode=2
            ) from None
        if made and made.made_password:
            self.stdout.write(f"\nFirst administrator: {made.username}\nPassword: {made.made_password}")
            self.stdout.write("It is shown only this once.")
        elif made:
            self.stdout.write(f"First administrator: {made.username}, with the password in ADMIN_PASSWORD")


def free_address() -> str:
    """The numeric address of HOST, if the server can listen there: asked before any work, not after it."""
    try:
        found = socket.getaddrinfo(settings.HOST, settings.PORT, type=socket.SOCK_STREAM)
        family, kind, _, _, address = found[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(
                socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
            )  # a server stopped just now is no hindrance
            probe.bind(address)
    except OSError as error:
        reason = PORT_PROBLEMS.get(error.errno, str(error))
        where = f"HOST {settings.HOST}, PORT {settings.PORT}"
        raise CommandError(f"Cannot listen at {where}: {reason}", returncode=2) from None
    return address[0]


def static_fingerprint() -> str:
    """Changes with the name, size or time of any static file, and with what compresses them."""
    lines = [settings.STORAGES["staticfiles"]["BACKEND"], version("whitenoise")]
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            lines.append(f"{name} {state.st_size} {state.st_mtime_ns}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def become_server(address: str) -> None:
    """Replace this process by the server: signals reach it directly, and the memory used so far is freed."""
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", address, "--port", str(settings.PORT)),
        *("--workers", str(settings.WORKERS), "--blocking-threads", str(THREADS)),
        *("--workers-kill-timeout", str(LAST_SECONDS)),
        *("--respawn-failed-workers", "--no-ws", "--log-level", "warning"),
        *("--working-dir", str(settings.BASE_DIR)),
        *("--factory", settings.SERVER_WORKER),
    ]
    os.execv(sys.executable, command)
