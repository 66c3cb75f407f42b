"""`manage.py check_sources`: ask the addresses of public sources what became of them."""

from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ecosystem.domain import audit, check_results, source_checks
from ecosystem.domain.fetching import Bounds
from ecosystem.domain.source_checks import Finding, Round
from ecosystem.models import Act, Source

REFUSED, UNUSABLE = 1, 2


def more_than_zero(kind: type) -> Callable[[str], Any]:
    return _number(kind, lambda value: 0 < value < float("inf"), "more than zero")


def not_negative(kind: type) -> Callable[[str], Any]:
    return _number(kind, lambda value: 0 <= value < float("inf"), "zero or more")


def _number(kind: type, is_fit: Callable[[Any], bool], words: str) -> Callable[[str], Any]:
    def number(text: str) -> Any:
        value = kind(text)
        if not is_fit(value):
            raise ArgumentTypeError(f"{text} is not {words}")
        return value

    return number


class Command(BaseCommand):
    help = "Checks the addresses of public sources and prints a report; stores it only with --commit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("--commit", action="store_true", help="store what was found")
        add(
            "--limit",
            type=more_than_zero(int),
            default=50,
            help="how many sources, the longest unchecked first",
        )
        add("--delay", type=not_negative(float), default=2, help="seconds between two requests to one host")
        add("--timeout", type=more_than_zero(float), default=15, help="seconds for one request as a whole")
        add("--max-bytes", type=more_than_zero(int), default=2_000_000, help="of a document that is read")
        add("--max-redirects", type=not_negative(int), default=5, help="that are followed")
        add("--allow-private", action="store_true", help="also ask addresses inside private networks")
        add("--export", type=Path, metavar="FILE", help="write the results as CSV")
        add("--import", type=Path, metavar="FILE", dest="results", help="take results from CSV, ask nobody")

    def handle(self, *, commit: bool, results: Path | None, export: Path | None, **options: Any) -> None:
        if results and export:
            raise CommandError("Give --import or --export, not both.", returncode=UNUSABLE)
        if commit:  # before the first is stored, for a round may be interrupted
            audit.note(Act.RUN, by=None, detail="check_sources --commit")
        is_refused = self._take(results, commit) if results else self._ask(export, commit, options)
        if is_refused:
            raise CommandError("Some were refused, see above; the others are done.", returncode=REFUSED)

    def _ask(self, export: Path | None, commit: bool, options: dict[str, Any]) -> bool:
        names = ("timeout", "max_bytes", "max_redirects", "allow_private")
        agent = f"ShanghaiTech-source-check (+{settings.SITE_URL})"
        if export:
            self._export(export, [])  # a file that cannot be written is known before anybody is asked
        around = Round(Bounds(agent, **{name: options[name] for name in names}), options["delay"])
        sources = list(source_checks.checkable()[: options["limit"]])
        by_slug = {source.slug: source for source in sources}
        found = []
        for finding in around.findings(sources):
            found.append(finding)
            # One after the other, so that an interrupted round keeps what it has.
            self._tell(by_slug[finding.slug], finding, commit=commit)
        for source, reason in around.refused:
            self.stdout.write(f"refused      {source.slug}: {reason}")
        for source in around.skipped:
            self.stdout.write(f"skipped      {source.slug}: its host asked to wait")
        if export:
            self._export(export, found)
        self._sum(len(found), commit)
        return bool(around.refused)

    def _take(self, path: Path, commit: bool) -> bool:
        try:
            rows = check_results.read(path)
        except check_results.UnusableResults as error:
            raise CommandError(str(error), returncode=UNUSABLE) from error
        refused, count = [], 0
        for row, source, finding, reason in check_results.findings(rows):
            if source is None or finding is None:
                refused.append((row, reason))
                continue
            self._tell(source, finding, commit=commit)
            count += 1
        if refused:
            target = check_results.write_refused(path, refused)
            self.stdout.write(f"{len(refused)} rows refused, see {target}")
        self._sum(count, commit)
        return bool(refused)

    def _tell(self, source: Source, finding: Finding, *, commit: bool) -> None:
        """Store the finding where that is asked for, and print a line on it."""
        judge = source_checks.store if commit else source_checks.judged
        condition = judge(source, finding)
        self._counts[condition] += 1
        detail = finding.moved_to or finding.reason
        code = "" if finding.code is None else f" ({finding.code})"
        self.stdout.write(f"{condition:<12} {source.slug}{code}{': ' if detail else ''}{detail}")

    def _export(self, path: Path, found: Iterable[Finding]) -> None:
        try:
            check_results.write(path, found)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error}", returncode=UNUSABLE) from error

    def _sum(self, count: int, commit: bool) -> None:
        counts = ", ".join(f"{number} {name}" for name, number in sorted(self._counts.items()))
        end = "stored." if commit else "nothing was stored; --commit stores it."
        self.stdout.write(f"{count} checked{': ' if counts else ''}{counts}; {end}")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._counts: Counter[str] = Counter()
