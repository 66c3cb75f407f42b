"""What every answer needs and neither Django nor a library gives."""

import logging
import secrets
from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation

from ecosystem.domain import origins, sets

logger = logging.getLogger(__name__)
ADMIN = "/admin/"
LONGEST_ADDRESS = 60 * 1024


class AddressLengthMiddleware:
    """Refuse addresses that no page of the site can have, before anything is computed from them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if len(request.get_full_path()) > LONGEST_ADDRESS:
            text = f"414 The address is longer than {LONGEST_ADDRESS} characters.\n"
            return HttpResponse(text, status=HTTPStatus.REQUEST_URI_TOO_LONG, content_type="text/plain")
        return self.get_response(request)


class PermissionsPolicyMiddleware:
    """Switch off what no page of the site asks a browser for."""

    VALUE = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.VALUE)
        return response


class PathLanguageMiddleware:
    """The language of a page is that of its path, whatever the browser prefers: one address, one page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with translation.override(language_of(request.path_info)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
            return response


class AdminLanguageMiddleware:
    """The admin speaks the language that the person signed in has chosen."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Elsewhere the user is not even looked up: a public page that depends on a session cannot be cached.
        if request.path_info.startswith(ADMIN) and request.user.is_authenticated:
            translation.activate(request.user.interface_language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class OriginMiddleware:
    """Acts that a request of the admin leads to are noted with its address and with a word of its own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Readers do nothing that is noted, and nothing is to be known about them.
        if not request.path_info.startswith(ADMIN):
            return self.get_response(request)
        # Where proxies are trusted, the server has put the reader's own address there (wsgi.py).
        address = origins.address_of(request.META.get("REMOTE_ADDR", ""))
        origin = origins.Origin(address, secrets.token_hex(8), request.user)
        with origins.coming_from(origin):
            return self.get_response(request)


class PublishDueMiddleware:
    """Whoever works in the admin meets no set or next version that is due and that no timer has published."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith(ADMIN) and request.user.is_authenticated:
            for item, reason in sets.publish_due():
                if reason:
                    logger.warning("%s %s could not be published: %s", item._meta.verbose_name, item, reason)
        return self.get_response(request)


def language_of(path: str) -> str:
    """The code of the language whose prefix the path has; the first one of the site has none."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    prefixed = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return first if first in prefixed else settings.LANGUAGE_CODE
