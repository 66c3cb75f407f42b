"""`manage.py seed`: load the fixtures; what was seeded before stays as editors left it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from ecosystem.domain.seed_rows import RowRefused, UnusableFixtures
from ecosystem.domain.seeding import Report, seed

REFUSED, UNUSABLE = 1, 2


class Command(BaseCommand):
    help = "Loads the fixtures: inserts what was never seeded before and leaves the rest as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="validate what would be loaded, write nothing"
        )
        parser.add_argument("--fixtures", type=Path, default=None, help="the directory of the fixtures")

    def handle(self, *, check: bool, fixtures: Path | None, **options: Any) -> None:
        directory = fixtures or Path(apps.get_app_config("ecosystem").path).parent / "fixtures"
        try:
            report = seed(directory, check=check)
        except UnusableFixtures as error:
            raise CommandError(str(error), returncode=UNUSABLE) from error
        except RowRefused as error:
            raise CommandError(f"{error}\n{ADVICE}", returncode=REFUSED) from error
        self._print(report, check=check)

    def _print(self, report: Report, *, check: bool) -> None:
        for note in report.notes:
            self.stdout.write(note)
        self.stdout.write(f"{'':<26}{'seeded':>8}{'kept':>8}{'skipped':>8}")
        for kind in report.kinds:
            counts = (report.seeded[kind], report.kept[kind], report.skipped[kind])
            self.stdout.write(f"{kind:<26}" + "".join(f"{count:>8}" for count in counts))
        self.stdout.write(_summary(report, check=check))


ADVICE = (
    "Nothing was loaded. Correct the row where it is made (fixtures/data, tables, translations or articles), "
    "run python fixtures/build.py, then seed again."
)


def _summary(report: Report, *, check: bool) -> str:
    seeded, kept, skipped = (sum(part.values()) for part in (report.seeded, report.kept, report.skipped))
    if not seeded and not kept:
        return f"Nothing new: all {skipped} records were seeded before and stay as they are."
    if check:
        return f"{seeded} records would be seeded, {kept} kept, {skipped} skipped; nothing was written."
    return f"{seeded} records seeded, {kept} kept as editors made them, {skipped} skipped as seeded before."
