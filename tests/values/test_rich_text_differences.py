"""Rich texts compared as readers see them, with what the words are told apart from the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.markup import sanitize
from ecosystem.values.rich_text_differences import Remark, RichTextDifference, visible_text
from ecosystem.values.word_differences import Change

SIGNS = {Change.KEPT: "{}", Change.ADDED: "[+{}]", Change.REMOVED: "[-{}]", Change.CUT: "({})"}
PARTS = st.sampled_from(
    [
        "<p>Shanghai has labs.</p>",
        "<h2>上海的公司</h2>",
        "<h3>Labs</h3>",
        "<ul><li>one</li><li>two <em>2</em></li></ul>",
        '<p><figure-ref metric="gdp" period="2024"></figure-ref> of <a href="/a">it</a></p>',
        '<p>R&amp;D<source-note source="x">See.</source-note></p>',
        "<table><tr><th>a</th><td>b</td></tr></table>",
        "loose ",
        "<p>never closed",
        "</p>",
    ]
)
TEXTS = st.lists(PARTS, max_size=8).map("".join)


def drawn(before, after):
    pieces = RichTextDifference(before, after).pieces()
    return "".join(SIGNS[change].format(text) for change, text in pieces)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("<p>Two labs.</p>", "<p>Two big labs.</p>", "Two [+big ]labs."),
        ("<p>One.</p>", "<p>One.</p><p>Two.</p>", "One.[+\nTwo.]"),
        ("<p>One. Two.</p>", "<p>One.</p><p>Two.</p>", "One.[- ][+\n]Two."),
        ("<p>R&amp;D</p>", "<p>R&amp;D &lt;script&gt;</p>", "R&D[+ <script>]"),
        (
            '<p><figure-ref metric="gdp" period="2023" form="unit"></figure-ref> made</p>',
            '<p><figure-ref metric="gdp" period="2024" form="unit"></figure-ref> made</p>',
            "[-[figure-ref metric=gdp period=2023]][+[figure-ref metric=gdp period=2024]] made",
        ),
        (
            '<p>Labs.<source-note source="a" locator="p. 2">Read there.</source-note></p>',
            '<p>Labs.<source-note source="b" locator="p. 2">Read there.</source-note></p>',
            "Labs. [-[a | p. 2][+[b | p. 2] Read there.]",
        ),
        (
            "<table><tr><th>a</th><td>1</td></tr><tr><th>b</th><td>2</td></tr></table>",
            "<table><tr><th>a</th><td>1</td></tr><tr><th>b</th><td>3</td></tr></table>",
            "a | 1\nb | [-2][+3]",
        ),
        ("<p>上海有四千家企业。</p>", "<p>上海有五千家企业。</p>", "上海有[-四][+五]千家企业。"),
    ],
)
def test_words_are_compared_as_readers_see_them(before, after, shown):
    assert drawn(before, after) == shown


@pytest.mark.parametrize(
    ("before", "after", "remark"),
    [
        ("<h2>First</h2>", "<h3>First</h3>", Remark("block", "h2", "h3", "First")),
        ('<p><a href="/a">Fudan U</a></p>', '<p><a href="/b">Fudan U</a></p>', Remark("link", "/a", "/b", "Fudan U")),
        ("<p>a lab</p>", '<p>a <a href="/b">lab</a></p>', Remark("link", "", "/b", "lab")),
        ("<ul><li>a</li><li>b</li></ul>", "<ol><li>a</li><li>b</li></ol>", Remark("items", "ul", "ol", "a b")),
        ("<p>a lab</p>", "<p>a <strong>lab</strong></p>", Remark("strong", "", "strong", "lab")),
        ("<p><em>a</em> lab</p>", "<p>a lab</p>", Remark("em", "em", "", "a")),
        ("<p>上海</p>", '<p><span lang="zh-Hans">上海</span></p>', Remark("language", "", "zh-Hans", "上海")),
        (
            '<p><cited-figure source="a">400</cited-figure></p>',
            '<p><cited-figure source="b" locator="p. 1">400</cited-figure></p>',
            Remark("cited", "a", "b | p. 1", "400"),
        ),
        (
            '<p>in <figure-ref metric="gdp" period="latest"></figure-ref></p>',
            '<p>in <figure-ref metric="gdp" period="2024" form="short"></figure-ref></p>',
            Remark("figure", "metric=gdp period=latest", "metric=gdp period=2024 form=short", ""),
        ),
    ],
)  # fmt: skip
def test_what_words_have_become_is_remarked(before, after, remark):
    assert RichTextDifference(before, after).remarks == [remark]


def test_long_words_of_a_remark_are_shortened():
    text = "word " * 40
    [remark] = RichTextDifference(f"<h2>{text}</h2>", f"<h3>{text}</h3>").remarks
    assert (len(remark.words), remark.words[-5:]) == (60, "word…")


def test_white_space_between_elements_is_nothing_to_readers():
    assert visible_text("<p>One</p>\n  <ul>\n<li> two\n three</li>\n</ul>") == "One\ntwo three"


@given(TEXTS, TEXTS)
def test_difference_holds_the_visible_words_of_both(before, after):
    difference = RichTextDifference(sanitize(before), sanitize(after))
    pieces = difference.pieces(context=None)
    old = "".join(text for kind, text in pieces if kind is not Change.ADDED)
    new = "".join(text for kind, text in pieces if kind is not Change.REMOVED)
    assert (old, new) == (visible_text(difference.before), visible_text(difference.after))


@given(TEXTS)
def test_text_does_not_differ_from_itself(text):
    difference = RichTextDifference(text, text)
    kinds = {piece.change for piece in difference.pieces(context=None)}
    assert (kinds <= {Change.KEPT}, difference.remarks, difference.has_other_words) == (True, [], False)
