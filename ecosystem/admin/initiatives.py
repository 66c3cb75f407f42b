"""Initiatives, with the organizations that take part in them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.base import PartAdmin
from ecosystem.admin.citations import CitationInline
from ecosystem.admin.corrections import ChangeNoteInline, CorrectionInline
from ecosystem.admin.inlines import CompactInline
from ecosystem.admin.publishing import PublicStateFilter, PublishableAdmin
from ecosystem.models import Initiative, Participation


class ParticipationInline(CompactInline):
    model = Participation
    fields = ["organization", "role", "note"]
    autocomplete_fields = ["organization"]
    select_related = ["organization"]


@admin.register(Initiative)
class InitiativeAdmin(PublishableAdmin):
    list_display = ["name", "name_zh", "kind", "started", "ended", "public_state", "updated_at"]
    list_filter = [PublicStateFilter, "kind", "topics"]
    search_fields = ["name", "name_zh", "slug", "lead_body", "lead_body_zh"]
    autocomplete_fields = ["topics", "places"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": [("name", "name_zh"), "slug", "kind"]}),
        (_("Text"), {"fields": ["summary", "summary_zh", "description", "description_zh"]}),
        (_("Facts"), {"fields": [("started", "ended"), ("lead_body", "lead_body_zh"), "website"]}),
        (_("Where and what"), {"fields": ["places", "topics"]}),
        (_("Internal"), {"fields": ["internal_note"], "classes": ["collapse"]}),
    ]
    inlines = [ParticipationInline, CitationInline, CorrectionInline, ChangeNoteInline]


@admin.register(Participation)
class ParticipationAdmin(PartAdmin):
    owner = "initiative"
    list_display = ["organization", "role", "initiative", "note"]
    list_filter = ["role"]
    list_select_related = ["organization", "initiative"]
    search_fields = ["organization__name", "initiative__name", "note"]
    autocomplete_fields = ["initiative", "organization"]
