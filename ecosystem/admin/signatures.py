"""Warnings of the checklist that somebody signed: for looking only."""

from django.contrib import admin

from ecosystem.admin.base import ReadOnlyAdmin
from ecosystem.models import SignedWarning


@admin.register(SignedWarning)
class SignedWarningAdmin(ReadOnlyAdmin):
    list_display = ["signed_at", "kind", "key", "check_name", "reason", "signed_by"]
    list_filter = ["kind", "check_name", ("signed_by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["signed_by"]
    search_fields = ["key", "reason"]
    date_hierarchy = "signed_at"
    fields = ["kind", "key", "check_name", "finding", "reason", "signed_by", "signed_at"]
