"""What readers reported: read, acted on in the page it is about, and settled with a sentence."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.acts import ActsMixin
from ecosystem.domain import reports
from ecosystem.models import ReaderReport


class SettledFilter(admin.SimpleListFilter):
    """Lists what is open, or what is settled."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("open")), ("settled", _("settled"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        return queryset.filter(settled_at__isnull=self.value() == "open") if self.value() else None


@admin.register(ReaderReport)
class ReaderReportAdmin(ActsMixin, admin.ModelAdmin):
    list_display = ["beginning", "page_link", "reported_at", "settled_at", "settled_by"]
    list_filter = [SettledFilter]
    list_select_related = ["settled_by"]
    search_fields = ["address", "text", "outcome"]
    search_help_text = _("Words of the report, of what came of it, or of the address.")
    fields = ["page_link", "text", "reported_at", "outcome", "settled_at", "settled_by"]
    readonly_fields = ["page_link", "text", "reported_at", "settled_at", "settled_by"]
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("text"), ordering="text")
    def beginning(self, report: ReaderReport) -> str:
        return Truncator(report.text).words(14) or "–"

    @admin.display(description=_("page"), ordering="address")
    def page_link(self, report: ReaderReport) -> str:
        return format_html('<a href="{}">{}</a>', report.address, report.address)

    def save_model(self, request: HttpRequest, obj: ReaderReport, form: Any, change: bool) -> None:
        if form.has_changed():
            reports.settle(obj, outcome=form.cleaned_data["outcome"], by=request.user)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> str:
        """The act is noted by the domain, with the outcome."""
        return str(_("changed")) if form.has_changed() else ""
