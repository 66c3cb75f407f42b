"""The marks of a chart: what each value is drawn as, what stands for an empty period, and the key that names them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecosystem.domain.chart_scales import Scale
from ecosystem.domain.value_groups import Group, Row
from ecosystem.domain.value_states import State
from ecosystem.domain.wording import language, listed, method_of, period_of, publisher_of, qualified_number
from ecosystem.models import Observation, Standing

BELOW_AXIS = 10  # so that a mark for nothing is never read as a zero
KEY: dict[str, str | Promise] = {
    "reported": _("verified or reported"),
    "joined": _("several sources agree"),
    "estimate": _("estimate"),
    "forecast": _("forecast"),
    "unverified": _("unverified"),
    "disputed": _("disputed"),
    "rivals": _("rivals of one period"),
    "other": _("counted in another way"),
    "missing": _("no figure was published"),
    "not-applicable": _("does not apply"),
    "not-recorded": _("no value here"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """One number and the values that agree on it; kind is its shape, tone its doubt where the shape is a release."""

    x: float
    y: float
    kind: str
    title: str
    values: tuple[Observation, ...]
    tone: str = ""

    @property
    def is_joined(self) -> bool:
        return len(self.values) > 1


@dataclass(frozen=True, slots=True)
class Empty:
    """A period without a number, marked below the axis; kind is its state."""

    x: float
    y: float
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A mark that is used in the chart, and its meaning."""

    kind: str
    text: str | Promise


def points_of(scale: Scale, groups: Iterable[Group]) -> list[Point]:
    rows = [row for group in groups for row in group.rows if row.is_number]
    return [
        Point(*scale.point(row.head), kind_of(row.head), _title(row), row.values, _tone(row.head))
        for row in rows
    ]


def empties_of(scale: Scale, groups: Iterable[Group]) -> list[Empty]:
    """A mark for each period without a number: recorded as such by its word, or not recorded at all."""
    y, found = scale.foot + BELOW_AXIS, []
    for group in groups:
        x, label = scale.at_end(group.span.end), group.span.label(language())
        if not group.rows:
            found.append(Empty(x, y, State.NOT_RECORDED, f"{label}: {KEY[State.NOT_RECORDED]}"))
        elif not any(row.is_number for row in group.rows):
            value = group.rows[0].head
            found.append(Empty(x, y, value.absence, f"{label}: {value.get_absence_display()}"))
    return found


def rivals_of(scale: Scale, groups: Iterable[Group]) -> str:
    """A path that ties together the numbers of a period that contradict one another by the same method."""
    path = []
    for group in groups:
        for method in sorted({row.head.method for row in group.rivals}):
            ys = [scale.point(row.head)[1] for row in group.rivals_by(method)]
            path += [f"M{scale.at_end(group.span.end):g} {min(ys):g}V{max(ys):g}"] if ys else []
    return "".join(path)


def key_of(points: Sequence[Point], empties: Sequence[Empty], others: Iterable[str]) -> list[KeyEntry]:
    """The marks that are used, in the order of the table of marks; others are kinds of lines."""
    used = {"reported" if point.kind == Standing.VERIFIED else point.kind for point in points}
    used |= (
        {"joined" for point in points if point.is_joined} | {empty.kind for empty in empties} | set(others)
    )
    return [KeyEntry(kind, text) for kind, text in KEY.items() if kind in used]


def kind_of(value: Observation) -> str:
    """The shape of its mark: a dispute outweighs what kind of number it is, and that outweighs the standing."""
    if value.standing != Standing.DISPUTED and value.release in {"forecast", "estimate"}:
        return value.release
    return value.standing


def _tone(value: Observation) -> str:
    if value.release not in {"forecast", "estimate"}:
        return ""
    return (
        "rough"
        if value.standing == Standing.DISPUTED
        else "doubtful"
        if value.standing == "unverified"
        else ""
    )


def _title(row: Row) -> str:
    return "; ".join(title_of(value) for value in row.values)


def title_of(value: Observation) -> str:
    """What a pointer shows: period, number, standing, release, source, method."""
    marks = [value.get_standing_display()]
    if value.release != Observation.Release.FINAL:
        marks.append(value.get_release_display())
    if value.method:
        marks.append(method_of(value))
    return str(
        _("%(period)s: %(number)s (%(standing)s), %(publisher)s")
        % {
            "period": period_of(value),
            "number": qualified_number(value),
            "standing": listed(marks),
            "publisher": publisher_of(value),
        }
    )
