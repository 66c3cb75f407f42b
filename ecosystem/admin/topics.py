"""The shared vocabulary of subjects."""

from collections.abc import Sequence

from django.contrib import admin
from django.http import HttpRequest

from ecosystem.admin.base import EditedAdmin
from ecosystem.admin.renaming import RenamingMixin
from ecosystem.admin.working_copies import WorkingCopyMixin
from ecosystem.models import Topic


@admin.register(Topic)
class TopicAdmin(RenamingMixin, WorkingCopyMixin, EditedAdmin):
    list_display = ["name", "name_zh", "slug"]
    search_fields = ["name", "name_zh", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [(None, {"fields": [("name", "name_zh"), "slug", "description", "description_zh"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Topic | None = None) -> Sequence[str]:
        """A topic is public from the start, so its address changes by a verb that leaves a redirect."""
        return [*super().get_readonly_fields(request, obj), *(["slug"] if obj else [])]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Topic | None = None) -> dict:
        return {} if obj else super().get_prepopulated_fields(request, obj)
