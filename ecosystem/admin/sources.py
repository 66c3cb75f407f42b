"""Publications that facts and values rest on."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.publishing import PublicStateFilter, PublishableAdmin
from ecosystem.models import Source


@admin.register(Source)
class SourceAdmin(PublishableAdmin):
    list_display = ["title", "publisher", "kind", "trust", "access", "published_on", "values", "public_state"]
    list_filter = [PublicStateFilter, "access", "trust", "kind"]
    search_fields = ["title", "title_zh", "publisher", "publisher_zh", "slug", "url"]
    date_hierarchy = "accessed_on"
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        (None, {"fields": [("title", "title_zh"), "slug", ("publisher", "publisher_zh"), "kind"]}),
        (_("Where and when"), {"fields": ["url", "archived_url", ("published_on", "accessed_on")]}),
        (_("How far it is trusted"), {"fields": ["trust", "access", "licence"]}),
        (_("Notes"), {"fields": ["note", "note_zh"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(value_count=Count("observations"))

    @admin.display(description=_("values"), ordering="value_count")
    def values(self, source: Source) -> str:
        address = reverse(f"{self.admin_site.name}:ecosystem_observation_changelist")
        return format_html('<a href="{}?source__id__exact={}">{}</a>', address, source.pk, source.value_count)
