"""Whole pages of the directory, uncached: how their cost grows from a thousand organizations to a million.

Each site is served by a process of its own; they are asked in turn, every question a new one, so that nothing is
remembered. The ordinary page is the same site's chrome around forty cards, by the ORM and Django's templates.
"""

import random
from collections.abc import Callable, Iterator
from statistics import median
from urllib.parse import quote

from benchmarks.names import coined_name
from benchmarks.processes import Process
from benchmarks.sites import site
from benchmarks.tables import Line

SMALL, LARGE = 1_000, 1_000_000
ROUNDS = 15
SEED = 7
ORDINARY = "ordinary"
Paths = Callable[[random.Random, int], str]


def pick(chance: random.Random, values: str) -> str:
    return chance.choice(values.split())


DISTRICTS = "baoshan changning hongkou huangpu jiading jing-an minhang pudong putuo xuhui yangpu"
KINDS = "company university research-institute rd-center investor"
DECADES = "1980s 1990s 2000s 2010s 2020s"


def unfiltered(chance: random.Random, number: int) -> str:
    return f"/organizations/?page={chance.randint(1, 5)}"


def deep(chance: random.Random, number: int) -> str:
    return f"/organizations/?page={number // 60 + chance.randint(-3, 3)}"


def two_facets(chance: random.Random, number: int) -> str:
    return f"/organizations/?kind={pick(chance, KINDS)}&district={pick(chance, DISTRICTS)}"


def three_facets(chance: random.Random, number: int) -> str:
    return f"{two_facets(chance, number)}&decade={pick(chance, DECADES)}"


def word_in_a_hundredth(chance: random.Random, number: int) -> str:
    return f"/organizations/?q=meridian&kind={pick(chance, KINDS)}"


def rare_word(chance: random.Random, number: int) -> str:
    key = chance.randint(1, number)
    return f"/organizations/?q={coined_name(key)}"


def hot_word(chance: random.Random, number: int) -> str:
    return f"/organizations/?q={quote('上海')}&page={chance.randint(1, 3)}"


def ordinary(chance: random.Random, number: int) -> str:
    return f"/ordinary/?page={chance.randint(1, number // 40)}"


# What, how to ask, and how many times the cost of a thousand organizations a million may have.
GROWTH: tuple[tuple[str, Paths, float], ...] = (
    ("unfiltered", unfiltered, 1.5),
    ("50 % deep", deep, 1.5),
    ("a rare word", rare_word, 1.5),
    ("two facets", two_facets, 4),
    ("a word in 1 % of rows", word_in_a_hundredth, 4),
    ("three random facets", three_facets, 6),
)


def server(number: int) -> Process:
    """A process that answers for the site of so many organizations."""
    return Process(site(number), ["-m", "benchmarks.worker"])


def measured(rounds: int = ROUNDS) -> dict[tuple[str, int], float]:
    """The median cost of each kind of page on each site, in milliseconds."""
    chance, servers = random.Random(SEED), {number: server(number) for number in (SMALL, LARGE)}
    ways: dict[str, Paths] = {name: paths for name, paths, _goal in GROWTH}
    ways |= {"上海": hot_word, ORDINARY: ordinary}
    spent: dict[tuple[str, int], list[float]] = {}
    for turn in range(rounds + 2):
        for name, paths in ways.items():
            for number, asked in servers.items():
                if name == ORDINARY and number == LARGE:
                    continue  # it takes seconds there
                cost = asked.ask(paths(chance, number))
                if turn > 1:  # the first rounds load what a process loads once
                    spent.setdefault((name, number), []).append(cost)
    for asked in servers.values():
        asked.close()
    return {key: median(costs) for key, costs in spent.items()}


def lines(rounds: int = ROUNDS) -> Iterator[Line]:
    found = measured(rounds)
    for name, _paths, goal in GROWTH:
        small, large = found[name, SMALL], found[name, LARGE]
        yield Line(
            f"page, {name}", f"{small:.2f} ms at {SMALL:,}, {large:.2f} ms at {LARGE:,}", large / small, goal
        )
    plain, hot = found["unfiltered", LARGE], found["上海", LARGE]
    yield Line(f"page of 上海 to unfiltered, {LARGE:,}", f"{hot:.2f} ms and {plain:.2f} ms", hot / plain, 3)
    usual = found[ORDINARY, SMALL]
    yield Line(
        f"page at {LARGE:,} to an ordinary page of {SMALL:,}",
        f"{plain:.2f} ms and {usual:.2f} ms",
        plain / usual,
        0.25,
    )
