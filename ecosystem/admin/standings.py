"""Deciding about standings: the verbs of a value, the queue of what waits for them, and the record of decisions."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget, AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.base import ReadOnlyAdmin
from ecosystem.admin.ripples import RippleMixin, is_sent
from ecosystem.domain import roles, standings, wording
from ecosystem.domain.evidence_queue import SECTIONS
from ecosystem.domain.ripple import ripple_of
from ecosystem.models import Act, Observation, PublicSpan, Source, Standing, StandingChange

ROWS = 50


class ReasonForm(forms.Form):
    """What every decision asks for."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=AdminTextareaWidget({"rows": 2}),
        help_text=_("One sentence; readers see it."),
    )
    reason_zh = forms.CharField(
        label=_("Reason in Chinese"),
        max_length=300,
        required=False,
        widget=AdminTextareaWidget({"rows": 2, "lang": "zh-Hans"}),
    )


class VerifyForm(ReasonForm):
    """What verifying asks for besides: the primary source, and where in it the value stands."""

    source = forms.ModelChoiceField(
        label=_("Primary source"),
        queryset=Source.objects.all(),
        widget=AutocompleteSelect(Observation._meta.get_field("source"), admin.site),
        help_text=_("Another source than that of the value takes its place: the value is superseded by it."),
    )
    locator = forms.CharField(
        label=_("Locator"),
        max_length=200,
        widget=AdminTextInputWidget,
        help_text=_("Where in the primary source you found it: page 3, table 2."),
    )
    field_order = ["source", "locator", "reason", "reason_zh"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as editors meet it; `result` is the standing that it leads to."""

    name: str
    label: Any
    result: Standing
    act: Callable[..., Observation]
    question: type[forms.Form] = ReasonForm


DECISIONS = {
    decision.name: decision
    for decision in (
        Decision("verify", _("Verify…"), Standing.VERIFIED, standings.verify, VerifyForm),
        Decision("dispute", _("Dispute…"), Standing.DISPUTED, standings.dispute),
        Decision("report", _("Mark as reported…"), Standing.REPORTED, standings.report),
    )
}


class DecidingMixin(RippleMixin):
    """The pages behind the decisions of an observation, and the queue."""

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        return [
            path("queue/", wrap(self.queue_view), name="ecosystem_observation_queue"),
            path(
                "<int:pk>/standing/<slug:name>/",
                wrap(self.decide_view),
                name="ecosystem_observation_standing",
            ),
            *super().get_urls(),
        ]

    def decisions_for(self, request: HttpRequest, value: Observation) -> list[tuple[Any, str]]:
        """What can be decided about the value, with the address of the question."""
        if not roles.may(request.user, Act.DECIDE, value):
            return []
        try:
            standings.check_decidable(value)
        except standings.StandingError:
            return []
        return [
            (decision.label, reverse("admin:ecosystem_observation_standing", args=[value.pk, decision.name]))
            for decision in DECISIONS.values()
            if decision.result != value.standing
        ]

    def decide_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        rows = self.get_queryset(request).select_related("metric__unit", "source", "superseded_by")
        value, decision = rows.filter(pk=pk).first(), DECISIONS.get(name)
        if value is None or decision is None:
            raise Http404
        roles.require(request.user, Act.DECIDE, value)
        form = decision.question(
            request.POST or None, initial={"source": value.source_id, "locator": value.locator}
        )
        if is_sent(request) and form.is_valid():
            try:
                return self._decided(request, value, decision, form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error.messages)
        return self._question_page(request, value, decision, form)

    def _decided(
        self, request: HttpRequest, value: Observation, decision: Decision, answers: dict[str, Any]
    ) -> HttpResponse:
        act = partial(decision.act, value, by=request.user, **answers)
        seen = ripple_of([value.metric], act)
        if self.is_to_be_seen(request, seen):
            title, back = str(decision.label).rstrip("…"), self._change_url(value)
            return self.ripple_page(request, seen, title=title, back=back)
        value = self.carry_out(request, seen, act)
        label = value.get_standing_display()
        self.log_change(request, value, label)
        said = {"value": wording.amount_of(value), "metric": value.metric, "standing": label}
        text = gettext("%(metric)s, %(value)s: the standing is now “%(standing)s”.")
        self.message_user(request, text % said, messages.SUCCESS)
        return HttpResponseRedirect(self._change_url(value))

    def _question_page(
        self, request: HttpRequest, value: Observation, decision: Decision, form: forms.Form
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": str(decision.label).rstrip("…"),
            "opts": self.opts,
            "value": value,
            "amount": wording.amount_of(value),
            "period": wording.period_of(value),
            "form": form,
            "media": self.media + form.media,
            "back": self._change_url(value),
        }
        return TemplateResponse(request, "admin/ecosystem/observation/decide.html", context)

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        wanted = request.GET.get("section", SECTIONS[0].name)
        section = next((one for one in SECTIONS if one.name == wanted), None)
        if section is None:
            raise Http404
        page = Paginator(section.values(), ROWS).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Evidence queue"),
            "opts": self.opts,
            "section": section,
            "sections": [(one, one.values().count()) for one in SECTIONS],
            "page_obj": page,
            "rows": [
                {
                    "value": value,
                    "amount": wording.amount_of(value),
                    "decisions": self.decisions_for(request, value),
                }
                for value in page
            ],
        }
        return TemplateResponse(request, "admin/ecosystem/observation/queue.html", context)


@admin.register(StandingChange)
class StandingChangeAdmin(ReadOnlyAdmin):
    list_display = ["observation", "standing_before", "standing", "reason", "decided_by", "decided_at"]
    list_filter = ["standing", ("decided_by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["observation__metric", "decided_by"]
    search_fields = [
        "observation__metric__name",
        "observation__metric__slug",
        "observation__period",
        "reason",
    ]
    date_hierarchy = "decided_at"


@admin.register(PublicSpan)
class PublicSpanAdmin(ReadOnlyAdmin):
    list_display = ["observation", "since", "until"]
    list_select_related = ["observation__metric"]
    search_fields = ["observation__metric__name", "observation__metric__slug", "observation__period"]
    date_hierarchy = "since"
