"""The filters of the directory."""

import django_filters as filters
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat, NullIf, Substr
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecosystem.domain.evidence import has_opened_source
from ecosystem.filters.base import FacetFilter, ListFilter, in_language, topic_choices
from ecosystem.models import Identifier, Organization, Place

YES, NO = "yes", "no"
CHECKED, NOT_CHECKED = "checked", "not-checked"
OLDEST = NullIf("founded", Value("")).asc(nulls_last=True)  # an unknown year is not the oldest
SORTS = {
    "name": ("name",),
    "founded": (OLDEST, "name"),
    "newest": ("-founded", "name"),
    "updated": ("-updated_at", "name"),
}


def district_choices() -> list[tuple[str, str]]:
    return in_language(Place.objects.published().filter(kind=Place.Kind.DISTRICT).order_by("admin_code"))


def park_choices() -> list[tuple[str, str]]:
    return in_language(Place.objects.published().exclude(kind=Place.Kind.DISTRICT).order_by("name"))


def decade_choices() -> list[tuple[str, str]]:
    dated = Organization.objects.published().exclude(founded="").order_by()
    decades = dated.values_list(Substr("founded", 1, 3), flat=True).distinct()
    return [(f"{decade}0s", decade_label(decade)) for decade in sorted(decades, reverse=True)]


def decade_label(decade: str) -> str:
    """The decade that begins with these three digits, as a reader says it: 1990s, 1990年代."""
    return gettext("%(year)s0s") % {"year": decade}


def is_listed() -> Exists:
    return Exists(Identifier.objects.filter(organization=OuterRef("pk"), scheme=Identifier.Scheme.TICKER))


def either(condition: Exists, yes: str, no: str) -> Case:
    return Case(When(condition, then=Value(yes)), default=Value(no))


class OrganizationFilter(ListFilter):
    search_columns = ("name", "name_zh", "names__text", "identifiers__value", "summary", "summary_zh")
    sorts = SORTS

    kind = FacetFilter(label=_("Kind"), choices=Organization.Kind, lookup="kind")
    topic = FacetFilter(label=_("Topic"), choices=topic_choices, lookup="topics__slug")
    district = FacetFilter(label=_("District"), choices=district_choices, lookup="district__slug")
    park = FacetFilter(label=_("Park or zone"), choices=park_choices, lookup="park__slug")
    ownership = FacetFilter(label=_("Ownership"), choices=Organization.Ownership, lookup="ownership")
    decade = FacetFilter(
        label=_("Founded"),
        choices=decade_choices,
        lookup="founded",
        expression=Case(
            When(founded="", then=Value(None)), default=Concat(Substr("founded", 1, 3), Value("0s"))
        ),
        method="filter_decade",
    )
    listed = FacetFilter(
        label=_("Listed on a stock exchange"),
        choices=[(YES, _("listed")), (NO, _("not listed"))],
        lookup="pk",
        expression=either(is_listed(), YES, NO),
        method="filter_listed",
    )
    evidence = FacetFilter(
        label=_("Evidence"),
        choices=[(CHECKED, _("rests on an opened source")), (NOT_CHECKED, _("not yet checked"))],
        lookup="pk",
        expression=either(has_opened_source("organization"), CHECKED, NOT_CHECKED),
        method="filter_evidence",
    )
    sort = filters.ChoiceFilter(
        label=_("Sort"),
        choices=[
            ("name", _("by name")),
            ("newest", _("newest first")),
            ("founded", _("oldest first")),
            ("updated", _("recently updated")),
        ],
        method="filter_sort",
    )

    def filter_decade(self, rows: QuerySet, name: str, value: list[str]) -> QuerySet:
        decades = Q()
        for decade in value:
            decades |= Q(founded__startswith=decade[:3])
        return rows.filter(decades)

    def filter_listed(self, rows: QuerySet, name: str, value: list[str]) -> QuerySet:
        return _if_one(rows, value, YES, is_listed())

    def filter_evidence(self, rows: QuerySet, name: str, value: list[str]) -> QuerySet:
        return _if_one(rows, value, CHECKED, has_opened_source("organization"))


def _if_one(rows: QuerySet, chosen: list[str], yes: str, condition: Exists) -> QuerySet:
    if len(set(chosen)) != 1:
        return rows
    return rows.filter(condition if chosen[0] == yes else ~condition)
