"""Compare the index of the search with the records, or make it anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ecosystem.domain import audit
from ecosystem.domain.index import checking, rebuilding
from ecosystem.models import Act

MOST_SHOWN = 50


class Command(BaseCommand):
    help = "check: compare the index of the search with the records. rebuild: make it anew from them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["check", "rebuild"])

    def handle(self, *, action: str, **options: Any) -> None:
        if action == "rebuild":
            audit.note(Act.RUN, by=None, detail="index rebuild")
            number = rebuilding.rebuild(progress=self.show)
            self.stdout.write(f"The index has {number:,} documents.")
        else:
            self.check_index()

    def check_index(self) -> None:
        number = 0
        for number, fault in enumerate(checking.faults(), start=1):
            if number <= MOST_SHOWN:
                self.stderr.write(fault)
        if number:
            raise CommandError(
                f"{number:,} faults. Make the index anew: manage.py index rebuild", returncode=1
            )
        self.stdout.write("The index says what the records say.")

    def show(self, done: int, total: int) -> None:
        """A line that counts, on a terminal."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{done:,} of {total:,} documents", ending="\n" if done == total else "")
            self.stderr.flush()
