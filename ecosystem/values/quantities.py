"""How numbers are written, in English and Chinese, from the same value and unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ecosystem.values.languages import is_chinese

NO_BREAK = "\u00a0"
# A real minus sign: it has the width of a plus, and screen readers say it.
MINUS = "\u2212"
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
TEN_THOUSAND = 10**4
_LARGE_ZH = ((Decimal(10) ** 12, "万亿"), (Decimal(10) ** 8, "亿"), (Decimal(TEN_THOUSAND), "万"))


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
    """A number grouped by commas, with a real minus and no trailing zeros; `places` bounds the decimals."""
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{value:,f}".replace("-", MINUS)
    return text.rstrip("0").rstrip(".") if "." in text else text


def count(number: int) -> str:
    """How many there are of something, grouped by commas: 95,330."""
    return f"{number:,}"


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
    chinese = is_chinese(language)
    if not unit.scales:
        return grouped_number(base, language)
    for size, word in _sizes(chinese=chinese, short=short):
        # Rounded before it is compared, so that 999.96 million is 1 billion and never 1,000 million.
        number = significant(base / size, _digits(base, size, digits))
        if abs(number) >= 1 and (size > TEN_THOUSAND or _counts_in_ten_thousands(base)):
            return grouped_number(number, language) + ("" if chinese else NO_BREAK) + word
    return grouped_number(significant(base, max(digits, 6)), language)


def _digits(base: Decimal, size: Decimal, digits: int) -> int:
    """A count below a million stands in full in English, so 万 must not cut it shorter."""
    return max(digits, 6) if size == TEN_THOUSAND and abs(base) < 10**6 else digits


def _counts_in_ten_thousands(base: Decimal) -> bool:
    """51,716 reads best in full, 9.2万 and 91.666万 in words: 万 begins at 100,000, below it only without loss."""
    return abs(base) >= 100_000 or _fits(base / TEN_THOUSAND)


def grouped_number(number: Decimal, language: str) -> str:
    """Digits grouped by commas; Chinese begins to group at five of them: 3057亿, 51,716."""
    text = plain_number(number)
    return text.replace(",", "") if is_chinese(language) and abs(number) < TEN_THOUSAND else text


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
    word = qualifier_word(qualifier, language)
    if is_chinese(language):
        # The word stands right before the number: 每万人超过38座, 每年最多1万台.
        return (pattern or "{number}").replace("{number}", word + number)
    # A line may break between words of a long unit, but not between the number and what it counts.
    tied = pattern.replace("{number} ", "{number}" + NO_BREAK).replace(" {number}", NO_BREAK + "{number}")
    phrase = tied.replace("{number}", number) if pattern else number
    return f"{word} {phrase}".strip()


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
