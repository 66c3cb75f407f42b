"""Publications that facts and values rest on."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.publishing import PublicStateFilter, PublishableAdmin
from ecosystem.domain import audit, revisions, source_checks
from ecosystem.models import Act, Source

CHECKED = ["condition", "condition_code", "checked_at", "moved_to"]


class LostFilter(admin.SimpleListFilter):
    """Finds public sources that are gone or have changed."""

    title = _("address")
    parameter_name = "lost"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Gone or changed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        return queryset.filter(pk__in=source_checks.lost_sources()) if self.value() == "yes" else None


@admin.register(Source)
class SourceAdmin(PublishableAdmin):
    uses_advice = _("What rests on it stays, and names a source that readers no longer see:")
    # What rests on a source keeps it, also where a text names it without a key of the database.
    is_kept_by_uses = True
    list_display = [
        "title",
        "publisher",
        "kind",
        "trust",
        "access",
        "published_on",
        "values",
        "condition",
        "public_state",
    ]
    list_filter = [PublicStateFilter, LostFilter, "access", "trust", "kind", "medium", "condition"]
    search_fields = ["title", "title_zh", "publisher", "publisher_zh", "slug", "url", "identifier"]
    date_hierarchy = "accessed_on"
    actions = [*PublishableAdmin.actions, "begin_anew"]
    readonly_fields = CHECKED
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        (None, {"fields": [("title", "title_zh"), "slug", ("publisher", "publisher_zh"), "kind"]}),
        (
            _("Where and when"),
            {
                "fields": ["medium", "identifier", "url", "archived_url", ("published_on", "accessed_on")],
                "description": _(
                    "A book or yearbook is in print: give its ISBN, ISSN or number, and no address."
                ),
            },
        ),
        (_("How far it is trusted"), {"fields": ["trust", "access", "licence"]}),
        (
            _("Last check of the address"),
            {"fields": [("condition", "condition_code"), "checked_at", "moved_to"]},
        ),
        (_("Notes"), {"fields": ["note", "note_zh"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(value_count=Count("observations"))

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        """What was found at an address says nothing of another one."""
        super().save_model(request, obj, form, change)
        if change and "url" in form.changed_data and not self.is_undone(request):
            source_checks.forget(obj)

    @admin.action(description=_("Take what the address shows now as read"), permissions=["change"])
    def begin_anew(self, request: HttpRequest, queryset: QuerySet) -> None:
        with transaction.atomic():
            for source in queryset:
                source_checks.forget(source)
                audit.note(Act.CHANGE, source, by=request.user, detail=gettext("check begun anew"))
            revisions.record_many(queryset, by=request.user, note=gettext("taken as read"))
        count = len(queryset)
        text = ngettext(
            "%(count)d source: its next check takes what it finds as read.",
            "%(count)d sources: their next check takes what it finds as read.",
            count,
        )
        self.message_user(request, text % {"count": count}, messages.SUCCESS)

    @admin.display(description=_("values"), ordering="value_count")
    def values(self, source: Source) -> str:
        address = reverse(f"{self.admin_site.name}:ecosystem_observation_changelist")
        return format_html('<a href="{}?source__id__exact={}">{}</a>', address, source.pk, source.value_count)
