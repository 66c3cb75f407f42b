"""Publishing and withdrawing values: what changes for readers is seen before it is done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from ecosystem.admin.publishing import PublishableAdmin
from ecosystem.admin.ripples import RippleMixin
from ecosystem.admin.verbs import VERBS, Verb
from ecosystem.domain.ripple import ripple_of
from ecosystem.models import Observation

# The verbs that change what readers see, at once or when a moment has come: each is looked at as if it had.
SHOWN = {"publish": "publish", "schedule": "publish", "withdraw": "withdraw"}


class SeenFirstAdmin(RippleMixin, PublishableAdmin):
    """The verbs of values, with the page that shows what they change."""

    has_uses = False

    def _act_after_saving(self, request: HttpRequest, item: Observation) -> HttpResponse | None:
        if "_verb_publish" not in request.POST or not self.may_publish(request, item):
            return super()._act_after_saving(request, item)
        text = gettext("“%(item)s” was saved. See what changes with it, and publish it.")
        self.message_user(request, text % {"item": item}, messages.INFO)
        return HttpResponseRedirect(self._verb_url(item, VERBS["publish"]))

    def verb_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Publishing asks nothing, so the page that shows what it changes is its question."""
        item, verb = self.get_object(request, str(pk)), VERBS.get(name)
        if request.method == "GET" and item and name == "publish" and self.may_publish(request, item):
            try:
                seen = ripple_of([item.metric], self._looked_at(request, [item.pk], verb, {}))
            except ValidationError:
                seen = None  # said when the button is pressed
            if seen and seen.changes:
                return self._ripple_page(request, seen, verb, self._change_url(item))
        return super().verb_view(request, pk, name)

    def _act(
        self, request: HttpRequest, item: Observation, verb: Verb, **answers: Any
    ) -> HttpResponse | None:
        if verb.name not in SHOWN:
            return super()._act(request, item, verb, **answers)
        seen = ripple_of([item.metric], self._looked_at(request, [item.pk], verb, answers))
        if self.is_to_be_seen(request, seen):
            return self._ripple_page(request, seen, verb, self._change_url(item))
        return self.carry_out(request, seen, lambda: self._do(request, item, verb, **answers))

    def _act_on_all(
        self, request: HttpRequest, queryset: QuerySet, verb: Verb, **answers: Any
    ) -> HttpResponse | None:
        if verb.name not in SHOWN:
            return super()._act_on_all(request, queryset, verb, **answers)
        values = list(queryset)
        keys = [value.pk for value in values]
        seen = ripple_of(
            {value.metric for value in values}, self._looked_at(request, keys, verb, answers, skips=True)
        )
        if self.is_to_be_seen(request, seen):
            return self._ripple_page(request, seen, verb, request.get_full_path())
        act = super()._act_on_all
        return self.carry_out(request, seen, lambda: act(request, queryset, verb, **answers))

    def _looked_at(
        self,
        request: HttpRequest,
        keys: list[int],
        verb: Verb,
        answers: dict[str, Any],
        *,
        skips: bool = False,
    ) -> Callable[[], None]:
        """The verb on records of its own; skips: what cannot be done is left out, as in a bulk action."""
        wanted = VERBS[SHOWN[verb.name]]
        known = {name: text for name, text in answers.items() if name in wanted.question.base_fields}

        def act() -> None:
            for value in Observation.objects.filter(pk__in=keys):
                try:
                    wanted.act(value, by=request.user, **known)
                except ValidationError:
                    if not skips:
                        raise

        return act

    def _ripple_page(self, request: HttpRequest, seen: Any, verb: Verb, back: str) -> HttpResponse:
        return self.ripple_page(request, seen, title=str(verb.label).rstrip("…"), back=back)
