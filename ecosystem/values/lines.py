"""Text broken into lines of a width, for drawings, where nothing breaks lines by itself."""

import re
from collections.abc import Iterator

from ecosystem.values.labels import text_width

TYPE = 13  # the size of type that `text_width` is for
# A word with the space after it; Chinese breaks after any sign, but no line begins with a closing mark.
_PIECE = re.compile(r"[⺀-\uffef][，。、；：！？）》”…]*|[^ ⺀-\uffef]+ *| +")
_BREAKABLE = re.compile(r"[ \t\r\n\f\v]+")  # white space without the no-break space


def broken(text: str, width: float, size: float = TYPE) -> list[str]:
    """The lines of the text in type of that size; a word that is wider than a line is cut."""
    room = width * TYPE / size
    lines = [""]
    for piece in _pieces(text, room):
        if lines[-1] and text_width((lines[-1] + piece).rstrip()) > room:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines if line.strip()]


def _pieces(text: str, room: float) -> Iterator[str]:
    for piece in _PIECE.findall(_BREAKABLE.sub(" ", text)):
        start = 0
        for end in range(1, len(piece) + 1):
            if text_width(piece[start:end].rstrip()) > room:
                yield piece[start : end - 1]
                start = end - 1
        yield piece[start:]
