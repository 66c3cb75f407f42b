"""`manage.py references`: are the records of figures in texts as the texts say, and make them so."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ecosystem.domain import audit, figure_records
from ecosystem.models import Act

DIFFERENT = 1


class Command(BaseCommand):
    help = "Checks or rebuilds the records of which page shows which figure."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "act",
            choices=["check", "rebuild"],
            help="check: name what differs, exit 1; rebuild: make all records anew from the texts",
        )

    def handle(self, *, act: str, **options: Any) -> None:
        if act == "check":
            self._check()
        else:
            self._rebuild()

    def _check(self) -> None:
        pages, count, found = 0, 0, []
        for page in figure_records.pages_with_figures():
            pages, count = pages + 1, count + figure_records.records_of(page).count()
            found += figure_records.differences(page)
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(
                f"{len(found)} differences. Run manage.py references rebuild.", returncode=DIFFERENT
            )
        self.stdout.write(f"{_sum(count, pages)}, all as their texts say.")

    def _rebuild(self) -> None:
        audit.note(Act.RUN, by=None, detail="references rebuild")
        pages, count = 0, 0
        for page in list(figure_records.pages_with_figures()):
            figure_records.record_references(page)
            pages, count = pages + 1, count + figure_records.records_of(page).count()
        self.stdout.write(f"{_sum(count, pages)} recorded anew.")


def _sum(count: int, pages: int) -> str:
    return f"{count} reference{'s' * (count != 1)} on {pages} page{'s' * (pages != 1)}"
