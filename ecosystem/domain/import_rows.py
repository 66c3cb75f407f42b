"""One row of a file of organizations: what it says, or everything that keeps it from being stored."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.core.exceptions import ValidationError

from ecosystem.domain.import_kinds import Kinds
from ecosystem.domain.import_reading import Line, Table, cells_of
from ecosystem.models import Identifier, Organization, OrganizationName
from ecosystem.values.name_languages import language_of
from ecosystem.values.partial_dates import with_four_digits

COLUMNS = ("id", "name", "name_zh", "aliases", "acronyms", "kind", "founded", "website", "country", "source")
SEPARATOR = "|"
# PostgreSQL stores no NUL, and neither database half of a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Most addresses, and none that the validator refuses; it costs ten times as much and is asked about the others.
_PLAIN_ADDRESS = re.compile(r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,18}(?:/[!-~]*)?")
_SCHEMES = {scheme: scheme for scheme in Identifier.Scheme.values}


def _limit(model: type, field: str) -> int:
    return model._meta.get_field(field).max_length


NAME_LIMIT = _limit(Organization, "name")
OTHER_NAME_LIMIT = _limit(OrganizationName, "text")
KEY_LIMIT = _limit(Identifier, "value")
WEBSITE_LIMIT = _limit(Organization, "website")


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a row out: where, what stands there, and what to do."""

    row: int
    column: str
    value: str
    advice: str

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= 60 else f"{self.value[:57]}..."
        return (
            f"row {self.row}, {self.column} {shown!a}: {self.advice}"
            if not shown.isprintable()
            else (f"row {self.row}, {self.column} “{shown}”: {self.advice}")
        )


class Entry(NamedTuple):
    """An organization as a row states it; other names in the order in which they are kept."""

    row: int
    scheme: str
    key: str
    name: str
    name_zh: str
    kind: str
    founded: str
    website: str
    names: tuple[tuple[str, str, str], ...]  # kind, text, language
    repeated: int  # names left out because the row says them twice


class Reader:
    """Reads the rows of one file."""

    def __init__(self, table: Table, kinds: Kinds) -> None:
        self._width = len(table.header)
        self._header = table.header
        self._take = cells_of(table, COLUMNS)
        self._kinds = kinds

    def read(self, line: Line) -> Entry | list[Problem]:
        if len(line.cells) != self._width:
            return [Problem(line.number, "(whole row)", f"{len(line.cells)} cells", self._width_advice())]
        said = "".join(line.cells)
        if not said.isascii() or "\x00" in said:
            unstorable = list(self._unstorable(line)) if _UNSTORABLE.search(said) else []
            if unstorable:
                return unstorable
        id_, name, name_zh, aliases, acronyms, word, founded, website, country, source = self._take(
            [*line.cells, ""]
        )
        scheme, key = _identifier(id_)
        name, name_zh, website = _plain(name), _plain(name_zh), website.strip()
        founded = with_four_digits(founded.strip())
        kind = self._kinds.kind_of(_plain(word), source.strip())
        names, repeated = _other_names(aliases, acronyms, country.strip().upper(), {name, name_zh})
        entry = Entry(line.number, scheme, key, name, name_zh, kind, founded, website, names, repeated)
        # One question for the many rows that are right; which part is wrong is found out only where one is.
        if _is_right(entry):
            return entry
        return list(_problems(entry, id_.strip(), _plain(word)))

    def _width_advice(self) -> str:
        return (
            f"The first row names {self._width} columns. "
            "Put a cell that holds a comma, a quotation mark or a line break into quotation marks."
        )

    def _unstorable(self, line: Line) -> Iterator[Problem]:
        for column, cell in zip(self._header, line.cells, strict=True):
            if found := _UNSTORABLE.search(cell):
                what = "the sign NUL" if found[0] == "\x00" else f"half of a sign (U+{ord(found[0]):04X})"
                yield Problem(
                    line.number, column, cell, f"It holds {what}, which cannot be stored. Remove it."
                )


