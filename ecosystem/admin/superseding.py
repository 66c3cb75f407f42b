"""“Correct”: the form in which a public value gets a successor."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.article_corrections import ArticleCorrectionsMixin
from ecosystem.admin.base import without_zeros
from ecosystem.admin.ripples import is_sent
from ecosystem.domain import roles, superseding, wording
from ecosystem.domain.ripple import ripple_of
from ecosystem.domain.superseding import CORRECTABLE, SupersedingError
from ecosystem.models import Act, Observation

CHECKED = Observation.SupersedeReason.CHECKED
WHY = ("supersede_reason", "supersede_note")
FIELDSETS = [
    (_("Why"), {"fields": ["supersede_reason", "supersede_note"]}),
    (_("Value"), {"fields": [("qualifier", "value"), ("low", "high")]}),
    (_("Where it was found"), {"fields": ["source", "locator"]}),
    (
        _("How far it is trusted"),
        {"fields": ["standing", "standing_reason", "standing_reason_zh", "release"]},
    ),
    (_("Coverage and notes"), {"fields": [("method", "method_zh"), ("note", "note_zh")]}),
]


class SuccessorForm(forms.ModelForm):
    """A new value, prefilled with the one that it takes the place of, and why it does."""

    def __init__(self, *args: Any, old: Observation, **options: Any) -> None:
        present = {name: getattr(old, name) for name in CORRECTABLE}
        # Behind the old value, so that the rule of one value per source and period lets it in.
        successor = Observation(metric=old.metric, period=old.period, superseded_by=old)
        super().__init__(*args, instance=successor, initial=present | without_zeros(present), **options)
        for name in WHY:
            self.fields[name].required = True
        # That it was compared with the document is no reason for another value: verifying is a verb of its own.
        self.fields["supersede_reason"].choices = [
            choice for choice in self.fields["supersede_reason"].choices if choice[0] != CHECKED
        ]
        self.fields["supersede_reason"].help_text = gettext(
            "“Our error” becomes a public correction of the metric, every other reason a change note."
        )
        self.fields["supersede_note"].help_text = gettext("One sentence; readers see it.")

    @property
    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CORRECTABLE}


class CorrectingMixin(ArticleCorrectionsMixin):
    """The page behind “Correct” of an observation."""

    def correct_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        old = (
            self.get_queryset(request)
            .select_related("metric__unit", "source", "superseded_by")
            .filter(pk=pk)
            .first()
        )
        if old is None:
            raise Http404
        roles.require(request.user, Act.CORRECT, old)
        if request.method != "POST":
            try:
                superseding.check_correctable(old)
            except SupersedingError as error:
                self.message_user(request, error.message, messages.ERROR)
                return HttpResponseRedirect(self._change_url(error.newer or old))
        form = self._successor_form(request, old)
        newer = None
        if is_sent(request) and form.is_valid():
            try:
                return self._superseded(request, old, form)
            except ValidationError as error:
                form.add_error(None, error.messages)
                newer = getattr(error, "newer", None)
        return self._correction_page(request, old, form, newer)

    def _correct_url(self, value: Observation) -> str:
        return reverse(f"{self.admin_site.name}:ecosystem_observation_correct", args=[value.pk])

    def _successor_form(self, request: HttpRequest, old: Observation) -> SuccessorForm:
        kind = forms.modelform_factory(
            Observation,
            form=SuccessorForm,
            fields=[*CORRECTABLE, *WHY],
            formfield_callback=partial(self.formfield_for_dbfield, request=request),
        )
        return kind(request.POST or None, old=old)

    def _superseded(self, request: HttpRequest, old: Observation, form: SuccessorForm) -> HttpResponse:
        act = partial(
            superseding.supersede,
            old,
            by=request.user,
            reason=form.cleaned_data["supersede_reason"],
            explanation=form.cleaned_data["supersede_note"],
            **form.changes,
        )
        seen = ripple_of([old.metric], act)
        is_error = form.cleaned_data["supersede_reason"] == Observation.SupersedeReason.OUR_ERROR
        offers = self.offers_for(request, old, seen) if is_error else []
        if self.is_to_be_seen(request, seen, always=True) or not self.are_complete(offers):
            title, back = gettext("Publish the correction"), self._change_url(old)
            return self.ripple_page(request, seen, title=title, back=back, offers=offers)
        new = self.carry_out(request, seen, self.with_corrections(request, offers, act))
        self.log_change(request, old, gettext("corrected"))
        self.log_addition(request, new, gettext("takes the place of %(old)s") % {"old": old.pk})
        said = {"new": wording.amount_of(new), "old": wording.amount_of(old), "metric": new.metric}
        text = gettext("%(metric)s: %(new)s is public now; %(old)s stays readable as superseded.")
        self.message_user(request, text % said, messages.SUCCESS)
        self.tell_of(request, offers)
        if any(not offer.outcome for offer in offers):
            text = gettext(
                'Articles that showed the wrong value have told nobody of it yet. <a href="{}">Tell their readers…</a>'
            )
            self.message_user(request, format_html(text, self.tell_url(old)), messages.WARNING)
        return HttpResponseRedirect(self._change_url(new))

    def _correction_page(
        self, request: HttpRequest, old: Observation, form: SuccessorForm, newer: Observation | None
    ) -> HttpResponse:
        adminform = AdminForm(form, FIELDSETS, {}, (), model_admin=self)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Correct a value"),
            "opts": self.opts,
            "old": old,
            "amount": wording.amount_of(old),
            "period": wording.period_of(old),
            "text_count": old.metric.shown_in.count(),
            "newer_url": self._change_url(newer) if newer else "",
            "adminform": adminform,
            "errors": form.errors,
            "media": self.media + adminform.media,
            "back": self._change_url(old),
        }
        return TemplateResponse(request, "admin/ecosystem/observation/correct.html", context)
