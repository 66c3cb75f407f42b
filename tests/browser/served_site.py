"""The site as `make serve` runs it: several processes on a database of their own, with two people of the newsroom."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

from tests.browser.signing_in import PASSWORD

ROOT = Path(__file__).resolve().parent.parent.parent
STARTS_WITHIN = 180  # seconds, with the seed and the static files, on a slow machine
PEOPLE = {"wen": ("Author", "Wen", "Yi"), "lin": ("Editor", "Lin", "Yue")}
MAKE_PEOPLE = f"""
import django; django.setup()
from django.contrib.auth.models import Group
from ecosystem.models import User
for name, (role, first, last) in {PEOPLE!r}.items():
    person = User.objects.create_user(name, password={PASSWORD!r}, is_staff=True, first_name=first, last_name=last)
    person.groups.add(Group.objects.get(name=role))
"""


@contextmanager
def served(place: Path) -> Iterator[str]:
    """The address of the site, which is stopped afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    known = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "DJANGO_"))
    }
    known |= {"DATA_DIR": str(place), "DJANGO_SETTINGS_MODULE": "shanghai_tech.settings"}
    known |= {"PORT": str(port), "WORKERS": "2", "ADMIN_PASSWORD": PASSWORD, "FOUR_EYES": "0"}
    address, log = f"http://127.0.0.1:{port}", place / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], env=known, cwd=ROOT, stdout=output, stderr=output
        )
        try:
            _wait(server, f"{address}/-/ready", log)
            subprocess.run([sys.executable, "-c", MAKE_PEOPLE], env=known, cwd=ROOT, check=True)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait(server: subprocess.Popen, address: str, log: Path) -> None:
    end = monotonic() + STARTS_WITHIN
    while monotonic() < end and server.poll() is None:
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, OSError):
            sleep(0.3)
    raise RuntimeError(f"The site did not start: {log.read_text()}")
