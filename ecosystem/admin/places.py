"""Districts, parks, zones, facilities and venues."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.citations import CitationInline
from ecosystem.admin.corrections import ChangeNoteInline, CorrectionInline
from ecosystem.admin.publishing import PublicStateFilter, PublishableAdmin
from ecosystem.models import Place


@admin.register(Place)
class PlaceAdmin(PublishableAdmin):
    list_display = ["name", "name_zh", "kind", "admin_code", "public_state", "updated_at"]
    list_filter = [PublicStateFilter, "kind"]
    search_fields = ["name", "name_zh", "slug", "admin_code"]
    autocomplete_fields = ["located_in"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": [("name", "name_zh"), "slug", "kind"]}),
        (_("Text"), {"fields": ["summary", "summary_zh", "description", "description_zh"]}),
        (_("Where"), {"fields": ["located_in", ("latitude", "longitude"), "coordinate_basis"]}),
        (_("Districts only"), {"fields": ["admin_code", ("tile_column", "tile_row")]}),
        (_("Internal"), {"fields": ["internal_note"], "classes": ["collapse"]}),
    ]
    inlines = [CitationInline, CorrectionInline, ChangeNoteInline]
