"""A passage is cut out of plain and rich texts, and out of nothing else."""

import pytest

from ecosystem.values.cutting import Cutter, EntangledError

LI = Cutter(["Li Ming"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Li Ming leads it.", "leads it."),
        ("It is led by Li Ming today.", "It is led by today."),
        ("Li\u00a0Ming and Li  Ming", "and"),
        ("Li\nMing", ""),
        ("Liming", "Liming"),
        ("Two  spaces stay.", "Two  spaces stay."),
    ],
)
def test_plain_text_loses_the_passage_and_its_gap(text, left):
    assert LI.in_plain(text) == left


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>Led by Li Ming.</p>", "<p>Led by .</p>"),
        ("<p>Led by Li&nbsp;Ming.</p>", "<p>Led by .</p>"),
        ("<ul><li>Li Ming</li><li>Wang</li></ul>", "<ul><li>Wang</li></ul>"),
        ('<p><a href="/people/">Li Ming</a></p><p>More.</p>', "<p>More.</p>"),
        ('<p>Li Ming <figure-ref metric="gdp"></figure-ref></p>', '<p> <figure-ref metric="gdp"></figure-ref></p>'),
        ("<table><tbody><tr><td>Li Ming</td></tr></tbody></table>", "<table><tbody><tr><td></td></tr></tbody></table>"),
        ("<p>Wang  Fang</p>", "<p>Wang  Fang</p>"),
    ],
)  # fmt: skip
def test_rich_text_loses_the_passage_and_what_it_leaves_empty(html, left):
    assert LI.in_rich(html) == left


def test_signs_are_found_as_markup_writes_them():
    assert Cutter(["R&D <team>"]).in_rich("<p>Our R&amp;D &lt;team&gt; grows.</p>") == "<p>Our grows.</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<p><strong>Li</strong> Ming</p>",
        "<p>L<em>i M</em>ing</p>",
        '<p>Li<source-note source="s">Aside.</source-note> Ming</p>',
        '<p><cited-figure source="s" locator="Li Ming, page 3">4</cited-figure></p>',
        '<p><a href="https://example.org/Li Ming">there</a></p>',
    ],
)
def test_passage_across_markup_or_inside_it_is_found_and_not_cut(html):
    assert LI.stands_in(html)
    with pytest.raises(EntangledError):
        LI.in_rich(html)


@pytest.mark.parametrize("text", ["2,400", "400.5", "4000", "1.400"])
def test_whole_number_is_no_part_of_another(text):
    cutter = Cutter(["400"], mark="[…]", whole_numbers=True)
    assert (cutter.stands_in(text), cutter.in_plain(text)) == (False, text)


def test_whole_number_leaves_a_mark():
    cutter = Cutter(["400", "400 companies"], mark="[…]", whole_numbers=True)
    assert cutter.in_plain("It had 400 companies, now 400.") == "It had […], now […]."


def test_every_string_of_stored_data_is_cut_and_nothing_else():
    data = [{"pk": 4, "fields": {"name": "Li Ming", "year": None, "parts": ["by Li Ming"]}}]
    assert LI.in_data(data) == [{"pk": 4, "fields": {"name": "", "year": None, "parts": ["by"]}}]


def test_no_passage_stands_nowhere():
    assert not Cutter([]).stands_in("Anything.")


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("Led by Li Ming.", "Led by Li Ming."),
        ("<p>Led by <em>Li</em> Ming.</p>", "Led by Li Ming."),
        (f"{'word ' * 10}Li Ming{' text' * 10}", f"…{'word ' * 7}Li Ming{' text' * 7}…"),
        (f"{'字' * 50}Li Ming{'字' * 50}", f"…{'字' * 40}Li Ming{'字' * 40}…"),
        ('<a href="/Li Ming/">there</a>', ""),
    ],
)
def test_excerpt_shows_the_words_around_it(text, excerpt):
    assert LI.excerpt(text) == excerpt
