"""Mass loads: `import_organizations` against django-import-export, by rows per second of CPU and with the same result.

Each way imports the same file into a new database on SQLite, in a process of its own, in turn with the others; only the
import is counted, not the start of the process. The tables are compared field by field, without keys and moments.
django-import-export runs as it is used (`clean_model_instances`, one row after the other) and with `use_bulk`; of what
it has no part for it gets the result for nothing: addresses are given to it, and other names split as we split them.
"""

import csv
import hashlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.sites import ROOT
from benchmarks.tables import Line

GOAL = 40  # times the rows per second of CPU
SEED = 20261125
COLUMNS = "id name name_zh aliases acronyms kind country city founded website lat lon source".split()
WAYS = ("ours", "one by one", "bulk")
TITLES = {
    "one by one": "django-import-export",
    "bulk": "django-import-export, use_bulk",
}


def lines(rows: int = 10_000, runs: int = 3) -> Iterator[Line]:
    seconds: dict[str, list[float]] = {way: [] for way in WAYS}
    results = set()
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "organizations.csv"
        write_file(file, rows)
        for _turn in range(runs):
            for way in WAYS:
                used, result = run_apart(way, file)
                seconds[way].append(used)
                results.add(result)
    ours = statistics.median(seconds.pop("ours"))
    for way, used in seconds.items():
        theirs = statistics.median(used)
        measured = f"{rows / ours:,.0f} rows in a second, {rows / theirs:,.0f} by theirs"
        yield Line(f"import_organizations to {TITLES[way]}", measured, theirs / ours, GOAL, is_least=True)
    yield Line("tables that the ways of importing leave", f"{rows:,} rows", len(results), 1, unit="kind")


def run_apart(way: str, file: Path) -> tuple[float, str]:
    """CPU seconds of one import into a new database, and what the tables hold afterwards."""
    with tempfile.TemporaryDirectory() as place:
        said = subprocess.run(
            [sys.executable, "-m", "benchmarks.import_organizations", way, file],
            env={**os.environ, "DATA_DIR": place, "DATABASE_URL": ""},
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
    return tuple(json.loads(said))


def measure(way: str, file: Path) -> tuple[float, str]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shanghai_tech.settings")
    import django  # noqa: PLC0415  (the settings come first)

    django.setup()
    from benchmarks import import_ways  # noqa: PLC0415

    import_ways.prepare()
    run: Callable[[Path], None] = import_ways.WAYS[way](file)
    begun = time.process_time()
    run()
    return time.process_time() - begun, hashlib.sha256(import_ways.tables().encode()).hexdigest()


def write_file(path: Path, rows: int) -> None:
    """Names, aliases and keys in the proportions of real lists, the same for each run."""
    chance = random.Random(SEED)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for number in range(rows):
            table.writerow(row(chance, number))


def row(chance: random.Random, number: int) -> list[str]:
    chinese = "".join(
        chance.choice("上海浦东张江科技生物医药大学研究中心集团信息材料")
        for _ in range(chance.randint(4, 10))
    )
    latin = " ".join(chance.choice(WORDS) for _ in range(chance.randint(2, 6)))
    is_chinese = chance.random() < 0.16
    name = chinese if is_chinese else latin
    aliases = [
        f"{chance.choice(WORDS)} {chance.choice(WORDS)} {n}" for n in range(chance.choice([0, 0, 1, 1, 2]))
    ]
    acronym = "".join(word[0] for word in latin.split()).upper() if chance.random() < 0.3 else ""
    founded = str(chance.randint(1850, 2024)) if chance.random() < 0.45 else ""
    website = (
        f"https://www.{chance.choice(WORDS).lower()}-{number}.example.org/" if chance.random() < 0.7 else ""
    )
    kind = chance.choice(
        "brand operator education facility nonprofit company government healthcare other".split()
    )
    return [
        f"ror:0{number:08x}", name, chinese if is_chinese else "", "|".join(aliases), acronym,
        kind, "CN", "Shanghai", founded, website, "31.2", "121.5", "ROR",
    ]  # fmt: skip


WORDS = (
    "Institute Zentrum Université National Applied Marine Energy Biology Research Society Hospital Bank Transit "
    "Shanghai Pacific Northern Royal Technical Agricultural Medical Design Systems Laboratoire Fundação Łódź Ministry"
).split()

if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
