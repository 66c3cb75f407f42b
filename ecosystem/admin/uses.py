"""Where an item is used, on a page of its own and before it is withdrawn, deleted or given another address."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ecosystem.domain.usage import UseGroup, count_of, uses_of

# Of how many selected items the uses are listed; of more it would be no list that somebody reads.
LISTED = 20


class UsesMixin:
    """The page “Used in 5 places” of an item, and what the other pages say of its uses."""

    delete_confirmation_template = "admin/ecosystem/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/ecosystem/delete_selected_confirmation.html"
    # What becomes of the places when the item is withdrawn; and whether they keep it from being deleted.
    uses_advice: Any = _("These places stay as they are, and lead to its notice:")
    is_kept_by_uses = False
    # Whether it is used by itself; a value is shown through its metric.
    has_uses = True

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.uses_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_uses"
        return [path("<int:pk>/uses/", view, name=name), *super().get_urls()]

    def uses_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = self.get_object(request, str(pk))
        if item is None or not self.has_uses:
            raise Http404
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        if "count" in request.GET:
            return JsonResponse({"said": said(uses_of(item))})
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Where it is used"),
            "opts": self.opts,
            "item": item,
            "back": reverse(f"{self._uses_name}_change", args=[item.pk]),
            **self.uses_context([item]),
        }
        return TemplateResponse(request, "admin/ecosystem/uses_page.html", context)

    def uses_context(self, items: Iterable[Model], advice: Any = "") -> dict[str, Any]:
        """What the list of uses shows: of each item that has any, how many there are and where."""
        items = list(items)
        found = [(item, uses_of(item)) for item in items[:LISTED]]
        return {
            "uses_unlisted": max(len(items) - LISTED, 0),
            "uses": [
                (item, said(groups), [(group, list(map(self._use, group.items))) for group in groups])
                for item, groups in found
                if groups
            ],
            "uses_advice": advice,
        }

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **options: Any) -> Any:
        item = options.get("obj")
        if item and self.has_uses:
            address = reverse(f"{self._uses_name}_uses", args=[item.pk])
            # How often is asked for by a script, since texts of a large directory take their time to be read.
            context["uses_address"] = address
        return super().render_change_form(request, context, *args, **options)

    # Deleting

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> Any:
        item = self.get_object(request, object_id)
        more = self._before_deleting([item] if item else [])
        return super().delete_view(request, object_id, (extra_context or {}) | more)

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> Any:
        response = super().response_action(request, queryset)
        if isinstance(response, TemplateResponse) and "deletable_objects" in response.context_data:
            response.context_data |= self._before_deleting(response.context_data["queryset"])
        return response

    def get_deleted_objects(self, objs: Iterable[Model], request: HttpRequest) -> tuple:
        objs = list(objs)
        listed, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        if self.is_kept_by_uses:
            found = (use for item in objs for group in uses_of(item) for use in group.items)
            protected = [*protected, *map(self._link, found)]
        return listed, counts, forbidden, protected

    def _before_deleting(self, items: Iterable[Model]) -> dict[str, Any]:
        if self.is_kept_by_uses:
            return {}
        return self.uses_context(items)

    # What is shown of one use

    @property
    def _uses_name(self) -> str:
        return f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"

    def _use(self, item: Model) -> dict[str, Any]:
        """Its name, kind, public state and address in the admin."""
        has_state = hasattr(item, "status")
        is_scheduled = has_state and item.is_scheduled
        return {
            "name": str(item),
            "kind": item._meta.verbose_name,
            "address": self._admin_address(item),
            **({"state": "scheduled" if is_scheduled else item.status} if has_state else {}),
            "state_label": _("scheduled") if is_scheduled else has_state and item.get_status_display(),
        }

    def _link(self, item: Model) -> str:
        return format_html(
            '{}: <a href="{}">{}</a>', capfirst(item._meta.verbose_name), self._admin_address(item), item
        )

    def _admin_address(self, item: Model) -> str:
        return reverse(f"{self.admin_site.name}:ecosystem_{item._meta.model_name}_change", args=[item.pk])


def said(groups: Sequence[UseGroup]) -> str:
    """How often an item is used, in words."""
    count = count_of(groups)
    if not count:
        return gettext("Used nowhere")
    return ngettext("Used in %(count)d place", "Used in %(count)d places", count) % {"count": count}
