"""The file of refused rows, beside the file that they came in: what stood there, and what to do about it."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from ecosystem.domain.import_reading import Line, Table
from ecosystem.domain.import_rows import Problem

ADDED = ("row", "column", "advice")


class Refusals:
    """Written while the rows come, put in place at the end; where none were refused, an older file goes."""

    def __init__(self, table: Table, target: Path) -> None:
        self.target = target
        self.count = 0
        self._header = [name for name in table.header if name not in ADDED]
        self._places = [place for place, name in enumerate(table.header) if name not in ADDED]
        self._draft = target.with_name(f"{target.name}.part")
        self._file: IO[str] | None = None
        self._rows: Any = None

    def add(self, line: Line, problems: Iterable[Problem]) -> None:
        problems = list(problems)
        if self._file is None:
            self._open()
        cells = [*line.cells, *[""] * len(self._places)]
        columns = ", ".join(dict.fromkeys(problem.column for problem in problems))
        advice = " ".join(dict.fromkeys(problem.advice for problem in problems))
        self._rows.writerow([*(cells[place] for place in self._places), line.number, columns, advice])
        self.count += 1

    def finish(self) -> None:
        if self._file is None:
            self.target.unlink(missing_ok=True)
        else:
            self._file.close()
            self._draft.replace(self.target)

    def _open(self) -> None:
        # With a mark at its start, so that spreadsheets show Chinese; signs that are none are kept as they came.
        self._file = self._draft.open("w", encoding="utf-8-sig", errors="surrogatepass", newline="")
        self._rows = csv.writer(self._file)
        self._rows.writerow([*self._header, *ADDED])


def place_for(path: Path, otherwise: Path) -> Path:
    """Where the refused rows of a file go: beside it, or into the other directory where that cannot be written."""
    stem = path.name.removesuffix(".gz").removesuffix(".csv")
    beside = path.with_name(f"{stem}.refused.csv")
    return beside if _is_writable(beside) else otherwise / beside.name


def _is_writable(target: Path) -> bool:
    part = target.with_name(f"{target.name}.part")
    try:
        part.touch()
        part.unlink()
    except OSError:
        return False
    return True
