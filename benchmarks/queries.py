"""What readers may type: the slowest of many questions, in the directory, the search and the suggestions.

Each is asked twice and counts with the cheaper time: the first may read from the disk what nobody has asked for yet.
"""

import random
import string
from collections.abc import Iterator
from urllib.parse import quote, unquote

from benchmarks.names import ENDINGS, FIRST, FORM, SECOND, TRADE, WORDS
from benchmarks.pages import LARGE, server
from benchmarks.processes import Process
from benchmarks.tables import Line

SEED = 11
LONGEST = 59_000  # characters of an address; the server takes no longer one
# Everywhere, nowhere, in part; what full text is slow for, and what is no text at all.
ODD = (
    *(
        "a",
        "s",
        "on",
        "works on",
        "的",
        "中",
        "上海",
        "公司",
        "有限公司",
        "科技有限公司",
        "从事半导体与网络的研发",
    ),
    *(
        "上海 quantum",
        "hua xin",
        "huaxin",
        "hxkj",
        "youxiangongsi",
        "gs",
        "SSE:5",
        "sse",
        "123",
        "AT&T e-commerce",
    ),
    *('"', "'\" OR 1=1 --", "NEAR(a b)", "*", "a*", "-quantum", "(", "\x00", "%", "_", "\\", "{names} : x"),
    *("a b c d e f g h i j k l m n o p q r s t u v w x y z", "aa bb cc dd", "xqzvw", "abcdefgh ijklmnop"),
    *("a" * 100, "中" * 100, "上海" * 50, "x" * 100_000, "word " * 20_000, "中" * 40_000),
)
SELECTIONS = (
    *(
        "page=1000000000",
        "sort=name&page=20000",
        "sort=pinyin&kind=company&page=3000",
        "founded_from=1&founded_to=9999",
    ),
    *("view=table", "view=table&sort=evidence", "view=map", "view=statistics", "q=quantum&view=statistics"),
    "founded_from=1990&founded_to=2013&unknown=include",
    "kind=company&kind=university&district=pudong&district=xuhui&topic=ai&decade=1990s&listed=yes&evidence=no-source",
    "&".join(f"kind=k{number}" for number in range(2_000)),
)


def lines() -> Iterator[Line]:
    asked, texts = server(LARGE), list(questions(random.Random(SEED)))
    for place, name in (("/organizations/", "the directory"), ("/search/", "the search")):
        addresses = [f"{place}?q={quote(text)[:LONGEST]}" for text in texts]
        addresses += [f"{place}?{selection}" for selection in SELECTIONS if place == "/organizations/"]
        costs = sorted((cheapest(asked, address), address) for address in addresses)
        (middle, _), (most, slowest) = costs[len(costs) // 2], costs[-1]
        shown = unquote(slowest).replace("|", " ")[:60]
        measured = f"of {len(costs)}, median {middle:.1f} ms; the slowest is {shown!r}"
        yield Line(f"the slowest question to {name} at {LARGE:,}", measured, most, 50, unit="ms")
    typed = [f"/suggestions.json?q={quote(text)}" for text in typing(random.Random(SEED))]
    costs = sorted(cheapest(asked, address) for address in typed)
    measured = f"of {len(costs)}, median {costs[len(costs) // 2]:.1f} ms"
    yield Line(f"suggestions at {LARGE:,}, p95", measured, costs[len(costs) * 95 // 100], 20, unit="ms")
    yield Line(f"suggestions at {LARGE:,}, the slowest", measured, costs[-1], 50, unit="ms")
    asked.close()


def cheapest(asked: Process, address: str) -> float:
    return min(asked.ask(address, may_be_missing=True) for _turn in range(2))


def questions(chance: random.Random) -> Iterator[str]:
    yield from ODD
    words, signs = [*WORDS, *map(str.lower, ENDINGS)], [*FIRST, *SECOND]
    yield " ".join(words)
    for _turn in range(40):
        yield " ".join(chance.choices(words, k=chance.randint(1, 4)))
        yield "".join(chance.choices(signs, k=chance.randint(1, 6)))
        yield chance.choice(TRADE) + chance.choice(FORM)[: chance.randint(1, 6)]
        yield "".join(chance.choices(string.ascii_lowercase, k=chance.randint(3, 9)))
        yield f"{''.join(chance.choices(string.ascii_lowercase, k=6))} {chance.choice(words)}"
        word = chance.choice(words)
        yield word.replace(chance.choice(word), "", 1)
    yield " ".join(f"{chance.getrandbits(40):x}" for _ in range(3_000))


def typing(chance: random.Random) -> Iterator[str]:
    """Names as they grow under the hand, in both scripts."""
    for _turn in range(30):
        coined = "".join(chance.choices(string.ascii_lowercase, k=5))
        latin = f"{coined} {chance.choice(WORDS)} {chance.choice(ENDINGS)}"
        name = "".join(chance.choices([*FIRST, *SECOND], k=3)) + chance.choice(TRADE) + chance.choice(FORM)
        for whole in (latin, chance.choice(WORDS), name, f"上海{name}"):
            yield from (whole[:stop] for stop in range(1, len(whole) + 1))
