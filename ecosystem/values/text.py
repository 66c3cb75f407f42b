"""Text as a search compares it: folded, so that case, width, accents and the kind of Chinese do not matter."""

import re
import unicodedata
from functools import lru_cache

from ecosystem.values.simplified import SIMPLIFIED

# More signs than all names and texts together use; a reader who sends every sign there is fills no memory.
REMEMBERED = 50_000
# A name is folded for its words, its forms, its sound and its places in the orders; no name is longer.
LONGEST_NAME = 400

# Marks that accent Latin, Greek and Cyrillic letters. Those of kana, Thai and Indian scripts make other letters.
_ACCENTS = re.compile("[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_VARIANTS = re.compile("[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_APOSTROPHES = dict.fromkeys("`´‘’‛′‵ʹʻʼʽʾʿˈꞌ＇", "'")
# Letters that decompose into nothing, as people type them without their keys.
_LETTERS = dict(zip("øłđħŧıæœþð", "o l d h t i ae oe th d".split(), strict=True))
_SIGNS = _APOSTROPHES | _LETTERS | {"−": "-"} | SIMPLIFIED


def fold(text: str) -> str:
    """NFKC, lower case, simplified Chinese, no accents, one kind of apostrophe and dash, single spaces.

    What cannot be stored or seen goes: NUL, halves of surrogate pairs, signs without width. Folded text stays as it is.
    """
    if text.isascii():
        # A NUL ends a text for SQLite, and PostgreSQL refuses it.
        return " ".join(text.lower().replace("\x00", "").replace("`", "'").split())
    return _folded_name(text) if len(text) <= LONGEST_NAME else _folded(text)


def _folded(text: str) -> str:
    # NFKC would make a space and a mark of this apostrophe.
    folded = unicodedata.normalize("NFKC", text.replace("´", "'")).translate(FOLDED)
    return " ".join(unicodedata.normalize("NFKC", folded).split())


_folded_name = lru_cache(maxsize=256)(_folded)


def fold_sign(sign: str) -> str:
    """What stands for a sign of NFKC text in folded text: mostly one sign, sometimes none or several."""
    if _is_dropped(sign):
        return ""
    if unicodedata.category(sign) == "Pd":
        return "-"
    lower = unicodedata.normalize("NFKC", sign).casefold()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", lower))
    return "".join(_SIGNS.get(each, each) for each in unicodedata.normalize("NFKC", bare))


def _is_dropped(sign: str) -> bool:
    return sign == "\x00" or unicodedata.category(sign) in {"Cs", "Cf"} or bool(_VARIANTS.match(sign))


class _Folded(dict[int, int | str]):
    """The table of `str.translate`, which fills itself as signs are met."""

    def __missing__(self, code: int) -> int | str:
        folded = fold_sign(chr(code))
        value = code if folded == chr(code) else folded
        if len(self) < REMEMBERED:
            self[code] = value
        return value


FOLDED = _Folded()


def first_sign(text: str) -> str:
    """The sign for a monogram: the first letter, digit or Chinese character; a dot when there is none."""
    return next((sign.upper() for sign in text if sign.isalnum()), "·")


def capitalized(text: str) -> str:
    """The text with its first letter as a capital, the rest as it stands: R&D center, Company."""
    return text[:1].upper() + text[1:]
