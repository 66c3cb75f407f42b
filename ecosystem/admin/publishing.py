"""Public state in the admin: shown and filtered in lists, changed by buttons and bulk actions, never typed."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ecosystem.admin import verbs
from ecosystem.admin.base import EditedAdmin
from ecosystem.admin.renaming import RenamingMixin
from ecosystem.admin.ripples import is_sent
from ecosystem.admin.suppressing import SuppressingMixin
from ecosystem.admin.verbs import VERBS, NoticeForm, Verb
from ecosystem.models import Status
from ecosystem.models.publishing import Publishable

SCHEDULED, SUPERSEDED = "scheduled", "superseded"
DERIVED = {SCHEDULED: _("scheduled"), SUPERSEDED: _("superseded")}


def state_of(item: Publishable) -> str:
    """The public state as editors name it: the status, or one that follows from the clock or a newer value."""
    if item.is_scheduled:
        return SCHEDULED
    return SUPERSEDED if item.is_public and getattr(item, "is_superseded", False) else item.status


def state_label(state: str) -> str:
    return str(DERIVED.get(state) or Status(state).label)


class PublicStateFilter(admin.SimpleListFilter):
    """Lists by what the public sees."""

    title = _("public state")
    parameter_name = "public"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        states = (Status.DRAFT, Status.IN_REVIEW, SCHEDULED, Status.PUBLISHED, Status.WITHDRAWN)
        return [(state, state_label(state)) for state in states]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet | None:
        if self.value() == Status.PUBLISHED:
            return queryset.published()
        if self.value() == SCHEDULED:
            return queryset.scheduled()
        return queryset.filter(status=self.value()) if self.value() else None


class PublishableAdmin(RenamingMixin, SuppressingMixin, EditedAdmin):
    """The page of a kind of item that is prepared and then shown to the public."""

    actions = ["publish_selected", "submit_selected", "withdraw_selected"]
    list_filter: Sequence[Any] = [PublicStateFilter]

    # Lists and forms

    @admin.display(description=_("public state"), ordering="status")
    def public_state(self, item: Publishable) -> str:
        state = state_of(item)
        return format_html('<span class="state state-{}">{}</span>', state, state_label(state))

    def view_on_site(self, item: Publishable) -> str | None:
        return item.get_absolute_url() if item.is_public else None

    def preview_url(self, item: Publishable) -> str | None:
        """Where editors see the page as readers would; a value has none of its own."""
        return reverse(f"{self.opts.model_name}_preview", args=[item.slug]) if hasattr(item, "slug") else None

    def get_readonly_fields(self, request: HttpRequest, obj: Publishable | None = None) -> Sequence[str]:
        """A slug stays as it is once it may have been linked to."""
        fixed = ["slug"] if obj and obj.published_at and hasattr(obj, "slug") else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Publishable | None = None) -> dict:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Publishable | None = None) -> bool:
        """What readers may have linked to is withdrawn, so that its address says why it is gone."""
        return super().has_delete_permission(request, obj) and not (obj and obj.is_public)

    def may_publish(self, request: HttpRequest, obj: Publishable | None = None) -> bool:
        return super().has_change_permission(request, obj)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **options: Any) -> Any:
        item = options.get("obj")
        may_change = self.has_change_permission(request, item) if item else self.has_add_permission(request)
        known = item or self.model()
        found = verbs.possible(known) if self.may_publish(request, item) and not context["is_popup"] else []
        context["publishing"] = {
            "item": item,
            "state": state_of(known),
            "state_label": state_label(state_of(known)),
            "may_change": may_change,
            "preview": self.preview_url(item) if item else None,
            "buttons": [verb for verb in found if may_change and not verb.asks],
            "links": [
                (verb, self._verb_url(item, verb)) for verb in found if item and (verb.asks or not may_change)
            ],
        }
        return super().render_change_form(request, context, *args, **options)

    # Verbs after saving a form

    def response_add(self, request: HttpRequest, obj: Publishable, *args: Any) -> HttpResponse:
        return self._act_after_saving(request, obj) or super().response_add(request, obj, *args)

    def response_change(self, request: HttpRequest, obj: Publishable) -> HttpResponse:
        return self._act_after_saving(request, obj) or super().response_change(request, obj)

    def _act_after_saving(self, request: HttpRequest, item: Publishable) -> HttpResponse | None:
        verb = next((verb for name, verb in VERBS.items() if f"_verb_{name}" in request.POST), None)
        if verb is None or verb.asks:
            return None
        if not self.may_publish(request, item):
            raise PermissionDenied
        said = {"item": item, "done": verb.done}
        try:
            self._act(request, item, verb)
        except ValidationError as error:
            said["why"] = " ".join(error.messages)
            self.message_user(
                request, gettext("“%(item)s” was saved, but not %(done)s: %(why)s") % said, messages.ERROR
            )
        else:
            self.message_user(request, gettext("“%(item)s” was saved and %(done)s.") % said, messages.SUCCESS)
        return HttpResponseRedirect(self._change_url(item))

    def _act(
        self, request: HttpRequest, item: Publishable, verb: Verb, **answers: Any
    ) -> HttpResponse | None:
        """Do it; or answer with a page that must be seen first, and then nothing is done."""
        self._do(request, item, verb, **answers)
        return None

    def _do(self, request: HttpRequest, item: Publishable, verb: Verb, **answers: Any) -> None:
        verb.act(item, by=request.user, **answers)
        self.log_change(request, item, str(verb.done))

    # Verbs on pages of their own

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.verb_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_verb"
        return [path("<int:pk>/publishing/<slug:name>/", view, name=name), *super().get_urls()]

    def verb_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        item, verb = self.get_object(request, str(pk)), VERBS.get(name)
        if item is None or verb is None:
            raise Http404
        if not self.may_publish(request, item):
            raise PermissionDenied
        form = verb.question(request.POST or None)
        # A verb that asks nothing has an empty form, which only a POST makes a bound one.
        if is_sent(request) and (form.is_valid() or not verb.asks):
            try:
                asked = self._act(request, item, verb, **getattr(form, "cleaned_data", {}))
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), messages.ERROR)
            else:
                if asked:
                    return asked
                said = {"item": item, "done": verb.done}
                self.message_user(request, gettext("“%(item)s”: %(done)s.") % said, messages.SUCCESS)
                return HttpResponseRedirect(self._change_url(item))
        context = {
            **self.admin_site.each_context(request),
            "title": str(verb.label).rstrip("…"),
            "opts": self.opts,
            "item": item,
            "verb": verb,
            "form": form,
            "back": self._change_url(item),
            **(self.uses_context([item], self.uses_advice) if verb.name == "withdraw" else {}),
        }
        return TemplateResponse(request, "admin/ecosystem/verb.html", context)

    def _verb_url(self, item: Publishable, verb: Verb) -> str:
        name = f"{self.opts.app_label}_{self.opts.model_name}_verb"
        return reverse(f"{self.admin_site.name}:{name}", args=[item.pk, verb.name])

    def _change_url(self, item: Publishable) -> str:
        name = f"{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(f"{self.admin_site.name}:{name}", args=[item.pk])

    # Bulk actions

    @admin.action(description=_("Publish the selected %(verbose_name_plural)s"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._act_on_all(request, queryset, VERBS["publish"])

    @admin.action(description=_("Submit the selected %(verbose_name_plural)s"), permissions=["change"])
    def submit_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._act_on_all(request, queryset, VERBS["submit"])

    @admin.action(description=_("Withdraw the selected %(verbose_name_plural)s…"), permissions=["change"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        form = NoticeForm(request.POST if "notice" in request.POST else None)
        if is_sent(request) and form.is_valid():
            return self._act_on_all(request, queryset, VERBS["withdraw"], **form.cleaned_data)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Withdraw"),
            "opts": self.opts,
            "items": queryset,
            "form": form,
            "action": "withdraw_selected",
            "back": request.get_full_path(),
            **self.uses_context(queryset, self.uses_advice),
        }
        return TemplateResponse(request, "admin/ecosystem/verb_selected.html", context)

    def _act_on_all(
        self, request: HttpRequest, queryset: QuerySet, verb: Verb, **answers: Any
    ) -> HttpResponse | None:
        """Act on each item by itself: what cannot be done is named with its reason, the rest is done.

        Like `_act` it may answer with a page that must be seen first.
        """
        count = 0
        for item in queryset:
            try:
                self._do(request, item, verb, **answers)
                count += 1
            except ValidationError as error:
                self.message_user(request, f"{item}: {' '.join(error.messages)}", messages.ERROR)
        if count:
            text = ngettext("%(count)d item: %(done)s.", "%(count)d items: %(done)s.", count)
            self.message_user(request, text % {"count": count, "done": verb.done}, messages.SUCCESS)
        return None
