"""What readers looked for in vain, as a queue: add it, name it, or take it off the list."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ecosystem.admin.base import ReadOnlyAdmin
from ecosystem.domain import audit, missed_searches
from ecosystem.models import Act, MissedSearch, OrganizationName
from ecosystem.values.languages import has_chinese


@admin.register(MissedSearch)
class MissedSearchAdmin(ReadOnlyAdmin):
    list_display = ["text", "times", "last_on", "first_on", "finds_now", "ways_to_add"]
    search_fields = ["text"]
    actions = ["done"]
    # Each row of a page is searched for when the page is shown.
    list_per_page = 20

    def has_delete_permission(self, request: HttpRequest, obj: MissedSearch | None = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # `done` is that, without a question
        return actions

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The list without what finds something by now."""
        page = super().changelist_view(request, extra_context)
        changelist = getattr(page, "context_data", {}).get("cl") if request.method == "GET" else None
        if changelist and missed_searches.settle(changelist.result_list):
            page = super().changelist_view(request, extra_context)
            missed_searches.settle(page.context_data["cl"].result_list)
        return page

    @admin.display(description=_("finds now"))
    def finds_now(self, missed: MissedSearch) -> str:
        address = f"{reverse('search')}?{urlencode({'q': missed.text})}"
        return format_html('<a href="{}">{}</a>', address, getattr(missed, "finds", _("Search")))

    @admin.display(description=_("add it"))
    def ways_to_add(self, missed: MissedSearch) -> str:
        text, is_chinese = missed.text, has_chinese(missed.text)
        language = OrganizationName.Language.SIMPLIFIED if is_chinese else OrganizationName.Language.ENGLISH
        return format_html(
            '<a href="{}">{}</a> · <a href="{}">{}</a>',
            _add("organization", **{"name_zh" if is_chinese else "name": text}),
            _("as an organization"),
            _add("organizationname", text=text, language=language.value),
            _("as another name of one"),
        )

    @admin.action(description=_("Done: take off the list"), permissions=["delete"])
    def done(self, request: HttpRequest, chosen: QuerySet) -> None:
        with transaction.atomic():
            number, _kinds = chosen.delete()
            # Without the texts, which readers typed and nobody is to keep.
            audit.note(Act.DELETE, by=request.user, detail=f"{MissedSearch._meta.model_name}: {number}")
        text = ngettext("%(count)d text is off the list.", "%(count)d texts are off the list.", number)
        self.message_user(request, text % {"count": number}, messages.SUCCESS)


def _add(model: str, **values: str) -> str:
    return f"{reverse(f'admin:ecosystem_{model}_add')}?{urlencode(values)}"
