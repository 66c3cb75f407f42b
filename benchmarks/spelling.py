"""Typing errors: whether the right word or name is among the first five, and what asking costs.

Words among 300,000 terms; whole names with one error among a million organizations.
"""

import json
from collections.abc import Iterator

from benchmarks.sites import run, site
from benchmarks.tables import Line

NUMBER = 100_000
TERMS = 300_000
PROBE = """
import django, json, random, string; django.setup()
from time import process_time
from django.db import transaction
from benchmarks.names import mistyped
from ecosystem.domain.index import terms
from ecosystem.models import Term
from ecosystem.values.scripts import is_han
chance = random.Random(13)
with transaction.atomic():
    while Term.objects.count() < {terms}:
        terms.learn({{"".join(chance.choices(string.ascii_lowercase, k=chance.randint(5, 11))) for _ in range(5000)}})
    listed = [text for text in Term.objects.order_by("pk").values_list("text", flat=True) if not is_han(text)]
    right, costs = 0, []
    for _turn in range({probes}):
        word = chance.choice([text for text in chance.sample(listed, 20) if len(text) > 4] or ["university"])
        wrong = mistyped(chance, word)
        begun = process_time()
        found = terms.nearest(wrong)
        costs.append(process_time() - begun)
        right += word in found or wrong == word
    transaction.set_rollback(True)
print(json.dumps([right / {probes}, sorted(costs)[len(costs) * 95 // 100] * 1000]))
"""

LARGE = 1_000_000
NAMES = """
import django, json, random, string; django.setup()
from time import process_time
from benchmarks.names import mistyped
from ecosystem.domain.directory import Selection, answer
from ecosystem.models import Organization
chance = random.Random(17)
right, costs, asked = {{"name": 0, "name_zh": 0}}, [], {{"name": 0, "name_zh": 0}}
while min(asked.values()) < {probes}:
    one = Organization.objects.get(pk=chance.randint(1, {number}))
    for field, signs in (("name", string.ascii_lowercase), ("name_zh", "\u6d77\u4e2d\u56fd\u5927\u5b66\u6280")):
        name = getattr(one, field)
        if asked[field] == {probes} or len(name) < 6:
            continue
        wrong = mistyped(chance, name, signs)
        begun = process_time()
        keys = answer(Selection(text=wrong)).page(0, 5)
        costs.append(process_time() - begun)
        right[field] += one.pk in keys
        asked[field] += 1
costs.sort()
print(json.dumps([right["name"] / {probes}, right["name_zh"] / {probes}, costs[len(costs) * 95 // 100] * 1000]))
"""


def lines(probes: int = 1000) -> Iterator[Line]:
    right, slow = json.loads(run(site(NUMBER), PROBE.format(terms=TERMS, probes=probes)))
    yield Line(
        f"one error, {TERMS:,} terms: right word in the first five",
        f"{probes} words",
        right * 100,
        95,
        True,
        "%",
    )
    yield Line("one error: cost of the closest words, p95", f"{probes} words", slow, 0.3, unit="ms")
    place, of = site(LARGE), f"{probes // 2} names"
    letters, chinese, slow = json.loads(run(place, NAMES.format(number=LARGE, probes=probes // 2)))
    subject = f"one error in a whole name of {LARGE:,}"
    yield Line(f"{subject}, in letters: right one in the first five", of, letters * 100, 95, True, "%")
    yield Line(f"{subject}, in Chinese: right one in the first five", of, chinese * 100, 95, True, "%")
    yield Line(f"{subject}: cost of the answer, p95", f"{probes // 2 * 2} names", slow, 50, unit="ms")
