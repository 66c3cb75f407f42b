"""The outline that headings make."""

import pytest

from ecosystem.values.headings import heading_faults
from ecosystem.values.paragraphs import paragraphs


def faults(html: str) -> list[tuple]:
    return [(str(one.fault), one.text, one.level, one.allowed) for one in heading_faults(paragraphs(html))]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<h2>A</h2><p>x</p><h3>B</h3><h3>C</h3><h2>D</h2>", []),
        ("<p>No heading at all.</p>", []),
        ("<p>x</p><h3>A</h3>", [("first", "A", 3, 2)]),
        ("<h1>A</h1><h2>B</h2>", [("first", "A", 1, 2)]),
        ("<h2>A</h2><h4>B</h4>", [("skipped", "B", 4, 3)]),
        ("<h2>A</h2><h3>B</h3><h2>C</h2><h4>D</h4>", [("skipped", "D", 4, 3)]),
        ("<h2>A</h2><h2> </h2>", [("empty", "", 2, 3)]),
        ("<h2>A</h2><h3><em> </em></h3><p>x</p>", [("empty", "", 3, 3)]),
        # One leap is one fault: what follows on the same level is in order.
        ("<h2>A</h2><h4>B</h4><h4>C</h4>", [("skipped", "B", 4, 3)]),
    ],
)
def test_faults_of_headings(html, found):
    assert faults(html) == found


def test_heading_of_a_figure_alone_is_not_empty():
    assert faults('<h2><figure-ref metric="gdp"></figure-ref></h2>') == []
