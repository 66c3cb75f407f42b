"""What every template may ask for."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from ecosystem.views.known_on import PARAMETER


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's address, the address of this page, and the same page in each language."""
    path = request.get_full_path()
    present = _without(request, PARAMETER)
    english = path.removeprefix("/zh-hans") if path.startswith("/zh-hans/") else path
    return {
        "site_url": settings.SITE_URL,
        "contact_email": settings.CONTACT_EMAIL,
        "canonical_url": settings.SITE_URL + present,
        "present_path": present,
        "language_links": [
            _language_link("en", "English", english),
            _language_link("zh-Hans", "中文", f"/zh-hans{english}"),
        ],
    }


def _without(request: HttpRequest, name: str) -> str:
    """The address of the request without one parameter."""
    if name not in request.GET:
        return request.get_full_path()
    query = request.GET.copy()
    del query[name]
    return request.path + (f"?{query.urlencode()}" if query else "")


def _language_link(code: str, label: str, path: str) -> dict[str, Any]:
    current = (get_language() or "en").lower() == code.lower()
    return {
        "code": code,
        "label": label,
        "url": path,
        "absolute": settings.SITE_URL + path,
        "current": current,
    }
