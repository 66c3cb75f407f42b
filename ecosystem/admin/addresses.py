"""Former addresses and where they lead: for looking only."""

from django.contrib import admin
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.base import ReadOnlyAdmin
from ecosystem.models import ADDRESSED_KINDS, FormerAddress


@admin.register(FormerAddress)
class FormerAddressAdmin(ReadOnlyAdmin):
    list_display = ["slug", "kind", "leads_to", "left_at", "left_by"]
    list_filter = ["kind"]
    list_select_related = [*ADDRESSED_KINDS, "left_by"]
    search_fields = ["slug"]
    date_hierarchy = "left_at"
    fields = ["kind", "slug", "leads_to", "left_at", "left_by"]
    readonly_fields = ["leads_to"]

    @admin.display(description=_("leads to"))
    def leads_to(self, address: FormerAddress) -> Model:
        return address.item
