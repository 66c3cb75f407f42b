"""Corrections of articles that showed a wrong value: offered where its correction is confirmed, and once more later."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.ripples import OFFER, PINNED, SEEN, RippleMixin
from ecosystem.domain import article_corrections, roles, wording
from ecosystem.domain.article_corrections import LONGEST, Proposal
from ecosystem.domain.ripple import Ripple
from ecosystem.models import Act, Observation

ROWS = {"rows": 3}


class OfferForm(forms.Form):
    """A correction for one article, which the editor may word otherwise or leave out."""

    is_added = forms.BooleanField(label=_("Publish this correction"), required=False)
    text = forms.CharField(
        label=_("Text"), max_length=LONGEST, required=False, widget=AdminTextareaWidget(ROWS)
    )
    text_zh = forms.CharField(
        label=_("Text in Chinese"),
        max_length=LONGEST,
        required=False,
        widget=AdminTextareaWidget({**ROWS, "lang": "zh-Hans"}),
    )

    def __init__(self, *args: Any, proposal: Proposal, **options: Any) -> None:
        initial = {"is_added": True, "text": proposal.text, "text_zh": proposal.text_zh}
        super().__init__(*args, initial=initial, prefix=f"{OFFER}-{proposal.article.pk}", **options)
        self.proposal = proposal
        self.outcome = ""  # what became of it, once the correction is stored

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("is_added"):
            self.errors.clear()  # what is left out may say anything
        elif "text" in cleaned and not cleaned["text"]:
            self.add_error("text", gettext("Say what was wrong, or leave this correction out."))
        return cleaned


class ArticleCorrectionsMixin(RippleMixin):
    """A page between question and act that offers corrections for the articles which showed the wrong value."""

    def offers_for(self, request: HttpRequest, old: Observation, seen: Ripple) -> list[OfferForm]:
        """For each article that the person may correct; filled with what was sent where they have been shown."""
        sent = request.POST if request.POST.get(SEEN) == seen.digest else None
        return [
            OfferForm(sent, proposal=one)
            for one in article_corrections.proposals(old, seen)
            if roles.may(request.user, Act.CORRECT, one.article)
        ]

    def are_complete(self, offers: Iterable[OfferForm]) -> bool:
        return all([offer.is_valid() for offer in offers])

    def with_corrections(
        self, request: HttpRequest, offers: Iterable[OfferForm], act: Callable[[], Any]
    ) -> Callable[[], Any]:
        """The act, and with it the corrections that are wanted; to be called in one transaction."""

        def act_and_tell() -> Any:
            done = act()
            for offer in offers:
                if offer.cleaned_data["is_added"]:
                    offer.outcome = self._added(request, offer)
            return done

        return act_and_tell

    def tell_of(self, request: HttpRequest, offers: Iterable[OfferForm]) -> None:
        """Say what became of the offers; to be called when everything is stored."""
        for offer in offers:
            if offer.outcome:
                self.message_user(request, offer.outcome, messages.INFO)

    def tell_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page behind “Tell in articles” of a wrong value: the offers of articles that have told of nothing yet."""
        old = get_object_or_404(self.get_queryset(request).select_related("metric", "superseded_by"), pk=pk)
        roles.require(request.user, Act.CORRECT, old)
        offers = [
            OfferForm(request.POST or None, proposal=one)
            for one in article_corrections.late_proposals(old)
            if roles.may(request.user, Act.CORRECT, one.article)
        ]
        if request.method == "POST" and self.are_complete(offers):
            return self._told(request, old, [one for one in offers if one.cleaned_data["is_added"]])
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Tell the readers of articles"),
            "opts": self.opts,
            "old": old,
            "amount": wording.amount_of(old),
            "period": wording.period_of(old),
            "offers": offers,
            "back": self._change_url(old),
        }
        return TemplateResponse(request, "admin/ecosystem/observation/tell.html", context)

    def _told(self, request: HttpRequest, old: Observation, wanted: Iterable[OfferForm]) -> HttpResponse:
        with transaction.atomic():
            for offer in wanted:
                offer.outcome = self._stored(request, offer)
        self.tell_of(request, wanted)
        return HttpResponseRedirect(self._change_url(old))

    def tell_url(self, value: Observation) -> str:
        return reverse(f"{self.admin_site.name}:ecosystem_observation_tell", args=[value.pk])

    def _added(self, request: HttpRequest, offer: OfferForm) -> str:
        proposal, words = offer.proposal, {"article": offer.proposal.article}
        if proposal.keys <= set(request.POST.getlist(PINNED)):
            text = gettext("“%(article)s” got no correction: all its sentences keep what they said.")
            return text % words
        return self._stored(request, offer)

    def _stored(self, request: HttpRequest, offer: OfferForm) -> str:
        article = offer.proposal.article
        texts = {name: offer.cleaned_data[name] for name in ("text", "text_zh")}
        article_corrections.add_correction(article, by=request.user, **texts)
        return gettext("“%(article)s” has a correction for its readers.") % {"article": article}
