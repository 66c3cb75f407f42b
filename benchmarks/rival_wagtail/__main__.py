"""A process that answers like benchmarks.worker, with Wagtail's search; `--fill SITE` makes its database first.

One answer is a plain page: how many were found, the first thirty, and the counts of five facets.
"""

import argparse
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from time import process_time

import django
from django.core.management import call_command
from django.db import connection as django_connection
from django.template import Context, Engine
from wagtail.search.backends import get_search_backend

from benchmarks.rival_datasette import table

AT_ONCE = 1_000
FACETS = ("kind", "district", "park", "ownership", "decade")
FIELDS = ("id", "name", "name_zh", "summary", *FACETS)
PAGE = """<ul>{% for card in cards %}<li><h2>{{ card.name }}</h2><p>{{ card.name_zh }}</p><p>{{ card.summary }}</p>
<p>{{ card.kind }} {{ card.district }} {{ card.park }} {{ card.decade }}</p></li>{% endfor %}</ul>
{% for name, values in facets %}<h3>{{ name }}</h3><ul>{% for value, number in values %}
<li>{{ value }} {{ number }}</li>{% endfor %}</ul>{% endfor %}<p>{{ number }}</p>"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--fill", type=Path)
    options = parser.parse_args()
    django.setup()
    if options.fill:
        fill(options.fill)
        return
    from benchmarks.rival_wagtail.models import Card  # noqa: PLC0415  (the settings come first)

    backend, page = get_search_backend(), Engine().from_string(PAGE)
    print("ready", flush=True)
    for line in sys.stdin:
        words = json.loads(line)["path"]
        begun = process_time()
        found = backend.search(words, Card)
        facets = [(name, found.facet(name).items()) for name in FACETS]
        page.render(Context({"cards": found[:30], "facets": facets, "number": found.count()}))
        spent = process_time() - begun
        if not found.count():
            raise RuntimeError(f"{words} found nothing")
        print(json.dumps([spent * 1000]), flush=True)


def fill(site: Path) -> None:
    from benchmarks.rival_wagtail.models import Card  # noqa: PLC0415

    call_command("migrate", verbosity=0, run_syncdb=True)
    with closing(sqlite3.connect(":memory:")) as connection:
        table(site, connection=connection)
        rows = connection.execute(f"select {', '.join(FIELDS)} from organizations")
        while some := rows.fetchmany(AT_ONCE):
            values = ([value or "" for value in row] for row in some)
            Card.objects.bulk_create(Card(**dict(zip(FIELDS, row, strict=True))) for row in values)
    call_command("update_index", verbosity=0)
    with django_connection.cursor() as cursor:
        cursor.execute("analyze")


if __name__ == "__main__":
    main()
