"""The databases of the benchmarks: made once for each number of organizations, and kept."""

import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = Path(os.environ.get("BENCH_DIR") or ROOT / "var" / "benchmarks")
DATABASE = "database.sqlite3"
# Topics, units, sources and places: what organizations are filed under.
GROUND = ("01-topics", "02-units", "03-sources", "04-places")
MAKE = """
import django; django.setup()
from pathlib import Path
from django.core.management import call_command
from benchmarks.organizations import fill
from ecosystem.domain.index.rebuilding import rebuild
from ecosystem.domain.seeding import seed
call_command("migrate", verbosity=0)
seed(Path({ground!r}))
fill({number})
rebuild()
"""
# What a newer version of the site needs of a database that was made by an older one.
PREPARE = """
import django; django.setup()
from django.core.management import call_command
from ecosystem.domain.index import rebuilding, versions
call_command("migrate", verbosity=0)
if versions.is_outdated():
    rebuilding.rebuild()
call_command("collectstatic", verbosity=0, interactive=False)
"""


def site(number: int) -> Path:
    """The DATA_DIR of a site with so many organizations; a million take a quarter of an hour to make."""
    place = PLACE / f"{number}"
    if not (place / "complete").exists():
        print(f"Making {number:,} organizations ...", flush=True)
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        with tempfile.TemporaryDirectory() as ground:
            for name in GROUND:
                shutil.copy(ROOT / "fixtures" / f"{name}.json", ground)
            run(place, MAKE.format(ground=ground, number=number))
        (place / "complete").touch()
    run(place, PREPARE)
    _read(place / DATABASE)
    return place


@cache
def _read(file: Path) -> None:
    """Have the file in the system's memory, as that of a site that is visited is: disks are not measured here."""
    with file.open("rb", buffering=0) as stream:
        while stream.read(1 << 24):
            pass


def environment(place: Path) -> dict[str, str]:
    own = {"DATA_DIR": str(place), "DJANGO_SETTINGS_MODULE": "benchmarks.settings", "PYTHONPATH": str(ROOT)}
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | own


def run(place: Path, script: str) -> str:
    """Run a script on a site in a process of its own; what it prints."""
    return _run(place, ["-c", script])


def run_module(place: Path, module: str, *arguments: object, **variables: str) -> str:
    return _run(place, ["-m", module, *map(str, arguments)], **variables)


def _run(place: Path, arguments: list[str], **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment(place) | variables,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout
