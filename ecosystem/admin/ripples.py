"""Before a value changes what readers see, the editor sees it too: every place, before and after, and confirms."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from ecosystem.domain import pinning, roles
from ecosystem.domain.ripple import CHART, RANKING, SENTENCE, TILE, Change, Ripple
from ecosystem.models import Act

# What the page sends besides the answers that led to it.
SEEN, PINNED, EDIT = "_seen", "_pinned", "_edit"
OFFER = "_correction"  # of an article, with its key
OWN = {SEEN, PINNED, EDIT, "csrfmiddlewaretoken"}


def is_sent(request: HttpRequest) -> bool:
    """Whether a form was sent, and not asked for again to be changed."""
    return request.method == "POST" and EDIT not in request.POST


class RippleMixin:
    """The page between the question and the act, of an admin whose acts change values."""

    def is_to_be_seen(self, request: HttpRequest, ripple: Ripple, *, always: bool = False) -> bool:
        """Whether something changes for readers (or always) that the editor has not been shown, or not like this."""
        return (always or bool(ripple.changes)) and request.POST.get(SEEN) != ripple.digest

    def ripple_page(
        self, request: HttpRequest, ripple: Ripple, *, title: str, back: str, offers: Sequence[Any] = ()
    ) -> TemplateResponse:
        """`offers` are forms for corrections of articles, which are sent with the confirmation."""
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "back": back,
            "ripple": ripple,
            "is_outdated": request.POST.get(SEEN, ripple.digest) != ripple.digest,
            "offers": offers,
            "answers": [
                (name, text)
                for name, texts in request.POST.lists()
                if name not in OWN and not name.startswith(OFFER)
                for text in texts
            ],
            "may_edit": request.method == "POST",
            "pages": [
                (page, [(change, self._why_not_pinned(request, change)) for change in changes])
                for page, changes in ripple.of_kind(SENTENCE)
            ],
            "groups": [
                (gettext("Tiles"), ripple.of_kind(TILE)),
                (gettext("Charts and their descriptions"), ripple.of_kind(CHART)),
                (gettext("Rankings"), ripple.of_kind(RANKING)),
            ],
        }
        return TemplateResponse(request, "admin/ecosystem/ripple.html", context)

    def carry_out(self, request: HttpRequest, ripple: Ripple, act: Callable[[], Any]) -> Any:
        """Do what was seen, and pin the places that are to keep what they show; answers what the act answers."""
        with transaction.atomic():
            for key in request.POST.getlist(PINNED):
                self._pin(request, ripple, key)
            return act()

    def _pin(self, request: HttpRequest, ripple: Ripple, key: str) -> None:
        found = [one for one in ripple.changes if one.sentence and one.sentence.key == key]
        if not found or any(self._why_not_pinned(request, one) for one in found):
            raise SuspiciousOperation(f"{key} cannot be pinned, and the page did not offer it.")
        for change in found:
            sentence = change.sentence
            page = type(sentence.page).objects.get(pk=sentence.page.pk)
            pinning.pin(page, sentence.field, sentence.indexes, by=request.user)

    def _why_not_pinned(self, request: HttpRequest, change: Change) -> str:
        """Why the sentence cannot keep what it shows; empty where it can."""
        page = change.sentence.page
        if not roles.may(request.user, Act.CHANGE, page):
            return gettext("You may not change this page.")
        if not change.may_stay:
            return gettext(
                "What it shows now was not public yet at the end of yesterday, so it cannot be kept."
            )
        return ""
