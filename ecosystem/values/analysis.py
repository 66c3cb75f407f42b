"""Text as the index stores it: words, pairs of Chinese characters, and the compact form of a name."""

import re
import unicodedata

from ecosystem.values.scripts import HAN, is_han
from ecosystem.values.text import REMEMBERED, fold

_RUNS = re.compile(f"[{HAN}]+|[^{HAN}]+")
_LETTER = f"[^\\W_{HAN}]"
# Signs that may stand inside one name: AT&T, mr.diy, e-commerce, AC/DC.
_JOINING = "-.&'/_+@·"
_JOINED = re.compile(f"(?<!{_LETTER}){_LETTER}++(?:[{_JOINING}]{_LETTER}++)+")
_JOINTS_IN = frozenset(_JOINING)
_ELIDED = re.compile(f"(?<!{_LETTER}){_LETTER}++(?:'{_LETTER}++)+")
_JOINTS = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<![A-Za-z])[A-Za-z]*[a-z][A-Z][A-Za-z]*")
_HUMPS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


class _Separated(dict[int, int | str]):
    """Folded signs to what divides words and what does not; fills itself as signs are met."""

    def __missing__(self, code: int) -> int | str:
        value = code if _is_kept(chr(code)) else " "
        if len(self) < REMEMBERED:
            self[code] = value
        return value


def _is_kept(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign).startswith("M") or is_han(sign)


SEPARATED = _Separated({ord("'"): "", ord("&"): " and "})


def tokens(text: str) -> list[str]:
    """The tokens of a text in their order.

    Words are runs of letters and digits. A run of Chinese becomes overlapping pairs and its last character, so that
    any piece of it is found: one character begins a token, two are one, more are a phrase of pairs.
    """
    return [token for run in runs(fold(text)) for token in (_pairs(run) if is_han(run) else (run,))]


def runs(folded: str) -> list[str]:
    """Words and whole runs of Chinese of a folded text."""
    pieces = folded.translate(SEPARATED).split()
    if folded.isascii():
        return pieces
    return [run for piece in pieces for run in _RUNS.findall(piece)]


def pairs(run: str) -> list[str]:
    """The overlapping pairs of a run of Chinese."""
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _pairs(run: str) -> list[str]:
    return [*pairs(run), run[-1]]


def extras(text: str) -> list[str]:
    """Further tokens of a name, as people also write its words.

    Joined across their punctuation (AT&T: att), parts at apostrophes (Macy's: macy) and of camel case (sense, time).
    """
    folded = fold(text)
    plain = _plain(text)
    # Most names have none of these, which is told sooner than where they would stand.
    has_joints, has_humps = not _JOINTS_IN.isdisjoint(folded), not (plain.istitle() or plain.islower())
    joined = [_JOINTS.sub("", found) for found in _JOINED.findall(folded)] if has_joints else []
    parts = [part for word in _ELIDED.findall(folded) for part in word.split("'")] if has_joints else []
    camels = _CAMEL.findall(plain) if has_humps else []
    humps = [part.lower() for word in camels for part in _HUMPS.findall(word)]
    more = [*joined, *(part for part in parts if len(part) > 2), *(part for part in humps if len(part) > 1)]
    known = set(tokens(text)) if more else ()
    return [each for each in dict.fromkeys(more) if each not in known]


def _plain(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def compact(text: str) -> str:
    """The form under which a name is looked up: folded, letters, digits and Chinese only, nothing between them."""
    return "".join(fold(text).translate(SEPARATED).split())
