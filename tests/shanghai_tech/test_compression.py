"""How answers are compressed."""

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse

from shanghai_tech.compression import SMALLEST, BrotliMiddleware, compressed, quickly

BODY = b"<p>Every number leads to its evidence.</p>" * 50


def answer(rf, *, path="/", accepts="gzip, br", response=None):
    request = rf.get(path, headers={"Accept-Encoding": accepts})
    return BrotliMiddleware(lambda _request: response or HttpResponse(BODY))(request)


def test_compression_keeps_the_page(rf):
    """What a browser unpacks is what the view answered, and caches are told what it depends on."""
    response = answer(rf)
    assert brotli.decompress(response.content) == BODY
    assert (response["Content-Encoding"], response["Vary"]) == ("br", "Accept-Encoding")
    assert response["Content-Length"] == str(len(response.content))


def test_compression_asks_the_browser(rf):
    """A browser that does not take Brotli gets the page as it is, marked as depending on that."""
    response = answer(rf, accepts="gzip")
    assert (response.content, response["Vary"]) == (BODY, "Accept-Encoding")
    assert not response.has_header("Content-Encoding")


def test_compression_weakens_the_tag(rf):
    """A strong ETag speaks of bytes, and these have changed."""
    tagged = HttpResponse(BODY, headers={"ETag": '"abc"'})
    assert answer(rf, response=tagged)["ETag"] == 'W/"abc"'


@pytest.mark.parametrize(
    ("path", "response"),
    [
        ("/admin/", HttpResponse(BODY)),
        ("/", HttpResponse(BODY[: SMALLEST - 1])),
        ("/", HttpResponse(BODY, headers={"Content-Encoding": "gzip"})),
        ("/", HttpResponse(BODY, content_type="image/png")),
        ("/", StreamingHttpResponse([BODY])),
    ],
    ids=["admin", "short", "compressed before", "picture", "stream"],
)
def test_compression_leaves_alone(rf, path, response):
    """Pages with secrets, short answers, and what is compressed or streamed already stay as they are."""
    encoding = response.headers.get("Content-Encoding")
    assert answer(rf, path=path, response=response).headers.get("Content-Encoding") == encoding


def test_page_that_is_one_of_many_is_compressed_quickly(rf):
    """Nobody may ever ask for it again, so neither time nor memory is spent on it."""
    response = HttpResponse(BODY)
    response.is_one_of_many = True
    before = compressed.cache_info().currsize
    assert answer(rf, response=response).content == quickly(BODY)
    assert compressed.cache_info().currsize == before
    assert brotli.decompress(quickly(BODY)) == BODY
