"""Charts as PNG: what is drawn with which fonts, and what happens where one is missing."""

import pytest

from ecosystem.domain import chart_png

NOTHING = chart_png.PROBE.format("")


def drawn(signs: str, *, everywhere: bool = False) -> bytes:
    return chart_png._drawn(chart_png.PROBE.format(signs), everywhere=everywhere)


@pytest.mark.parametrize("sign", sorted(chart_png.COVERED - set("\n \u00a0<&")))
def test_sign_that_our_fonts_are_said_to_hold_is_drawn_by_them(sign):
    assert drawn(sign) not in {drawn(chart_png.UNKNOWN), drawn("")}


def test_our_fonts_have_no_chinese():
    """So that it is the system's fonts that the question after a Chinese font is about."""
    assert drawn(chart_png.CHINESE) == drawn(chart_png.UNKNOWN)


def test_semibold_is_a_font_of_its_own():
    bold = chart_png.PROBE.replace("<text", '<text font-weight="600"').format("a")
    assert chart_png._drawn(bold) != drawn("a")
