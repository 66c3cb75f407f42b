"""The verbs of publishing as actions of a list: on each marked item by itself, after one question for all of them."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ecosystem.admin.ripples import is_sent
from ecosystem.admin.verbs import VERBS, Verb
from ecosystem.domain import roles
from ecosystem.domain.checklist import ChecklistError
from ecosystem.domain.working_copies import has_copies
from ecosystem.models import Act

# What the page of a verb without a question sends, so that it is seen before anything is done.
CONFIRMED = "_confirmed"


class BulkVerbsMixin:
    """The actions of the list of a kind that is prepared and then shown to the public."""

    def get_actions(self, request: HttpRequest) -> dict:
        actions = super().get_actions(request)
        if not has_copies(self.model):
            actions.pop("discard_selected", None)
        return actions

    # Asked by the actions.

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return roles.may(request.user, Act.PUBLISH, self.model)

    def has_submit_permission(self, request: HttpRequest) -> bool:
        return roles.may(request.user, Act.SUBMIT, self.model)

    @admin.action(description=_("Publish the selected %(verbose_name_plural)s"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._act_on_all(request, queryset, VERBS["publish"])

    @admin.action(description=_("Submit the selected %(verbose_name_plural)s"), permissions=["submit"])
    def submit_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._act_on_all(request, queryset, VERBS["submit"])

    @admin.action(description=_("Schedule the selected %(verbose_name_plural)s…"), permissions=["publish"])
    def schedule_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._ask_and_act_on_all(request, queryset, VERBS["schedule"])

    @admin.action(
        description=_("Return the selected %(verbose_name_plural)s to draft…"), permissions=["publish"]
    )
    def return_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._ask_and_act_on_all(request, queryset, VERBS["return"])

    @admin.action(description=_("Withdraw the selected %(verbose_name_plural)s…"), permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        uses = self.uses_context(queryset, self.uses_advice)
        return self._ask_and_act_on_all(request, queryset, VERBS["withdraw"], **uses)

    @admin.action(
        description=_("Discard the drafts of the selected %(verbose_name_plural)s…"), permissions=["publish"]
    )
    def discard_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._ask_and_act_on_all(request, queryset, VERBS["discard"])

    def _ask_and_act_on_all(
        self, request: HttpRequest, queryset: QuerySet, verb: Verb, **shown: Any
    ) -> HttpResponse | None:
        """The page with the verb's question and the items; when it is answered, the verb on each."""
        is_answered = any(name in request.POST for name in verb.question.base_fields or [CONFIRMED])
        form = verb.question(request.POST if is_answered else None)
        if is_answered and is_sent(request) and form.is_valid():
            return self._act_on_all(request, queryset, verb, **form.cleaned_data)
        context = {
            **self.admin_site.each_context(request),
            "title": str(verb.label).rstrip("…"),
            "opts": self.opts,
            "items": queryset,
            "form": form,
            "action": f"{verb.name}_selected",
            "confirmed": CONFIRMED,
            "back": request.get_full_path(),
            **shown,
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
            except ChecklistError as error:
                self.message_user(request, self.said_of_checklist(item, error), messages.ERROR)
            except ValidationError as error:
                self.message_user(request, f"{item}: {' '.join(error.messages)}", messages.ERROR)
            except PermissionDenied as error:
                self.message_user(request, f"{item}: {error}", messages.ERROR)
        if count:
            text = ngettext("%(count)d item: %(done)s.", "%(count)d items: %(done)s.", count)
            self.message_user(request, text % {"count": count, "done": verb.done}, messages.SUCCESS)
        return None
