"""Rows edited together with the item that they belong to."""

from collections.abc import Sequence

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from ecosystem.admin.base import FieldsForEditors


class CompactInline(FieldsForEditors, admin.TabularInline):
    """One row each, none offered until asked for; `select_related` names what the rows show of others."""

    extra = 0
    show_change_link = True
    select_related: Sequence[str] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*self.select_related)
