"""Rich text keeps what is allowed and nothing else; its references are found and replaced."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.markup import (
    ATTRIBUTES,
    BLOCKS,
    INLINE,
    elements,
    opening_tag,
    plain_text,
    sanitize,
    transform,
)

FIGURE = '<figure-ref metric="gdp" period="2025" form="unit" source="yearbook"></figure-ref>'
CITED = '<cited-figure source="yearbook" locator="p. 3">400</cited-figure>'
NOTE = '<source-note source="yearbook" locator="p. 3">Twice.</source-note>'

# Pieces that a careless or hostile hand might paste together.
PIECES = [
    *("<p>", "</p>", "<em>", "</em>", "<a href='/x/'>", '<a href="javascript:x">', "</a>", "<table><tr><td>"),
    *(
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<svg>",
        "<math>",
        "</svg>",
        "<!--",
        "-->",
        "<![CDATA[",
    ),
    *(
        "<img src=x onerror=alert(1)>",
        "<p onclick=x>",
        "<p style='x'>",
        "<iframe>",
        "<noscript>",
        "<template>",
    ),
    *(
        FIGURE,
        CITED,
        NOTE,
        "<figure-ref metric='",
        "</figure-ref>",
        "&lt;",
        "&amp;",
        "&",
        "&#0;",
        "<",
        ">",
        '"',
    ),
    *(
        "text",
        " ",
        "上海",
        "\x00",
        "<textarea>",
        "<title>",
        "<plaintext>",
        "<br/>",
        "<h2>",
        "</h2>",
        "<ul><li>",
    ),
]
PASTED = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=12).map("".join)
READABLE = st.text(st.characters(exclude_categories=["Cc", "Cs"]))


@pytest.mark.parametrize(
    "text", [FIGURE, CITED, NOTE, '<a href="/metrics/gdp/">GDP</a>', "<strong>a</strong><br>b"]
)
def test_inline_elements_are_kept_everywhere(text):
    assert sanitize(text, inline=True) == text
    assert sanitize(f"<p>{text}</p>") == f"<p>{text}</p>"


@pytest.mark.parametrize(
    "text",
    [
        "<h2>One</h2><h3>Two</h3><p>Three</p>",
        "<ul><li>a</li></ul><ol><li>b</li></ol><blockquote>c</blockquote>",
        '<table><caption>a</caption><thead><tr><th scope="col" colspan="2">b</th></tr></thead>'
        '<tbody><tr><td colspan="2">c</td></tr></tbody></table>',
        '<p><span lang="zh-Hans">上海</span></p>',
    ],
)
def test_blocks_are_kept_and_give_way_to_their_words_in_inline_text(text):
    assert sanitize(text) == text
    assert "<p>" not in sanitize(text, inline=True)
    assert plain_text(sanitize(text, inline=True)).replace(" ", "") == plain_text(text).replace(" ", "")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a<script>alert(1)</script>b", "ab"),
        ("a<style>p { color: red }</style>b", "ab"),
        ('<p onclick="alert(1)" style="color: red" class="x" id="y">a</p>', "<p>a</p>"),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href=" JaVaScRiPt:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="java&#10;script:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        (
            '<a href="https://example.org/" target="_blank" rel="x">a</a>',
            '<a href="https://example.org/">a</a>',
        ),
        ('<img src="x" onerror="alert(1)">a', "a"),
        ("<iframe srcdoc='x'>a</iframe>b", "ab"),
        ("<h1>a</h1><h4>b</h4><div>c</div>", "abc"),
        ("<marquee><p>a</p></marquee>", "<p>a</p>"),
        ("<svg><script>alert(1)</script></svg>a", "a"),
        ("<p>a<!-- b --></p>", "<p>a</p>"),
        ("<scr<script>x</script>ipt>alert(1)</script>", "xipt&gt;alert(1)"),
        ("<p>a", "<p>a</p>"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        (
            '<figure-ref metric="gdp" onclick="x" style="y"></figure-ref>',
            '<figure-ref metric="gdp"></figure-ref>',
        ),
        ("  <p>a</p> \n", "<p>a</p>"),
    ],
)
def test_what_is_not_allowed_is_removed(text, clean):
    assert sanitize(text) == clean


@given(PASTED, st.booleans())
def test_clean_text_is_clean_for_good(text, inline):
    clean = sanitize(text, inline=inline)
    assert sanitize(clean, inline=inline) == clean


@given(PASTED, st.booleans())
def test_only_allowed_elements_and_attributes_are_left(text, inline):
    clean = sanitize(text, inline=inline)
    allowed = INLINE if inline else INLINE | BLOCKS
    for name in INLINE | BLOCKS | {"script", "style", "svg", "math", "img", "iframe", "template"}:
        found = list(elements(clean, name))
        assert not found or name in allowed
        for attributes, _inner in found:
            assert set(attributes) <= ATTRIBUTES.get(name, set())
            assert not (attributes.get("href") or "").startswith("javascript:")


@given(PASTED)
def test_text_without_handled_elements_is_left_as_it_is(text):
    clean = sanitize(text)
    assert transform(clean, {}) == clean


@given(READABLE)
def test_words_survive_sanitizing(text):
    assert plain_text(sanitize(escape(text))) == " ".join(text.split())


def test_plain_text_keeps_words_of_blocks_apart_and_drops_notes_and_references():
    text = f"<h2>One</h2><p>Two &amp; <em>th</em>ree{NOTE} {FIGURE}.</p><ul><li>a</li><li>b</li></ul>x<br>y"
    assert plain_text(text) == "One Two & three . a b x y"


def test_plain_text_keeps_a_cited_figure():
    assert plain_text(f"<p>It has {CITED} staff.</p>") == "It has 400 staff."


def test_elements_come_in_order_with_attributes_and_inner_text():
    text = f'<p>{CITED} of {FIGURE}</p><cited-figure source="b"><em>7</em></cited-figure>'
    assert list(elements(text, "cited-figure")) == [
        ({"source": "yearbook", "locator": "p. 3"}, "400"),
        ({"source": "b"}, "<em>7</em>"),
    ]


def test_transform_replaces_inner_elements_first():
    text = f'<p><source-note source="a">It is {FIGURE}.</source-note></p>'
    handlers = {
        "figure-ref": lambda attributes, _: "42",
        "source-note": lambda attributes, inner: f"[{inner}]",
    }
    assert transform(text, handlers) == "<p>[It is 42.]</p>"


def test_transform_closes_an_element_that_was_left_open():
    assert transform("a <cited-figure>400", {"cited-figure": lambda _, inner: f"[{inner}]"}) == "a [400]"


def test_transform_keeps_characters_that_are_written_by_name_or_number():
    assert transform("<p>a&nbsp;b &#8212; &#x4e0a;</p>", {}) == "<p>a&nbsp;b &#8212; &#x4e0a;</p>"


def test_opening_tag_escapes_its_attributes():
    assert opening_tag("a", {"href": '"><script>', "lang": None}) == (
        '<a href="&quot;&gt;&lt;script&gt;" lang="">'
    )
