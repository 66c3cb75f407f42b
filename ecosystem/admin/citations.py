"""Sources of pages: edited with the page, and found across all pages."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ecosystem.admin.base import PartAdmin
from ecosystem.admin.inlines import RoomyInline
from ecosystem.models import PAGE_KINDS, Citation


class CitationInline(RoomyInline):
    model = Citation
    fields = [("source", "locator"), ("note", "note_zh"), ("field", "standing", "reason"), "position"]
    autocomplete_fields = ["source"]
    select_related = ["source"]


class AboutOnePageAdmin(PartAdmin):
    """The page of a record about one page of any kind, which is chosen when the record is added."""

    autocomplete_fields = list(PAGE_KINDS)
    list_select_related = list(PAGE_KINDS)
    about_fields: Sequence[str] = ()

    def get_owner(self, part: Any) -> Model:
        return part.page

    @admin.display(description=pgettext_lazy("page that a record is about", "about"))
    def about(self, part: Any) -> str:
        return f"{part.page} ({part.page._meta.verbose_name})"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        return ["about"] if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list:
        page = (
            (None, {"fields": ["about"]})
            if obj
            else (
                _("About"),
                {"fields": list(PAGE_KINDS), "description": _("Choose exactly one page.")},
            )
        )
        return [page, (None, {"fields": self.about_fields})]


@admin.register(Citation)
class CitationAdmin(AboutOnePageAdmin):
    list_display = ["source", "about", "locator", "field", "standing"]
    list_filter = ["standing", "source__access", "source__trust"]
    list_select_related = ["source", *PAGE_KINDS]
    search_fields = ["source__title", "source__slug", "locator", "note", "field"]
    autocomplete_fields = ["source", *PAGE_KINDS]
    about_fields = [
        "source",
        "locator",
        ("note", "note_zh"),
        ("field", "standing"),
        "reason",
        "position",
    ]
