"""Forms of items that readers see: what is saved goes to a draft of the next version, which the form shows.

The form works on the item itself, in a transaction that is undone: the draft is put in place, shown or changed by the
form as any other item, read again, and kept apart. No change of somebody else is overwritten: the form says which state
it was filled from, and what happened since is taken in, or asked about.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from ecosystem.admin.kept_typing import taken_up
from ecosystem.admin.restoring import TakingUpMixin
from ecosystem.admin.ripples import is_sent
from ecosystem.domain import revisions, working_copies
from ecosystem.domain.conflicts import in_words
from ecosystem.domain.index import upkeep
from ecosystem.models import Revision, WorkingCopy
from ecosystem.values.states import MINE, THEIRS, Conflict

SHOWN = "_shown"
ATTEMPTS = 3  # to read an item that others keep saving


class WorkingCopyMixin(TakingUpMixin):
    """The change form of items that have revisions, and the page on which conflicts are decided."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        item = self.get_object(request, unquote(object_id)) if object_id else None
        arguments = (request, object_id, form_url, extra_context)
        if item is None:
            return super().changeform_view(*arguments)
        if request.method == "POST":
            return self._change(item, *arguments)
        # Made again where somebody has saved the item while it was read. The state is asked for before the form: should
        # somebody save each time, the last save counts as new to this form, and takes part in a merge.
        for _attempt in range(ATTEMPTS):
            request.working_copy = working_copies.of(item)
            request.shown = _present(item, request.working_copy)
            response = self._form_as_it_is(item, *arguments)
            if _present(item, working_copies.of(item)) == request.shown:
                break
        return response

    def _form_as_it_is(self, item: Model, request: HttpRequest, *rest: Any) -> HttpResponse:
        seen = self._seen_then(request, item)
        if seen is None:
            return _rendered(super().changeform_view(request, *rest))
        with working_copies.in_place(item, seen.data) as (_other, lost):
            for sentence in lost:
                self.message_user(request, sentence, messages.WARNING)
            return _rendered(super().changeform_view(request, *rest))

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **options: Any) -> Any:
        if options.get("obj"):
            kept = taken_up(request)
            context["shown"] = request.POST.get(SHOWN) or (kept and kept.shown) or request.shown
        return super().render_change_form(request, context, *args, **options)

    def _seen_then(self, request: HttpRequest, item: Model) -> Revision | None:
        """The state to put in place for the form: its next version, or what typing that is taken up began from."""
        kept = taken_up(request)
        if kept and kept.shown not in ("", str(request.shown)):
            return self._seen(item, kept.shown, is_present=False)
        return request.working_copy and request.working_copy.latest

    # Saving

    def _change(self, item: Model, request: HttpRequest, *rest: Any) -> HttpResponse:
        """Nobody else saves the item between the question what it says now and the answer."""
        with transaction.atomic(), upkeep.gathered():
            item = working_copies.locked(item)
            request.working_copy = copy = working_copies.of(item)
            request.shown = present = _present(item, copy)
            token = request.POST.get(SHOWN, str(present))
            if token == str(present) and not working_copies.is_apart(item):
                with _first_state_kept(item) if not present else nullcontext():
                    return super().changeform_view(request, *rest)
            return self._change_apart(item, token, present, request, *rest)

    def _change_apart(
        self, item: Model, token: str, present: int, request: HttpRequest, *rest: Any
    ) -> HttpResponse:
        seen = self._seen(item, token, is_present=token == str(present))
        request.is_undone, request.is_saved = True, False
        with working_copies.in_place(item, seen.data) as (other, _lost):
            response = _rendered(super().changeform_view(request, *rest))
            changed = revisions.snapshot(type(other)._base_manager.get(pk=other.pk))
        request.is_undone = False
        if not request.is_saved:
            return response
        return self._keep(request, item, seen, changed, response)

    def _seen(self, item: Model, token: str, *, is_present: bool) -> Revision:
        copy = working_copies.of(item)
        if is_present:
            return copy.latest if copy else revisions.present(item, revisions.snapshot(item))
        found = revisions.of(item).filter(pk=token).first() if token.isdigit() else None
        # A form of the time before any state was stored began with what the oldest one says.
        return found or revisions.of(item).last() or working_copies.shown(item)

    def _keep(
        self, request: HttpRequest, item: Model, seen: Revision, changed: list, response: HttpResponse
    ) -> HttpResponse:
        mine = working_copies.as_next(item, changed, seen.data)
        kept = working_copies.keep(item, seen.data, mine, by=request.user, note=gettext("changed"))
        if kept.conflicts:
            return HttpResponseRedirect(self.conflicts_url(item, mine=kept.revision.pk, seen=seen.pk))
        if kept.is_changed:
            self.log_change(request, item, gettext("draft of the next version changed"))
        if IS_POPUP_VAR in request.POST:
            return response
        item = self.get_object(request, str(item.pk))
        return self._act_after_saving(request, item) or self._said_kept(request, item, response)

    def _said_kept(self, request: HttpRequest, item: Model, response: HttpResponse) -> HttpResponse:
        if working_copies.is_apart(item):
            text = gettext("The draft of “%(item)s” was saved. Readers do not see it before it is published.")
        else:
            text = gettext("“%(item)s” was saved, together with what somebody else has changed meanwhile.")
        self.message_user(request, text % {"item": item}, messages.SUCCESS)
        return response

    def is_undone(self, request: HttpRequest) -> bool:
        """Whether a form works on what will be undone: nothing outside the item may be changed or said then."""
        return getattr(request, "is_undone", False)

    def response_change(self, request: HttpRequest, obj: Model) -> HttpResponse:
        """While a form works on what will be undone, only where to go next is asked; all else follows."""
        if not self.is_undone(request) or IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        if "_save" in request.POST:
            return self.response_post_save_change(request, obj)
        if "_addanother" in request.POST:
            return HttpResponseRedirect(reverse(f"{self._admin_name}_add"))
        return HttpResponseRedirect(self._change_url(obj))

    def keep_saved(self, request: HttpRequest, form: Any, formsets: Sequence[Any], change: bool) -> None:
        if self.is_undone(request):
            request.is_saved = True
        else:
            super().keep_saved(request, form, formsets, change)

    def _act_after_saving(self, request: HttpRequest, item: Model) -> HttpResponse | None:
        """What a button does that saves first; kinds without a public state have none."""
        return None

    def _change_url(self, item: Model) -> str:
        return reverse(f"{self._admin_name}_change", args=[item.pk])

    # Conflicts

    @property
    def _admin_name(self) -> str:
        return f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"

    def conflicts_url(self, item: Model, **revisions_of_both: int) -> str:
        address = reverse(f"{self._admin_name}_conflicts", args=[item.pk])
        return f"{address}?{urlencode(revisions_of_both)}" if revisions_of_both else address

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.conflicts_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_conflicts"
        return [path("<int:pk>/conflicts/", view, name=name), *super().get_urls()]

    def conflicts_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mine or theirs for each place that two have changed: two editors, or a draft and what readers see by now."""
        item = self.get_object(request, str(pk))
        if item is None:
            raise Http404
        if not self.has_change_permission(request, item):
            raise PermissionDenied
        both = [revisions.of(item).filter(pk=request.GET.get(name) or 0).first() for name in ("mine", "seen")]
        if not all(both) and working_copies.of(item) is None:
            raise Http404
        decided = {name: side for name, side in request.POST.items() if side in (MINE, THEIRS)}
        try:
            conflicts = self._decide(request, item, both, decided if is_sent(request) else {})
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(self._change_url(item))
        if is_sent(request) and not conflicts:
            text = gettext("“%(item)s”: the draft holds what you decided.")
            self.message_user(request, text % {"item": item}, messages.SUCCESS)
            return HttpResponseRedirect(self._change_url(item))
        return self._conflicts_page(request, item, conflicts, is_of_editors=all(both))

    def _decide(
        self, request: HttpRequest, item: Model, both: Sequence[Revision | None], decided: dict[str, str]
    ) -> Sequence[Conflict]:
        """What must still be decided; where nothing must, it is done."""
        mine, seen = both
        with transaction.atomic():
            if mine and seen:
                found = working_copies.keep(
                    item, seen.data, mine.data, by=request.user, note=gettext("changed"), decided=decided
                )
            else:
                found = working_copies.decide(item, decided, by=request.user)
            if found.conflicts or not is_sent(request):
                transaction.set_rollback(True)
        return found.conflicts

    def _conflicts_page(
        self, request: HttpRequest, item: Model, conflicts: Sequence[Conflict], *, is_of_editors: bool
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Decide what stays"),
            "opts": self.opts,
            "item": item,
            "conflicts": [in_words(one) for one in conflicts],
            "is_of_editors": is_of_editors,
            "back": self._change_url(item),
        }
        return TemplateResponse(request, "admin/ecosystem/conflicts.html", context)


@contextmanager
def _first_state_kept(item: Model) -> Iterator[None]:
    """Keep what an item without a stored state says, if it is saved: others who have it open began with that."""
    found = revisions.present(item, revisions.snapshot(item))
    yield
    if revisions.newest(item) == found:
        found.delete()


def _present(item: Model, copy: WorkingCopy | None) -> int:
    """What tells later which state a form shows: that of the next version, or the newest of the item; 0 for none."""
    if copy:
        return copy.latest_id
    newest = revisions.newest(item)
    return newest.pk if newest else 0


def _rendered(response: HttpResponse) -> HttpResponse:
    """The response with its page made now, while the database says what it is to show."""
    return response.render() if isinstance(response, TemplateResponse) else response
