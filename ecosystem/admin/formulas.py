"""Formulas of computed metrics: written with the metric while it is a draft, fixed once readers have seen it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import HttpRequest

from ecosystem.admin.base import ReadOnlyAdmin
from ecosystem.admin.inlines import CompactInline, RowsOfATable
from ecosystem.domain.formula_checks import formula_errors
from ecosystem.models import FormulaInput, Metric

# Rows are put this far out of the way while they change places.
APART = 1000


class FormulaInputForm(forms.ModelForm):
    """One input; the positions of all are only the order that they are put into."""

    position = forms.IntegerField(label=FormulaInput._meta.get_field("position").verbose_name, required=False)

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"position"}


class FormulaInputFormSet(RowsOfATable):
    """The inputs of one metric, checked together with its formula and numbered from 1."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors) or not self.instance.unit_id:
            return
        rows = self._rows()
        for place, row in enumerate(rows, 1):
            row.position = place
        if errors := formula_errors(self.instance, [row.input for row in rows]):
            raise ValidationError(errors)

    def save(self, commit: bool = True) -> list[FormulaInput]:
        # Two inputs may change places, and in between no two may have the same one.
        self.instance.formula_inputs.update(position=F("position") + APART)
        saved = super().save(commit=commit)
        for row in self._rows():
            FormulaInput.objects.filter(pk=row.pk).update(position=row.position)
        return saved

    def _rows(self) -> list[FormulaInput]:
        gone = self.deleted_forms
        rows = [form.instance for form in self.forms if form not in gone and form.instance.input_id]
        return sorted(rows, key=lambda row: row.position or APART)


class FormulaInputInline(CompactInline):
    """The present formula makes the past values too, so it is fixed as soon as these have been public."""

    model = FormulaInput
    fk_name = "metric"
    form = FormulaInputForm
    formset = FormulaInputFormSet
    fields = ["input", "position"]
    autocomplete_fields = ["input"]
    select_related = ["input"]
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Metric | None = None) -> bool:
        return super().has_add_permission(request, obj) and not was_public(obj)

    def has_change_permission(self, request: HttpRequest, obj: Metric | None = None) -> bool:
        return super().has_change_permission(request, obj) and not was_public(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Metric | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not was_public(obj)


def was_public(metric: Metric | None) -> bool:
    return metric is not None and metric.published_at is not None


class FixedFormulaMixin:
    """The formula among the fields of a metric."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        return [*super().get_readonly_fields(request, obj), *(["formula"] if was_public(obj) else [])]


@admin.register(FormulaInput)
class FormulaInputAdmin(ReadOnlyAdmin):
    list_display = ["metric", "position", "input"]
    list_filter = ["metric__formula"]
    list_select_related = ["metric", "input"]
    search_fields = ["metric__name", "metric__slug", "input__name", "input__slug"]
