"""The rules for pages find what they are there to find."""

import pytest

from tests.project.markup_rules import links_of, problems

PAGE = '<!doctype html>\n<html lang="en"><head><title>t</title></head><body>{}</body></html>'


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2>", []),
        ("<h1>a</h1><p><div>b</div></p>", ["line 2: Unexpected end tag (p). Ignored."]),
        ("<h1>a</h1><p id=x>b</p><p id=x>c</p>", ["id “x” stands 2 times"]),
        ("<h1>a</h1><h3>b</h3>", ["h3 “b” follows h1"]),
        ("<h2>b</h2>", ["0 h1", "h2 “b” follows h0"]),
        ("<h1>a</h1><h1>b</h1>", ["2 h1"]),
        ("<h1> </h1>", ["h1 without words"]),
        ('<h1>a</h1><a href="#part">b</a>', ["a names “part”, which is not there"]),
        ('<h1>a</h1><section aria-labelledby="x">b</section>', ["section names “x”, which is not there"]),
        ('<h1>a</h1><a href="/x/"><svg></svg></a>', ["link without words to /x/"]),
        ('<h1>a</h1><img src="x.png">', ["picture without alternative text: x.png"]),
        ('<h1>a</h1><label for="q">b</label><input id="q"><label>c<input></label>', []),
        ('<h1>a</h1><input name="q" id="q" placeholder="b">', ["field without a label: q"]),
        ("<h1>a</h1><a>b</a>", ["link that leads nowhere: b"]),
    ],
)
def test_rule_finds_what_it_is_for(body, found):
    assert problems(PAGE.format(body)) == found


def test_links_are_found_once():
    assert links_of(PAGE.format('<a href="/a/">1</a><a href="/a/">2</a><a>3</a>')) == {"/a/"}
