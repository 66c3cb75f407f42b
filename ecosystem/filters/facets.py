"""The facets of the directory: what can be chosen, under which name, and in which order it is offered."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import django_filters as filters
from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ecosystem.domain.directory import Answer, Directory
from ecosystem.domain.directory_rows import Words, names_in_language
from ecosystem.models import Organization
from ecosystem.values.quantities import count
from ecosystem.values.text import capitalized

FACETS = ("kind", "topic", "district", "park", "ownership", "decade", "listed", "evidence")
# The facets whose values are written here; those of the others are records, or decades.
FIXED = {
    "kind": Organization.Kind.choices,
    "ownership": Organization.Ownership.choices,
    "listed": [("yes", _("listed")), ("no", _("not listed"))],
    "evidence": [
        ("checked", _("rests on an opened source")),
        ("not-checked", _("not yet checked")),
        ("founded-verified", _("founding year verified")),
        ("more-sources", _("two sources or more")),
        ("one-source", _("one source")),
        ("no-source", _("no source")),
        ("disputed", _("has a disputed fact")),
        ("unverified", _("has a fact that needs verification")),
    ],
}
# Of these, whose values are many, the values of most organizations come first; the others have an order of their own.
BY_COUNT = {"topic", "park"}
SHOWN = 8
# Beside the values of this one stands the span of years, which can be asked for whatever is found.
WITH_YEARS = "decade"


class Choice(NamedTuple):
    """A value of a facet, its name, how many organizations it would leave, and whether it is chosen."""

    value: str
    name: Words
    count: int
    count_words: str
    is_chosen: bool


class Facet(NamedTuple):
    """A facet with the values that are shown at once and those that are folded away."""

    name: str
    label: str
    shown: list[Choice]
    folded: list[Choice]

    @property
    def number(self) -> int:
        return len(self.shown) + len(self.folded)


def names_of(facet: str, present: Directory) -> dict[str, Words]:
    """Every value of a facet with its name in the language of the page, in the facet's order."""
    if facet in FIXED:
        return _fixed(facet, get_language())
    if facet == WITH_YEARS:
        return {value: _decade(value, get_language()) for value in present.decades()}
    return names_in_language(facet, present)


@cache
def _fixed(facet: str, language: str) -> dict[str, Words]:
    return {str(value): Words(capitalized(str(name))) for value, name in FIXED[facet]}


@cache
def _decade(value: str, language: str) -> Words:
    """The decade as a reader says it: 1990s, 1990年代."""
    return Words(gettext("%(year)s0s") % {"year": value[:3].lstrip("0")})


class FacetField(forms.Field):
    """Values of a facet; which there are is known to the form, which looks when one is given."""

    widget = forms.SelectMultiple

    def clean(self, value: list[str] | None) -> list[str]:
        return value or []


class Values(filters.MultipleChoiceFilter):
    """Several values of one facet, any of which an organization may have."""

    field_class = FacetField


def unknown_value(value: str) -> forms.ValidationError:
    message = forms.ChoiceField.default_error_messages["invalid_choice"]
    return forms.ValidationError(message, code="invalid_choice", params={"value": value})


def facets_of(
    answer: Answer, names: Callable[[str], dict[str, Words]], labels: dict[str, str]
) -> Iterator[Facet]:
    """Every facet that has something to choose; a value without a result is left out unless it is chosen."""
    for facet in FACETS:
        counts, mine = answer.counts(facet), answer.selection.chosen.get(facet, ())
        choices = [
            Choice(value, name, number, count(number), value in mine)
            for value, name in names(facet).items()
            if (number := counts.get(value, 0)) or value in mine
        ]
        if choices or facet == WITH_YEARS:
            yield Facet(facet, labels[facet], *_folded(facet, choices))


def _folded(facet: str, choices: list[Choice]) -> tuple[list[Choice], list[Choice]]:
    """What is shown at once, with everything that is chosen, and the rest."""
    if facet in BY_COUNT:
        choices = sorted(choices, key=lambda choice: -choice.count)
    if len(choices) <= SHOWN + 2:
        return choices, []
    late = choices[SHOWN:]
    return (
        choices[:SHOWN] + [choice for choice in late if choice.is_chosen],
        [choice for choice in late if not choice.is_chosen],
    )
