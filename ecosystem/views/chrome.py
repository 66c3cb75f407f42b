"""What stands around the main part of a page: written once by its Django template, with holes for what varies."""

import re
from copy import copy
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language

from ecosystem.views.known_on import PARAMETER

# What the template writes where a hole is to be. The query string, with its question mark, is a hole wherever the page
# names its own address: in the canonical link, the links to its translations and the switch of languages.
HOLE = "hole0{}0hole"
QUERY = HOLE.format("query")
CUT = re.compile(rf"\?{QUERY}|{HOLE.format('title')}|{HOLE.format('main')}")


@dataclass(frozen=True, slots=True)
class Chrome:
    """The written parts of a page and, between them, the names of its holes."""

    parts: tuple[str, ...]
    holes: tuple[str, ...]

    def around(self, main: str, *, title: str, query: str) -> str:
        """The page; `main` is HTML, `title` is text, `query` the address from its question mark on."""
        values = {"title": escape(title), "main": main, "query": escape(query)}
        filled = [
            piece
            for part, hole in zip(self.parts, self.holes, strict=False)
            for piece in (part, values[hole])
        ]
        return "".join([*filled, self.parts[-1]])


_kept: dict[tuple[str, ...], Chrome] = {}


def page_around(request: HttpRequest, template: str, main: str, *, title: str, view: str = "") -> str:
    """The page of that template, whose `title` and `main` are these, as Django itself would write it.

    `view` is told to the template, which is written anew for each: there may be few.
    """
    query = request.get_full_path().partition("?")[2]
    chrome = _chrome(request, template, view)
    return chrome.around(main, title=title, query=f"?{query}" if query else "")


def _chrome(request: HttpRequest, template: str, view: str) -> Chrome:
    # With a day of knowledge the page's address and that of its translation are no longer the same query.
    if PARAMETER in request.GET:
        return _written(request, template, view)
    key = (template, view, request.path, get_language(), settings.SITE_URL)
    if key not in _kept or settings.DEBUG:
        _kept[key] = _written(_asking(request, QUERY), template, view)
    return _kept[key]


def _written(request: HttpRequest, template: str, view: str) -> Chrome:
    context = {"title": HOLE.format("title"), "main": HOLE.format("main"), "view": view}
    page = render_to_string(template, context, request)
    names = (re.search("title|main|query", match)[0] for match in CUT.findall(page))
    return Chrome(tuple(CUT.split(page)), tuple(names))


def _asking(request: HttpRequest, query: str) -> HttpRequest:
    """The same request with another query string."""
    other = copy(request)
    other.META = request.META | {"QUERY_STRING": query}
    other.GET = QueryDict(query)
    return other
