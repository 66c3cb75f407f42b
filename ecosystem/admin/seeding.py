"""What has been seeded: for looking only."""

from django.contrib import admin

from ecosystem.admin.base import ReadOnlyAdmin
from ecosystem.models import SeededKey


@admin.register(SeededKey)
class SeededKeyAdmin(ReadOnlyAdmin):
    list_display = ["kind", "key", "seeded_at"]
    list_filter = ["kind"]
    search_fields = ["key"]
