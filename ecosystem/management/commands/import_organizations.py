"""`manage.py import_organizations`: take organizations from a file of up to millions of rows."""

import time
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ecosystem.domain.import_kinds import UnusableKinds, read_kinds
from ecosystem.domain.import_reading import Line, Table, UnusableFile, look_over
from ecosystem.domain.import_refusals import Refusals, place_for
from ecosystem.domain.import_rows import Entry, Problem
from ecosystem.domain.importing import BATCH, Report, Told, import_organizations

REFUSED, UNUSABLE = 1, 2
SHOWN = 100  # refused rows on the screen; the file has all of them
BAR = 30
BETWEEN_LINES = 10  # seconds between two lines of progress where there is no terminal


class Command(BaseCommand):
    help = "Takes organizations from a CSV file and prints a report; stores them only with --commit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("file", type=Path, metavar="FILE", help="CSV in UTF-8, also packed as .gz")
        add("--commit", action="store_true", help="store what may be stored")
        add("--draft", action="store_true", help="as drafts, which the public does not see")
        add("--kinds", type=Path, metavar="FILE", help="a table of kinds that goes before ours")
        add("--batch", type=int, default=BATCH, help="rows that are stored at once; others wait meanwhile")

    def handle(self, *, file: Path, kinds: Path | None, **options: Any) -> None:
        how = {name: options[name] for name in ("commit", "draft", "batch")}
        if how["batch"] < 1:
            raise CommandError("Give --batch a number of at least 1.", returncode=UNUSABLE)
        self._verbosity, self._progress = options["verbosity"], Progress(self.stderr)
        try:
            known = read_kinds(kinds)
            table = look_over(file)
            self._refusals = Refusals(table, place_for(file, Path(settings.DATA_DIR)))
            show = self._progress.show
            told = Told(
                self._refuse, self._leave, partial(show, "rows"), partial(show, "pages in the search")
            )
            report = import_organizations(table, known, told, **how)
            self._refusals.finish()
        except (UnusableFile, UnusableKinds) as error:
            raise CommandError(str(error), returncode=UNUSABLE) from error
        self._progress.make_room()
        self._print(table, report, commit=how["commit"], draft=how["draft"])
        if report.refused:
            raise CommandError(
                f"{report.refused} rows were refused; the others are {'done' if how['commit'] else 'right'}. "
                f"Mend them in {self._refusals.target} and import that file.",
                returncode=REFUSED,
            )

    def _refuse(self, line: Line, problems: list[Problem]) -> None:
        self._refusals.add(line, problems)
        if self._refusals.count <= SHOWN:
            self._progress.make_room()
            for problem in problems:
                self.stdout.write(f"refused: {problem}")
        elif self._refusals.count == SHOWN + 1:
            self.stdout.write(f"refused: more, all of them in {self._refusals.target}")

    def _leave(self, entry: Entry, why: str) -> None:
        if self._verbosity > 1:
            self._progress.make_room()
            self.stdout.write(f"row {entry.row}, {entry.scheme}:{entry.key}: {why}")

    def _print(self, table: Table, report: Report, *, commit: bool, draft: bool) -> None:
        write, new = self.stdout.write, report.new.total()
        for title, counts in (("kind", report.new), ("identifier", report.keys)):
            for name, number in counts.most_common():
                write(f"{f'new, {title} {name}':<32}{number:>9,}")
        write(f"{report.names:,} more names with them; {report.repeated:,} that a row repeats were left out.")
        if table.unused:
            write(f"Columns of which nothing is kept: {', '.join(table.unused)}.")
        kept = [f"{report.kept:,} kept as they are"]
        if report.left_out:
            kept.append(f"{report.left_out:,} left out that were removed here")
        state = "as drafts" if draft else "published"
        done = f"stored {state}" if commit else f"would be stored {state}"
        end = "" if commit else " Nothing was stored; --commit stores it."
        write(f"{table.count:,} rows: {new:,} {done}, {', '.join(kept)}, {report.refused:,} refused.{end}")


class Progress:
    """How far it is: a bar that stays in its line on a terminal, else a line now and then."""

    def __init__(self, out: Any) -> None:
        self._out, self._is_terminal = out, out.isatty()
        self._what, self._is_shown = "", False
        self._begun = self._last = time.monotonic()

    def show(self, what: str, done: int, count: int) -> None:
        now = time.monotonic()
        if self._what not in {"", what}:
            self._begun = self._last = now
        self._what = what
        left = (now - self._begun) * (count - done) / max(done, 1)
        text = f"{done:,} of {count:,} {what}" + (f", about {left:.0f} s left" if left >= 1 else "")
        if self._is_terminal:
            full = BAR * done // max(count, 1)
            self._write(f"\r[{'#' * full}{'.' * (BAR - full)}] {text}\x1b[K")
            self._is_shown = True
        elif now - self._last >= BETWEEN_LINES:
            self._last = now
            self._write(f"{text}\n")

    def make_room(self) -> None:
        """Let a line of the report begin where the bar stands."""
        if self._is_shown:
            self._write("\r\x1b[K")
            self._is_shown = False

    def _write(self, text: str) -> None:
        self._out.write(text, style_func=str, ending="")
        self._out.flush()
