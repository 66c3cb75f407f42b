"""How two stored states of an item differ, in the words of editors."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecosystem.domain.revisions import PARTS
from ecosystem.domain.state_fields import FieldChange, Fields, Record
from ecosystem.domain.state_names import Names, State, model_of
from ecosystem.domain.state_sentences import public_sentence
from ecosystem.domain.wording import listed
from ecosystem.models import (
    ChangeNote,
    Citation,
    Contribution,
    Correction,
    FormulaInput,
    Identifier,
    OrganizationName,
    OrganizationRelationship,
    Participation,
)

# By which fields people tell the rows of each kind apart.
TOLD_BY: dict[type[Model], tuple[str, ...]] = {
    ChangeNote: ("happened_on", "text"),
    Citation: ("source", "field"),
    Contribution: ("person", "role"),
    Correction: ("happened_on", "text"),
    FormulaInput: ("input",),
    Identifier: ("scheme", "value"),
    OrganizationName: ("kind", "text"),
    OrganizationRelationship: ("kind", "other"),
    Participation: ("organization", "role"),
}
POSITION = "position"


class Fate(StrEnum):
    """What became of a row."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that is edited with the item; of an added or removed one all that it says besides its name."""

    fate: Fate
    name: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class PartChange:
    """The rows of one kind that are not what they were; `name` is that of the relation to them."""

    label: str
    rows: tuple[RowChange, ...]
    name: str = field(default="", compare=False)

    @property
    def counts(self) -> str:
        """How many: "1 added, 2 changed"."""
        counted = [(fate, sum(row.fate is fate for row in self.rows)) for fate in Fate]
        return listed([_counted(fate, count) for fate, count in counted if count])


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs; false where nothing does.

    sentence: what became of the public state. is_whole: there was no state before, so this is the whole later one.
    """

    sentence: str = ""
    fields: tuple[FieldChange, ...] = ()
    parts: tuple[PartChange, ...] = ()
    is_whole: bool = False

    def __bool__(self) -> bool:
        return bool(self.sentence or self.fields or self.parts)

    @property
    def names(self) -> set[str]:
        """The fields and relations that differ, as the code names them."""
        return {one.name for one in (*self.fields, *self.parts)}

    @property
    def summary(self) -> str:
        """In one line: "Body, Citations (1 added)"."""
        if self.is_whole:
            return _("First stored state")
        parts = [
            _("%(part)s (%(counts)s)") % {"part": part.label, "counts": part.counts} for part in self.parts
        ]
        labels = [field.label for field in self.fields]
        found = [*([_("Public state")] if self.sentence else []), *labels, *parts]
        return listed(found) if found else _("Nothing changed")


def compare(before: State | None, after: State | None, *, names: Names | None = None) -> Difference:
    """The difference between two states as `revisions.snapshot` makes them; None for a time without the item.

    Whoever compares many pairs hands in the names of all, so that they are looked up once.
    """
    if not before and not after:
        return Difference()
    names = names or Names([before, after])
    item, part_names = (after or before)[0], _part_names(before, after)
    model = model_of(item["model"])
    old, new = (state[0]["fields"] if state else None for state in (before, after))
    parts = (_part(label, before, after, model, names) for label in part_names)
    return Difference(
        sentence=public_sentence(old, new),
        fields=tuple(Record(model, old, new, names).changes()),
        parts=tuple(part for part in parts if part.rows),
        is_whole=not before,
    )


def compare_each(states: Sequence[State | None]) -> list[Difference]:
    """Each of these states, newest first, with the one that stands behind it; the last one is only compared with."""
    names = Names(states)
    pairs = pairwise(states)
    return [compare(before, after, names=names) for after, before in pairs]


def _part_names(before: State | None, after: State | None) -> list[str]:
    """The kinds of rows in both states, in the order in which the item has them."""
    return list(dict.fromkeys(row["model"] for state in (after, before) for row in (state or [])[1:]))


def _part(
    label: str, before: State | None, after: State | None, owner: type[Model] | None, names: Names
) -> PartChange:
    model = model_of(label)
    old, new = ([row for row in (state or [])[1:] if row["model"] == label] for state in (before, after))
    about = owner._meta.model_name if owner else ""
    skipped = frozenset(_owner_fields(owner, model))
    pairs = _unlike(_matched(old, new), skipped)
    rows = (_row(Record(model, one, other, names, skipped, about)) for one, other in pairs)
    title = capfirst(model._meta.verbose_name_plural) if model else label
    return PartChange(str(title), tuple(row for row in rows if row), _relation(owner, model) or label)


def _owner_fields(owner: type[Model] | None, model: type[Model] | None) -> Iterator[str]:
    """The field by which a row belongs to its item: the same in every row."""
    for relation in PARTS.get(owner, ()):
        found = owner._meta.get_field(relation)
        if found.related_model is model:
            yield found.field.name


def _relation(owner: type[Model] | None, model: type[Model] | None) -> str:
    """The relation by which an item has rows of this kind."""
    names = PARTS.get(owner, ())
    return next((name for name in names if owner._meta.get_field(name).related_model is model), "")


Pair = tuple[Fields | None, Fields | None]


def _matched(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[Pair]:
    """Each row of both states once, with itself in the other; a row without a stored key is new."""
    known = {row["pk"]: row["fields"] for row in old if _is_stored(row.get("pk"))}
    for row in new:
        key = row.get("pk")
        yield (known.pop(key, None) if _is_stored(key) else None), row["fields"]
    yield from ((fields, None) for fields in known.values())
    yield from ((row["fields"], None) for row in old if not _is_stored(row.get("pk")))


def _is_stored(key: object) -> bool:
    return key is not None and not (isinstance(key, int) and key < 0)


def _unlike(pairs: Iterable[Pair], skipped: frozenset[str]) -> list[Pair]:
    """Without rows that went and came back the same under another key, as when an item is restored."""
    pairs = list(pairs)
    come = [at for at, (old, _new) in enumerate(pairs) if old is None]
    gone = [at for at, (_old, new) in enumerate(pairs) if new is None]
    same: set[int] = set()
    for at in come:
        twins = (
            each for each in gone if each not in same and _is_same(pairs[each][0], pairs[at][1], skipped)
        )
        twin = next(twins, None)
        if twin is not None:
            same |= {at, twin}
    return [pair for at, pair in enumerate(pairs) if at not in same]


def _is_same(one: Fields, other: Fields, skipped: frozenset[str]) -> bool:
    untold = skipped | {"uid"}
    return all(one.get(name) == other.get(name) for name in {*one, *other} - untold)


def _row(record: Record) -> RowChange | None:
    told_by = TOLD_BY.get(record.model, ())
    name = listed(list(filter(None, map(record.text, told_by))))
    changes = tuple(record.changes())
    if record.old is None or record.new is None:
        fate = Fate.ADDED if record.old is None else Fate.REMOVED
        labels = {_label(record.model, field) for field in told_by}
        return RowChange(fate, name, tuple(change for change in changes if change.label not in labels))
    if not changes:
        return None
    is_moved = [change.label for change in changes] == [_label(record.model, POSITION)]
    return RowChange(Fate.MOVED if is_moved else Fate.CHANGED, name, changes)


def _label(model: type[Model] | None, name: str) -> str:
    fields = {field.name: field for field in model._meta.fields} if model else {}
    return str(capfirst(fields[name].verbose_name)) if name in fields else ""


def _counted(fate: Fate, count: int) -> str:
    said = {
        Fate.ADDED: ngettext("%(count)d added", "%(count)d added", count),
        Fate.CHANGED: ngettext("%(count)d changed", "%(count)d changed", count),
        Fate.MOVED: ngettext("%(count)d moved", "%(count)d moved", count),
        Fate.REMOVED: ngettext("%(count)d removed", "%(count)d removed", count),
    }
    return said[fate] % {"count": count}
