"""Every template compiles, and the ids of pages are known to the renderer of texts."""

import ast
import re

import pytest
from django.template.loader import get_template
from django.utils.translation.template import templatize
from jinja2.ext import extract_from_ast

from ecosystem.domain.rich_text import PAGE_ANCHORS
from ecosystem.views.jinja import environment
from tests.project import source_code as code
from tests.project.test_translations import CALL, TEXT

TEMPLATES = code.files_below("templates", endings=(".html", ".txt", ".xml", ".svg"))
JINJA = code.files_below("templates", endings=(".jinja",))


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: path.relative_to(code.ROOT / "templates").as_posix()
)
def test_template_compiles(path):
    name = path.relative_to(code.ROOT / "templates").as_posix()
    assert get_template(name).origin.name == str(path)


def test_headings_of_texts_cannot_take_the_id_of_a_part_of_the_page():
    """A heading's id is made from its words; `PAGE_ANCHORS` names those that templates use."""
    public = [path for path in TEMPLATES + JINJA if "admin" not in path.parts]
    ids = {
        re.sub(r"\{\{.*?\}\}", "1", match[1])
        for path in public
        for match in re.finditer(r'\sid="([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert {name for name in ids if not PAGE_ANCHORS.fullmatch(name)} == set()


@pytest.mark.parametrize("path", JINJA, ids=lambda path: path.name)
def test_jinja_template_compiles_and_escapes_everything(path):
    template = environment().get_template(path.relative_to(code.ROOT / "templates").as_posix())
    assert template.filename == str(path)
    assert template.environment.autoescape is True


@pytest.mark.parametrize("path", JINJA, ids=lambda path: path.name)
def test_makemessages_finds_every_sentence_of_a_jinja_template(path):
    """It reads them as if they were Django's: a sentence must stand first in its braces, or within a tag."""
    text = path.read_text(encoding="utf-8")
    said = {sentence for _line, _name, sentence in extract_from_ast(environment().parse(text))}
    calls = [arguments for _function, arguments in CALL.findall(templatize(text))]
    assert said == {ast.literal_eval(one) for arguments in calls for one in re.findall(TEXT, arguments)}
