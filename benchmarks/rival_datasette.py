"""Datasette on one flat table of the same organizations; a process that answers like benchmarks.worker.

Started with the table's file as its argument. Requests go through the whole of Datasette, without a network. The limits
of time that would leave facets out are raised, suggested facets are off, and one thread runs all statements.
"""

import asyncio
import json
import sqlite3
import sys
from pathlib import Path
from time import process_time

from datasette.app import Datasette

FACETS = ("kind", "district", "park", "ownership", "decade")
LIMITS = {
    "sql_time_limit_ms": 3_600_000,
    "facet_time_limit_ms": 3_600_000,
    "suggest_facets": False,
    "num_sql_threads": 1,
    "default_page_size": 30,
}
TABLE = """
create table organizations as
select one.id, one.slug, one.name, one.name_zh, one.summary, one.kind, district.slug as district, park.slug as park,
       one.ownership, case when one.founded <> '' then substr(one.founded, 1, 3) || '0s' end as decade
from site.{organizations} one
left join site.{places} district on district.id = one.district_id
left join site.{places} park on park.id = one.park_id
order by one.id
"""


def make(site: Path, file: Path, *, is_indexed: bool) -> None:
    """Put the organizations of a site into a table of their own; indexed, with one index on each facet."""
    file.unlink(missing_ok=True)
    with sqlite3.connect(file) as table:
        table.execute("attach ? as site", [str(site)])
        table.execute(TABLE.format(organizations="ecosystem_organization", places="ecosystem_place"))
        table.execute("create unique index by_id on organizations (id)")
        for facet in FACETS if is_indexed else ():
            table.execute(f"create index by_{facet} on organizations ({facet})")
        table.execute("analyze")
    table.close()


def page(**chosen: str) -> str:
    """The address of the table with its five facets, filtered."""
    asked = [f"{name}={value}" for name, value in chosen.items()] + [f"_facet={name}" for name in FACETS]
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
