"""Metrics with their values, and units."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.base import EditedAdmin
from ecosystem.admin.citations import CitationInline
from ecosystem.admin.corrections import ChangeNoteInline, CorrectionInline
from ecosystem.admin.formulas import FixedFormulaMixin, FormulaInputInline
from ecosystem.admin.publishing import PublicStateFilter, PublishableAdmin, state_label, state_of
from ecosystem.admin.uses import UsesMixin
from ecosystem.admin.working_copies import WorkingCopyMixin
from ecosystem.domain import promises, roles, wording
from ecosystem.domain.staleness import overdue_metrics
from ecosystem.models import Act, Metric, Observation, Unit

FORMULA_ADVICE = _(
    "Values that are computed from other metrics are made when a page is read, for every period for which all inputs "
    "have a value. Name the inputs below. Once the metric has been public, its formula stays."
)


@admin.register(Unit)
class UnitAdmin(UsesMixin, WorkingCopyMixin, EditedAdmin):
    list_display = ["name", "name_zh", "pattern", "pattern_zh", "currency", "factor"]
    search_fields = ["name", "name_zh", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": [("name", "name_zh"), "slug"]}),
        (_("How many"), {"fields": ["factor", "factor_zh", "scales", "currency"]}),
        (_("How it is written"), {"fields": [("pattern", "pattern_one"), "pattern_zh", "short"]}),
    ]


class OverdueFilter(admin.SimpleListFilter):
    """Finds metrics whose next value should be out by now."""

    title = _("next value")
    parameter_name = "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Overdue"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        return queryset.filter(pk__in=overdue_metrics()) if self.value() == "yes" else None


@admin.register(Metric)
class MetricAdmin(FixedFormulaMixin, PublishableAdmin):
    uses_advice = _(
        "Metrics that are computed from it lose their values, and texts show what they showed last:"
    )
    list_display = ["name", "name_zh", "unit", "nature", "state", "ledger_position", "public_state"]
    list_filter = [PublicStateFilter, OverdueFilter, "state", "nature", "topics"]
    list_select_related = ["unit"]
    search_fields = ["name", "name_zh", "slug", "other_names"]
    autocomplete_fields = ["unit", "topics", "subject_organization", "subject_place"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": [("name", "name_zh"), "slug", "other_names"]}),
        (_("What is measured"), {"fields": ["unit", "nature", "definition", "definition_zh"]}),
        (_("Comparing"), {"fields": ["better_when", "comparability_note", "comparability_note_zh"]}),
        (_("When values come"), {"fields": ["state", ("frequency", "expected_lag_days")]}),
        (_("Formula"), {"fields": ["formula"], "description": FORMULA_ADVICE}),
        (_("Subject"), {"fields": ["topics", "subject_organization", "subject_place"]}),
        (_("Home page"), {"fields": ["ledger_position"]}),
        (_("Internal"), {"fields": ["internal_note"], "classes": ["collapse"]}),
    ]
    inlines = [FormulaInputInline, CitationInline, CorrectionInline, ChangeNoteInline]

    def save_model(self, request: HttpRequest, obj: Metric, form: Any, change: bool) -> None:
        """What moves the promised next value is announced to readers in the same transaction."""
        # A draft moves no promise: publishing it does.
        is_told = change and not self.is_undone(request)
        before = promises.promise_of(obj) if is_told else None
        super().save_model(request, obj, form, change)
        if is_told:
            promises.announce_moved(obj, before)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **options: Any) -> Any:
        if metric := options.get("obj"):
            context["values"] = self._values(request, metric)
        return super().render_change_form(request, context, *args, **options)

    def _values(self, request: HttpRequest, metric: Metric) -> dict[str, Any]:
        """Every value of the metric, newest first, with what the person can do about it."""
        may_correct = roles.may(request.user, Act.CORRECT, Observation)
        found = metric.observations.select_related("metric__unit", "source", "superseded_by")
        rows = [
            {
                "value": value,
                "amount": wording.amount_of(value),
                "state": state_label(state_of(value)),
                "is_correctable": may_correct and value.is_public and value.superseded_by_id is None,
            }
            for value in found
        ]
        shown = reverse(f"{self.admin_site.name}:ecosystem_figurereference_changelist")
        may_add = roles.may(request.user, Act.ADD, Observation)
        return {"rows": rows, "may_add": may_add, "shown_in": f"{shown}?shown__id__exact={metric.pk}"}
