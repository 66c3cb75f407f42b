"""Numbers in a text that look like statistics: amounts, shares, counts; not dates, names, ordinals, small counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ecosystem.values.languages import is_chinese
from ecosystem.values.periods import MONTHS

PERCENT, COUNT = "%", ""
YUAN, DOLLAR = "CNY", "USD"
SMALL = 20  # counts below this are told, not measured
_LONE = 100  # from here on a number is a statistic by itself, also where no noun follows

_LONGEST = 9  # digits in a row; more are a telephone number or a key in a register

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CURRENCIES = {
    "us$": DOLLAR, "$": DOLLAR, "usd": DOLLAR, "dollar": DOLLAR, "dollars": DOLLAR, "美元": DOLLAR,
    "rmb": YUAN, "cny": YUAN, "¥": YUAN, "yuan": YUAN, "renminbi": YUAN, "元": YUAN, "人民币": YUAN,
    "€": "EUR", "euro": "EUR", "euros": "EUR", "欧元": "EUR", "港元": "HKD",
}  # fmt: skip
_SCALES = {
    "trillion": 10**12, "tn": 10**12, "billion": 10**9, "bn": 10**9, "million": 10**6, "m": 10**6, "thousand": 10**3,
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 10**3,
}  # fmt: skip
_SIGN = r"US\$|RMB|CNY|USD|[¥$€]"

_ENGLISH = re.compile(
    rf"(?<![\w.,:/#–+−-])(?P<sign>{_SIGN})?\s?(?P<number>{_NUMBER})(?:\s?(?:–|-|to)\s?(?P<upper>{_NUMBER}))?"
    r"(?:\s?(?P<scale>trillion|billion|million|thousand|tn|bn|m)\b)?"
    r"(?P<percent>\s?(?:%|percent\b|per cent\b|percentage points?\b))?"
    r"(?![\w/:]|[.,]\d|-[A-Za-z]|–\d)"
)
_MONTH = "|".join(rf"{month[:3]}(?:{month[3:]})?" for month in MONTHS)
_MONTH_BEFORE = re.compile(rf"\b(?:{_MONTH})\.?\s?$")
_MONTH_AFTER = re.compile(rf"\s?(?:{_MONTH})\b")
_LAST_WORD = re.compile(r"([A-Za-z][\w'’&-]*\.?)[\s(“\"]*$")
_NEXT_WORDS = re.compile(r"\s+([A-Za-z][\w'’&-]*)")
# What a number after it only tells apart from others of its kind.
_LABELS = set(
    "page pages table figure chapter section article line lines no no. number version phase level grade round terminal "
    "gate building floor room step question item part volume issue series top aged age class type category group tier "
    "channel route exit model under-"
    .split()
)  # fmt: skip
_FUNCTION_WORDS = set(
    "in by with about some over nearly around almost the its at of and more than from only another roughly under up to "
    "least most between these those all for but or nor as has have had was were is are there then"
    .split()
)  # fmt: skip
# Spans of time and measures of things say how long or how large, not how many.
_MEASURES = set(
    "year years month months week weeks day days hour hours minute minutes second seconds century centuries o'clock am "
    "pm nanometer nanometers nanometre nanometres micron microns millimeter millimeters mm cm nm ghz mhz bit bits inch "
    "inches volt volts degree degrees meter meters metre metres times"
    .split()
)  # fmt: skip
# Capitalized words that do not make a name of the number before them.
_DEMONYMS = set(
    "Chinese Shanghai Asian American European Japanese German Korean Fortune AI IT R&D STEM".split()
)
_AFTER_NO_COUNT = {"and", "or", "to", "in", "at", "by", "is", "was", "were", "on", "when", "while", "as"}

_CHINESE = re.compile(
    rf"(?<![A-Za-z0-9.,:/#–+−第-])(?P<per>百分之)?(?P<sign>US\$|[¥$€])?(?P<number>{_NUMBER})"
    rf"(?:\s?[–—~～至到-]{{1,2}}\s?(?P<upper>{_NUMBER}))?\s?(?P<scale>万亿|千亿|百亿|亿|千万|百万|万|千)?[余多来]?"
    r"(?P<percent>%|个?百分点)?(?P<unit>人民币|美元|欧元|港元|元|人次|用户|标准箱|平方公里|平方米|公顷|公里|吨|"
    r"(?:个(?!月|小时|工作日|季度|世纪|年)|[家人名位项件所座台辆次户颗枚架例种条款起篇宗笔套亩倍处间部支组只批]))?"
    r"(?![A-Za-z0-9/:]|[.,]\d)"
)
_WIDE = dict(zip(map(ord, "０１２３４５６７８９％￥．"), "0123456789%¥.", strict=True))


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written.

    value: in base units. step: what one more in its last digit would be. kind: a currency, "%" or "" for a count.
    unit: the words after it, in small letters, or the Chinese measure word. is_measured: whether it is more than a
    count of some dozens, which may be told without a record.
    """

    words: str
    value: Decimal
    step: Decimal
    kind: str
    unit: tuple[str, ...]
    is_measured: bool = True

    @property
    def digits(self) -> int:
        """How many significant digits are written: 4.72 has three, 400 two."""
        return len(str(int(self.value / self.step))) if self.value else 0

    def is_about(self, amount: Decimal) -> bool:
        """Whether an amount in base units is written so, rounded to as many digits."""
        return abs(amount - self.value) * 2 <= self.step


