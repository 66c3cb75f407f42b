"""The audit log: for administrators, and for looking only."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ecosystem.admin.base import ReadOnlyAdmin
from ecosystem.domain import roles
from ecosystem.models import Act, AuditEntry, User

THE_SITE = "site"
# Rights that are no acts of their own.
NEVER_NOTED = {Act.ADMINISTER}


class ChoiceFilter(admin.SimpleListFilter):
    """Chooses entries by one of their columns."""

    column = ""
    template = "admin/ecosystem/folded_filter.html"

    @property
    def is_chosen(self) -> bool:
        return self.value() is not None

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        return queryset.filter(**{self.column: self.value()}) if self.value() else None


class ActFilter(ChoiceFilter):
    title = _("act")
    parameter_name = column = "act"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return [(act.value, capfirst(act.label)) for act in Act if act not in NEVER_NOTED]


class KindFilter(ChoiceFilter):
    title = _("kind")
    parameter_name = column = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        kinds = [(one._meta.model_name, capfirst(one._meta.verbose_name)) for one in noted_models()]
        return sorted(kinds, key=lambda kind: str(kind[1]))


class PersonFilter(ChoiceFilter):
    """Those who have an account; acts of others are found by their name."""

    title = pgettext_lazy("who did something", "person")
    parameter_name = "person"
    template = "admin/filter.html"
    column = "actor_key"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        people = User.objects.order_by("username").values_list("pk", "username")
        return [(THE_SITE, _("the site itself")), *((str(key), name) for key, name in people)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        if self.value() == THE_SITE:
            return queryset.filter(actor_key=None).exclude(act=Act.SIGN_IN_FAILED)
        if self.value() and not self.value().isdecimal():
            return queryset.none()  # somebody typed into the address
        return super().queryset(request, queryset)


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ["moment", "person", "did", "what", "item", "detail", "address"]
    list_filter = [ActFilter, KindFilter, PersonFilter]
    list_per_page = 100
    search_fields = ["actor_name", "key", "label", "detail", "=address", "=request"]
    search_help_text = _(
        "A person, a name or key of an item, words of the particulars, an address or a request."
    )
    date_hierarchy = "at"
    fields = ["moment", "person", "did", "what", "item", "key", "number", "detail", "address", "request"]
    readonly_fields = ["moment", "person", "did", "what", "item"]

    def has_view_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return roles.may(request.user, Act.ADMINISTER)

    @admin.display(description=_("at"), ordering="at")
    def moment(self, entry: AuditEntry) -> str:
        return date_format(localtime(entry.at), "Y-m-d H:i:s")

    @admin.display(description=_("who"), ordering="actor_name")
    def person(self, entry: AuditEntry) -> str:
        """Nobody knows who failed to sign in; what else has no person the site did, or a command."""
        nobody = "–" if entry.act == Act.SIGN_IN_FAILED else _("the site itself")
        return entry.actor_name or nobody

    @admin.display(description=_("act"), ordering="act")
    def did(self, entry: AuditEntry) -> str:
        return entry.act_label

    @admin.display(description=_("kind"), ordering="kind")
    def what(self, entry: AuditEntry) -> str:
        return entry.kind_label or "–"

    @admin.display(description=_("item"))
    def item(self, entry: AuditEntry) -> str:
        """Its page; one that was deleted since leads to the first page of the admin with a message."""
        address, text = page_of(entry), entry.label or entry.key
        if not address:
            return text or "–"
        return format_html('<a href="{}">{}</a>', address, text or _("number %(pk)s") % {"pk": entry.number})


def noted_models() -> list[type]:
    """The kinds of records that have a page in the admin."""
    return [model for model in admin.site._registry if model is not AuditEntry]


def page_of(entry: AuditEntry) -> str:
    """The address of the item's page; empty for what has none."""
    model = next((one for one in noted_models() if one._meta.model_name == entry.kind), None)
    if model is None or entry.number is None or entry.act == Act.DELETE:
        return ""
    return reverse(f"admin:{model._meta.app_label}_{entry.kind}_change", args=[entry.number])
