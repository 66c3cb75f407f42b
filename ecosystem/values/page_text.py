"""The text content of a fetched document, and its digest, by which a change is noticed."""

import hashlib
from html.parser import HTMLParser

_UNSEEN = {"script", "style", "noscript", "template"}
_TEXTUAL = ("text/", "application/xhtml", "application/xml", "application/json")


def content_digest(body: bytes, content_type: str) -> str:
    """SHA-256 of what a reader sees, as 64 hexadecimal digits.

    Of a page it is the text without markup, with each run of whitespace as one space, so that another layout is
    no change; of anything else it is the bytes.
    """
    kind, _, parameters = content_type.lower().partition(";")
    if not kind.strip().startswith(_TEXTUAL):
        return hashlib.sha256(body).hexdigest()
    text = body.decode(_charset(parameters), errors="replace")
    words = seen_text(text) if "html" in kind else text
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()


def seen_text(html: str) -> str:
    """The text of a page, without what no reader sees."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return " ".join(reader.parts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in _UNSEEN and not self._unseen:
            self._unseen = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = ""

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)


def _charset(parameters: str) -> str:
    """The character set that a header names, where Python knows it."""
    name = parameters.partition("charset=")[2].split(";")[0].strip(" \"'")
    try:
        "".encode(name or "utf-8")
    except (LookupError, ValueError):
        return "utf-8"
    return name or "utf-8"
