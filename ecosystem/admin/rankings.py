"""Rankings: which metrics are set in order; fixed once readers have seen it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.base import EditedForm
from ecosystem.admin.publishing import PublicStateFilter, PublishableAdmin
from ecosystem.domain.rankings import ranking_errors
from ecosystem.models import Ranking

ORDER_ADVICE = _(
    "The order is made from the values when a page is read, now and for any past day. Once the ranking has been "
    "public, what it compares stays."
)


class RankingForm(EditedForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "metrics" in cleaned:
            metrics = cleaned["metrics"].select_related("unit")
            for error in ranking_errors(list(metrics)):
                self.add_error("metrics", error)
        return cleaned


@admin.register(Ranking)
class RankingAdmin(PublishableAdmin):
    form = RankingForm
    list_display = ["name", "name_zh", "first", "public_state"]
    list_filter = [PublicStateFilter, "first"]
    search_fields = ["name", "name_zh", "slug"]
    autocomplete_fields = ["metrics"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": [("name", "name_zh"), "slug", ("description", "description_zh")]}),
        (_("What is compared"), {"fields": ["metrics", "first"], "description": ORDER_ADVICE}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Ranking | None = None) -> Sequence[str]:
        """The present members make the order of past days too."""
        fixed = ["metrics", "first"] if obj and obj.published_at else []
        return [*super().get_readonly_fields(request, obj), *fixed]