def stray_numbers(sentence: str, language: str) -> list[Number]:
    """The numbers of a sentence that look like statistics, in their order."""
    sentence = sentence.translate(_WIDE)
    if is_chinese(language):
        return [_number(match, _unit_zh(match)) for match in _CHINESE.finditer(sentence) if _counts_zh(match)]
    return list(_english(sentence))


def _english(sentence: str) -> Iterator[Number]:
    for match in _ENGLISH.finditer(sentence):
        before, after = sentence[: match.start("number")], sentence[match.end() :]
        unit = _next_words(after)
        if not _is_label(match, before) and _counts(match, before, after, unit):
            yield _number(match, tuple(word.lower() for word in unit))


def _number(match: re.Match[str], unit: tuple[str, ...]) -> Number:
    text = (match["upper"] or match["number"]).replace(",", "")
    scale = Decimal(_SCALES.get(match["scale"] or "", 1))
    places = len(text.partition(".")[2])
    # Zeros at the end of a whole number may be rounded, but not its first two digits: 25,000, 300.
    zeros = min(len(text) - len(text.rstrip("0")), max(len(text) - 2, 0))
    step = Decimal(1).scaleb(-places if places else zeros)
    kind = _kind(match, unit)
    is_measured = bool(kind or match["scale"]) or Decimal(text) >= _LONE
    return Number(match[0].strip(), Decimal(text) * scale, step * scale, kind, unit, is_measured)


def _kind(match: re.Match[str], unit: tuple[str, ...]) -> str:
    if match["percent"] or match.groupdict().get("per"):
        return PERCENT
    named = [(match["sign"] or "").lower(), *unit[:2]]
    return next((_CURRENCIES[word] for word in named if word in _CURRENCIES), COUNT)


def _counts(match: re.Match[str], before: str, after: str, unit: list[str]) -> bool:
    """Whether an English number measures or counts something."""
    has_sign = bool(match["sign"] or match["scale"] or match["percent"])
    if has_sign or (unit and unit[0].lower() in _CURRENCIES):
        return True
    number = match["number"]
    if number.isdigit() and len(number) > _LONGEST:
        return False
    if _is_date(match, before, after) or (unit and _is_named_by(unit[0], number)):
        return False
    if "," in number:
        return True
    value = Decimal(number)
    if unit and unit[0].lower() not in _AFTER_NO_COUNT:
        return value >= SMALL or "." in number
    return value >= _LONE


def _is_label(match: re.Match[str], before: str) -> bool:
    """Whether the word before makes a name or a place in an order of the number: Line 14, page 4, STAR 50."""
    found = _LAST_WORD.search(before)
    if found is None:
        return False
    word = found[1]
    if word.lower() in _LABELS:
        return True
    is_name = word[0].isupper() and word.lower() not in _FUNCTION_WORDS
    is_amount = match["sign"] or match["scale"] or match["percent"] or "," in match["number"]
    return is_name and not is_amount


def _is_date(match: re.Match[str], before: str, after: str) -> bool:
    number = match["number"]
    if not number.isdigit():
        return False
    is_day = int(number) <= 31 and bool(_MONTH_BEFORE.search(before) or _MONTH_AFTER.match(after))
    return is_day or (len(number) == 4 and 1500 <= int(number) <= 2100)


def _is_named_by(word: str, number: str) -> bool:
    """Whether the word after the number is part of a name (200 Century Avenue), or a measure of time or size."""
    is_name = word[0].isupper() and word not in _DEMONYMS and "," not in number
    return is_name or word.lower() in _MEASURES


def _next_words(after: str) -> list[str]:
    """The words up to the next mark, five at most."""
    words, at = [], 0
    while len(words) < 5 and (found := _NEXT_WORDS.match(after, at)):
        words.append(found[1])
        at = found.end()
    return words


def _counts_zh(match: re.Match[str]) -> bool:
    """Whether a Chinese number measures or counts something: it has a size, a sign or a measure word."""
    if match["percent"] or match["per"] or match["sign"] or match["scale"]:
        return True
    unit = match["unit"]
    if not unit:
        return "," in match["number"]
    number = Decimal(match["number"].replace(",", ""))
    return unit in _CURRENCIES or number >= SMALL or unit == "倍"


def _unit_zh(match: re.Match[str]) -> tuple[str, ...]:
    return (match["unit"],) if match["unit"] else ()
