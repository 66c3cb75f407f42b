"""All benchmarks: `make bench` measures, says what passes, and writes docs/performance.md."""

import argparse
import platform
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from benchmarks import chinese, import_organizations, index_costs, pages, rivals, spelling
from benchmarks.sites import ROOT
from benchmarks.tables import HEADING, Line

PARTS: dict[str, tuple[str, Callable[[], Iterator[Line]]]] = {
    "pages": ("Pages of the directory", pages.lines),
    "index": ("The index", index_costs.lines),
    "chinese": ("Chinese in any position", chinese.lines),
    "spelling": ("Typing errors", spelling.lines),
    "imports": ("Mass loads", import_organizations.lines),
    "rivals": ("What else one could pick", rivals.lines),
}
DOCUMENT = ROOT / "docs" / "performance.md"
INTRODUCTION = """# Performance

Measured by `make bench` on {day}, Python {python}: processor time, medians of alternated runs, ratios within one run.
The organizations are made up, the same in every run; each page is asked for once, so that nothing is remembered.
What each number means stands in the module of `benchmarks/` that measures it.
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "parts", nargs="*", choices=[*PARTS, []], help="only these; the document is not written then"
    )
    chosen = parser.parse_args().parts
    sections, is_met = [], True
    for part, (title, lines) in PARTS.items():
        if chosen and part not in chosen:
            continue
        print(f"\n## {title}\n\n{HEADING}", flush=True)
        found = []
        for line in lines():
            print(line, flush=True)
            found.append(line)
        is_met &= all(line.is_met for line in found)
        sections.append("\n".join([f"## {title}\n", HEADING, *map(str, found)]))
    if not chosen:
        day, python = datetime.now(UTC).date().isoformat(), platform.python_version()
        DOCUMENT.write_text("\n".join([INTRODUCTION.format(day=day, python=python), *sections, ""]))
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
