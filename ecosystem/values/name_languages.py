"""Which language a name is written in, as far as its signs tell."""

import re

from ecosystem.values.languages import has_chinese
from ecosystem.values.simplified import SIMPLIFIED

LATIN, MAINLAND, TRADITIONAL, OTHER = "en", "zh-hans", "zh-hant", "und"

# Letters of scripts other than Latin and Chinese; kana and hangul tell Japanese and Korean from Chinese.
_FOREIGN = re.compile(
    r"[\u0370-\u1dff\u2c00-\u2dff\u3041-\u30fa\u30fc-\u318f\ua000-\uabff\uac00-\ud7ff\uff66-\uffdc]"
)
# Where Chinese characters write another language, and where they are the traditional ones.
_NOT_CHINESE = {"JP", "KR", "KP"}
_USES_TRADITIONAL = {"TW", "HK", "MO"}


def language_of(name: str, country: str = "") -> str:
    """A code of `OrganizationName.Language`; the country, as two letters, decides where the signs alone do not."""
    if name.isascii():
        return LATIN
    if _FOREIGN.search(name):
        return OTHER
    if not has_chinese(name):
        return LATIN
    if country in _NOT_CHINESE:
        return OTHER
    if country in _USES_TRADITIONAL or _has_traditional(name):
        return TRADITIONAL
    return MAINLAND


def _has_traditional(name: str) -> bool:
    """Whether a character has a simplified form and does not stand in the character set of the mainland itself."""
    return any(SIMPLIFIED.get(sign, sign) != sign and not _is_of_the_mainland(sign) for sign in name)


def _is_of_the_mainland(sign: str) -> bool:
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
