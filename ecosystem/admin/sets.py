"""Sets in the admin: what belongs together, looked over on one page, published by one button."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.acts import ActsMixin
from ecosystem.admin.base import FieldsForEditors, ReadOnlyAdmin
from ecosystem.admin.ripples import RippleMixin, is_sent
from ecosystem.admin.set_rows import REASON, rows_of
from ecosystem.admin.set_verbs import SET_VERBS, SetVerb
from ecosystem.domain import checklist, roles, sets
from ecosystem.models import Act, PublishingSet, SetMember

STATE = "state"  # what of the set the page has shown, sent along with every act


@admin.register(PublishingSet)
class PublishingSetAdmin(RippleMixin, ActsMixin, FieldsForEditors, admin.ModelAdmin):
    list_display = ["title", "shown_stage", "size", "publish_at", "author", "updated_at"]
    list_filter = ["stage"]
    list_select_related = ["author"]
    search_fields = ["title", "note"]
    fields = ["title", "note"]
    list_per_page = 50
    change_form_template = "admin/ecosystem/publishingset/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(count=Count("members"))

    @admin.display(description=_("stage"), ordering="stage")
    def shown_stage(self, found: PublishingSet) -> str:
        state, label = _stage_of(found)
        return format_html('<span class="state state-{}">{}</span>', state, label)

    @admin.display(description=_("items"), ordering="count")
    def size(self, found: PublishingSet) -> int:
        return found.count

    def has_delete_permission(self, request: HttpRequest, obj: PublishingSet | None = None) -> bool:
        """A set is given up, which leaves its items as they are."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: PublishingSet | None = None) -> Sequence[str]:
        return self.fields if obj and not obj.is_open else ()

    def save_model(self, request: HttpRequest, obj: PublishingSet, form: Any, change: bool) -> None:
        if not change:
            obj.author = request.user
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: PublishingSet, *args: Any) -> HttpResponse:
        text = gettext("The set “%(set)s” is begun. Add items from their pages or from a list of them.")
        self.message_user(request, text % {"set": obj}, messages.SUCCESS)
        return HttpResponseRedirect(self._set_url(obj))

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **options: Any) -> Any:
        if found := options.get("obj"):
            state, label = _stage_of(found)
            context["panel"] = {
                "set": found,
                "state": state,
                "state_label": label,
                "seen": sets.state_of(found),
                "rows": rows_of(found, by=request.user, site=self.admin_site),
                "verbs": self._offered(request, found),
                "may_change": found.is_open and not found.is_held and self._may(request, Act.CHANGE, found),
                "may_sign": found.is_open and self._may(request, Act.PUBLISH, found),
            }
        return super().render_change_form(request, context, *args, **options)

    def _offered(self, request: HttpRequest, found: PublishingSet) -> list[tuple[SetVerb, str]]:
        return [
            (verb, self._verb_url(found, verb.name))
            for verb in SET_VERBS.values()
            if verb.is_possible(found) and self._may(request, verb.act, found)
        ]

    def _may(self, request: HttpRequest, act: Act, found: PublishingSet) -> bool:
        return roles.may(request.user, act, found)

    # Verbs

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/remove/", wrap(self.remove_view), name=f"{name}_remove"),
            path("<int:pk>/sign/", wrap(self.sign_view), name=f"{name}_sign"),
            path("<int:pk>/act/<slug:name>/", wrap(self.verb_view), name=f"{name}_verb"),
            *super().get_urls(),
        ]

    def verb_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        found, verb = self._found(request, pk), SET_VERBS.get(name)
        if verb is None:
            raise Http404
        roles.require(request.user, verb.act, found)
        form = verb.question(request.POST or None)
        if is_sent(request) and (form.is_valid() or not verb.question.base_fields):
            return self._acted(request, found, verb, getattr(form, "cleaned_data", {}))
        context = {
            **self.admin_site.each_context(request),
            "title": str(verb.label).rstrip("…"),
            "opts": self.opts,
            "item": found,
            "verb": verb,
            "form": form,
            "seen": request.POST.get(STATE) or sets.state_of(found),
            "back": self._set_url(found),
        }
        return TemplateResponse(request, "admin/ecosystem/publishingset/verb.html", context)

    def _acted(
        self, request: HttpRequest, found: PublishingSet, verb: SetVerb, answers: dict[str, Any]
    ) -> HttpResponse:
        title, back = str(found), self._set_url(found)
        try:
            asked = self._act(request, found, verb, answers)
        except ValidationError as error:
            for message in error.messages:
                self.message_user(request, message, messages.ERROR)
            return HttpResponseRedirect(back)
        if asked:
            return asked
        text = gettext("Set “%(set)s”: %(done)s.") % {"set": title, "done": verb.done}
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(self._list_url() if verb.ends_it else back)

    def _act(
        self, request: HttpRequest, found: PublishingSet, verb: SetVerb, answers: dict[str, Any]
    ) -> HttpResponse | None:
        """Do it; or answer with what changes for readers, which must be seen first, and then nothing is done."""
        if not verb.is_seen_first:
            verb.do(found, by=request.user, **answers)
            return None
        answers = answers | {"seen": request.POST.get(STATE, "")}
        seen = sets.ripple(found, by=request.user)
        if self.is_to_be_seen(request, seen):
            label = str(verb.label).rstrip("…")
            return self.ripple_page(request, seen, title=label, back=self._set_url(found))
        return self.carry_out(request, seen, lambda: verb.do(found, by=request.user, **answers))

    def remove_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        found = self._found(request, pk)
        member = found.members.filter(pk=_number(request.POST.get("member"))).first()
        if member is None:
            raise Http404
        return self._answered(
            request,
            found,
            lambda: sets.remove(found, member, by=request.user),
            gettext("Taken out of the set."),
        )

    def sign_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The reasons for warnings about one item, as the checks find them with the whole set in place."""
        found = self._found(request, pk)
        roles.require(request.user, Act.PUBLISH, found)
        rows = rows_of(found, by=request.user, site=self.admin_site)
        row = next((one for one in rows if str(one.member.pk) == request.POST.get("member")), None)
        if row is None or row.item is None:
            raise Http404
        given = {name.removeprefix(REASON): text for name, text in request.POST.items() if _is_reason(name)}
        given = {key: text for key, text in given.items() if text.strip()}
        if not given:
            self.message_user(request, gettext("Say why it may stay, or change the text."), messages.ERROR)
            return HttpResponseRedirect(self._set_url(found))
        findings = [one.finding for one in row.findings]
        return self._answered(
            request,
            found,
            lambda: checklist.sign_all(row.item, given, by=request.user, found=findings),
            gettext("The reasons are kept."),
        )

    def _answered(self, request: HttpRequest, found: PublishingSet, act: Any, done: str) -> HttpResponse:
        try:
            act()
        except ValidationError as error:
            for message in error.messages:
                self.message_user(request, message, messages.ERROR)
        else:
            self.message_user(request, done, messages.SUCCESS)
        return HttpResponseRedirect(self._set_url(found))

    def _found(self, request: HttpRequest, pk: int) -> PublishingSet:
        found = self.get_object(request, str(pk))
        if found is None:
            raise Http404
        return found

    def _set_url(self, found: PublishingSet) -> str:
        return reverse(f"{self.admin_site.name}:ecosystem_publishingset_change", args=[found.pk])

    def _list_url(self) -> str:
        return reverse(f"{self.admin_site.name}:ecosystem_publishingset_changelist")

    def _verb_url(self, found: PublishingSet, name: str) -> str:
        return reverse(f"{self.admin_site.name}:ecosystem_publishingset_verb", args=[found.pk, name])


@admin.register(SetMember)
class SetMemberAdmin(ReadOnlyAdmin):
    list_display = ["publishing_set", "kind", "item_id", "is_open", "added_at"]
    list_filter = ["kind", "is_open"]
    list_select_related = ["publishing_set"]
    search_fields = ["publishing_set__title"]
    fields = ["publishing_set", "kind", "item_id", "is_open", "approved", "added_at"]


def _stage_of(found: PublishingSet) -> tuple[str, str]:
    if found.is_open and found.publish_at:
        return "scheduled", gettext("scheduled")
    return found.stage, found.get_stage_display()


def _is_reason(name: str) -> bool:
    return name.startswith(REASON)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
