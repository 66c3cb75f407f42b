"""Fills in admin forms as a browser would: everything that the page offers, and what a test changes."""

from typing import Any

import html5lib
from django.http import HttpResponse
from django.test import Client

OF_EVERY_PAGE = {"logout-form", "quick-search"}
HTML = "{http://www.w3.org/1999/xhtml}"


def filled(response: HttpResponse, **changes: Any) -> dict[str, Any]:
    """The data that sending the page's form would post, with `changes` typed in first."""
    page = html5lib.parse(response.content, transport_encoding="utf-8")
    form = next(
        each
        for each in page.iter(f"{HTML}form")
        if each.get("id") not in OF_EVERY_PAGE and not _is_beside(each)
    )
    data: dict[str, Any] = {}
    for field in form.iter():
        data.update(_value(field))
    return data | changes


def confirmed(client: Client, page: HttpResponse, **changes: Any) -> HttpResponse:
    """The answer after the editor has seen what changes for readers, and sent the page as it came."""
    assert "ripple" in page.context
    return client.post(page.request["PATH_INFO"], filled(page, **changes), follow=True)


def _is_beside(form: Any) -> bool:
    """Whether it stands beside what the page is about: signing out, discarding what was typed earlier."""
    return form.get("id") == "logout-form" or (form.get("action") or "").endswith("/discard/")


def _value(field: Any) -> dict[str, Any]:
    name, kind = field.get("name"), field.tag.removeprefix(HTML)
    if not name or "__prefix__" in name:
        return {}
    if kind == "textarea":
        return {name: field.text or ""}
    if kind == "select":
        chosen = [
            option.get("value") for option in field.iter(f"{HTML}option") if "selected" in option.attrib
        ]
        return {name: chosen if "multiple" in field.attrib else (chosen or [""])[0]}
    if kind == "input" and field.get("type") not in {"submit", "file", "button"}:
        boxed = field.get("type") in {"checkbox", "radio"}
        unticked = boxed and "checked" not in field.attrib
        return {} if unticked else {name: field.get("value", "on" if boxed else "")}
    return {}
