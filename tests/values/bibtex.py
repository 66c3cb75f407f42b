"""A strict reader of the BibTeX that the site writes."""

import re

Entry = tuple[str, str, dict[str, str]]

_HEAD = re.compile(r"@(\w+)\{([\w-]+)")
_FIELD = re.compile(r",\s*(\w+) = ")
_ESCAPE = re.compile(r"\\(textbackslash|textasciitilde|textasciicircum)\{\}|\\([&%$#_{}])")
_NAMED = {"textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^"}


def read_bibtex(text: str) -> list[Entry]:
    """Kind, key and fields of each entry; anything that is not an entry is an error."""
    found, at = [], 0
    while text[at:].strip():
        head = _HEAD.match(text, at := at + len(text[at:]) - len(text[at:].lstrip()))
        assert head, text[at : at + 40]
        fields, at = {}, head.end()
        while field := _FIELD.match(text, at):
            raw, at = _braced(text, field.end())
            fields[field[1]] = raw if field[1] == "url" else unescaped(raw)
        assert text[at : at + 2] == "\n}", text[at : at + 40]
        found.append((head[1], head[2], fields))
        at += 2
    return found


def unescaped(text: str) -> str:
    assert not re.search(r"(?<!\\)[&%$#_]", text.replace("\\\\", "")), text
    return _ESCAPE.sub(lambda match: _NAMED.get(match[1]) or match[2], text)


def _braced(text: str, start: int) -> tuple[str, int]:
    """What stands in the braces that open there, without a second pair, and where they end."""
    assert text[start] == "{", text[start : start + 20]
    depth, at = 0, start
    while at < len(text):
        if text[at] == "\\" and text[at + 1] in "{}":
            at += 2
            continue
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
        if not depth:
            inner = text[start + 1 : at - 1]
            return (inner[1:-1] if inner.startswith("{") else inner), at
    raise AssertionError("A brace is never closed.")
