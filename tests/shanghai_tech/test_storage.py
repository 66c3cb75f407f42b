"""How style sheets are shortened on their way to the reader."""

import pytest
from django.core.files.base import ContentFile

from shanghai_tech.storage import StaticStorage, squeezed


@pytest.mark.parametrize(
    ("css", "shorter"),
    [
        ("/* Why. */\na { color : red ; }\n\nb , i { margin: 0 }", "a{color : red}b,i{margin: 0}"),
        ('q::before { content: "/* ; */  “" }', 'q::before{content: "/* ; */  “"}'),
        ('q::after { content: ";}" ; }', 'q::after{content: ";}"}'),
        ("p { width: calc(100% - 3.2rem) }", "p{width: calc(100% - 3.2rem)}"),
        ("a /* between */ b { top: 0 }", "a b{top: 0}"),
        (
            "@media (min-width: 60rem) and (hover) { a { top: 0 } }",
            "@media (min-width: 60rem) and (hover){a{top: 0}}",
        ),
    ],
)
def test_squeezed_keeps_the_meaning(css, shorter):
    """Comments and spare space go; strings, operators and the space between selectors stay."""
    assert squeezed(css) == shorter
    assert squeezed(shorter) == shorter


def test_storage_squeezes_style_sheets_alone(tmp_path):
    storage = StaticStorage(location=tmp_path)
    for name in ("a.css", "a.js"):
        storage.save(name, ContentFile(b"a  { top: 0 }"))
    assert (tmp_path / "a.css").read_bytes() == b"a{top: 0}"
    assert (tmp_path / "a.js").read_bytes() == b"a  { top: 0 }"


def test_storage_squeezes_what_was_read_to_name_it(tmp_path):
    content = ContentFile(b"a  { top: 0 }")
    content.read()
    StaticStorage(location=tmp_path).save("a.css", content)
    assert (tmp_path / "a.css").read_bytes() == b"a{top: 0}"
