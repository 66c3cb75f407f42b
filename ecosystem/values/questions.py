"""Questions about a number: what is asked for, and for when."""

import re
from dataclasses import dataclass

from ecosystem.values.periods import MONTHS
from ecosystem.values.text import fold
from ecosystem.values.typos import distance

SHORTEST_MISTYPED = 6  # letters: a shorter word is like too many

_YEAR = r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)"
_BETWEEN = r"[\s\-/.,]*(?:of\s+|年\s*)?"
_CHINESE_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4}
_MONTHS = "|".join(month.lower() for month in MONTHS)
# Each way to name a period in words, the finest first, with how its text is written.
_WAYS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (rf"{_YEAR}{_BETWEEN}q(?P<part>[1-4])(?!\w)", "Q"),
        (rf"(?<!\w)q(?P<part>[1-4]){_BETWEEN}{_YEAR}", "Q"),
        (rf"{_YEAR}{_BETWEEN}第?(?P<part>[一二三四1-4])季度?", "Q"),
        (rf"(?P<part>first|second|third|fourth) quarter{_BETWEEN}{_YEAR}", "Q"),
        (rf"{_YEAR}{_BETWEEN}h(?P<part>[12])(?!\w)", "H"),
        (rf"(?<!\w)h(?P<part>[12]){_BETWEEN}{_YEAR}", "H"),
        (rf"{_YEAR}{_BETWEEN}(?P<part>[上下])半年", "H"),
        (rf"(?P<part>first|second) half{_BETWEEN}{_YEAR}", "H"),
        (rf"{_YEAR}年\s*(?P<part>1[0-2]|0?[1-9])月份?", "M"),
        (rf"{_YEAR}[-/.](?P<part>1[0-2]|0[1-9])(?!\d)", "M"),
        (rf"(?P<part>{_MONTHS})\w*{_BETWEEN}{_YEAR}", "M"),
        (rf"{_YEAR}\s*年?", "Y"),
    )
)
_WORDS_OF_PARTS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "上": 1, "下": 2}
# Words that belong to the question and not to the name of what is asked for.
_ASKING_WORDS = (
    "what which is was were are the of in for at how many much big large high does did has have had there shanghai "
    "shanghai's its value number figure figures data statistics latest newest current total"
).split()
_ASKING = re.compile(
    rf"\b(?:{'|'.join(sorted(_ASKING_WORDS, key=len, reverse=True))})\b|[?!]"
    r"|请问|上海市?|全市|的|是?多少|有?几个|是什么|最新|数据|[？！。，]"
)


@dataclass(frozen=True, slots=True)
class Question:
    """What may be the name of a metric, and a period's canonical text.

    The name as typed, without the words of asking, and without what is one typing error away from such a word, too.
    """

    named: str
    subject: str
    bare: str
    period: str = ""


def parse_question(text: str) -> Question:
    """The question in a text. Whether something has that name is for others to say."""
    folded = fold(text[:200])
    period = ""
    for pattern, written in _WAYS:
        match = pattern.search(folded)
        if match:
            period = _period(match, written)
            folded = f"{folded[: match.start()]} {folded[match.end() :]}"
            break
    words = _ASKING.sub(" ", folded).split()
    bare = [word for word in words if not _is_like_asking(word)]
    return Question(" ".join(folded.split()), " ".join(words), " ".join(bare), period)


def _is_like_asking(word: str) -> bool:
    return len(word) >= SHORTEST_MISTYPED and any(distance(word, asking, 1) <= 1 for asking in _ASKING_WORDS)


def _period(match: re.Match[str], written: str) -> str:
    year = match["year"]
    if written == "Y":
        return year
    number = _number(match["part"])
    return f"{year}-{number:02}" if written == "M" else f"{year}-{written}{number}"


def _number(part: str) -> int:
    if part.isdigit():
        return int(part)
    months = [month.lower() for month in MONTHS]
    return months.index(part) + 1 if part in months else (_WORDS_OF_PARTS | _CHINESE_DIGITS)[part]
