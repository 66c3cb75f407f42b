"""The dictionary of readings, without tones, read when a name is first asked for and as small as can be."""

import re
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from ecosystem.values.readings import CHARACTERS, PHRASES

# To import the package costs 55 MB in each process and 0.4 seconds; to read its data here, a third of that.
PACKAGE = Path(find_spec("pypinyin").origin).parent
LONGEST_PHRASE = 6

_PHRASE = re.compile(rf'"([^"]{{2,{LONGEST_PHRASE}}})":\s*\[((?:\s*\[[^\]]*\],?)+)')
_FIRST = re.compile(r'\[\s*"([^"]*)"')
_CHARACTER = re.compile(r'"(\d+)":\s*"([^",]*)')
_TONES = {chr(code) for code in range(0x300, 0x370)}


@cache
def phrases() -> dict[str, str]:
    """Phrases of two to six characters, each with its syllables, which are divided by spaces; ours come first."""
    written = _toneless((PACKAGE / "phrases_dict.json").read_text(encoding="utf-8"))
    return {found[1]: " ".join(_FIRST.findall(found[2])) for found in _PHRASE.finditer(written)} | PHRASES


@cache
def characters() -> dict[str, str]:
    """The commonest syllable of each character; ours come first."""
    written = _toneless((PACKAGE / "pinyin_dict.json").read_text(encoding="utf-8"))
    return {chr(int(found[1])): found[2] for found in _CHARACTER.finditer(written)} | CHARACTERS


def _toneless(written: str) -> str:
    """Syllables without the marks of their tones, with v for ü."""
    for sign in set(written):
        if sign in _TONES or (unicodedata.decomposition(sign) and sign < "\u2000"):
            written = written.replace(sign, _plain(sign))
    return written


def _plain(sign: str) -> str:
    letters = unicodedata.normalize("NFD", sign).replace("u\u0308", "v")
    return "".join(letter for letter in letters if letter.isascii())
