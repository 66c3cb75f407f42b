"""The search in the header of every page of the admin: suggestions while typing, and a page of results."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ecosystem.admin.publishing import state_label, state_of
from ecosystem.domain.quick_search import LONGEST, Found, Group, find
from ecosystem.models import Status
from ecosystem.models.publishing import Publishable
from ecosystem.values.languages import is_chinese


def results_view(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:LONGEST]
    groups = find(words, request.user)
    context = {
        **admin.site.each_context(request),
        "title": _("Search"),
        "words": words,
        "groups": [(_kind(group), [_row(one) for one in group.found]) for group in groups],
    }
    return TemplateResponse(request, "admin/ecosystem/quick_search.html", context)


def suggestions_view(request: HttpRequest) -> JsonResponse:
    """`{"groups": [{"kind", "items": [{"label", "other", "note", "url"}]}]}`, as the public boxes get theirs."""
    groups = find(request.GET.get("q", ""), request.user, is_typing=True)
    said = [
        {"kind": _kind(group), "items": [item for one in group.found for item in _items(one)]}
        for group in groups
    ]
    return JsonResponse({"groups": said}, json_dumps_params={"ensure_ascii": False})


def _kind(group: Group) -> str:
    return capfirst(str(group.model._meta.verbose_name_plural))


def _items(one: Found) -> list[dict[str, str]]:
    """The record; and after a value that can be corrected, its correction."""
    row = _row(one)
    hidden = row["state_label"] if row["state"] != Status.PUBLISHED else ""
    note = " · ".join(filter(None, [row["note"], hidden]))
    items = [{"label": row["label"], "other": row["other"], "note": note, "url": row["url"]}]
    if row["correct_url"]:
        text = _("Correct…") + f" {row['label']}"
        items.append({"label": text, "other": "", "note": "", "url": row["correct_url"]})
    return items


def _row(one: Found) -> dict[str, str]:
    record, (label, other) = one.record, (one.label, one.other)
    if other and is_chinese(get_language()):
        label, other = other, label
    state = state_of(record) if isinstance(record, Publishable) else ""
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}"
    return {
        "label": label,
        "other": other if other != label else "",
        "note": one.note,
        "state": state,
        "state_label": state_label(state) if state else "",
        "url": reverse(f"{name}_change", args=[record.pk]),
        "correct_url": reverse(f"{name}_correct", args=[record.pk]) if one.may_correct else "",
    }
