"""What else one could pick: facets by Datasette, and search with facets by Wagtail, on the same organizations.

All of them are asked in turn, in processes that are warm. Ours answers with the whole page, all its facets counted;
Datasette with its page of the table and the five facets that the directory has of one column or of several values;
Wagtail with a plain page of thirty cards and five facets.
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
WARM = 8
FILTERS = ({}, {"kind": "company"}, {"kind": "university", "district": "pudong"})


def beside_datasette(rounds: int = 5) -> Iterator[Line]:
    for is_indexed in (True, False):
        yield from against_datasette(rounds, is_indexed=is_indexed)


def against_datasette(rounds: int, *, is_indexed: bool) -> Iterator[Line]:
    file = PLACE / f"datasette-{'indexed' if is_indexed else 'plain'}.db"
    rival_datasette.make(site(LARGE) / DATABASE, file, is_indexed=is_indexed)
    ours, theirs = server(LARGE), Process(PLACE, ["-m", "benchmarks.rival_datasette", str(file)])
    indexes = "an index on each" if is_indexed else "no indexes"
    for chosen in FILTERS:
        query = "&".join(f"{name}={value}" for name, value in chosen.items())
        asked = f"/organizations/?{query}&page=", rival_datasette.page(**chosen)
        what = f"five facets at {LARGE:,} by Datasette, {indexes}, {query or 'all'}"
        yield compared(what, ours, theirs, *asked, rounds=rounds, goal=None if query else 300)
    ours.close()
    theirs.close()


def beside_wagtail(rounds: int = 5) -> Iterator[Line]:
    file, place = PLACE / "wagtail.db", site(SEARCHED)
    own = {"RIVAL_FILE": str(file), "DJANGO_SETTINGS_MODULE": "benchmarks.rival_wagtail.settings"}
    if not file.exists():
        made = file.with_suffix(".making")
        made.unlink(missing_ok=True)
        variables = own | {"RIVAL_FILE": str(made)}
        run_module(place, "benchmarks.rival_wagtail", "--fill", place / DATABASE, **variables)
        made.rename(file)
    ours, theirs = server(SEARCHED), Process(PLACE, ["-m", "benchmarks.rival_wagtail"], **own)
    for word in WORDS:
        asked = f"/organizations/?q={word}&page=", word
        what = f"“{word}” with five facets at {SEARCHED:,} by Wagtail"
        yield compared(what, ours, theirs, *asked, rounds=rounds, goal=100)
    ours.close()
    theirs.close()


def compared(
    what: str, ours: Process, theirs: Process, path: str, their_path: str, *, rounds: int, goal: float | None
) -> Line:
    """How many times the processor time of our page theirs takes; our path ends where the number of the page goes."""
    for turn in range(WARM):
        ours.ask(f"{path}{turn + 1}")
    theirs.ask(their_path)
    spent, rival = [], []
    for _turn in range(rounds):
        # Several pages in a row, as a site answers them; a process that has just been woken pays for that too.
        spent += [ours.ask(f"{path}{page + 1}") for page in range(WARM)]
        rival.append(theirs.ask(their_path))
    cost, other = median(spent), median(rival)
    measured = f"{other:,.0f} ms, ours {cost:.2f} ms"
    return Line(what, measured, other / cost, goal, is_least=True)
