"""The lines of the desk: what each record is called, and what is said of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from ecosystem.domain import wording
from ecosystem.domain.across_kinds import Label, loaded
from ecosystem.domain.desk import CHANGES, CORRECTIONS, DRAFTS, MINE, REVIEW, SCHEDULED, Section
from ecosystem.domain.working_copies import title_of
from ecosystem.models import Act, AuditEntry, Observation, Status, User, WorkingCopy

# The acts of which a line of the section tells.
TOLD = {MINE: (Act.SUBMIT, Act.RETURN), REVIEW: (Act.SUBMIT,), CORRECTIONS: (Act.CORRECT,)}
Row = tuple[str, int, datetime]
Entries = dict[tuple[str, int, str], AuditEntry]


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a section: `kind` and `number` are of the item, `moment` is when it came there, or will leave.

    `is_theirs`: the person who asks has done what the line tells of.
    """

    kind: str
    number: int
    title: str
    moment: datetime
    said: str = ""
    is_next: bool = False
    is_theirs: bool = False


def lines_of(parts: Iterable[tuple[Section, Sequence[Row]]], user: User) -> dict[str, list[Line]]:
    """The lines of some rows of each section, by its name; for all sections together one query for each kind."""
    parts = [(section.name, list(rows)) for section, rows in parts]
    records = loaded((what, pk) for _name, rows in parts for what, pk, _moment in rows)
    told = _told(parts, records)
    return {
        name: [
            _line(name, records[what, pk], moment, told, user)
            for what, pk, moment in rows
            if (what, pk) in records  # it may have gone since
        ]
        for name, rows in parts
    }


def _label(record: Model) -> Label:
    """The kind and key of the item that a record is, is the next version of, or tells of."""
    match record:
        case WorkingCopy():
            return record.kind, record.item_id
        case AuditEntry():
            return record.kind, record.number
    return record._meta.model_name, record.pk


def _told(parts: Iterable[tuple[str, Sequence[Row]]], records: dict[Label, Model]) -> Entries:
    """The last entry of the audit log for each act that a line tells of."""
    asked = [
        Q(kind=kind, number=number, act__in=TOLD[name])
        for name, rows in parts
        if name in TOLD
        for what, pk, _moment in rows
        if (what, pk) in records
        for kind, number in [_label(records[what, pk])]
    ]
    if not asked:
        return {}
    entries = AuditEntry.objects.filter(reduce(or_, asked)).order_by("at", "pk")
    return {(entry.kind, entry.number, entry.act): entry for entry in entries}


def _line(name: str, record: Model, moment: datetime, told: Entries, user: User) -> Line:
    kind, number = _label(record)
    said, entry = _SAYING[name](record, kind, number, told)
    return Line(
        kind=kind,
        number=number,
        title=_title(record),
        moment=moment,
        said=said,
        is_next=isinstance(record, WorkingCopy),
        is_theirs=entry is not None and entry.actor_key == user.pk,
    )


def _title(record: Model) -> str:
    match record:
        case WorkingCopy():
            return title_of(record)
        case AuditEntry():
            return record.label or f"{record.kind_label} {record.number}"
        case Observation():
            return f"{record.metric}, {wording.period_of(record)}: {wording.amount_of(record)}"
    return str(record)


def _way(record: Model, kind: str, number: int, told: Entries) -> tuple[str, AuditEntry | None]:
    """Why something waits: it was refused at its moment, is in review, or was returned with a note."""
    if getattr(record, "refused", ""):
        return _("Not published when its moment came: %(why)s") % {"why": record.refused}, None
    stage = record.stage if isinstance(record, WorkingCopy) else record.status
    entry = told.get((kind, number, Act.SUBMIT if stage == Status.IN_REVIEW else Act.RETURN))
    if entry is None:
        return "", None
    if stage == Status.IN_REVIEW:
        return _("submitted by %(who)s") % {"who": entry.actor_name}, entry
    is_plain = entry.detail in {"", str(Act.RETURN.label)}
    words = {"who": entry.actor_name, "note": entry.detail}
    return (_("returned by %(who)s") if is_plain else _("returned by %(who)s: “%(note)s”")) % words, entry


def _change(record: Model, _kind: str, _number: int, _told: Entries) -> tuple[str, AuditEntry | None]:
    if not isinstance(record, AuditEntry):
        return _("published, as it was scheduled"), None
    words = {"act": record.act_label, "who": record.actor_name}
    return (_("%(act)s by %(who)s") % words if record.actor_name else record.act_label), record


def _correction(value: Observation, kind: str, number: int, told: Entries) -> tuple[str, AuditEntry | None]:
    entry = told.get((kind, number, Act.CORRECT))
    older = next(iter(value.supersedes.all()), None)
    words = {
        "old": wording.amount_of(older) if older else "–",
        "who": entry.actor_name if entry else "–",
        "note": value.supersede_note,
    }
    return _("instead of %(old)s, by %(who)s. %(note)s") % words, entry


def _nothing(*_asked: object) -> tuple[str, AuditEntry | None]:
    return "", None


_SAYING = {
    MINE: _way,
    REVIEW: _way,
    DRAFTS: _nothing,
    SCHEDULED: _nothing,
    CORRECTIONS: _correction,
    CHANGES: _change,
}
