"""Charts as SVG documents, drawn by the template that draws them on pages."""

import base64
import hashlib
import re
from functools import cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ecosystem.domain.chart_files import ChartFile

# XML cannot hold these at all, not even escaped.
_FORBIDDEN = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def svg_of(file: ChartFile) -> str:
    """The document, complete in itself: no script, no font, nothing from elsewhere."""
    text = render_to_string("charts/file.svg", {"file": file, "style": style()})
    return _FORBIDDEN.sub("", text)


@cache
def style() -> SafeString:
    """The style sheet of these files: that of the pages in plain colors, which every program that draws SVG knows."""
    return render_to_string("charts/style.css")


def style_hash() -> str:
    """What a content security policy calls this style sheet."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()}'"
