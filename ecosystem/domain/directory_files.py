"""A selection of the directory as a file: CSV, JSON or a workbook, written while it is read."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from ecosystem.domain.exported_organizations import BETWEEN, COLUMNS, LISTS, Row
from ecosystem.domain.exporting import FORMULA_SIGNS, LICENCE

BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets take Chinese for something else
MOST_ROWS = 1_000_000  # of one sheet; a workbook has room for few more


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself: the address of the selection, its filters in words, how many there are, the day."""

    address: str
    filters: Sequence[str]
    count: int
    retrieved_on: date


class _Echo:
    """Lets a csv.writer hand out its lines."""

    def write(self, line: str) -> str:
        return line


def as_csv(rows: Iterable[Row], about: About) -> Iterator[str]:
    """A table with a heading, line by line; each row says when it was retrieved and under which licence."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield BYTE_ORDER_MARK + writer.writerow([*COLUMNS, "retrieved_on", "licence"])
    told = [about.retrieved_on.isoformat(), LICENCE]
    for row in rows:
        yield writer.writerow([*map(as_text, cells_of(row)), *told])


def as_json(rows: Iterable[Row], about: About) -> Iterator[str]:
    """A document as lists of this site are: count, next, results; `next` is null, for all results are there."""
    heading = {
        "count": about.count,
        "next": None,
        "address": about.address,
        "filters": list(about.filters),
        "retrieved_on": about.retrieved_on.isoformat(),
        "licence": LICENCE,
    }
    yield json.dumps(heading, ensure_ascii=False)[:-1] + ', "results": ['
    for place, row in enumerate(rows):
        document = {name: None if row[name] == "" else row[name] for name in COLUMNS}
        yield (",\n" if place else "\n") + json.dumps(document, ensure_ascii=False, cls=DjangoJSONEncoder)
    yield "\n]}\n"


def write_workbook(file: IO[bytes], rows: Iterable[Row], about: About) -> None:
    """A workbook with a sheet on the selection and sheets of rows, which wait on disk until it is put together."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("About"))
    for name, content in (
        (_("Address"), about.address),
        (_("Filters"), "; ".join(about.filters) or _("none")),
        (_("Organizations"), about.count),
        (_("Retrieved on"), about.retrieved_on.isoformat()),
        (_("Licence"), LICENCE),
    ):
        sheet.append([name, as_text(content) if isinstance(content, str) else content])
    place, sheet = 0, None
    for place, row in enumerate(rows):
        if place % MOST_ROWS == 0:
            sheet = _sheet_of_rows(book, place // MOST_ROWS + 1)
        sheet.append([_sheet_text(as_text(cell)) for cell in cells_of(row)])
    if sheet is None or not book.worksheets[1:]:
        _sheet_of_rows(book, 1)
    book.save(file)


def _sheet_of_rows(book: Workbook, number: int) -> Any:
    title = _("Organizations")
    sheet = book.create_sheet(title if number == 1 else f"{title} {number}")
    sheet.freeze_panes = "A2"
    sheet.append(list(COLUMNS))
    return sheet


def cells_of(row: Row) -> list[str]:
    """The row as a table holds it: several texts in one cell, yes and no in words."""
    return [
        BETWEEN.join(row[name]) if name in LISTS else {True: "yes", False: "no"}.get(row[name], row[name])
        for name in COLUMNS
    ]


def as_text(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _sheet_text(text: str) -> str:
    """Without signs that a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)
