"""Rich text in paragraphs: words, links, notes, figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.paragraphs import FIGURE, Link, Paragraph, paragraphs, without

FIGURES = '<figure-ref metric="gdp" period="latest"></figure-ref>'


def test_paragraphs_come_in_order_with_their_elements():
    html = "<h2>First</h2><p>One <em>word</em> more.</p><ul><li>A</li><li>B</li></ul>"
    assert [(read.tag, read.text) for read in paragraphs(html)] == [
        ("h2", "First"),
        ("p", "One word more."),
        ("li", "A"),
        ("li", "B"),
    ]


def test_inline_text_is_one_paragraph():
    assert paragraphs("Makes &amp; sells\n chips.") == [Paragraph("p", "Makes & sells chips.")]


def test_figures_are_signs_and_cited_words_are_left_out():
    html = f'<p>From {FIGURES} to <cited-figure source="x">400 <em>or</em> 500</cited-figure> firms.</p>'
    (read,) = paragraphs(html)
    assert read.text == f"From {FIGURE} to {FIGURE} firms."
    assert read.figures == ({"metric": "gdp", "period": "latest"}, None)


def test_note_follows_its_paragraph():
    html = '<p>One.<source-note source="x">Page <a href="https://a.org">4</a>.</source-note> Two.</p><p>Three.</p>'
    assert [(read.tag, read.text) for read in paragraphs(html)] == [
        ("p", "One. Two."),
        ("note", "Page 4."),
        ("p", "Three."),
    ]


def test_links_and_marked_words_are_named():
    html = '<p>See <a href="/metrics/gdp/">the <em>metric</em></a> of <span lang="zh-Hans">复旦</span>.</p>'
    (read,) = paragraphs(html)
    assert (read.links, read.marked) == ((Link("/metrics/gdp/", "the metric"),), ("复旦",))


def test_empty_headings_are_kept_and_empty_paragraphs_are_not():
    assert [read.tag for read in paragraphs("<h2> </h2><p></p><p>x</p>")] == ["h2", "p"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two? Three", ["One.", "Two?", "Three"]),
        ("Foo Co. Ltd. is No. 5 of 3.5 million.", ["Foo Co. Ltd. is No. 5 of 3.5 million."]),
        ("第一句。第二句！", ["第一句。", "第二句！"]),
        ("", []),
    ],
)
def test_sentences(text, sentences):
    assert Paragraph("p", text).sentences == sentences


def test_known_passages_give_way_to_a_sign_the_longest_first():
    assert (
        without("East China University of China", {"China", "East China University"})
        == f"{FIGURE} of {FIGURE}"
    )


@given(st.text(alphabet="<>/ap h2\"='&;lisource-note", max_size=80))
def test_any_markup_is_read_without_a_tag_left(html):
    assert all("\n" not in read.text and "  " not in read.text for read in paragraphs(html))
