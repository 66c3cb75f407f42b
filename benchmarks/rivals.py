"""What else one could pick: facets by Datasette, and search with facets by Wagtail, on the same organizations.

All of them are asked in turn. Ours answers with the whole page, all its facets counted; Datasette with its page of the
table and five facets; of Wagtail only the queries are counted, no template.
"""

from collections.abc import Iterator
from statistics import median

from benchmarks import rival_datasette
from benchmarks.pages import LARGE, server
from benchmarks.processes import Process
from benchmarks.sites import DATABASE, PLACE, run_module, site
from benchmarks.tables import Line

SEARCHED = 100_000
WORDS = ("meridian", "robotics")  # in one name of a hundred, and of ten
FILTERS = ({}, {"kind": "company"}, {"kind": "university", "district": "pudong"})


def lines(rounds: int = 5) -> Iterator[Line]:
    for is_indexed in (True, False):
        yield from against_datasette(rounds, is_indexed=is_indexed)
    yield from against_wagtail(rounds)


def against_datasette(rounds: int, *, is_indexed: bool) -> Iterator[Line]:
    file = PLACE / f"datasette-{'indexed' if is_indexed else 'plain'}.db"
    rival_datasette.make(site(LARGE) / DATABASE, file, is_indexed=is_indexed)
    ours, theirs = server(LARGE), Process(PLACE, ["-m", "benchmarks.rival_datasette", str(file)])
    indexes = "an index on each" if is_indexed else "no indexes"
    for chosen in FILTERS:
        query = "&".join(f"{name}={value}" for name, value in chosen.items())
        mine, other = [], []
        for turn in range(rounds + 1):
            mine.append(ours.ask(f"/organizations/?{query}&page={turn + 1}"))
            other.append(theirs.ask(rival_datasette.page(**chosen)))
        spent, rival = median(mine[1:]), median(other[1:])
        yield Line(
            f"five facets at {LARGE:,} by Datasette, {indexes}, {query or 'all'}",
            f"{rival:.0f} ms, ours {spent:.2f} ms",
            rival / spent,
            300,
            is_least=True,
        )
    ours.close()
    theirs.close()


def against_wagtail(rounds: int) -> Iterator[Line]:
    file, place = PLACE / "wagtail.db", site(SEARCHED)
    own = {"RIVAL_FILE": str(file), "DJANGO_SETTINGS_MODULE": "benchmarks.rival_wagtail.settings"}
    if not file.exists():
        made = file.with_suffix(".making")
        made.unlink(missing_ok=True)
        run_module(
            place, "benchmarks.rival_wagtail", "--fill", place / DATABASE, **own | {"RIVAL_FILE": str(made)}
        )
        made.rename(file)
    ours, theirs = server(SEARCHED), Process(PLACE, ["-m", "benchmarks.rival_wagtail"], **own)
    for word in WORDS:
        mine, other = [], []
        for turn in range(rounds + 1):
            mine.append(ours.ask(f"/organizations/?q={word}&page={turn + 1}"))
            other.append(theirs.ask(word))
        spent, rival = median(mine[1:]), median(other[1:])
        yield Line(
            f"“{word}” with five facets at {SEARCHED:,} by Wagtail",
            f"{rival:.0f} ms, ours {spent:.2f} ms",
            rival / spent,
            100,
            is_least=True,
        )
    ours.close()
    theirs.close()
