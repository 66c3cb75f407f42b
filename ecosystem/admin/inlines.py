"""Rows edited together with the item that they belong to."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Field, Model, QuerySet
from django.forms import BaseInlineFormSet, Form
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.base import FieldsForEditors
from ecosystem.domain import roles
from ecosystem.models import Act


class RelatedRows(FieldsForEditors):
    """None offered until asked for; `select_related` names what the rows show of others."""

    extra = 0
    show_change_link = True
    select_related: Sequence[str] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*self.select_related)

    # Who may change the item may change what is edited together with it: an author has rights to nothing else.

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_add_permission(request, obj) or self._may_change(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) or self._may_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) or self._may_change(request, obj)

    def _may_change(self, request: HttpRequest, item: Model | None) -> bool:
        return roles.may(request.user, Act.CHANGE, item or self.parent_model)


class RowsOfATable(BaseInlineFormSet):
    """Rows whose boxes stand under the heads of their columns, and have no labels."""

    def add_fields(self, form: Form, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Delete")


class CompactInline(RelatedRows, admin.TabularInline):
    """One line each, with a name for each box."""

    formset = RowsOfATable

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **options: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field is not None:
            field.widget.attrs["aria-label"] = capfirst(field.label)
        return field


class RoomyInline(RelatedRows, admin.StackedInline):
    """Several lines each, for records with more fields than a line holds."""
