"""Stored states of an item with its parts, and how two that grew from one are put together.

A state is a list of rows as Django serializes them, the item first: {"model": …, "pk": …, "fields": {…}}. Rows that are
not stored yet have negative keys, so that they can be told from each other and from stored ones.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
State = list[Row]
Key = tuple[str, Any]  # the model of a row and its primary key

MINE, THEIRS = "mine", "theirs"
_GONE = object()


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field that both sides changed, each to something else; no field: one changed a row that the other removed.

    A side that has no such row is None.
    """

    model: str
    pk: Any
    field: str
    base: Any
    mine: Any
    theirs: Any

    @property
    def key(self) -> str:
        """What a decision about it is called."""
        return f"{self.model} {self.pk} {self.field}".strip()


def merged(
    base: State,
    mine: State,
    theirs: State,
    decided: Mapping[str, str] | None = None,
    own: Collection[str] = (),
) -> tuple[State, list[Conflict]]:
    """Both sides' changes of a state in one, and the conflicts that nothing was decided about.

    `decided` gives MINE or THEIRS by the key of a conflict; an undecided one is left as theirs. Fields of the names in
    `own` are not the content's and always theirs.
    """
    sides = [{key_of(row): row for row in state} for state in (base, mine, theirs)]
    found, conflicts = [], []
    for key in dict.fromkeys([*map(key_of, theirs), *map(key_of, mine)]):
        row, open_ones = _row(key, *(side.get(key) for side in sides), decided or {}, own)
        conflicts += open_ones
        if row is not None:
            found.append(row)
    return found, conflicts


def key_of(row: Row) -> Key:
    return row["model"], row["pk"]


def content(state: State, own: Collection[str] = ()) -> dict[Key, dict[str, Any]]:
    """What a state says, without the fields in `own`: equal for states that say the same."""
    return {key_of(row): {n: v for n, v in row["fields"].items() if n not in own} for row in state}


def numbered(state: State, stored: Collection[Key], taken: Iterable[State]) -> State:
    """The state with negative keys, lower than all taken ones, for rows that are neither `stored` nor new already."""
    lowest = min([0, *(row["pk"] for other in taken for row in other if isinstance(row["pk"], int))])
    found = []
    for row in state:
        is_new = key_of(row) not in stored and row["pk"] > 0
        lowest -= is_new
        found.append({**row, "pk": lowest} if is_new else row)
    return found


def _row(
    key: Key,
    base: Row | None,
    mine: Row | None,
    theirs: Row | None,
    decided: Mapping[str, str],
    own: Collection[str],
) -> tuple[Row | None, list[Conflict]]:
    """One row of the merged state (None where it goes), and what is not decided about it."""
    if mine is None or theirs is None:
        return _kept_or_gone(key, base, mine, theirs, decided, own)
    fields, conflicts = {}, []
    for name, value in theirs["fields"].items():
        ends = [side["fields"].get(name, _GONE) if side else _GONE for side in (base, mine)]
        fields[name], is_open = _value(*ends, value, decided.get(f"{key[0]} {key[1]} {name}"), name in own)
        if is_open:
            conflicts.append(Conflict(*key, name, *(None if end is _GONE else end for end in ends), value))
    return {**theirs, "fields": fields}, conflicts


def _kept_or_gone(
    key: Key,
    base: Row | None,
    mine: Row | None,
    theirs: Row | None,
    decided: Mapping[str, str],
    own: Collection[str],
) -> tuple[Row | None, list[Conflict]]:
    """A row that one side does not have: new, removed, or removed here and changed there."""
    there = mine or theirs
    if base is None or there is None:
        return there, []
    if content([there], own) == content([base], own):
        return None, []
    conflict = Conflict(*key, "", *(row and row["fields"] for row in (base, mine, theirs)))
    choice = decided.get(conflict.key)
    return (mine if choice == MINE else theirs), ([] if choice else [conflict])


def _value(base: Any, mine: Any, theirs: Any, choice: str | None, is_own: bool) -> tuple[Any, bool]:
    """The value of a field, and whether somebody must decide."""
    # A field that the older state does not know is the newer model's.
    if is_own or mine is _GONE or mine in (base, theirs):
        return theirs, False
    if base is _GONE or theirs == base:
        return mine, False
    if all(map(_is_set, (base, mine, theirs))):
        return _united(base, mine, theirs), False
    return (mine if choice == MINE else theirs), choice is None


def _is_set(value: Any) -> bool:
    """Whether a value is that of a field with many others: a list of their keys."""
    return isinstance(value, list) and all(isinstance(one, (list, int)) for one in value)


def _united(base: list, mine: list, theirs: list) -> list:
    """What both sides added, without what either removed."""
    return list(
        _unique(one for one in [*theirs, *mine] if one not in base or (one in mine and one in theirs))
    )


def _unique(values: Iterable[Any]) -> Iterator[Any]:
    seen: list[Any] = []
    for one in values:
        if one not in seen:
            seen.append(one)
            yield one
