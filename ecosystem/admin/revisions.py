"""Stored states of items, deleted ones among them: for reading and comparing only."""

import json

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.base import ReadOnlyAdmin
from ecosystem.admin.histories import HistoryMixin
from ecosystem.admin.restoring import RestoringMixin
from ecosystem.domain import revisions, state_differences, working_copies
from ecosystem.models import Revision, WorkingCopy


@admin.register(Revision)
class RevisionAdmin(RestoringMixin, HistoryMixin, ReadOnlyAdmin):
    """Its history is that of the item, which may be gone: so what was deleted can still be read here."""

    list_display = ["created_at", "kind", "key", "author", "note"]
    list_filter = ["kind", ("author", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["author"]
    search_fields = ["key", "note", "author__username", "author__first_name", "author__last_name"]
    date_hierarchy = "created_at"
    fieldsets = [
        (None, {"fields": ["kind", "key", "author", "created_at", "of_working_copy", "note"]}),
        (None, {"fields": ["state"]}),
        (_("As it is stored"), {"fields": ["stored"], "classes": ["collapse"]}),
    ]
    readonly_fields = ["state", "stored"]

    class Media:
        css = {"all": ["css/admin-history.css"]}

    def trail(self, obj: Revision) -> QuerySet:
        return revisions.with_key(obj.kind, obj.key)

    def present(self, obj: Revision) -> Model | None:
        return revisions.item_of(obj)

    @admin.display(description=_("state"))
    def state(self, revision: Revision) -> str:
        difference = state_differences.compare(None, revision.data)
        return render_to_string("admin/ecosystem/difference.html", {"difference": difference})

    @admin.display(description=_("data"))
    def stored(self, revision: Revision) -> str:
        return format_html("<pre>{}</pre>", json.dumps(revision.data, ensure_ascii=False, indent=2))


@admin.register(WorkingCopy)
class WorkingCopyAdmin(ReadOnlyAdmin):
    """All drafts of next versions, whatever they are of; each is edited on the page of its item."""

    list_display = ["kind", "item", "stage", "publish_at", "last_author", "updated_at"]
    list_filter = ["stage", "kind", ("latest__author", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["latest__author"]
    search_fields = ["kind", "latest__key"]
    fields = ["item", "stage", "publish_at", "scheduled_by", "refused", "created_at", "updated_at"]
    readonly_fields = ["item"]

    @admin.display(description=_("item"))
    def item(self, copy: WorkingCopy) -> str:
        address = reverse(f"{self.admin_site.name}:ecosystem_{copy.kind}_change", args=[copy.item_id])
        return format_html('<a href="{}">{}</a>', address, working_copies.title_of(copy))

    @admin.display(description=_("last saved by"))
    def last_author(self, copy: WorkingCopy) -> str:
        return str(copy.latest.author or "–")
