"""Every template compiles, and the ids of pages are known to the renderer of texts."""

import re

import pytest
from django.template.loader import get_template

from ecosystem.domain.rich_text import PAGE_ANCHORS
from tests.project import source_code as code

TEMPLATES = code.files_below("templates", endings=(".html", ".txt", ".xml", ".svg"))


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: path.relative_to(code.ROOT / "templates").as_posix()
)
def test_template_compiles(path):
    name = path.relative_to(code.ROOT / "templates").as_posix()
    assert get_template(name).origin.name == str(path)


def test_headings_of_texts_cannot_take_the_id_of_a_part_of_the_page():
    """A heading's id is made from its words; `PAGE_ANCHORS` names those that templates use."""
    public = [path for path in TEMPLATES if "admin" not in path.parts]
    ids = {
        re.sub(r"\{\{.*?\}\}", "1", match[1])
        for path in public
        for match in re.finditer(r'\sid="([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert {name for name in ids if not PAGE_ANCHORS.fullmatch(name)} == set()
