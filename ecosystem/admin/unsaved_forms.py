"""Unsaved forms and open forms: for looking at when and who, never at what was typed."""

from django.contrib import admin

from ecosystem.admin.base import ReadOnlyAdmin
from ecosystem.models import OpenForm, UnsavedForm


@admin.register(UnsavedForm)
class UnsavedFormAdmin(ReadOnlyAdmin):
    list_display = ["updated_at", "kind", "item_id", "user", "state"]
    list_filter = ["state", "kind"]
    list_select_related = ["user"]
    search_fields = ["kind", "user__username"]
    fields = ["kind", "item_id", "user", "state", "begun_at", "updated_at"]


@admin.register(OpenForm)
class OpenFormAdmin(ReadOnlyAdmin):
    list_display = ["seen_at", "kind", "item_id", "user", "opened_at"]
    list_filter = ["kind"]
    list_select_related = ["user"]
    search_fields = ["kind", "user__username"]
    fields = ["kind", "item_id", "user", "opened_at", "seen_at"]
