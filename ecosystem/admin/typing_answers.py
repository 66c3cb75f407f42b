"""The small address that a form's script talks to: keep this, who else is here, which token holds now."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from ecosystem.domain import open_forms, unsaved_forms
from ecosystem.domain.open_forms import Presence
from ecosystem.domain.unsaved_forms import State, Typed
from ecosystem.models import UnsavedForm
from ecosystem.models.unsaved_forms import LONGEST_KEY

SIGNED_OUT, FORBIDDEN, GONE, TOO_LONG, UNREADABLE = 401, 403, 404, 413, 400
LONGEST_SHOWN = UnsavedForm._meta.get_field("shown").max_length


def typing_view(page: Any) -> Callable[..., HttpResponse]:
    """The view for the forms of one admin page. Like all of the admin, but a script gets no login page."""

    @never_cache
    @csrf_protect
    def view(request: HttpRequest, pk: int | None = None) -> HttpResponse:
        if not page.admin_site.has_permission(request):
            return _refusal(SIGNED_OUT, gettext("You are signed out."))
        try:
            item = _item(page, request, pk)
            return _kept(page, request, item) if request.method == "POST" else _state(page, request, item)
        except Http404:
            return _refusal(GONE, gettext("This record is gone. Copy what you want to keep."))
        except PermissionDenied:
            return _refusal(FORBIDDEN, gettext("You may not change this. Copy what you want to keep."))
        except RequestDataTooBig:
            return _refusal(TOO_LONG, gettext("This is too long to be kept while you type. Save it."))
        except ValidationError as error:
            return _refusal(UNREADABLE, " ".join(error.messages))

    return view


def offers(
    request: HttpRequest, model: type[Model], item: Model | None, address: str, *, without: str
) -> str:
    """What the person typed earlier into this form, each with the choice to take it up or to discard it."""
    kept = unsaved_forms.kept_by(request.user, model, item).exclude(key=without)
    context = {"kept": kept, "address": address}
    return render_to_string("admin/ecosystem/typing_offers.html", context, request) if kept else ""


def presence(others: Iterable[Presence]) -> list[str]:
    """A sentence for each person who has the form open too."""
    return [_said_of(other) for other in others]


def _said_of(other: Presence) -> str:
    said = {"name": other.name, "since": _clock(other.since)}
    if other.saved_at is None:
        return gettext("%(name)s has had this open since %(since)s.") % said
    said["saved"] = _clock(other.saved_at)
    return gettext("%(name)s has had this open since %(since)s and last saved it at %(saved)s.") % said


def _clock(moment: datetime) -> str:
    """The time in Shanghai, with the day where that is not today."""
    local = timezone.localtime(moment)
    return date_format(local, "H:i" if local.date() == timezone.localdate() else "j F, H:i")


def _item(page: Any, request: HttpRequest, pk: int | None) -> Model | None:
    item = page.get_object(request, str(pk)) if pk is not None else None
    if pk is not None and item is None:
        raise Http404
    if not page.may_type(request, item):
        raise PermissionDenied
    return item


def _state(page: Any, request: HttpRequest, item: Model | None) -> HttpResponse:
    """What a page asks for that was open while the person signed in again, or that holds words the server had not."""
    found = offers(request, page.model, item, request.path, without=request.GET.get("without", ""))
    return JsonResponse({"token": get_token(request), "user": request.user.pk, "offers": found})


def _kept(page: Any, request: HttpRequest, item: Model | None) -> HttpResponse:
    sent = _read(request.body)
    if sent["user"] != request.user.pk:
        return _refusal(SIGNED_OUT, gettext("Somebody else is signed in in this browser now."))
    answer: dict[str, object] = {}
    if sent["typed"] is not None:
        typed = unsaved_forms.only_known(sent["typed"], *page.known_names(request, item))
        opening = {"key": sent["key"], "shown": sent["shown"], "age": timedelta(milliseconds=sent["age"])}
        form = unsaved_forms.keep(page.model, item, by=request.user, typed=typed, **opening)
        answer |= {"state": form.state, "said": _said_of_state(form)}
    if item is not None and sent["leaving"]:
        open_forms.leave(item, user=request.user)
    elif item is not None:
        open_forms.see(item, user=request.user)
        answer["others"] = presence(open_forms.others(item, user=request.user))
    return JsonResponse(answer)


def _said_of_state(form: UnsavedForm) -> str:
    match form.state:
        case State.KEPT:
            return gettext("Typing kept %(time)s") % {"time": _clock(form.updated_at)}
        case State.EMPTIED:
            return gettext(
                "Words in this form have been suppressed: it is not kept any more. Load the page again."
            )
    return ""


def _read(body: bytes) -> dict[str, Any]:
    """What a script sent, or ValidationError."""
    try:
        sent = json.loads(body)
        found = {
            "user": int(sent["user"]),
            "key": str(sent["key"]),
            "shown": str(sent.get("shown", "")),
            "age": min(max(int(sent.get("age", 0)), 0), int(unsaved_forms.KEPT_FOR.total_seconds() * 1000)),
            "typed": _typed(sent.get("typed")),
            "leaving": bool(sent.get("leaving")),
        }
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValidationError(gettext("This is not what the form sends. Load the page again.")) from error
    if not 0 < len(found["key"]) <= LONGEST_KEY or len(found["shown"]) > LONGEST_SHOWN:
        raise ValidationError(gettext("This is not what the form sends. Load the page again."))
    return found


def _typed(sent: object) -> Typed | None:
    if sent is None:
        return None
    # NUL cannot be stored by PostgreSQL, and no form field takes it.
    return {str(name): [str(value).replace("\0", "") for value in values] for name, values in sent.items()}


def _refusal(status: int, said: str) -> JsonResponse:
    return JsonResponse({"said": said}, status=status)
