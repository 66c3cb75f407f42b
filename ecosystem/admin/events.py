"""Editions of forums and fairs, and their series."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.base import EditedAdmin
from ecosystem.admin.citations import CitationInline
from ecosystem.admin.corrections import ChangeNoteInline, CorrectionInline
from ecosystem.admin.publishing import PublicStateFilter, PublishableAdmin
from ecosystem.admin.uses import UsesMixin
from ecosystem.admin.working_copies import WorkingCopyMixin
from ecosystem.models import Event, EventSeries


@admin.register(EventSeries)
class EventSeriesAdmin(UsesMixin, WorkingCopyMixin, EditedAdmin):
    list_display = ["name", "name_zh", "short_name", "website"]
    search_fields = ["name", "name_zh", "short_name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": [("name", "name_zh"), "slug", "short_name", "website"]}),
        (_("Text"), {"fields": ["summary", "summary_zh"]}),
    ]


class PassedFilter(admin.SimpleListFilter):
    """Finds events by whether their days have passed."""

    title = _("passed")
    parameter_name = "passed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        wanted = {"yes": queryset.past, "no": queryset.coming}.get(self.value())
        return wanted(timezone.localdate()) if wanted else None


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    list_display = ["name", "series", "starts_on", "ends_on", "state", "place", "public_state"]
    list_filter = [PublicStateFilter, "state", PassedFilter, "series", "topics"]
    list_select_related = ["series", "place"]
    search_fields = ["name", "name_zh", "slug", "edition", "series__name"]
    date_hierarchy = "starts_on"
    autocomplete_fields = ["series", "place", "topics"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": [("name", "name_zh"), "slug", "series", ("edition", "edition_zh")]}),
        (_("When and where"), {"fields": [("starts_on", "ends_on"), "state", "place"]}),
        (_("Text"), {"fields": ["summary", "summary_zh", ("note", "note_zh")]}),
        (_("Facts"), {"fields": [("organizer", "organizer_zh"), "website", "topics"]}),
        (_("Internal"), {"fields": ["internal_note"], "classes": ["collapse"]}),
    ]
    inlines = [CitationInline, CorrectionInline, ChangeNoteInline]
