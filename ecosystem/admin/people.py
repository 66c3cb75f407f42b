"""People who write here or are quoted."""

from django.contrib import admin

from ecosystem.admin.citations import CitationInline
from ecosystem.admin.corrections import ChangeNoteInline, CorrectionInline
from ecosystem.admin.publishing import PublicStateFilter, PublishableAdmin
from ecosystem.models import Person


@admin.register(Person)
class PersonAdmin(PublishableAdmin):
    list_display = ["name", "name_zh", "public_state", "updated_at"]
    list_filter = [PublicStateFilter]
    search_fields = ["name", "name_zh", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [(None, {"fields": [("name", "name_zh"), "slug", "summary", "summary_zh"]})]
    inlines = [CitationInline, CorrectionInline, ChangeNoteInline]
