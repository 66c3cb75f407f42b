"""Works to cite, written for the programs that keep references: BibTeX and CSL-JSON."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from ecosystem.values.partial_dates import parse_partial_date

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {sign: f"\\{sign}" for sign in "&%$#_"}
# What would end a braced field or begin a command in it; an address may say the same in percent.
_UNSAFE_IN_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}


class Form(Enum):
    """What kind of work it is: the entry of BibTeX, and the type of CSL-JSON."""

    DATASET = ("misc", "dataset")
    REPORT = ("techreport", "report")
    NEWS = ("misc", "article-newspaper")
    WEB_PAGE = ("misc", "webpage")
    DOCUMENT = ("misc", "document")


@dataclass(frozen=True, slots=True)
class Work:
    """Something to cite. issued: a partial date, empty where unknown. language: a language tag of the title."""

    key: str
    form: Form
    title: str
    publisher: str
    language: str
    issued: str = ""
    url: str = ""
    accessed: date | None = None
    note: str = ""


def as_bibtex(works: Iterable[Work]) -> str:
    """An entry for each work, in UTF-8; double braces keep capitals and names in one piece as they are."""
    return "\n".join(_entry(work) for work in works)


def as_csl_json(works: Iterable[Work]) -> str:
    """The works as a list of CSL-JSON items."""
    return json.dumps([_item(work) for work in works], ensure_ascii=False, indent=1) + "\n"


def escaped(text: str) -> str:
    """Text for a BibTeX field, with nothing left in it that TeX would take for a command."""
    return "".join(_SPECIAL.get(sign, sign) for sign in _one_line(text))


def _entry(work: Work) -> str:
    kind = work.form.value[0]
    year, month, _day = parse_partial_date(work.issued) if work.issued else (None, None, None)
    texts = {
        "author": work.publisher,
        "title": work.title,
        "institution" if kind == "techreport" else "publisher": work.publisher,
    }
    fields = [f"{name} = {{{{{escaped(text)}}}}}" for name, text in texts.items() if text]
    fields += [f"year = {{{year}}}"] if year else []
    fields += [f"month = {{{month}}}"] if month else []
    fields += [f"url = {{{_address(work.url)}}}"] if work.url else []
    fields += [f"urldate = {{{work.accessed.isoformat()}}}"] if work.accessed else []
    fields += [f"note = {{{escaped(work.note)}}}"] if work.note else []
    return "".join([f"@{kind}{{{work.key}", *(f",\n  {field}" for field in fields), "\n}\n"])


def _item(work: Work) -> dict[str, Any]:
    item = {
        "id": work.key,
        "type": work.form.value[1],
        "title": _one_line(work.title),
        "author": [{"literal": work.publisher}],
        "publisher": work.publisher,
        "language": work.language,
        "issued": _date(parse_partial_date(work.issued)) if work.issued else None,
        "URL": work.url,
        "accessed": _date((work.accessed.year, work.accessed.month, work.accessed.day))
        if work.accessed
        else None,
        "note": _one_line(work.note),
    }
    return {name: content for name, content in item.items() if content}


def _date(parts: Sequence[int | None]) -> dict[str, list[list[int]]]:
    return {"date-parts": [[part for part in parts if part is not None]]}


def _address(url: str) -> str:
    return "".join(_UNSAFE_IN_ADDRESS.get(sign, sign) for sign in url)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
