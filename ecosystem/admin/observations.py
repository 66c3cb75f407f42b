"""Values of metrics: drafts are edited freely, published ones only corrected."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.base import EditedForm
from ecosystem.admin.publishing import PublicStateFilter
from ecosystem.admin.seen_first import SeenFirstAdmin
from ecosystem.admin.standings import DecidingMixin
from ecosystem.admin.superseding import CorrectingMixin
from ecosystem.domain import roles, wording
from ecosystem.domain.article_corrections import is_error_of_ours
from ecosystem.domain.source_checks import lost_sources
from ecosystem.models import Act, Observation, Status

DERIVED = ["exact_amount", "recorded_at", "newer", "older"]
LOCKED = {Status.PUBLISHED, Status.WITHDRAWN}


class ObservationForm(EditedForm):
    def _get_validation_exclusions(self) -> set[str]:
        """Django skips a constraint whose condition names a field that the form lacks; this one must be asked."""
        return super()._get_validation_exclusions() - {"superseded_by"}


class SupersededFilter(admin.SimpleListFilter):
    """Hides or finds values that another one has replaced."""

    title = _("superseded")
    parameter_name = "superseded"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("No")), ("yes", _("Yes"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(superseded_by__isnull=self.value() == "no") if self.value() else None


class LostSourceFilter(admin.SimpleListFilter):
    """Finds values whose source is gone or has changed."""

    title = _("source")
    parameter_name = "lost"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Gone or changed"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(source__in=lost_sources()) if self.value() == "yes" else None


@admin.register(Observation)
class ObservationAdmin(CorrectingMixin, DecidingMixin, SeenFirstAdmin):
    list_display = ["metric", "period", "amount", "standing", "public_state", "source", "recorded_at"]
    form = ObservationForm
    list_display_links = ["metric", "period"]
    list_filter = [
        PublicStateFilter,
        "standing",
        SupersededFilter,
        LostSourceFilter,
        "source__access",
        "release",
        "metric__topics",
    ]
    list_select_related = ["metric__unit", "source", "superseded_by"]
    search_fields = ["metric__name", "metric__name_zh", "metric__slug", "period", "source__title", "note"]
    date_hierarchy = "period_end"
    suppressible = ("value", "text")
    autocomplete_fields = ["metric", "source"]
    fieldsets = [
        (None, {"fields": ["metric", "period", ("qualifier", "value"), ("low", "high")]}),
        (_("Where it was found"), {"fields": ["source", "locator"]}),
        (
            _("How far it is trusted"),
            {"fields": ["standing", "standing_reason", "standing_reason_zh", "release"]},
        ),
        (_("Coverage and notes"), {"fields": [("method", "method_zh"), ("note", "note_zh")]}),
    ]
    # Instead of the first and after the last where the value is stored for good.
    stored = (None, {"fields": ["metric", "period", "exact_amount", ("low", "high")]})
    history = (
        _("History"),
        {"fields": ["recorded_at", "newer", "older", "supersede_reason", "supersede_note"]},
    )

    def has_change_permission(self, request: HttpRequest, obj: Observation | None = None) -> bool:
        """What has been public is never overwritten: it is corrected by a newer value."""
        return super().has_change_permission(request, obj) and not (obj and obj.status in LOCKED)

    def has_delete_permission(self, request: HttpRequest, obj: Observation | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.status in LOCKED)

    def get_readonly_fields(self, request: HttpRequest, obj: Observation | None = None) -> Sequence[str]:
        return [*super().get_readonly_fields(request, obj), *DERIVED]

    def get_fieldsets(self, request: HttpRequest, obj: Observation | None = None) -> list:
        own = super().get_fieldsets(request, obj)
        return [self.stored, *own[1:], self.history] if obj and obj.status in LOCKED else own

    def get_urls(self) -> list:
        correct, tell = map(self.admin_site.admin_view, (self.correct_view, self.tell_view))
        return [
            path("<int:pk>/correct/", correct, name="ecosystem_observation_correct"),
            path("<int:pk>/tell/", tell, name="ecosystem_observation_tell"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **options: Any) -> Any:
        value = options.get("obj")
        if value and value.status in LOCKED:
            context["is_locked"] = True
        may_correct = roles.may(request.user, Act.CORRECT, value or Observation)
        if value and value.is_public and not value.superseded_by_id and may_correct:
            context["correct_url"] = self._correct_url(value)
        if value and may_correct and is_error_of_ours(value):
            context["tell_url"] = self.tell_url(value)
        context["decisions"] = self.decisions_for(request, value) if value else []
        return super().render_change_form(request, context, *args, **options)

    @admin.display(description=_("value"), ordering="value")
    def amount(self, value: Observation) -> str:
        return wording.amount_of(value)

    @admin.display(description=_("value"))
    def exact_amount(self, value: Observation) -> str:
        words = (wording.qualifier_of(value), wording.table_number(value), wording.table_unit(value.metric))
        return " ".join(filter(None, words))

    @admin.display(description=_("superseded by"))
    def newer(self, value: Observation) -> str:
        return self._link(value.superseded_by) if value.superseded_by else "–"

    @admin.display(description=_("supersedes"))
    def older(self, value: Observation) -> str:
        older = value.supersedes.select_related("metric").first()
        return self._link(older) if older else "–"

    def _link(self, value: Observation) -> str:
        address = reverse(f"{self.admin_site.name}:ecosystem_observation_change", args=[value.pk])
        return format_html('<a href="{}">{}</a>', address, value)
