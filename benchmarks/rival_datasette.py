"""Datasette on one flat table of the same organizations; a process that answers like benchmarks.worker.

Started with the table's file as its argument. Requests go through the whole of Datasette, without a network. The limits
of time that would leave facets out are raised, suggested facets are off, and one thread runs all statements.
"""

import asyncio
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from time import process_time

from datasette.app import Datasette

COLUMNS = ("kind", "district", "ownership", "decade")
ARRAYS = ("topics",)  # several values in one row, as JSON
LIMITS = {
    "sql_time_limit_ms": 3_600_000,
    "facet_time_limit_ms": 3_600_000,
    "suggest_facets": False,
    "num_sql_threads": 1,
    "default_page_size": 30,
}
TABLES = {
    "organizations": "organization",
    "places": "place",
    "topics": "topic",
    "links": "organization_topics",
}
TABLE = """
create table organizations as
select one.id, one.slug, one.name, one.name_zh, one.summary, one.kind, district.slug as district, park.slug as park,
       one.ownership, case when one.founded <> '' then substr(one.founded, 1, 3) || '0s' end as decade,
       (select json_group_array(topic.slug) from site.{links} link join site.{topics} topic on topic.id = link.topic_id
        where link.organization_id = one.id) as topics
from site.{organizations} one
left join site.{places} district on district.id = one.district_id
left join site.{places} park on park.id = one.park_id
order by one.id
"""


def table(site: Path, *, connection: sqlite3.Connection) -> None:
    """Make the table of a site's organizations in a database."""
    connection.execute("attach ? as site", [str(site)])
    names = {name: f"ecosystem_{table}" for name, table in TABLES.items()}
    connection.execute(TABLE.format(**names))


def make(site: Path, file: Path, *, is_indexed: bool) -> None:
    """Put the organizations of a site into a database of their own; indexed, with one index on each column."""
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as connection, connection:
        table(site, connection=connection)
        connection.execute("create unique index by_id on organizations (id)")
        for facet in COLUMNS if is_indexed else ():
            connection.execute(f"create index by_{facet} on organizations ({facet})")
        connection.execute("analyze")


def page(**chosen: str) -> str:
    """The address of the table with its five facets, filtered."""
    asked = [f"{name}={value}" for name, value in chosen.items()]
    asked += [f"_facet={name}" for name in COLUMNS] + [f"_facet_array={name}" for name in ARRAYS]
    return f"organizations?{'&'.join(asked)}"


async def serve(file: Path) -> None:
    datasette = Datasette([str(file)], settings=LIMITS)
    await datasette.invoke_startup()
    print("ready", flush=True)
    for line in sys.stdin:
        path = f"/{file.stem}/{json.loads(line)['path']}"
        begun = process_time()
        response = await datasette.client.get(path)
        spent = process_time() - begun
        if response.status_code != 200 or "timed out" in response.text:
            raise RuntimeError(f"{path} answered {response.status_code}")
        print(json.dumps([spent * 1000]), flush=True)


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
