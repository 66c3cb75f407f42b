"""Typing errors: whether the right word is among the first five, and what asking costs, with 300,000 terms."""

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
        at = chance.randrange(len(word) - 1)
        wrong = chance.choice([
            word[:at] + word[at + 1 :],
            word[:at] + chance.choice(string.ascii_lowercase) + word[at:],
            word[:at] + chance.choice(string.ascii_lowercase) + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ])
        begun = process_time()
        found = terms.nearest(wrong)
        costs.append(process_time() - begun)
        right += word in found or wrong == word
    transaction.set_rollback(True)
print(json.dumps([right / {probes}, sorted(costs)[len(costs) * 95 // 100] * 1000]))
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
