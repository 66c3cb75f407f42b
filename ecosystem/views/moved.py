"""Where a page has another address now: the old one answers 301, whatever form or part of the page was asked for."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from ecosystem.domain.addresses import moved_item
from ecosystem.models import ADDRESSED_KINDS
from ecosystem.views.base import may_preview

# What in an address is the slug of an item; in that of a pair both are.
SLUGS = ("slug", "other")
# Pages of a metric whose names do not begin with its kind.
OF_METRIC = "evidence"


class MovedMiddleware:
    """Looks for a former address only where there is no page: pages that exist cost nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND or request.method not in {"GET", "HEAD"}:
            return response
        address = new_address(request) if request.resolver_match else ""
        if not address:
            return response
        query = request.META.get("QUERY_STRING", "")
        moved = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
        # A browser that kept it unasked would go round in circles when the page takes its old address back.
        moved.headers["Cache-Control"] = "no-cache"
        return moved


def new_address(request: HttpRequest) -> str:
    """The address of the same view for what has moved, in the language of the request; empty where nothing has.

    Where an item is that readers do not see, only those are told who may look at it in the admin.
    """
    match = request.resolver_match
    kind, _underscore, form = (match.url_name or "").partition("_")
    kind = "metric" if kind == OF_METRIC else kind
    is_preview = form == "preview"
    if kind not in ADDRESSED_KINDS or (is_preview and not may_preview(request.user, kind)):
        return ""
    asked = {name: match.kwargs[name] for name in SLUGS if name in match.kwargs}
    items = {name: moved_item(kind, slug, for_editors=is_preview) for name, slug in asked.items()}
    found = {name: item.slug for name, item in items.items() if item}
    if not found:
        return ""
    slugs = asked | found
    if len(slugs) > 1:
        # The one address that a pair has is in the order of its slugs.
        slugs = dict(zip(SLUGS, sorted(slugs.values()), strict=True))
    return reverse(match.view_name, kwargs={**match.kwargs, **slugs})
