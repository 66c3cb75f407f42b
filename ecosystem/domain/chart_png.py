"""Charts as PNG, made from their SVG: the same drawing for programs that take nothing but pixels."""

import hashlib
from functools import cache
from io import BytesIO

import resvg_py
from django.conf import settings
from django.core.cache import cache as store
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from ecosystem.domain.chart_files import ChartFile
from ecosystem.domain.chart_svg import svg_of
from ecosystem.values.languages import has_chinese

ZOOM = 2  # pixels for each of the drawing, as screens have them today
KEPT = 24 * 3600  # seconds; the day in the file makes it another one tomorrow
FONTS = ("inter-regular.ttf", "inter-semibold.ttf")
# What these fonts hold. Only for other signs are the fonts of the system read, which differ from one to the next.
COVERED = frozenset(map(chr, range(0x20, 0x7F))) | frozenset(
    "\n\u00a0ÄÅÇÉÖÜßàáäåçèéêíñóôöøùúü§©°±²³·×–—‘’“”•…←↑→↓↗−≈≤≥€£¥"
)
PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">'
    '<text y="16" font-family="Inter">{}</text></svg>'
)
CHINESE, UNKNOWN = "上", "\U0010fffd"  # no font has the second one


class NoChineseFont(Exception):
    """The chart has Chinese words, and this machine has no font to draw them with."""


def png_of(file: ChartFile) -> bytes:
    """The picture with what it is in its text chunks. Raises NoChineseFont where it would be drawn as boxes."""
    svg = svg_of(file)
    if has_chinese(svg) and not has_chinese_font():
        raise NoChineseFont
    key = f"chart-png:{hashlib.sha256(svg.encode()).hexdigest()}"
    found = store.get(key)
    if found is None:
        found = _explained(_drawn(svg), file)
        store.set(key, found, KEPT)
    return found


@cache
def has_chinese_font() -> bool:
    """Whether a Chinese sign is drawn as something else than a sign that no font has; asked once a process."""
    return _drawn(PROBE.format(CHINESE), everywhere=True) != _drawn(PROBE.format(UNKNOWN), everywhere=True)


def _drawn(svg: str, *, everywhere: bool | None = None) -> bytes:
    needs_system = not COVERED.issuperset(svg) if everywhere is None else everywhere
    folder = settings.BASE_DIR / "static" / "fonts"
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=ZOOM,
        font_files=[str(folder / name) for name in FONTS],
        skip_system_fonts=not needs_system,
    )


def _explained(picture: bytes, file: ChartFile) -> bytes:
    """The same picture with the file's particulars, as international text for Chinese."""
    info = PngInfo()
    for keyword, text in {
        "Title": file.name,
        "Author": "Shanghai Tech",
        "Description": file.description,
        "Copyright": file.licence,
        "Creation Time": file.taken_on.isoformat(),
        "Source": file.sources,
        "As of": file.as_of,
        "URL": file.address,
    }.items():
        info.add_itxt(keyword, text, lang=file.language, tkey=keyword)
    out = BytesIO()
    Image.open(BytesIO(picture)).convert("RGB").save(out, "PNG", pnginfo=info)
    return out.getvalue()
