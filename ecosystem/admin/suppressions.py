"""Tombstones of what was taken off the site for good: for looking only."""

from django.contrib import admin

from ecosystem.admin.base import ReadOnlyAdmin
from ecosystem.models import Suppression


@admin.register(Suppression)
class SuppressionAdmin(ReadOnlyAdmin):
    list_display = [
        "suppressed_at",
        "subject",
        "ground",
        "metric",
        "period",
        "address",
        "reference",
        "suppressed_by",
    ]
    list_filter = ["subject", "ground"]
    list_select_related = ["metric", "suppressed_by"]
    search_fields = ["metric__name", "metric__slug", "period", "address", "reference", "notice"]
    date_hierarchy = "suppressed_at"
