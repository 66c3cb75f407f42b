"""The digest of a document changes with what a reader sees, and with nothing else."""

import pytest

from ecosystem.values.page_text import content_digest, seen_text

HTML = "text/html; charset=utf-8"


def test_markup_scripts_and_whitespace_are_no_content():
    one = b"<html><head><style>p {}</style></head><body><p>400   companies</p><script>a<b</script></body></html>"
    other = b"<div>400\n<template><b>x</b></template> companies</div>"
    assert content_digest(one, HTML) == content_digest(other, HTML)


def test_another_word_is_another_content():
    assert content_digest(b"<p>400 companies</p>", HTML) != content_digest(b"<p>401 companies</p>", HTML)


def test_text_is_read_in_its_character_set():
    assert content_digest("年鉴".encode("gb18030"), "text/plain; charset=GB18030") == content_digest(
        "年鉴".encode(), "text/plain; charset=utf-8"
    )


@pytest.mark.parametrize(
    "kind", ["text/html; charset=no-such", "text/html; charset=\x00", "TEXT/HTML", "text/html;"]
)
def test_unknown_character_set_is_taken_for_utf_8(kind):
    assert content_digest("<p>年鉴</p>".encode(), kind) == content_digest("<p>年鉴</p>".encode(), HTML)


def test_other_documents_are_compared_byte_by_byte():
    assert content_digest(b"%PDF 1", "application/pdf") != content_digest(b"%PDF  1", "application/pdf")


def test_broken_markup_still_has_its_text():
    assert seen_text("<p>One <b>two</p> &amp; <script>three").split() == ["One", "two", "&"]
