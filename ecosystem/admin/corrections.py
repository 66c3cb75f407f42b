"""Notices to readers: corrections of errors, and notes on other changes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ecosystem.admin.citations import AboutOnePageAdmin
from ecosystem.admin.inlines import CompactInline
from ecosystem.models import ChangeNote, Correction


class CorrectionInline(CompactInline):
    model = Correction
    fields = ["happened_on", "text", "text_zh"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Readers have seen the corrections of a page that was public."""
        return super().has_delete_permission(request, obj) and not (obj and obj.published_at)


class ChangeNoteInline(CompactInline):
    model = ChangeNote
    fields = ["happened_on", "text", "text_zh"]


class NoticeAdmin(AboutOnePageAdmin):
    list_display = ["text", "about", "happened_on"]
    search_fields = ["text", "text_zh"]
    date_hierarchy = "happened_on"
    about_fields = ["happened_on", "text", "text_zh"]


@admin.register(Correction)
class CorrectionAdmin(NoticeAdmin):
    def has_delete_permission(self, request: HttpRequest, obj: Correction | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.page.published_at)


@admin.register(ChangeNote)
class ChangeNoteAdmin(NoticeAdmin):
    pass
