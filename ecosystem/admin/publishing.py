"""Public state in the admin: shown and filtered in lists, changed by buttons and bulk actions, never typed."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecosystem.admin import verbs
from ecosystem.admin.base import EditedAdmin
from ecosystem.admin.bulk_verbs import BulkVerbsMixin
from ecosystem.admin.checklist import ChecklistMixin
from ecosystem.admin.histories import NOW
from ecosystem.admin.previews import PreviewingMixin
from ecosystem.admin.renaming import RenamingMixin
from ecosystem.admin.reviews import ReviewMixin
from ecosystem.admin.ripples import is_sent
from ecosystem.admin.set_members import SetMembersMixin
from ecosystem.admin.suppressing import SuppressingMixin
from ecosystem.admin.verbs import VERBS, Verb
from ecosystem.admin.working_copies import WorkingCopyMixin
from ecosystem.domain import four_eyes, roles, working_copies
from ecosystem.domain.checklist import ChecklistError
from ecosystem.domain.working_copies import ConflictError, has_copies
from ecosystem.models import Act, Status, WorkingCopy
from ecosystem.models.publishing import Publishable

SCHEDULED, SUPERSEDED, NEXT = "scheduled", "superseded", "next"
DERIVED = {SCHEDULED: _("scheduled"), SUPERSEDED: _("superseded")}


def state_of(item: Publishable) -> str:
    """The public state as editors name it: the status, or one that follows from the clock or a newer value."""
    if item.is_scheduled:
        return SCHEDULED
    return SUPERSEDED if item.is_public and getattr(item, "is_superseded", False) else item.status


def state_label(state: str) -> str:
    return str(DERIVED.get(state) or Status(state).label)


def with_next_stage(items: QuerySet) -> QuerySet:
    """The items, each with the stage of the draft of its next version as `next_stage`."""
    if not has_copies(items.model):
        return items
    copies = WorkingCopy.objects.filter(kind=items.model._meta.model_name, item_id=OuterRef("pk"))
    return items.annotate(next_stage=Subquery(copies.values("stage")[:1]))


class PublicStateFilter(admin.SimpleListFilter):
    """Lists by what the public sees."""

    title = _("public state")
    parameter_name = "public"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        states = (Status.DRAFT, Status.IN_REVIEW, SCHEDULED, Status.PUBLISHED, Status.WITHDRAWN)
        found = [(state, state_label(state)) for state in states]
        return [*found, (NEXT, _("has a next version"))] if has_copies(model_admin.model) else found

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet | None:
        if self.value() == Status.PUBLISHED:
            return queryset.published()
        if self.value() == SCHEDULED:
            return queryset.scheduled()
        if self.value() == NEXT:
            return queryset.filter(next_stage__isnull=False)
        return queryset.filter(status=self.value()) if self.value() else None


class PublishableAdmin(
    ReviewMixin,
    ChecklistMixin,
    SetMembersMixin,
    BulkVerbsMixin,
    RenamingMixin,
    SuppressingMixin,
    PreviewingMixin,
    WorkingCopyMixin,
    EditedAdmin,
):
    """The page of a kind of item that is prepared and then shown to the public."""

    actions = [
        "publish_selected",
        "submit_selected",
        "schedule_selected",
        "return_selected",
        "add_to_set",
        "withdraw_selected",
        "discard_selected",
    ]
    list_filter: Sequence[Any] = [PublicStateFilter]

    # Lists and forms

    @admin.display(description=_("public state"), ordering="status")
    def public_state(self, item: Publishable) -> str:
        state = state_of(item)
        html = format_html('<span class="state state-{}">{}</span>', state, state_label(state))
        stage = getattr(item, "next_stage", None)
        if not stage:
            return html
        label = (
            gettext("next version in review")
            if stage == Status.IN_REVIEW
            else gettext("next version drafted")
        )
        return format_html('{} <span class="state state-{}">{}</span>', html, stage, label)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_next_stage(super().get_queryset(request))

    def view_on_site(self, item: Publishable) -> str | None:
        return item.get_absolute_url() if item.is_public else None

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
        return roles.may(request.user, Act.PUBLISH, obj or self.model)

    def _possible(
        self, request: HttpRequest, item: Publishable | None, copy: WorkingCopy | None
    ) -> list[Verb]:
        """The verbs that the state of the item, of its next version and of its set, and the person's role, allow."""
        known, found = item or self.model(), self.set_of(request, item)
        return [
            verb
            for verb in ([] if found and found.is_held else verbs.possible(known, copy))
            if roles.may(request.user, Act(verb.name), item or self.model)
            and not four_eyes.refusal(known, Act(verb.name), by=request.user)
        ]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **options: Any) -> Any:
        item = options.get("obj")
        may_change = self.has_change_permission(request, item) if item else self.has_add_permission(request)
        known, copy = item or self.model(), getattr(request, "working_copy", None)
        is_apart = bool(item) and working_copies.is_apart(item)
        # A button saves first, and what readers see has a next version then.
        saved = copy or (WorkingCopy() if is_apart else None)
        is_offered = not context["is_popup"]
        found, after_saving = (
            self._possible(request, item, one) if is_offered else [] for one in (copy, saved)
        )
        context["publishing"] = {
            "item": item,
            "copy": copy,
            "is_apart": is_apart,
            "state": state_of(known),
            "state_label": state_label(state_of(known)),
            "may_change": may_change,
            "compare": self._compare_url(item, copy) if copy else None,
            "preview": self.preview_url(item) if item else None,
            "checklist": self.checklist_panel(request, item),
            "review": self.review_panel(request, item),
            "hint": self._hint(request, item) if item else "",
            "buttons": [verb for verb in after_saving if may_change and not verb.asks],
            "links": [
                (verb, self._verb_url(item, verb)) for verb in found if item and (verb.asks or not may_change)
            ],
        }
        return super().render_change_form(request, context, *args, **options)

    def _hint(self, request: HttpRequest, item: Publishable) -> str:
        """Why the person cannot change or publish the item; empty when nothing but its state is in the way."""
        if not roles.may(request.user, Act.CHANGE, item):
            return roles.refusal(request.user, Act.CHANGE, item)
        return four_eyes.hint(item, by=request.user) if self.may_publish(request, item) else ""

    # Verbs after saving a form

    def response_add(self, request: HttpRequest, obj: Publishable, *args: Any) -> HttpResponse:
        return self._act_after_saving(request, obj) or super().response_add(request, obj, *args)

    def response_change(self, request: HttpRequest, obj: Publishable) -> HttpResponse:
        if self.is_undone(request):
            return super().response_change(request, obj)
        return self._act_after_saving(request, obj) or super().response_change(request, obj)

    def _act_after_saving(self, request: HttpRequest, item: Publishable) -> HttpResponse | None:
        verb = next((verb for name, verb in VERBS.items() if f"_verb_{name}" in request.POST), None)
        if verb is None or verb.asks:
            return None
        roles.require(request.user, Act(verb.name), item)
        said = {"item": item, "done": verb.done}
        try:
            self._act(request, item, verb)
        except ConflictError as error:
            self.message_user(request, " ".join(error.messages), messages.WARNING)
            return HttpResponseRedirect(self.conflicts_url(item))
        except ChecklistError:
            return self.to_checklist(request, item, verb, is_saved=True)
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
        roles.require(request.user, Act(verb.name), item)
        form = verb.question(request.POST or None)
        # A verb that asks nothing has an empty form, which only a POST makes a bound one.
        if is_sent(request) and (form.is_valid() or not verb.question.base_fields):
            try:
                asked = self._act(request, item, verb, **getattr(form, "cleaned_data", {}))
            except ConflictError as error:
                self.message_user(request, " ".join(error.messages), messages.WARNING)
                return HttpResponseRedirect(self.conflicts_url(item))
            except ChecklistError:
                return self.to_checklist(request, item, verb)
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

    def _compare_url(self, item: Publishable, copy: WorkingCopy) -> str:
        address = reverse(f"{self._admin_name}_compare", args=[item.pk])
        return f"{address}?a={NOW}&b={copy.latest_id}"

    def _verb_url(self, item: Publishable, verb: Verb) -> str:
        name = f"{self.opts.app_label}_{self.opts.model_name}_verb"
        return reverse(f"{self.admin_site.name}:{name}", args=[item.pk, verb.name])
