"""A file of organizations: opened whatever its dress, looked over as a whole, then read line by line."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

REQUIRED = ("id", "name", "kind")
USED = (*REQUIRED, "name_zh", "aliases", "acronyms", "founded", "website", "country", "source")
GZIP = b"\x1f\x8b"
OTHER_DRESS = {
    b"PK\x03\x04": "a workbook or another zip archive",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
SAVE_AS = "Save it as CSV in UTF-8, with commas between the columns."


class UnusableFile(Exception):
    """The file as a whole cannot be imported; the message says what to do."""


@dataclass(frozen=True)
class Line:
    """One row of the file as it came, with its number: the header is row 1, as in a spreadsheet."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True)
class Table:
    """A file that was read once from end to end: what its columns are, and how many rows follow."""

    path: Path
    header: tuple[str, ...]
    count: int

    @property
    def places(self) -> Mapping[str, int]:
        """Where each column stands."""
        return {name: place for place, name in enumerate(self.header)}

    @property
    def unused(self) -> list[str]:
        """The columns of which nothing is kept, also those that help to understand the others."""
        return [name for name in self.header if name not in USED or name in {"country", "source"}]

    def lines(self) -> Iterator[Line]:
        with _rows(self.path) as rows:
            next(rows)
            yield from (Line(number, cells) for number, cells in enumerate(rows, 2) if cells)


def look_over(path: Path) -> Table:
    """Read the whole file without keeping it, so that nothing is written of a file that ends in the middle.

    Raises UnusableFile.
    """
    with _rows(path) as rows:
        header = tuple(name.strip().lower() for name in next(rows, ()))
        _check_header(path, header)
        return Table(path, header, sum(1 for cells in rows if cells))


def cells_of(table: Table, names: Sequence[str]) -> itemgetter:
    """Takes the cells of these columns out of a row that has an empty cell more than the header, for those it lacks."""
    return itemgetter(*(table.places.get(name, len(table.header)) for name in names))


def _check_header(path: Path, header: tuple[str, ...]) -> None:
    if not any(header):
        raise UnusableFile(
            f"{path} is empty: its first row must name the columns, {', '.join(REQUIRED)} and others."
        )
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        found = ", ".join(header)[:200]
        raise UnusableFile(
            f"{path} has no column {', '.join(missing)}. Its first row must name the columns, separated by commas; "
            f"it is: {found}"
        )
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise UnusableFile(f"{path} names a column twice: {', '.join(twice)}. Remove or rename one of them.")


@contextmanager
def _rows(path: Path) -> Iterator[Iterator[list[str]]]:
    """The rows of the file, and every way in which it cannot be read as UnusableFile."""
    try:
        with path.open("rb") as file:
            # Halves of surrogate pairs are the fault of one row, not of the file: they pass here and are refused there.
            text = io.TextIOWrapper(_unpacked(path, file), "utf-8-sig", errors="surrogatepass", newline="")
            yield csv.reader(text, strict=True)
    except UnicodeDecodeError as error:
        raise UnusableFile(
            f"{path} is not in UTF-8: {error.reason} (byte {error.object[error.start]:#x}). {SAVE_AS}"
        ) from error
    except csv.Error as error:
        raise UnusableFile(
            f"{path} is not CSV: {error}. A quotation mark may be missing. {SAVE_AS}"
        ) from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnusableFile(
            f"{path} is damaged and cannot be unpacked: {error}. Fetch or make it again."
        ) from error
    except OSError as error:
        raise UnusableFile(f"{path} cannot be read: {error.strerror or error}.") from error


def _unpacked(path: Path, file: BinaryIO) -> BinaryIO:
    start = file.peek(4)[:4]
    for mark, dress in OTHER_DRESS.items():
        if start.startswith(mark):
            raise UnusableFile(f"{path} is {dress}, not CSV in UTF-8. {SAVE_AS}")
    return io.BufferedReader(gzip.GzipFile(fileobj=file)) if start.startswith(GZIP) else file
