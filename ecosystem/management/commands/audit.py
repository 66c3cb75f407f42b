"""`manage.py audit`: take the addresses off old entries of the audit log."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from ecosystem.domain import audit
from ecosystem.models import Act


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is no day; write it as 2026-01-31") from None


class Command(BaseCommand):
    help = "forget-addresses: empties the addresses in all entries of the audit log from before a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["forget-addresses"])
        parser.add_argument("--before", type=day, required=True, metavar="DAY", help="such as 2026-01-31")

    def handle(self, *, action: str, before: date, **options: Any) -> None:
        moment = timezone.make_aware(datetime.combine(before, time()))
        with transaction.atomic():
            count = audit.forget_addresses(moment)
            audit.note(Act.RUN, by=None, detail=f"audit {action} --before {before}: {count}")
        self.stdout.write(f"{count:,} entries from before {before} have no address any more.")
