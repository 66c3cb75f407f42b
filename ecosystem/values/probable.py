"""Which known amount a number in a text probably repeats."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ecosystem.values.analysis import tokens
from ecosystem.values.languages import is_chinese
from ecosystem.values.quantities import UnitOfMeasure
from ecosystem.values.stray_numbers import COUNT, PERCENT, Number

SURE_DIGITS = 3  # so many equal digits are no accident
_DULL = set("a an and at by for in of on or per the to with shanghai number 上海 海市 数量 总数".split())


@dataclass(frozen=True, slots=True)
class KnownAmount:
    """A value of a metric as a text may repeat it: in base units, with its unit, the words of its names, its year.

    key: whatever the caller knows it by. rank: which of two that fit as well is meant, the greater.
    """

    key: object
    amount: Decimal
    kind: str
    unit: frozenset[str]
    names: frozenset[str]
    year: str
    rank: tuple


def kind_of(unit: UnitOfMeasure, currency: str) -> str:
    """What a unit counts, in the terms of numbers in texts."""
    if currency:
        return currency
    return PERCENT if "%" in unit.pattern else COUNT


def unit_words(unit: UnitOfMeasure, language: str) -> frozenset[str]:
    """The words by which a number in a text shows that it has this unit."""
    if is_chinese(language):
        return frozenset([unit.pattern_zh.partition("{number}")[2]])
    words = tokens(unit.pattern.replace("{number}", " "))
    return frozenset(stem(word) for word in words if word not in _DULL)


def name_words(names: Iterable[str], unit: frozenset[str]) -> frozenset[str]:
    """The words of a metric's names that tell it from others of the same unit."""
    words = {stem(word) for name in names for word in tokens(name) if word not in _DULL}
    return frozenset(words - unit)


def probable(
    number: Number, sentence: str, paragraph: str, known: Iterable[KnownAmount]
) -> KnownAmount | None:
    """The amount that the number most probably repeats: the same when rounded as it is, counted in the same thing.

    Few equal digits need a word of the metric's name near them; of several the one that is named nearer, and of the
    year that the sentence names, is meant.
    """
    near, around = ({stem(word) for word in tokens(text)} for text in (sentence, paragraph))
    found = []
    for one in known:
        if one.kind != number.kind or not number.is_about(one.amount) or not _fits(number, one):
            continue
        shared = 2 * len(one.names & near) + len(one.names & around)
        if shared or number.digits >= SURE_DIGITS:
            found.append((shared, one.year in sentence, one.rank, one))
    return max(found, key=lambda each: each[:3])[3] if found else None


def _fits(number: Number, one: KnownAmount) -> bool:
    """Whether a count is of the same things, as far as the words after it tell."""
    if number.kind != COUNT or not number.unit:
        return True
    return bool(one.unit & {stem(word) for word in number.unit}) or not one.unit


def stem(word: str) -> str:
    """A word without the ending of its plural."""
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
