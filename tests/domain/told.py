"""States made otherwise, and their differences written down in lines, as tests read them."""

from collections.abc import Iterator

from ecosystem.domain.state_differences import Difference
from ecosystem.domain.state_fields import FieldChange, Form
from ecosystem.domain.state_names import State
from ecosystem.values.word_differences import Change

SIGNS = {Change.KEPT: "{}", Change.ADDED: "[+{}]", Change.REMOVED: "[-{}]", Change.CUT: "({})"}


def told(difference: Difference) -> list[str]:
    """The sentence, then each field, then each row with its fields set in."""
    return [*filter(None, [difference.sentence]), *_fields(difference.fields), *_rows(difference)]


def _rows(difference: Difference) -> Iterator[str]:
    for part in difference.parts:
        for row in part.rows:
            yield f"{part.label}, {row.fate}: {row.name}"
            yield from (f"  {line}" for line in _fields(row.fields))


def _fields(changes: tuple[FieldChange, ...]) -> Iterator[str]:
    for change in changes:
        yield f"{change.label}: {_what(change)}"
        yield from (f"  {remark}" for remark in change.remarks)
        if change.note:
            yield f"  {change.note}"


def _what(change: FieldChange) -> str:
    if change.form in {Form.WORDS, Form.RICH_TEXT}:
        return "".join(SIGNS[kind].format(text) for kind, text in change.pieces)
    if change.form is Form.NAMES:
        return " ".join(
            [*(f"[-{name}]" for name in change.removed), *(f"[+{name}]" for name in change.added)]
        )
    return f"{change.before or '–'} -> {change.after or '–'}"


def changed(state: State, **fields: object) -> State:
    """The state with other fields of the item itself."""
    item = state[0] | {"fields": state[0]["fields"] | fields}
    return [item, *state[1:]]


def without(state: State, name: str) -> State:
    fields = {key: value for key, value in state[0]["fields"].items() if key != name}
    return [state[0] | {"fields": fields}, *state[1:]]
