"""`manage.py publish_due`: publish the sets and next versions whose moment has come."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ecosystem.domain import sets


class Command(BaseCommand):
    help = "Publishes sets and next versions whose moment has come; for a timer, every minute."

    def handle(self, *_args: Any, **_options: Any) -> None:
        refused = 0
        for item, reason in sets.publish_due():
            refused += bool(reason)
            done = f"not published: {reason}" if reason else "published"
            self.stdout.write(f"{item._meta.verbose_name} {item}: {done}")
        if refused:
            raise CommandError(
                f"{refused} could not be published; their editors see why on the page of the item."
            )
