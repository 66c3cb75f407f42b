"""Rows edited together with the item that they belong to."""

from collections.abc import Sequence

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from ecosystem.admin.base import FieldsForEditors


class RelatedRows(FieldsForEditors):
    """None offered until asked for; `select_related` names what the rows show of others."""

    extra = 0
    show_change_link = True
    select_related: Sequence[str] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*self.select_related)


class CompactInline(RelatedRows, admin.TabularInline):
    """One line each."""


class RoomyInline(RelatedRows, admin.StackedInline):
    """Several lines each, for records with more fields than a line holds."""
