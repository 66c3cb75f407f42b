"""The style sheet of charts that are files of their own says the same as that of the pages."""

import math
import re

from django.conf import settings

from ecosystem.domain.chart_svg import style

TOKEN = re.compile(r"--(\w+): light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\)")
COLOR = re.compile(r"#[0-9a-f]{6}")
CLASS = re.compile(r"\.([a-z][\w-]*)")


def sheet(name: str) -> str:
    return (settings.BASE_DIR / "static" / "css" / name).read_text()


def hexadecimal(oklch: str) -> str:
    """A color of the style sheets as red, green and blue; the matrices are those of Björn Ottosson's OKLab."""
    light, chroma, hue = (float(part.strip("%")) for part in oklch.split())
    light, a, b = (
        light / 100,
        chroma * math.cos(math.radians(hue)),
        chroma * math.sin(math.radians(hue)),
    )
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(min(1, max(0, gamma(part))) * 255):02x}" for part in linear)


def gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def test_colors_are_those_of_the_pages_in_light_and_dark():
    tokens = {
        hexadecimal(light): hexadecimal(dark) for _name, light, dark in TOKEN.findall(sheet("base.css"))
    }
    light, dark = style().split("@media (prefers-color-scheme: dark)")
    assert set(COLOR.findall(light)) - set(tokens) == set()
    assert COLOR.findall(dark) == [tokens[color] for color in COLOR.findall(light)]


def test_every_mark_and_line_that_pages_style_is_styled_in_files_too():
    on_pages = {
        name
        for selector in re.findall(r"^([^@{}]*(?:\.chart|\.grid)[^{}]*)\{", sheet("metric.css"), re.MULTILINE)
        for name in CLASS.findall(selector)
    }
    assert on_pages - set(CLASS.findall(style())) == set()


def test_style_needs_nothing_that_only_browsers_know():
    assert re.findall(r"var\(|oklch|light-dark|:is|url\(", style()) == []
