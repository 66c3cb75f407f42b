"""What a reader who is typing may mean, for the search boxes."""

from itertools import groupby

from django.apps import apps
from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.views.generic import View

from ecosystem.domain.directory_rows import in_language, other_name
from ecosystem.domain.suggesting import Suggestion, suggest
from ecosystem.filters.base import LONGEST_WORDS
from ecosystem.values.languages import is_chinese
from ecosystem.values.text import capitalized


class Suggestions(View):
    """`{"groups": [{"kind", "items": [{"label", "other", "note", "url"}]}]}`, in the language of the address."""

    def get(self, request: HttpRequest) -> JsonResponse:
        words = request.GET.get("q", "").strip()[:LONGEST_WORDS]
        groups = [
            {"kind": plural_of(kind), "items": [item_of(one) for one in several]}
            for kind, several in groupby(suggest(words), key=lambda one: one.kind)
        ]
        return JsonResponse({"groups": groups}, json_dumps_params={"ensure_ascii": False})


def plural_of(kind: str) -> str:
    """Organizations, Metrics: the kind's name for several of it."""
    return capitalized(str(apps.get_model("ecosystem", kind)._meta.verbose_name_plural))


def item_of(one: Suggestion) -> dict[str, str]:
    chinese = is_chinese(get_language())
    return {
        "label": in_language(one.label, one.label_zh, chinese=chinese).text,
        "other": other_name(one.label, one.label_zh, chinese=chinese).text,
        "note": one.note,
        "url": one.url,
    }
