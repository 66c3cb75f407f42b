"""The directory's organizations, with their names, register keys and links to each other."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.base import PartAdmin
from ecosystem.admin.citations import CitationInline
from ecosystem.admin.corrections import ChangeNoteInline, CorrectionInline
from ecosystem.admin.inlines import CompactInline
from ecosystem.admin.publishing import PublicStateFilter, PublishableAdmin
from ecosystem.models import Identifier, Organization, OrganizationName, OrganizationRelationship


class NameInline(CompactInline):
    model = OrganizationName
    fields = ["text", "language", "kind", "since", "until"]


class IdentifierInline(CompactInline):
    model = Identifier
    fields = ["scheme", "value"]


class RelationshipInline(CompactInline):
    model = OrganizationRelationship
    fk_name = "organization"
    fields = ["kind", "other", "since", "until", "note"]
    autocomplete_fields = ["other"]
    select_related = ["other"]


@admin.register(Organization)
class OrganizationAdmin(PublishableAdmin):
    list_display = ["name", "name_zh", "kind", "district", "founded", "public_state", "updated_at"]
    list_filter = [
        PublicStateFilter,
        "kind",
        "ownership",
        "topics",
        ("district", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["district"]
    search_fields = ["name", "name_zh", "slug", "names__text", "identifiers__value"]
    autocomplete_fields = ["district", "park", "topics"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": [("name", "name_zh"), "slug", "kind"]}),
        (_("Text"), {"fields": ["summary", "summary_zh", "description", "description_zh"]}),
        (_("Facts"), {"fields": [("founded", "closed"), "ownership", "website"]}),
        (_("Where and what"), {"fields": ["district", "park", "topics"]}),
        (_("Internal"), {"fields": ["internal_note"], "classes": ["collapse"]}),
    ]
    inlines = [
        NameInline,
        IdentifierInline,
        RelationshipInline,
        CitationInline,
        CorrectionInline,
        ChangeNoteInline,
    ]


@admin.register(OrganizationName)
class OrganizationNameAdmin(PartAdmin):
    owner = "organization"
    list_display = ["text", "organization", "kind", "language", "since", "until"]
    list_filter = ["kind", "language"]
    list_select_related = ["organization"]
    search_fields = ["text", "organization__name"]
    autocomplete_fields = ["organization"]


@admin.register(Identifier)
class IdentifierAdmin(PartAdmin):
    owner = "organization"
    list_display = ["value", "scheme", "organization"]
    list_filter = ["scheme"]
    list_select_related = ["organization"]
    search_fields = ["value", "organization__name"]
    autocomplete_fields = ["organization"]


@admin.register(OrganizationRelationship)
class OrganizationRelationshipAdmin(PartAdmin):
    owner = "organization"
    list_display = ["organization", "kind", "other", "since", "until"]
    list_filter = ["kind"]
    list_select_related = ["organization", "other"]
    search_fields = ["organization__name", "other__name", "note"]
    autocomplete_fields = ["organization", "other"]
