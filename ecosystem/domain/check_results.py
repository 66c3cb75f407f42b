"""Results of checks as a CSV file, for a machine that reaches the network to hand to one that does not."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from ecosystem.domain.source_checks import Finding
from ecosystem.models import Source

COLUMNS = ("slug", "url", "condition", "code", "checked_at", "content_digest", "moved_to")
_Condition = Source.Condition
# Whether content has changed is judged where the digest of what was read is kept.
FOUND = {_Condition.ALIVE, _Condition.MOVED, _Condition.DEAD, _Condition.UNREACHABLE}
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.ASCII)

Row = dict[str, str]


class UnusableResults(ValueError):
    """The file as a whole cannot be read; the message says why."""


class RowRefused(ValueError):
    """A row breaks a rule; the message says which."""


def write(path: Path, findings: Iterable[Finding]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        for one in findings:
            code = "" if one.code is None else one.code
            moment = one.checked_at.isoformat(timespec="seconds")
            rows.writerow([one.slug, one.url, one.condition, code, moment, one.content_digest, one.moved_to])


def read(path: Path) -> list[Row]:
    """The rows of a file. Raises UnusableResults."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
            if missing:
                raise UnusableResults(f"{path}: columns are missing: {', '.join(missing)}.")
            return [{name: (row[name] or "").strip() for name in COLUMNS} for row in rows]
    except (OSError, UnicodeError, csv.Error) as error:
        raise UnusableResults(f"{path} cannot be read: {error}") from error


def findings(rows: Iterable[Row]) -> Iterator[tuple[Row, Source | None, Finding | None, str]]:
    """Each row with its source and finding, or with why it is refused."""
    rows = list(rows)
    sources = Source.objects.in_bulk({row["slug"] for row in rows}, field_name="slug")
    for row in rows:
        source = sources.get(row["slug"])
        try:
            yield row, source, finding_of(row, source), ""
        except RowRefused as error:
            yield row, None, None, str(error)


def finding_of(row: Row, source: Source | None) -> Finding:
    """The finding that a row states about the source. Raises RowRefused."""
    if source is None:
        raise RowRefused("There is no source of that slug.")
    if row["url"] != source.url:
        raise RowRefused("The source has another address by now.")
    _check_answer(row)
    moment = _moment(row["checked_at"])
    if source.checked_at and moment < source.checked_at:
        raise RowRefused("A later check is known already.")
    code = int(row["code"]) if row["code"] else None
    return Finding(
        source.slug, source.url, row["condition"], code, moment, row["content_digest"], row["moved_to"]
    )


def _check_answer(row: Row) -> None:
    if row["condition"] not in FOUND:
        raise RowRefused(f"The condition is not one of {', '.join(sorted(FOUND))}.")
    if row["code"] and not re.fullmatch(r"[1-5]\d\d", row["code"], re.ASCII):
        raise RowRefused("The code is not that of an answer, such as 404.")
    if row["content_digest"] and not _DIGEST.fullmatch(row["content_digest"]):
        raise RowRefused("The digest is not 64 hexadecimal digits.")
    moved_to = row["moved_to"]
    if (row["condition"] == _Condition.MOVED) != bool(moved_to):
        raise RowRefused("What has moved names where, and nothing else does.")
    if moved_to and (len(moved_to) > 500 or not _ADDRESS.fullmatch(moved_to)):
        raise RowRefused("It has moved to something that is no address.")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise RowRefused(
            "The moment of the check cannot be read; write 2026-05-03T09:00:00+08:00."
        ) from error
    if moment.tzinfo is None:
        raise RowRefused("The moment of the check has no time zone; write 2026-05-03T09:00:00+08:00.")
    if moment > timezone.now():
        raise RowRefused("The moment of the check has not come yet.")
    return moment


def write_refused(path: Path, refused: Iterable[tuple[Row, str]]) -> Path:
    """Write the refused rows beside the file that they came in, each with its reason."""
    target = path.with_name(f"{path.stem}.refused.csv")
    with target.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([*COLUMNS, "reason"])
        for row, reason in refused:
            rows.writerow([*(row[name] for name in COLUMNS), reason])
    return target
