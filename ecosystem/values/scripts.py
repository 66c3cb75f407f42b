"""Which signs are written without spaces between words: Chinese characters and kana."""

import re

# For a character class: 々〆〇, numerals, kana with their marks, and all blocks of Chinese characters.
HAN = (
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U0001aff0-\U0001b16f"
    "\U00020000-\U0002fa1f\U00030000-\U000323af"
)
_FIRST, _HAN = HAN[0], re.compile(f"[{HAN}]")


def is_han(text: str) -> bool:
    """Whether the text begins with a Chinese character or kana."""
    # Most words are in letters, which stand before all of these.
    return text[:1] >= _FIRST and _HAN.match(text) is not None
