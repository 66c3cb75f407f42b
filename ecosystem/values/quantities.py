"""How numbers are written, in English and Chinese, from the same value and unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ecosystem.values.languages import is_chinese

NO_BREAK = " "
QUALIFIERS = {
    "=": ("", ""),
    "~": ("about", "约"),
    ">": ("more than", "超过"),
    "<": ("up to", "最多"),
}
_LARGE = (
    (Decimal(10) ** 12, "trillion", "tn"),
    (Decimal(10) ** 9, "billion", "bn"),
    (Decimal(10) ** 6, "million", "m"),
)
_LARGE_ZH = ((Decimal(10) ** 12, "万亿"), (Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))


@dataclass(frozen=True, slots=True)
class UnitOfMeasure:
    """A unit as formatting needs it.

    factor: how many base units one stored unit is (CNY billion: 10^9).
    scales: whether large-number words may be used (money and counts, not percent, ranks and densities).
    pattern: the English phrase around the number, such as "{number} yuan"; pattern_one is its singular;
    pattern_zh the Chinese phrase; short and short_zh the compact ones.
    """

    factor: Decimal
    scales: bool
    pattern: str
    pattern_zh: str
    pattern_one: str = ""
    short: str = ""


def plain_number(value: Decimal, places: int | None = None) -> str:
    """A number grouped by commas without trailing zeros; `places` bounds the decimals."""
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def significant(value: Decimal, digits: int) -> Decimal:
    """The value rounded half up to a count of significant digits, never cutting the integer part."""
    if not value:
        return value
    places = max(digits - 1 - value.adjusted(), 0)
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def scaled_number(
    value: Decimal, unit: UnitOfMeasure, language: str, *, digits: int = 4, short: bool = False
) -> str:
    """The number of base units in words of its size: 4,721.866 billion is "4.722 trillion", "4.722万亿"."""
    base = value * unit.factor
    if not unit.scales:
        return plain_number(base)
    chinese = is_chinese(language)
    for size, word in _sizes(chinese=chinese, short=short):
        # 51,716 and 92,000 read best in full; large words begin at a million in English, at 10,000 (万) in Chinese
        # only when that loses no digit.
        if abs(base) >= size and (size > 10**4 or _fits(base / size)):
            return f"{plain_number(significant(base / size, digits))}{'' if chinese else NO_BREAK}{word}"
    return plain_number(significant(base, max(digits, 6)))


def _sizes(*, chinese: bool, short: bool) -> Iterator[tuple[Decimal, str]]:
    if chinese:
        yield from _LARGE_ZH
        return
    for size, word, abbreviation in _LARGE:
        yield size, abbreviation if short else word


def _fits(number: Decimal) -> bool:
    return number == significant(number, 3)


def qualifier_word(qualifier: str, language: str) -> str:
    """The word for a qualifier sign: "about", "more than", "up to"; nothing for an exact value."""
    return QUALIFIERS[qualifier][is_chinese(language)]


def ordinal(number: Decimal, language: str) -> str:
    """A rank as a reader says it: "5th", "第5"."""
    count = int(number)
    if is_chinese(language):
        return f"第{count}"
    suffix = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{suffix}"


def amount(value: Decimal, unit: UnitOfMeasure, qualifier: str, language: str, form: str = "unit") -> str:
    """A value as it stands in a sentence.

    form "unit": qualifier, number and unit ("about 4.72 trillion yuan"); "value": without the unit;
    "short": the compact phrase ("CNY 4.72 tn").
    """
    short = form == "short"
    number = _number(value, unit, language, short=short)
    pattern = _pattern(value, unit, language, form)
    phrase = pattern.replace("{number}", number).replace(" ", NO_BREAK) if pattern else number
    word = qualifier_word(qualifier, language)
    return f"{word}{phrase}" if is_chinese(language) else f"{word} {phrase}".strip()


def _number(value: Decimal, unit: UnitOfMeasure, language: str, *, short: bool) -> str:
    if "{ordinal}" in unit.pattern:
        return ordinal(value, language)
    return scaled_number(value, unit, language, digits=3 if short else 4, short=short)


def _pattern(value: Decimal, unit: UnitOfMeasure, language: str, form: str) -> str:
    if form == "value":
        return ""
    if is_chinese(language):
        return unit.pattern_zh.replace("{ordinal}", "{number}")
    if form == "short" and unit.short:
        return unit.short
    singular = unit.pattern_one and value * unit.factor == 1
    return (unit.pattern_one if singular else unit.pattern).replace("{ordinal}", "{number}")
