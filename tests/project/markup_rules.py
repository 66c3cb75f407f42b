"""What is wrong with a page of HTML, line by line, by a strict parser and a few rules of our own."""

import re
from collections import Counter
from collections.abc import Iterator

import html5lib
from html5lib.constants import E as MESSAGES

HEADINGS = {f"h{level}": level for level in range(1, 7)}


def problems(html: str) -> list[str]:
    """One line for each thing that a validator, or somebody who cannot see the page, would stumble over."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    page = parser.parse(html)
    elements = list(page.iter())
    return [
        *(f"line {line}: {MESSAGES[name] % said}" for (line, _column), name, said in parser.errors),
        *repeated_ids(elements),
        *heading_jumps(elements),
        *dangling_references(elements),
        *nameless(elements),
        *unlabelled(elements),
    ]


def repeated_ids(elements: list) -> Iterator[str]:
    counted = Counter(element.get("id") for element in elements if element.get("id") is not None)
    yield from (
        f"id “{name}” stands {count} times" for name, count in counted.items() if count > 1 or not name
    )


def heading_jumps(elements: list) -> Iterator[str]:
    """One h1, and no level left out on the way down."""
    headings = [(HEADINGS[e.tag], text_of(e)) for e in elements if e.tag in HEADINGS]
    if sum(level == 1 for level, _text in headings) != 1:
        yield f"{sum(level == 1 for level, _text in headings)} h1"
    for (before, _), (after, text) in zip([(0, ""), *headings], headings, strict=False):
        if after > before + 1:
            yield f"h{after} “{text}” follows h{before}"
        if not text:
            yield f"h{after} without words"


def dangling_references(elements: list) -> Iterator[str]:
    """Labels, descriptions and links within the page name an id that is there."""
    ids = {element.get("id") for element in elements}
    for element in elements:
        names = " ".join(
            element.get(name, "") for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls")
        )
        anchor = element.get("href", "") if element.tag == "a" else ""
        for name in names.split() + ([anchor[1:]] if anchor.startswith("#") else []):
            if name not in ids:
                yield f"{element.tag} names “{name}”, which is not there"


def nameless(elements: list) -> Iterator[str]:
    for element in elements:
        is_spoken = element.get("aria-hidden") != "true"
        if element.tag == "a" and is_spoken and not (text_of(element) or element.get("aria-label")):
            yield f"link without words to {element.get('href')}"
        if element.tag == "img" and element.get("alt") is None:
            yield f"picture without alternative text: {element.get('src')}"
        if element.tag == "a" and element.get("href") is None:
            yield f"link that leads nowhere: {text_of(element)}"


def unlabelled(elements: list) -> Iterator[str]:
    """Fields that only a placeholder names, which is gone as soon as somebody writes."""
    labelled = {element.get("for") for element in elements if element.tag == "label"}
    wrapped = {field for element in elements if element.tag == "label" for field in element.iter()}
    for field in elements:
        is_field = field.tag in {"select", "textarea"} or (
            field.tag == "input" and field.get("type") != "hidden"
        )
        if (
            is_field
            and field.get("id") not in labelled
            and field not in wrapped
            and not field.get("aria-label")
        ):
            yield f"field without a label: {field.get('name')}"


def text_of(element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def links_of(html: str) -> set[str]:
    """Where the links of a page lead."""
    page = html5lib.parse(html, namespaceHTMLElements=False)
    return {element.get("href") for element in page.iter("a") if element.get("href")}
