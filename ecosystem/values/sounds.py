"""Names as they sound: pinyin without tones, for search and for order."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from ecosystem.values.analysis import runs
from ecosystem.values.dictionary import LONGEST_PHRASE, characters, phrases
from ecosystem.values.scripts import is_han
from ecosystem.values.text import fold

LONGEST_PART = 4  # syllables that are joined to one token
# What names begin with that nobody says: 上海交通大学 is found by jtdx.
LEADING = ("上海市", "上海", "中国", "国家")


def sounds(name: str) -> list[str]:
    """Tokens of the sound of a name: parts of two to four syllables, whole runs of Chinese, and their initials.

    Where a syllable has ü, which keyboards lack, it is spelled with v and with u.
    """
    found: dict[str, None] = {}
    for run, syllables in _read(name):
        if not syllables:
            continue
        for stretch in _unbroken(syllables):
            found.update(dict.fromkeys(_tokens(stretch)))
        for rest in (syllables[len(start) :] for start in LEADING if run.startswith(start)):
            if len(rest) > 1 and all(rest):
                found.update(dict.fromkeys(("".join(rest), _initials(rest))))
    with_u = [token.replace("v", "u") for token in found if "v" in token]
    return list(found | dict.fromkeys(with_u))


def joined(name: str, *, umlaut: str = "v") -> str:
    """The whole name in one word, Latin parts as they are; `umlaut` is what stands for ü."""
    return "".join(
        "".join(_spelled(run, syllables)).replace("v", umlaut) if syllables else run
        for run, syllables in _read(name)
    )


def spaced(name: str) -> str:
    """The syllables of the name, and what else stands in it, each a word: 上海AI实验室 is shang hai ai shi yan shi."""
    return " ".join(
        " ".join(_spelled(run, syllables)) if syllables else run for run, syllables in _read(name)
    )


def initials(name: str) -> str:
    """First letters of the syllables, Latin parts as they are: 上海AI实验室 is shaisys."""
    return "".join(
        _initials(_spelled(run, syllables)) if syllables else run for run, syllables in _read(name)
    )


def sort_key(name: str) -> str:
    """What puts names in the order of their pinyin, character by character, with Latin names among them."""
    return " ".join(_ordered(run, syllables) if syllables else run for run, syllables in _read(name))


@lru_cache(maxsize=256)  # a name is read for its words, its forms and its places in the orders
def _read(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The runs of a name, each with its syllables; what is not Chinese has none."""
    # Folding takes 乾 for 干, which is read otherwise; a character of the same sound stands in for it.
    readable = fold(name.replace("乾", "虔"))
    return tuple((run, reading(run) if is_han(run) else ()) for run in runs(readable))


def reading(run: str) -> tuple[str, ...]:
    """One syllable for each character, empty where it has none; the longest phrases that are known decide.

    They are looked for from the end, since in names the last word is the surest: 西安市|长安, not 市长|安.
    """
    known, alone = phrases(), characters()
    syllables: list[str] = []
    stop = len(run)
    while stop:
        for start in range(max(stop - LONGEST_PHRASE, 0), stop - 1):
            if phrase := known.get(run[start:stop]):
                syllables[:0] = phrase.split()
                break
        else:
            start = stop - 1
            syllables.insert(0, alone.get(run[start], ""))
        stop = start
    return tuple(syllables)


def _tokens(syllables: Sequence[str]) -> list[str]:
    parts = [
        "".join(syllables[start : start + size])
        for size in range(2, LONGEST_PART + 1)
        for start in range(len(syllables) - size + 1)
    ]
    whole = "".join(syllables)
    return [*parts, whole, _initials(syllables)] if len(syllables) > 1 else [whole]


def _initials(syllables: Iterable[str]) -> str:
    return "".join(syllable[:1] for syllable in syllables)


def _unbroken(syllables: Iterable[str]) -> list[list[str]]:
    """The syllables in stretches without a sign that has none."""
    stretches: list[list[str]] = [[]]
    for syllable in syllables:
        if syllable:
            stretches[-1].append(syllable)
        else:
            stretches.append([])
    return [stretch for stretch in stretches if stretch]


def _spelled(run: str, syllables: Sequence[str]) -> list[str]:
    return [syllable or sign for syllable, sign in zip(syllables, run, strict=True)]


def _ordered(run: str, syllables: Sequence[str]) -> str:
    return " ".join(
        f"{syllable} {sign}" for syllable, sign in zip(_spelled(run, syllables), run, strict=True)
    )
