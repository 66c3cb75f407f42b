"""What stands on every answer, and the language of a page."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from ecosystem.domain import origins
from shanghai_tech.middleware import AddressLengthMiddleware, OriginMiddleware, PathLanguageMiddleware


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/", "en"),
        ("/organizations/", "en"),
        ("/zh-hans/", "zh-hans"),
        ("/zh-hans", "zh-hans"),
        ("/zh-hans/organizations/", "zh-hans"),
        ("/zh-hansard/", "en"),
        ("/ZH-HANS/", "en"),
        ("/en/", "en"),
    ],
)
def test_path_language_follows_the_path_and_not_the_browser(path, language):
    request = RequestFactory().get(path, headers={"Accept-Language": "zh-CN,de;q=0.5"})
    response = PathLanguageMiddleware(lambda request: HttpResponse(translation.get_language()))(request)
    assert response.text == response["Content-Language"] == request.LANGUAGE_CODE == language
    assert "Vary" not in response


def test_admin_speaks_the_language_of_who_is_signed_in(admin_client, editor):
    assert admin_client.get("/admin/")["Content-Language"] == "en"
    editor.interface_language = "zh-hans"
    editor.save()
    response = admin_client.get("/admin/")
    assert response["Content-Language"] == "zh-hans"
    assert '<html lang="zh-hans"' in response.text


@pytest.mark.parametrize(("length", "status"), [(61_440, 200), (61_441, 414)])
def test_address_length_is_refused_over_60_kb(length, status):
    path = "/?q="
    request = RequestFactory().get(path + "a" * (length - len(path)))
    assert AddressLengthMiddleware(lambda request: HttpResponse())(request).status_code == status


def test_every_answer_carries_the_secure_headers(client):
    """A page that does not exist has them too."""
    response = client.get("/robots.txt")
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "object-src": "'none'",
    }
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Permissions-Policy"].startswith("camera=()")


def test_public_answers_set_no_cookie_and_vary_with_nobody(admin_client):
    response = admin_client.get("/robots.txt")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize(
    ("path", "sent", "address"),
    [
        ("/admin/", "192.0.2.7", "192.0.2.7"),
        ("/admin/login/", "", None),
        ("/", "192.0.2.7", None),
        ("/preview/articles/a-text/", "192.0.2.7", None),
    ],
)
def test_origin_is_known_in_the_admin_and_nowhere_else(path, sent, address):
    """A header that claims another address is nobody's word here: the server has settled it before."""
    request = RequestFactory(REMOTE_ADDR=sent).get(path, headers={"X-Forwarded-For": "198.51.100.1"})
    request.user = None
    seen = []
    OriginMiddleware(lambda request: seen.append(origins.present()))(request)
    assert [origin.address for origin in seen] == [address]
    assert origins.present() == origins.NOWHERE


def test_origin_ends_with_a_request_that_fails():
    request = RequestFactory().get("/admin/")
    request.user = None

    def fail(request):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        OriginMiddleware(fail)(request)
    assert origins.present() == origins.NOWHERE
