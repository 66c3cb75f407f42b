"""The history of an item in the admin: all its stored states, what changed from one to the next, any two compared."""

from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from ecosystem.domain import revisions, state_differences, touched_items
from ecosystem.domain.state_names import State
from ecosystem.models import Revision

AT_ONCE = 25
NOW = "now"


class Side(NamedTuple):
    """One of two compared states: a revision, or the present state, which is none."""

    state: State
    revision: Revision | None = None


class HistoryMixin(admin.ModelAdmin):
    """Shows the stored states of an item instead of Django's log of who pressed which button."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.compare_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_compare"
        return [path("<path:object_id>/history/compare/", view, name=name), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change:
            revisions.follow(obj, form.initial)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """What others say of the item goes with it, and is a change of theirs."""
        touched = touched_items.touched_by([obj])
        super().delete_model(request, obj)
        touched_items.record_touched(touched, names=[str(obj)], by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        items = list(queryset)
        with transaction.atomic():
            touched = touched_items.touched_by(items)
            super().delete_queryset(request, queryset)
            touched_items.record_touched(touched, names=list(map(str, items)), by=request.user)

    # What a page with revisions of its own kind answers otherwise

    def trail(self, obj: Model) -> QuerySet:
        """Every stored state of what the page is about, newest first."""
        return revisions.of(obj)

    def present(self, obj: Model) -> Model | None:
        """The item itself, as long as there is one."""
        return obj

    def may_take_up(self, request: HttpRequest, obj: Model) -> bool:
        """Whether a draft can be made of a stored state here."""
        return False

    # Pages

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        obj = self._viewed(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, unquote(object_id))
        page = Paginator(self.trail(obj).select_related("author"), AT_ONCE).get_page(request.GET.get("page"))
        present = self.present(obj)
        context = self._history_context(request, obj) | {
            "title": _("History"),
            "page_obj": page,
            "rows": self._rows(page),
            "now": NOW if present else "",
            "compare": self._history_url(obj, "compare"),
            "may_take_up": self.may_take_up(request, obj),
            "take_up": f"{self._history_url(obj, 'history')}take-up/",
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/ecosystem/history.html", context)

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        obj = self._viewed(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, unquote(object_id))
        sides = [self._side(obj, request.GET.get(name, "")) for name in ("a", "b")]
        if None in sides:
            self.message_user(request, _("Choose two states in the list, then compare them."), messages.ERROR)
            return HttpResponseRedirect(self._history_url(obj, "history"))
        before, after = _in_order(sides)
        context = self._history_context(request, obj) | {
            "title": _("What changed"),
            "before": before,
            "after": after,
            "difference": state_differences.compare(before.state, after.state),
            "history": self._history_url(obj, "history"),
        }
        return TemplateResponse(request, "admin/ecosystem/compare.html", context)

    def _viewed(self, request: HttpRequest, object_id: str) -> Model | None:
        """The record of the page; whoever may not view it sees nothing of its history either."""
        obj = self.get_object(request, unquote(object_id))
        if obj is not None and not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        return obj

    def _rows(self, page: Any) -> list[dict[str, Any]]:
        """Each revision of the page with the one before it, and what changed between them in a line."""
        first = (page.number - 1) * AT_ONCE
        shown = list(page.paginator.object_list[first : first + AT_ONCE + 1])
        known = [revision.data for revision in shown]
        is_last = len(shown) <= AT_ONCE
        compared = state_differences.compare_each([*known, None] if is_last else known)
        behind = [*shown[1:], None]
        return [
            {"revision": revision, "before": before, "summary": difference.summary}
            for revision, before, difference in zip(shown, behind, compared, strict=False)
        ]

    def _side(self, obj: Model, chosen: str) -> Side | None:
        """The chosen state; None where the item has none of that number."""
        if chosen == NOW:
            present = self.present(obj)
            return Side(revisions.snapshot(present)) if present else None
        if not chosen.isdecimal():
            return None
        revision = self.trail(obj).select_related("author").filter(pk=chosen).first()
        return Side(revision.data, revision) if revision else None

    def _history_context(self, request: HttpRequest, obj: Model) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "item": obj,
            "subtitle": str(obj),
            "back": self._history_url(obj, "change"),
        }

    def _history_url(self, obj: Model, page: str) -> str:
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=[obj.pk])


def _in_order(sides: list[Side]) -> list[Side]:
    """The older state first; beside the present state a draft is what comes after it."""
    if all(one.revision for one in sides):
        return sorted(sides, key=lambda one: (one.revision.created_at, one.revision.pk))
    return sorted(sides, key=lambda one: 1 if one.revision is None else 2 * one.revision.of_working_copy)
