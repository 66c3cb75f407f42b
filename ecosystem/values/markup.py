"""Rich text: what is allowed in it, how it is cleaned, and how its references are found and replaced."""

from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape
from html.parser import HTMLParser

import nh3

from ecosystem.values.figure_references import ATTRIBUTES as REFERENCE_ATTRIBUTES
from ecosystem.values.figure_references import CITED_ELEMENT, ELEMENT, NOTE_ELEMENT

Attributes = Mapping[str, str | None]
Handler = Callable[[Attributes, str], str]

INLINE = {"a", "strong", "em", "br", "span", ELEMENT, CITED_ELEMENT, NOTE_ELEMENT}
BLOCKS = {
    "p", "h2", "h3", "ul", "ol", "li", "blockquote",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "span": {"lang"},
    "th": {"scope", "colspan"},
    "td": {"colspan"},
    ELEMENT: set(REFERENCE_ATTRIBUTES),
    CITED_ELEMENT: {"source", "locator"},
    NOTE_ELEMENT: {"source", "locator"},
}
SCHEMES = {"http", "https", "mailto"}


def sanitize(html: str, *, inline: bool = False) -> str:
    """The text with only the allowed elements, attributes and link schemes; inline text keeps no blocks."""
    return nh3.clean(
        html,
        tags=INLINE if inline else INLINE | BLOCKS,
        clean_content_tags={"script", "style"},
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
    ).strip()


def plain_text(html: str) -> str:
    """The words of a rich text without its elements; notes are left out, references leave nothing."""
    if "<" not in html:
        return " ".join(unescape(html).split())  # most summaries: nothing to take apart
    return " ".join(unescape(transform(html, {NOTE_ELEMENT: lambda _a, _i: ""}, keep_tags=False)).split())


def elements(html: str, name: str) -> Iterator[tuple[dict[str, str | None], str]]:
    """Every element of that name in order, with its attributes and its inner HTML."""
    found: list[tuple[dict[str, str | None], str]] = []

    def collect(attributes: Attributes, inner: str) -> str:
        found.append((dict(attributes), inner))
        return inner

    transform(html, {name: collect})
    yield from found


def transform(html: str, handlers: Mapping[str, Handler], *, keep_tags: bool = True) -> str:
    """The text with each handled element replaced by what its handler returns, inner ones first.

    A handler gets attributes and inner HTML and answers safe HTML. Other tags are kept as they are, or dropped.
    """
    parser = _Transformer(handlers, keep_tags=keep_tags)
    parser.feed(html)
    parser.close()
    return parser.result()


class _Transformer(HTMLParser):
    def __init__(self, handlers: Mapping[str, Handler], *, keep_tags: bool) -> None:
        super().__init__(convert_charrefs=False)
        self.handlers = handlers
        self.keep_tags = keep_tags
        self.buffers: list[list[str]] = [[]]
        self.open: list[tuple[str, Attributes]] = []

    def result(self) -> str:
        while self.open:
            self._close_handled()
        return "".join(self.buffers[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.handlers:
            self.open.append((tag, dict(attrs)))
            self.buffers.append([])
        elif self.keep_tags:
            self.buffers[-1].append(self.get_starttag_text() or "")
        elif tag in BLOCKS or tag == "br":
            self.buffers[-1].append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self.open and tag == self.open[-1][0]:
            self._close_handled()
        elif tag not in self.handlers and self.keep_tags:
            self.buffers[-1].append(f"</{tag}>")
        elif tag in BLOCKS:
            self.buffers[-1].append(" ")

    def _close_handled(self) -> None:
        tag, attributes = self.open.pop()
        inner = "".join(self.buffers.pop())
        self.buffers[-1].append(self.handlers[tag](attributes, inner))

    def handle_data(self, data: str) -> None:
        self.buffers[-1].append(data)

    def handle_entityref(self, name: str) -> None:
        self.buffers[-1].append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.buffers[-1].append(f"&#{name};")


def opening_tag(name: str, attributes: Attributes) -> str:
    """An opening tag with its attributes escaped."""
    return "<" + name + "".join(f' {key}="{escape(value or "")}"' for key, value in attributes.items()) + ">"
