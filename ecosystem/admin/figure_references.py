"""Where metrics are shown: derived from texts, for looking only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.base import ReadOnlyAdmin
from ecosystem.models import PAGE_KINDS, FigureReference


@admin.register(FigureReference)
class FigureReferenceAdmin(ReadOnlyAdmin):
    list_display = ["shown", "period", "form", "about", "field", "source_slug"]
    list_filter = ["form", "field"]
    list_select_related = ["shown", "base", "ranking", *PAGE_KINDS]
    search_fields = ["shown__name", "shown__slug", "period", "source_slug"]
    fields = ["shown", "period", "source_slug", "form", "base", "ranking", "about", "field", "sentence"]
    readonly_fields = ["about"]

    @admin.display(description=_("page"))
    def about(self, reference: FigureReference) -> str:
        return f"{reference.page} ({reference.page._meta.verbose_name})"