def _plain(text: str) -> str:
    """Without space at its ends, and with single spaces inside."""
    return " ".join(text.split())


def _identifier(text: str) -> tuple[str, str]:
    """Scheme and value of “scheme:value”; a register that has no scheme here stays in the value."""
    scheme, _, value = text.strip().partition(":")
    value = value.strip()
    known = _SCHEMES.get(scheme.strip().lower())
    if not value or not scheme.strip():
        return "", ""
    return (known, value) if known else (Identifier.Scheme.OTHER.value, f"{scheme.strip()}:{value}")


def _other_names(
    aliases: str, acronyms: str, country: str, known: set[str]
) -> tuple[tuple[tuple[str, str, str], ...], int]:
    """The names that the row adds, each once, and how many it repeats."""
    if not aliases and not acronyms:
        return (), 0
    found: dict[tuple[str, str], str] = {}
    given = 0
    for kind, cell in (("acronym", acronyms), ("other", aliases)):
        for part in cell.split(SEPARATOR):
            text = " ".join(part.split())
            if text:
                given += 1
                if text not in known:
                    found.setdefault((kind, text), language_of(text, country))
    names = sorted((kind, text, language) for (kind, text), language in found.items())
    return tuple(names), given - len(names)


def _is_right(entry: Entry) -> bool:
    return bool(
        entry.kind
        and entry.name
        and len(entry.name) <= NAME_LIMIT
        and len(entry.name_zh) <= NAME_LIMIT
        and entry.key
        and len(entry.key) <= KEY_LIMIT
        and (not entry.founded or not _fault("founded", entry.founded))
        and (not entry.website or _is_address(entry.website))
        and all(len(text) <= OTHER_NAME_LIMIT for _kind, text, _language in entry.names)
    )


def _problems(entry: Entry, id_: str, word: str) -> Iterator[Problem]:
    row = entry.row
    if not entry.key:
        yield Problem(row, "id", id_, "Write the register and the key in it, as ror:013q1eq08.")
    yield from _too_long(row, "id", entry.key, KEY_LIMIT)
    if not entry.name:
        yield Problem(row, "name", "", "Give a name; where there is only a Chinese one, that one.")
    yield from _too_long(row, "name", entry.name, NAME_LIMIT)
    yield from _too_long(row, "name_zh", entry.name_zh, NAME_LIMIT)
    if not entry.kind:
        advice = "No kind of ours stands for it. Name one in a file of kinds, and give that with --kinds."
        yield Problem(row, "kind", word, advice)
    for kind, text, _language in entry.names:
        yield from _too_long(row, "acronyms" if kind == "acronym" else "aliases", text, OTHER_NAME_LIMIT)
    if entry.founded and (fault := _fault("founded", entry.founded)):
        yield Problem(row, "founded", entry.founded, fault)
    if len(entry.website) > WEBSITE_LIMIT:
        yield from _too_long(row, "website", entry.website, WEBSITE_LIMIT)
    elif entry.website and not _is_address(entry.website):
        yield Problem(
            row,
            "website",
            entry.website,
            "It is no address of the web. Write it whole, as https://www.example.org.",
        )


def _too_long(row: int, column: str, text: str, limit: int) -> Iterator[Problem]:
    if len(text) > limit:
        yield Problem(
            row, column, text, f"It has {len(text)} signs, and {limit} are kept at most. Shorten it."
        )


def _is_address(text: str) -> bool:
    return bool(len(text) <= WEBSITE_LIMIT and _PLAIN_ADDRESS.fullmatch(text)) or not _fault("website", text)


@lru_cache(maxsize=10_000)
def _fault(field: str, text: str) -> str:
    """What the model's own rules say against the text; nothing where they take it."""
    try:
        Organization._meta.get_field(field).run_validators(text)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
