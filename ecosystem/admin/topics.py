"""The shared vocabulary of subjects."""

from django.contrib import admin

from ecosystem.admin.base import EditedAdmin
from ecosystem.admin.working_copies import WorkingCopyMixin
from ecosystem.models import Topic


@admin.register(Topic)
class TopicAdmin(WorkingCopyMixin, EditedAdmin):
    list_display = ["name", "name_zh", "slug"]
    search_fields = ["name", "name_zh", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [(None, {"fields": [("name", "name_zh"), "slug", "description", "description_zh"]})]
