"""Articles and who has a part in them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.base import PartAdmin
from ecosystem.admin.citations import CitationInline
from ecosystem.admin.corrections import ChangeNoteInline, CorrectionInline
from ecosystem.admin.inlines import CompactInline
from ecosystem.admin.publishing import PublicStateFilter, PublishableAdmin
from ecosystem.models import Article, Contribution


class ContributionInline(CompactInline):
    model = Contribution
    fields = ["person", "role", "position"]
    autocomplete_fields = ["person"]
    select_related = ["person"]


@admin.register(Article)
class ArticleAdmin(PublishableAdmin):
    list_display = ["title", "kind", "public_state", "published_at", "lead_position", "updated_at"]
    list_filter = [PublicStateFilter, "kind", "topics"]
    search_fields = ["title", "title_zh", "slug", "standfirst", "standfirst_zh"]
    date_hierarchy = "published_at"
    autocomplete_fields = ["topics", "organizations", "places", "initiatives", "events", "cover"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        (None, {"fields": ["title", "title_zh", "slug", "kind"]}),
        (_("Text"), {"fields": ["standfirst", "body"]}),
        (_("Text in Chinese"), {"fields": ["standfirst_zh", "body_zh"]}),
        (_("Subjects"), {"fields": ["topics", "organizations", "places", "initiatives", "events"]}),
        (_("Look and place"), {"fields": [("drawing", "cover"), "lead_position"]}),
        (_("Internal"), {"fields": ["internal_note"], "classes": ["collapse"]}),
    ]
    inlines = [ContributionInline, CitationInline, CorrectionInline, ChangeNoteInline]


@admin.register(Contribution)
class ContributionAdmin(PartAdmin):
    owner = "article"
    list_display = ["person", "role", "article", "position"]
    list_filter = ["role"]
    list_select_related = ["person", "article"]
    search_fields = ["person__name", "article__title"]
    autocomplete_fields = ["article", "person"]
