"""Mass loads: `import_organizations` against django-import-export, by rows per second of CPU and with the same result.

    pip install -r requirements/bench.txt
    python -m benchmarks.import_organizations [--rows 3000] [--runs 3]

Each way imports the same file into a new database on SQLite, in a process of its own, in turn with the others; only the
import is counted, not the start of the process. The tables are compared field by field, without keys and moments.
django-import-export runs as it is used (`clean_model_instances`, one row after the other) and with `use_bulk`; of what
it has no part for it gets the result for nothing: addresses are given to it, and other names split as we split them.
"""

import argparse
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
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOAL = 40  # times the rows per second of CPU
SEED = 20261125
COLUMNS = "id name name_zh aliases acronyms kind country city founded website lat lon source".split()
WAYS = ("ours", "one by one", "bulk")
TITLES = {
    "ours": "manage.py import_organizations",
    "one by one": "django-import-export",
    "bulk": "django-import-export, use_bulk",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=3000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        print(json.dumps(measure(options.way, options.file)))
        return 0
    return compare(options.rows, options.runs)


def compare(rows: int, runs: int) -> int:
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
    return report(rows, {way: statistics.median(used) for way, used in seconds.items()}, len(results) == 1)


def report(rows: int, medians: dict[str, float], is_same: bool) -> int:
    print(f"| way | rows per second of CPU | ours is so many times as fast | at least {GOAL} times |")
    print("|---|---|---|---|")
    for way, used in medians.items():
        ratio = used / medians["ours"]
        verdict = "" if way == "ours" else "pass" if ratio >= GOAL else "FAIL"
        print(f"| {TITLES[way]} | {rows / used:,.0f} | {ratio:.1f} | {verdict} |")
    print(f"\nSame tables: {'pass' if is_same else 'FAIL'}")
    return 0 if is_same and medians["one by one"] / medians["ours"] >= GOAL else 1


def run_apart(way: str, file: Path) -> tuple[float, str]:
    """CPU seconds of one import into a new database, and what the tables hold afterwards."""
    with tempfile.TemporaryDirectory() as place:
        said = subprocess.run(
            [sys.executable, "-m", "benchmarks.import_organizations", "--way", way, "--file", file],
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
    sys.exit(main())
