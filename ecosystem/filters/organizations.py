"""The filters of the directory: all that its address may ask for, for its pages and its files alike."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property

import django_filters as filters
from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ecosystem.domain import directory
from ecosystem.domain.directory import Answer, Directory, Selection
from ecosystem.domain.directory_rows import Words
from ecosystem.domain.index.vocabulary import Entry
from ecosystem.filters.base import LONGEST_WORDS, ActiveFilter, QueryForm, in_language
from ecosystem.filters.facets import FACETS, Facet, Values, facets_of, names_of, unknown_value
from ecosystem.models import Place
from ecosystem.values.languages import is_chinese

SORTS = {
    "relevance": _("by relevance"),
    "name": _("by name"),
    "pinyin": _("by name in Chinese"),
    "founded": _("oldest first"),
    "newest": _("newest first"),
    "updated": _("recently updated"),
    "evidence": _("best evidenced"),
}
VIEWS = {"list": _("List"), "table": _("Table"), "map": _("Map"), "statistics": _("Statistics")}
INCLUDE = "include"
COMPARED = "with"  # the organizations to put side by side, on their own page
FIRST_YEAR, LAST_YEAR = 1, 9999
YEARS = ("founded_from", "founded_to")
# What does not narrow the selection, and is kept when all filters are cleared.
SHAPES = ("sort", "view")


def district_choices() -> list[tuple[str, str]]:
    return in_language(Place.objects.published().filter(kind=Place.Kind.DISTRICT).order_by("admin_code"))


class Year(filters.Filter):
    field_class = forms.IntegerField

    def __init__(self, label: str):
        super().__init__(label=label, min_value=FIRST_YEAR, max_value=LAST_YEAR)


class DirectoryForm(forms.Form):
    """What no parameter can say alone."""

    def __init__(self, data: QueryDict, names: Callable[[str], Mapping[str, Words]]):
        self.names = names
        super().__init__(data)

    def clean(self) -> dict:
        for facet in FACETS:
            unknown = [value for value in self.cleaned_data[facet] if value not in self.names(facet)]
            if unknown:
                self.add_error(facet, unknown_value(unknown[0]))
        first, last = (self.cleaned_data.get(name) for name in YEARS)
        if first and last and first > last:
            self.add_error("founded_to", gettext("This year lies before the first one."))
        return self.cleaned_data


class OrganizationFilter(QueryForm):
    """The form for the query string of the directory. It asks no database: the answer comes from the index."""

    q = filters.CharFilter(label=_("Search"), max_length=LONGEST_WORDS)
    kind = Values(label=_("Kind"))
    topic = Values(label=_("Topic"))
    district = Values(label=_("District"))
    park = Values(label=_("Park or zone"))
    ownership = Values(label=_("Ownership"))
    decade = Values(label=_("Founded"))
    founded_from = Year(_("Founded from"))
    founded_to = Year(_("Founded to"))
    unknown = filters.ChoiceFilter(label=_("What is not known"), choices=[(INCLUDE, _("include"))])
    listed = Values(label=_("Listed on a stock exchange"))
    evidence = Values(label=_("Evidence"))
    sort = filters.ChoiceFilter(label=_("Sort"), choices=SORTS.items())
    view = filters.ChoiceFilter(label=_("View"), choices=VIEWS.items())

    def __init__(self, data: QueryDict | None = None):
        # Without the copies of all filters, and the class of a form, that a FilterSet makes for each query string:
        # they would cost a fifth of the page.
        self.data = self._in_order(data or QueryDict())
        self.is_bound = True
        self.filters = self.base_filters
        self._names: dict[str, dict[str, Words]] = {}

    @cached_property
    def form(self) -> forms.Form:
        return _form_class()(self.data, self.names_of)

    @cached_property
    def directory(self) -> Directory:
        """The state of the index that everything about this query string is answered from."""
        return directory.present()

    @cached_property
    def answer(self) -> Answer:
        return self.directory.answer(self.selection)

    def names_of(self, facet: str) -> dict[str, Words]:
        """Every value of a facet with its name in the language of the page, read once."""
        if facet not in self._names:
            self._names[facet] = names_of(facet, self.directory)
        return self._names[facet]

    @cached_property
    def selection(self) -> Selection:
        """What is asked of the index; only where nothing is wrong."""
        given = self.form.cleaned_data
        return Selection(
            text=given["q"],
            chosen={name: tuple(given[name]) for name in FACETS if given[name]},
            founded_from=given["founded_from"],
            founded_to=given["founded_to"],
            with_unknown=bool(given["unknown"]),
            order=self.order,
        )

    @property
    def order(self) -> str:
        asked = self.form.cleaned_data["sort"]
        # Without words nothing is more relevant than anything else.
        return asked if asked and (asked != "relevance" or self.form.cleaned_data["q"]) else self.usual_order

    @property
    def usual_order(self) -> str:
        """The order where none is asked for: what suits the words, or the language of the page."""
        by_name = "pinyin" if is_chinese(get_language()) else "name"
        return "relevance" if self.form.cleaned_data["q"] else by_name

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """The orders to choose from: value, label, whether it is in force. The usual one needs no parameter."""
        usual, present = self.usual_order, self.order
        return [
            ("" if order == usual else order, label, order == present)
            for order, label in SORTS.items()
            if order != "relevance" or usual == "relevance"
        ]

    @property
    def shape(self) -> str:
        return (self.is_valid() and self.form.cleaned_data["view"]) or "list"

    @property
    def active(self) -> list[ActiveFilter]:
        """The filters in force, each with the query string that drops it."""
        return list(self._active()) if self.is_valid() else []

    def _active(self) -> Iterator[ActiveFilter]:
        asked = self.selection
        if asked.text:
            yield ActiveFilter(f"“{asked.text}”", self._query_without("q"))
        for name, values in asked.chosen.items():
            names = self.names_of(name)
            for value in values:
                yield ActiveFilter(names[value].text, self._query_without(name, value))
        if asked.has_years:
            yield ActiveFilter(self.years, self.query_with(founded_from="", founded_to=""))
        if asked.with_unknown:
            yield ActiveFilter(gettext("Also where it is not known"), self._query_without("unknown"))

    @property
    def years(self) -> str:
        """The span of founding years that was asked for, in words."""
        first, last = self.selection.founded_from, self.selection.founded_to
        if first and last:
            return gettext("Founded %(first)s to %(last)s") % {"first": first, "last": last}
        if first:
            return gettext("Founded since %(first)s") % {"first": first}
        return gettext("Founded until %(last)s") % {"last": last}

    @property
    def unknowable(self) -> list[str]:
        """What is asked for that may not be known of an organization, in words."""
        chosen = self.selection.chosen
        asked = {
            gettext("founding year"): self.selection.has_years or "decade" in chosen,
            gettext("district"): "district" in chosen,
            gettext("park"): "park" in chosen,
            gettext("ownership"): "ownership" in chosen,
        }
        return [words for words, is_asked in asked.items() if is_asked]

    def drops(self) -> Iterator[tuple[str, int, str]]:
        """Of each filter in force: its label, how many would pass without it, and the query string of that."""
        asked = self.selection
        if asked.text:
            yield gettext("the words"), self.answer.without(directory.TEXT), self._query_without("q")
        for name in asked.chosen:
            label = str(self.filters[name].label)
            yield label[:1].lower() + label[1:], self.answer.without(name), self._query_without(name)
        if asked.has_years:
            query = self.query_with(founded_from="", founded_to="")
            yield gettext("the years"), self.answer.without(directory.YEARS), query

    @property
    def entries(self) -> dict[str, Entry]:
        """Topics and places by their names in the language of the page."""
        return {
            self.names_of(facet)[entry.slug].text: entry
            for facet in directory.VOCABULARY_FACETS
            for entry in self.directory.choices(facet)
        }

    @property
    def facets(self) -> list[Facet]:
        labels = {name: str(self.filters[name].label) for name in FACETS}
        return list(facets_of(self.answer, self.names_of, labels))

    @property
    def cleared(self) -> str:
        """The query string without any filter, in the same view and order."""
        return self.query_with(**{name: "" for name in self.data if name not in SHAPES})

    def query_with(self, **changes: str | list[str]) -> str:
        """The query string with these parameters instead of what was given for them; empty ones are dropped."""
        data = self.data.copy()
        for name, value in changes.items():
            data.setlist(name, value if isinstance(value, list) else [value])
        return self._in_order(data).urlencode()


class SharedFields(dict):
    """Fields of a form that nobody changes, so that no form needs copies of its own."""

    def __deepcopy__(self, memo: dict) -> "SharedFields":
        return self


@cache
def _form_class() -> type[forms.Form]:
    fields = {name: one.field for name, one in OrganizationFilter.base_filters.items()}
    made = type("OrganizationForm", (DirectoryForm,), fields)
    made.base_fields = SharedFields(made.base_fields)
    return made
