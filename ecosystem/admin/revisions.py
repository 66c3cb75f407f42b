"""Stored states of items: for looking only."""

import json

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.base import ReadOnlyAdmin
from ecosystem.models import Revision


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "kind", "key", "author", "note"]
    list_filter = ["kind", ("author", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["author"]
    search_fields = ["key", "note"]
    date_hierarchy = "created_at"
    fields = ["kind", "key", "author", "created_at", "note", "state"]
    readonly_fields = ["state"]

    @admin.display(description=_("state"))
    def state(self, revision: Revision) -> str:
        return format_html("<pre>{}</pre>", json.dumps(revision.data, ensure_ascii=False, indent=2))
