"""The index itself: what a save costs, what a process pays to follow, to start and to hold, and whether it is late."""

import json
from collections.abc import Iterator
from statistics import mean, median

from benchmarks.processes import Process
from benchmarks.sites import run, site
from benchmarks.tables import Line

LARGE = 1_000_000
MILLISECOND = 1000
UPKEEP = """
import django, json, random; django.setup()
from time import process_time
from django.db import transaction
from django.utils import timezone
from ecosystem.domain.index import memory, upkeep
from ecosystem.models import Organization
chance = random.Random(7)
saves, names, follows = [], [], []
memory.present()
for turn in range({saves}):
    one = Organization.objects.get(pk=chance.randint(1, {number}))
    others = [kind for kind in ("company", "investor", "university") if kind != one.kind]
    name = one.name.partition(" No. ")[0]
    while (new := f"{{name}} No. {{chance.randrange(10**6)}}") == one.name:  # of another run on the same database
        pass
    for changes, spent in (
        ({{"kind": chance.choice(others)}}, saves), ({{"name": new}}, names)
    ):
        with transaction.atomic():
            Organization.objects.filter(pk=one.pk).update(**changes, updated_at=timezone.now())
            begun = process_time()
            upkeep.refresh([one.pk])
            spent.append(process_time() - begun)
        begun = process_time()
        memory.present()
        follows.append(process_time() - begun)
print(json.dumps([saves, names, follows]))
"""
START = """
import django, json; django.setup()
from time import process_time
from ecosystem.domain.index import memory
from ecosystem.models import Organization
Organization.objects.exists()
def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096
before, begun = resident(), process_time()
held = memory.present()
spent = process_time() - begun
for order, stretches in held.orders.items():
    list(memory.walk(held, order, held.of("kind=company"), 400_000))[:30]
print(json.dumps([spent, resident() - before]))
"""
REBUILD = """
import django; django.setup()
from time import process_time
from ecosystem.domain.index.rebuilding import rebuild
begun = process_time()
rebuild()
print(process_time() - begun)
"""
ASKED = """
import django, sys; django.setup()
from ecosystem.domain.directory import Selection, answer
print("ready", flush=True)
for line in sys.stdin:
    kind = line.strip()
    print(answer(Selection(chosen={"kind": (kind,)})).count, flush=True)
"""


def lines(*, saves: int = 512, rounds: int = 10_000, rebuilds: bool = True) -> Iterator[Line]:
    place = site(LARGE)
    kinds, names, follow = json.loads(run(place, UPKEEP.format(saves=saves, number=LARGE)))
    yield _cost("upkeep of the index for one save, another kind", kinds, 1)
    yield _cost("upkeep of the index for one save, another name", names, 1)
    yield _cost("another process follows one save", follow, 0.5)
    both = mean([*kinds, *names]) * MILLISECOND
    yield Line(
        "the same upkeep with folding the journal",
        f"mean of {saves * 2} saves, two folds",
        both,
        None,
        unit="ms",
    )
    spent, held = json.loads(run(place, START))
    yield Line(
        "memory of the index in a process", f"{held / 2**20:.0f} MiB", held / LARGE, 60, unit="bytes each"
    )
    if rebuilds:
        rebuilt = float(run(place, REBUILD))
        measured = f"{spent:.2f} s and {rebuilt:.0f} s"
        yield Line("cold start to rebuild, 1,000,000", measured, spent / rebuilt, 0.01)
    late = late_answers(rounds)
    yield Line(f"late answers of two processes, {rounds:,} rounds", f"{late}", late, 0, unit="answers")


def _cost(subject: str, spent: list[float], goal: float) -> Line:
    cost = median(spent) * MILLISECOND
    return Line(subject, f"median of {len(spent)}", cost, goal, unit="ms")


COMMIT = """
import django, sys; django.setup()
from ecosystem.models import Organization
print("ready", flush=True)
one = Organization.objects.get(slug="organization-1")
for line in sys.stdin:
    one.kind = line.strip()
    one.save()
    print("saved", flush=True)
"""


def late_answers(rounds: int) -> int:
    """One process saves and each of two others is asked at once: how many answers are of before."""
    place = site(1_000)
    writer, *readers = (Process(place, ["-c", script]) for script in (COMMIT, ASKED, ASKED))
    present = "exchange"
    writer.say(present)
    base = int(readers[0].say("exchange"))
    late = 0
    for turn in range(rounds):
        present = ("association", "exchange")[turn % 2]
        writer.say(present)
        expected = base if present == "exchange" else base - 1
        late += sum(int(reader.say("exchange")) != expected for reader in readers)
    for process in (writer, *readers):
        process.close()
    return late
