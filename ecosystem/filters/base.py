"""What all lists share: search words, facets with counts, removable filters, an answer to bad values."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import django_filters as filters
from django.db.models import QuerySet
from django.db.models.expressions import Combinable, OrderBy
from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ecosystem.domain.facets import Facet, counts, facet_of
from ecosystem.domain.search import keys_of
from ecosystem.models import Topic
from ecosystem.values.languages import is_chinese

# More than any name has; a condition of thousands of words would be too deep for the database.
LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter in force and the query string without it."""

    label: str
    remove_query: str


class FacetFilter(filters.MultipleChoiceFilter):
    """Several values of one facet, any of which a row may have.

    `lookup` is the column compared; `expression` what is grouped by for the counts, the column unless given.
    """

    def __init__(self, *args, lookup: str, expression: str | Combinable | None = None, **options):
        self.lookup = lookup
        self.expression = expression if expression is not None else lookup
        super().__init__(*args, **options)

    def filter(self, rows: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return rows
        if self.method:
            return super().filter(rows, value)
        # By subquery: a join to a many-to-many table would repeat rows, and DISTINCT would cost a sort.
        return rows.filter(pk__in=rows.model.objects.filter(**{f"{self.lookup}__in": value}).values("pk"))


class QueryForm(filters.FilterSet):
    """The form for a query string.

    Parameters that it does not know and empty values count as not given, and so does a value's repetition.
    """

    q = filters.CharFilter(label=_("Search"), method="filter_words", max_length=LONGEST_WORDS)

    @property
    def problems(self) -> list[str]:
        """What is wrong with the query string, one sentence each."""
        return [
            gettext("%(field)s: %(problem)s") % {"field": self.filters[name].label, "problem": message}
            for name in self.filters
            for message in self.form.errors.get(name, ())
        ]

    @property
    def query(self) -> str:
        """The query string of the present view without its page number, in a stable order."""
        return self.data.urlencode()

    def _query_without(self, name: str, value: str | None = None) -> str:
        return self._data_without(name, value).urlencode()

    def _data_without(self, name: str, value: str | None = None) -> QueryDict:
        """The query string without one value of a parameter, or without the parameter."""
        data = self.data.copy()
        data.setlist(name, [other for other in data.getlist(name) if value and other != value])
        return data

    @classmethod
    def _in_order(cls, data: QueryDict) -> QueryDict:
        """What the readers gave of each known parameter, in the order of the filters."""
        ordered = QueryDict(mutable=True)
        for name, field in cls.base_filters.items():
            values = list(dict.fromkeys(filter(None, map(str.strip, data.getlist(name)))))
            if values:
                several = isinstance(field, filters.MultipleChoiceFilter)
                ordered.setlist(name, values if several else values[-1:])
        return ordered


class ListFilter(QueryForm):
    """The form for the query string of a list, and the rows that it lets pass."""

    sorts: dict[str, tuple[str | OrderBy, ...]] = {}

    def __init__(self, data: QueryDict | None, queryset: QuerySet, **options):
        super().__init__(self._in_order(data or QueryDict()), queryset, **options)

    def filter_words(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(pk__in=keys_of(rows.model, value))

    def filter_sort(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.order_by(*self.sorts[value]) if value else rows

    @property
    def rows(self) -> QuerySet:
        """The rows that pass; none at all when a parameter has a bad value, so that nothing passes silently."""
        return self.qs if self.is_valid() else self.queryset.none()

    @cached_property
    def facets(self) -> list[Facet]:
        """Every facet, each counted without its own selection; nothing can be counted after a bad value."""
        if not self.is_valid():
            return []
        return [self._facet(name, facet) for name, facet in self._facet_filters()]

    @property
    def active(self) -> list[ActiveFilter]:
        """The filters in force, each with the query string that drops it."""
        if not self.is_valid():
            return []
        labels = {name: dict(self.form.fields[name].choices) for name, _facet in self._facet_filters()}
        words = self.form.cleaned_data.get("q")
        found = [ActiveFilter(f"“{words}”", self._query_without("q"))] if words else []
        return found + [
            ActiveFilter(str(labels[name][value]), self._query_without(name, value))
            for name in labels
            for value in self.form.cleaned_data[name]
        ]

    def _facet_filters(self) -> Iterator[tuple[str, FacetFilter]]:
        return ((name, facet) for name, facet in self.filters.items() if isinstance(facet, FacetFilter))

    def _facet(self, name: str, facet: FacetFilter) -> Facet:
        selected = self.form.cleaned_data[name]
        rows = self._rows_without(name) if selected else self.qs
        choices = [choice for choice in self.form.fields[name].choices if choice[0]]
        return facet_of(name, str(facet.label), choices, counts(rows, facet.expression), selected)

    def _rows_without(self, name: str) -> QuerySet:
        return type(self)(self._data_without(name), self.queryset).qs


def in_language(pairs: QuerySet) -> list[tuple[str, str]]:
    """Choices of slug and name in the present language, from rows with slug, name and name_zh."""
    chinese = is_chinese(get_language())
    return [
        (slug, (chinese and name_zh) or name)
        for slug, name, name_zh in pairs.values_list("slug", "name", "name_zh")
    ]


def topic_choices() -> list[tuple[str, str]]:
    return in_language(Topic.objects.all())
