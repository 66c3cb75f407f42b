"""All benchmarks: `make bench` measures, says what passes, and writes docs/performance.md."""

import argparse
import platform
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import process_time

from benchmarks import chinese, files, import_organizations, index_costs, pages, queries, rivals, spelling
from benchmarks.sites import PLACE, ROOT
from benchmarks.tables import HEADING, Line

PARTS: dict[str, tuple[str, Callable[[], Iterator[Line]]]] = {
    "pages": ("Pages of the directory", pages.lines),
    "queries": ("Any question", queries.lines),
    "index": ("The index", index_costs.lines),
    "chinese": ("Chinese in any position", chinese.lines),
    "spelling": ("Typing errors", spelling.lines),
    "files": ("Files", files.lines),
    "imports": ("Mass loads", import_organizations.lines),
    "datasette": ("What else one could pick: Datasette", rivals.beside_datasette),
    "wagtail": ("What else one could pick: Wagtail", rivals.beside_wagtail),
}
DOCUMENT = ROOT / "docs" / "performance.md"
INTRODUCTION = """# Performance

Measured by `make bench`, part by part: processor time, medians of alternated runs, ratios within one run. The
organizations are made up, the same in every run, and nothing remembers an answer.
What each number means stands in the module of `benchmarks/` that measures it. A part can be measured alone, on a day
when the machine is faster or slower: compare within a line, not between parts. How long it
took to count to a million just before tells how fast it was.
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these")
    chosen = parser.parse_args().parts or list(PARTS)
    return 0 if all([measured(part) for part in chosen]) else 1


def measured(part: str) -> bool:
    """Measure a part, keep its table, and write the document once there is one of every part; whether goals are met."""
    title, lines = PARTS[part]
    print(f"\n## {title}\n\n{HEADING}", flush=True)
    found = []
    for line in lines():
        print(line, flush=True)
        found.append(line)
    day = (
        f"On {datetime.now(UTC).date().isoformat()}, Python {platform.python_version()}; "
        f"the machine counted to a million in {counting():.0f} ms.\n"
    )
    table_of(part).parent.mkdir(parents=True, exist_ok=True)
    table_of(part).write_text("\n".join([f"## {title}\n", day, HEADING, *map(str, found), ""]))
    if all(table_of(one).exists() for one in PARTS):
        DOCUMENT.write_text("\n".join([INTRODUCTION, *(table_of(one).read_text() for one in PARTS)]))
    return all(line.is_met for line in found)


def counting() -> float:
    """How long this machine takes now to count to a million, in milliseconds: its other times are read by that."""
    spent = []
    for _turn in range(5):
        begun = process_time()
        for _number in range(1_000_000):
            pass
        spent.append((process_time() - begun) * 1000)
    return median(spent)


def table_of(part: str) -> Path:
    return PLACE / "tables" / f"{part}.md"


if __name__ == "__main__":
    sys.exit(main())
