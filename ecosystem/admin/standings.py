"""Decisions on the standing of values: for looking only, the verbs write them."""

from django.contrib import admin

from ecosystem.admin.base import ReadOnlyAdmin
from ecosystem.models import PublicSpan, StandingChange


@admin.register(StandingChange)
class StandingChangeAdmin(ReadOnlyAdmin):
    list_display = ["observation", "standing_before", "standing", "reason", "decided_by", "decided_at"]
    list_filter = ["standing", ("decided_by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["observation__metric", "decided_by"]
    search_fields = [
        "observation__metric__name",
        "observation__metric__slug",
        "observation__period",
        "reason",
    ]
    date_hierarchy = "decided_at"


@admin.register(PublicSpan)
class PublicSpanAdmin(ReadOnlyAdmin):
    list_display = ["observation", "since", "until"]
    list_select_related = ["observation__metric"]
    search_fields = ["observation__metric__name", "observation__metric__slug", "observation__period"]
    date_hierarchy = "since"
