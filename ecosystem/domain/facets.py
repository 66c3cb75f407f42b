"""Facets: filters with counts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet
from django.db.models.expressions import Combinable


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet with the number of results that it would leave."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(slots=True)
class Facet:
    """A filter with the counts of its values; collapsed_after is how many are shown before the rest is folded."""

    name: str
    label: str
    options: list[Option] = field(default_factory=list)
    collapsed_after: int = 8

    @property
    def selected_count(self) -> int:
        return sum(option.selected for option in self.options)


def counts(rows: QuerySet, expression: str | Combinable) -> dict[str, int]:
    """How many rows there are for each value of a column or expression, in one query."""
    rows = rows.order_by()
    if isinstance(expression, str):
        grouped = rows.values_list(expression)
    else:
        grouped = rows.annotate(facet_value=expression).values_list("facet_value")
    return {
        str(value): number
        for value, number in grouped.annotate(Count("pk", distinct=True))
        if value is not None
    }


def facet_of(
    name: str,
    label: str,
    choices: Iterable[tuple[str, str]],
    counted: dict[str, int],
    selected: Iterable[str],
) -> Facet:
    """The facet with its options in the order of its choices; what has no result is left out unless selected."""
    chosen = set(selected)
    options = [
        Option(value, str(text), counted.get(value, 0), value in chosen)
        for value, text in choices
        if counted.get(value) or value in chosen
    ]
    return Facet(name, label, options)
