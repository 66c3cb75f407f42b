"""“Preview”: the public page with the draft in it, in both languages and widths, and the link to show it to others."""

from typing import Any

from csp.constants import SELF
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import get_language_info, gettext, override

from ecosystem.domain import previewing
from ecosystem.models.publishing import Publishable

# Widths in CSS pixels: a phone's and a desk's.
WIDTHS = ("390", "1200")


class PreviewingMixin:
    """The page behind “Preview” of an item that has a public page."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.preview_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview"
        return [path("<int:pk>/preview/", view, name=name), *super().get_urls()]

    def preview_url(self, item: Publishable) -> str | None:
        """Where editors see the page as readers would; a value has none of its own."""
        return reverse(f"{self._admin_name}_preview", args=[item.pk]) if hasattr(item, "slug") else None

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = self.get_object(request, str(pk))
        if item is None or not hasattr(item, "slug"):
            raise Http404
        if not self.has_view_or_change_permission(request, item):
            raise PermissionDenied
        shown = request.GET.get("language"), request.GET.get("width")
        language = shown[0] if shown[0] in dict(settings.LANGUAGES) else settings.LANGUAGES[0][0]
        width = shown[1] if shown[1] in WIDTHS else WIDTHS[0]
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Preview"),
            "opts": self.opts,
            "item": item,
            "back": self._change_url(item),
            "languages": [
                (code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES
            ],
            "language": language,
            "width": width,
            "widths": WIDTHS,
            "page": self._page(item, language),
            "link": request.build_absolute_uri(self._page(item, language, previewing.link_token(item))),
            "days": previewing.LINK_LASTS.days,
        }
        response = TemplateResponse(request, "admin/ecosystem/preview.html", context)
        response._csp_update = {"frame-src": [SELF]}
        return response

    def _page(self, item: Any, language: str, *token: str) -> str:
        """The address of the preview in a language; with a token, for whoever has the link."""
        name = f"{self.opts.model_name}_{'shared_preview' if token else 'preview'}"
        with override(language):
            return reverse(name, args=[item.slug, *token])
