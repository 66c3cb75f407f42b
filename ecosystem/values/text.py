"""Text as a search compares it: folded, so that case, width and accents do not matter."""

import re
import unicodedata

_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """NFKC, lower case, no accents, one space between words, straight apostrophes, no NUL."""
    # A NUL ends a text for SQLite, and PostgreSQL refuses it.
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("\x00", "")
    bare = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return _SPACE.sub(" ", unicodedata.normalize("NFC", bare)).strip()


def first_sign(text: str) -> str:
    """The sign for a monogram: the first letter, digit or Chinese character; a dot when there is none."""
    return next((sign.upper() for sign in text if sign.isalnum()), "·")
