"""Chinese in any position: strings of one to six characters, found by the index and by LIKE, the same or not."""

import json
from collections.abc import Iterator

from benchmarks.sites import run, site
from benchmarks.tables import Line

NUMBER = 100_000
PROBE = """
import django, json, random; django.setup()
from ecosystem.domain.index import full_text, memory
from ecosystem.domain.index.words import Scope
from ecosystem.models import Organization, OrganizationName
from ecosystem.values.queries import parse
from ecosystem.values.text import fold
from time import process_time
chance = random.Random(11)
names = dict(Organization.objects.exclude(name_zh="").values_list("pk", "name_zh"))
folded = {key: fold(name) for key, name in names.items()}
listed = list(folded.values())
wrong, costs, held = 0, [], memory.present()
for turn in range(%d):
    name = chance.choice(listed)
    size = chance.randint(1, min(6, len(name)))
    start = chance.randint(0, len(name) - size)
    string = name[start : start + size]
    if turn %% 10 == 0:
        string = "".join(chance.sample(string, len(string)))
    begun = process_time()
    found = full_text.holding(parse(string).atoms, Scope.NAMES, held.frequent)
    costs.append(process_time() - begun)
    found &= held.public(Organization)
    wrong += set(found) != {key for key, text in folded.items() if string in text}
print(json.dumps([wrong, sorted(costs)[len(costs) * 95 // 100] * 1000]))
"""


def lines(probes: int = 400) -> Iterator[Line]:
    wrong, slow = json.loads(run(site(NUMBER), PROBE % probes))
    measured = f"{wrong} differ from LIKE, p95 {slow:.2f} ms"
    yield Line(
        f"strings of 1 to 6 characters in {NUMBER:,} names, {probes} probes", measured, wrong, 0, unit="wrong"
    )
