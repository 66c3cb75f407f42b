"""A process that answers like benchmarks.worker, with Wagtail's search; `--fill SITE` makes its database first.

One answer is what a page of the directory needs: how many, the first thirty, and the counts of five facets.
"""

import argparse
import json
import sqlite3
import sys
from pathlib import Path
from time import process_time

import django
from django.core.management import call_command
from django.db import connection
from wagtail.search.backends import get_search_backend

from benchmarks.rival_datasette import FACETS, TABLE

AT_ONCE = 1_000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--fill", type=Path)
    options = parser.parse_args()
    django.setup()
    if options.fill:
        fill(options.fill)
        return
    from benchmarks.rival_wagtail.models import Card  # noqa: PLC0415  (the settings come first)

    backend = get_search_backend()
    print("ready", flush=True)
    for line in sys.stdin:
        words = json.loads(line)["path"]
        begun = process_time()
        found = backend.search(words, Card)
        answer = found.count(), list(found[:30]), [found.facet(name) for name in FACETS]
        spent = process_time() - begun
        if not answer[0]:
            raise RuntimeError(f"{words} found nothing")
        print(json.dumps([spent * 1000]), flush=True)


def fill(site: Path) -> None:
    from benchmarks.rival_wagtail.models import Card  # noqa: PLC0415

    call_command("migrate", verbosity=0, run_syncdb=True)
    with sqlite3.connect(":memory:") as table:
        table.execute("attach ? as site", [str(site)])
        table.execute(TABLE.format(organizations="ecosystem_organization", places="ecosystem_place"))
        names = ["id", "name", "name_zh", "summary", "kind", "district", "park", "ownership", "decade"]
        rows = table.execute(f"select {', '.join(names)} from organizations")
        while some := rows.fetchmany(AT_ONCE):
            values = ([value or "" for value in row] for row in some)
            Card.objects.bulk_create(Card(**dict(zip(names, row, strict=True))) for row in values)
    table.close()
    call_command("update_index", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("analyze")


if __name__ == "__main__":
    main()
