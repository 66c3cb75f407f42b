"""Every public answer carries the headers that protect readers, sets no cookie, and is the same for everybody."""

import gzip

import pytest
from django.test import Client
from django.urls import reverse

from tests.project.test_addresses import MACHINES, PUBLIC
from tests.small_site import PERIOD, addresses

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
}
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
OTHERS = ["/nowhere/", "/-/health", "/-/ready", "/robots.txt", "/sitemap.xml", "/articles.atom"]


@pytest.fixture
def all_answers(answers, client) -> dict:
    return answers | {path: client.get(path) for path in OTHERS}


def test_every_answer_carries_the_headers_that_protect(all_answers):
    said = {name: {key: answer.headers.get(key) for key in SAFE} for name, answer in all_answers.items()}
    assert said == dict.fromkeys(all_answers, SAFE)


def test_every_answer_carries_the_same_strict_policy(all_answers):
    said = {
        name: set(answer.headers.get("Content-Security-Policy", "").split("; "))
        for name, answer in all_answers.items()
    }
    assert said == dict.fromkeys(all_answers, POLICY)


def every_address() -> dict[str, str]:
    """An address of each name that there is, of records of the small site."""
    own = {"gdp": "wafers", "2024-Q3": PERIOD}
    known = PUBLIC | MACHINES
    return {
        name: reverse(name, args=[own.get(word, word) for word in arguments])
        for name, (arguments, _path) in known.items()
    }


@pytest.mark.usefixtures("site")
def test_embedded_metric_may_stand_in_frames_of_others_and_nothing_else_may(client):
    framable = {}
    for name, path in every_address().items():
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"].split("; ")
        if "frame-ancestors 'none'" not in policy or headers.get("X-Frame-Options") != "DENY":
            [ancestors] = [one for one in policy if one.startswith("frame-ancestors")]
            framable[name] = (ancestors, headers.get("X-Frame-Options"))
    assert framable == {"metric_embed": ("frame-ancestors *", None)}


def test_no_public_answer_sets_a_cookie_or_depends_on_one(all_answers):
    cookies = {name: list(answer.cookies) for name, answer in all_answers.items() if answer.cookies}
    assert cookies == {}
    varying = {name: answer.headers.get("Vary", "") for name, answer in all_answers.items()}
    assert {name: vary for name, vary in varying.items() if vary not in {"", "Accept-Encoding"}} == {}


def test_pages_are_the_same_for_everybody(site, admin_client):
    """Signed in or not, with whatever language the browser prefers: else no cache could keep them."""
    stranger = Client(headers={"accept-language": "zh-CN,zh;q=0.9", "cookie": "theme=dark"})
    for path in addresses(site).values():
        plain = Client().get(path)
        for other in (stranger.get(path), admin_client.get(path)):
            assert (path, other.content == plain.content) == (path, True)
            assert list(other.cookies) == []


def test_pages_go_out_compressed(site):
    answer = Client(headers={"accept-encoding": "gzip"}).get(site["article"].get_absolute_url())
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content).decode().startswith("<!doctype html>")


def test_unchanged_page_is_not_sent_again(site, client):
    path = site["article"].get_absolute_url()
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_public_pages_are_only_read(site, client, method):
    answers = {path: getattr(client, method)(path).status_code for path in addresses(site).values()}
    assert answers == dict.fromkeys(answers, 405)
