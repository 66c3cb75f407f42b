"""The layers have an order, files and functions stay short, and what one module alone may do is done there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.project import source_code as code

# The order of the layers; a folder or module that is not listed here has no place.
LAYERS = {
    "values": 0,
    "models": 1,
    "domain": 2,
    **dict.fromkeys(
        ["admin", "filters", "views", "api", "feeds", "sitemaps", "templatetags", "management"], 3
    ),
    **dict.fromkeys(["apps", "urls", "checks", "receivers", "migrations"], 4),
}
# Of one layer's parts only these may import another: views and api read the query string in the same way as the
# filters, and the application connects its receivers.
SIBLINGS = {("views", "filters"), ("api", "filters"), ("apps", "receivers")}

LONGEST_FILE, LONGEST_TEST_FILE, LONGEST_FUNCTION = 400, 500, 40

# Where Django allows models to be imported only once it says that it is ready.
APPLICATION = "ecosystem/apps.py"

# Where text may be declared safe: the one renderer of sanitised text, and the tags that call it.
SAFE_TEXT = {"ecosystem/domain/rich_text.py", "ecosystem/templatetags/ecosystem.py"}


def part_of(name: str) -> str | None:
    """The layer's folder or module that a dotted name of the application lies in."""
    pieces = name.split(".")
    return pieces[1] if len(pieces) > 1 and pieces[0] == "ecosystem" and pieces[1] in LAYERS else None


def is_allowed(importer: str, imported: str) -> bool:
    if importer == imported:
        return True
    if LAYERS[importer] == LAYERS[imported]:
        return (importer, imported) in SIBLINGS
    return LAYERS[imported] < LAYERS[importer]


def wrong_imports(path: Path) -> Iterator[str]:
    here = part_of(code.module_of(path))
    for line, name in code.imports_of(code.tree_of(path)):
        there = part_of(name)
        if name.startswith((".", "ecosystem.")) and (there is None or not is_allowed(here, there)):
            yield f"{code.name_of(path)}:{line} imports {name}"


def application_modules() -> list[Path]:
    return [
        path for path in code.files_below("ecosystem", endings=(".py",)) if path.parent.name != "ecosystem"
    ] + [path for path in (code.ROOT / "ecosystem").glob("*.py") if path.name != "__init__.py"]


def test_every_module_lies_in_a_layer():
    strays = [code.name_of(path) for path in application_modules() if part_of(code.module_of(path)) is None]
    assert strays == []


def test_imports_point_to_a_lower_layer():
    assert [wrong for path in application_modules() for wrong in wrong_imports(path)] == []


def test_application_never_imports_the_project():
    found = [
        f"{code.name_of(path)}:{line} imports {name}"
        for path in application_modules()
        for line, name in code.imports_of(code.tree_of(path))
        if name.split(".")[0] in {"shanghai_tech", "tests", "fixtures"}
    ]
    assert found == []


def test_values_know_nothing_of_django():
    found = [
        f"{code.name_of(path)}:{line} imports {name}"
        for path in code.python_files("ecosystem/values")
        for line, name in code.imports_of(code.tree_of(path))
        if name.split(".")[0] == "django"
    ]
    assert found == []


def test_nothing_is_imported_inside_functions():
    """Neither by a statement nor by name: both would hide an arrow between layers."""
    found = []
    for path in code.python_files("ecosystem", "shanghai_tech"):
        if code.name_of(path) == APPLICATION:
            continue
        for function in code.functions_of(code.tree_of(path)):
            found += [
                f"{code.name_of(path)}:{line} imports {name}" for line, name in code.imports_of(function)
            ]
        for call in code.calls_of(code.tree_of(path)):
            if code.chain_of(call)[-1:] in (["import_module"], ["__import__"], ["import_string"]):
                found.append(f"{code.name_of(path)}:{call.lineno} imports by name")
    assert found == []


def test_files_are_short():
    def limit(path: Path) -> int:
        return LONGEST_TEST_FILE if "tests" in path.parts else LONGEST_FILE

    written = code.python_files("ecosystem", "shanghai_tech", "tests", "fixtures", "benchmarks")
    written += code.files_below("templates", "static", endings=(".html", ".jinja", ".css", ".js"))
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in written}
    assert [f"{code.name_of(path)}: {n} lines" for path, n in lengths.items() if n > limit(path)] == []


def test_functions_are_short():
    long = [
        f"{code.name_of(path)}:{function.lineno} {function.name}"
        for path in code.python_files("ecosystem", "shanghai_tech", "tests", "fixtures", "benchmarks")
        for function in code.functions_of(code.tree_of(path))
        if function.end_lineno - function.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_every_module_says_what_it_is_for():
    """In one line; empty files that only make a folder a package need none."""
    silent = []
    for path in code.python_files("ecosystem", "shanghai_tech", "tests", "fixtures"):
        said = ast.get_docstring(code.tree_of(path)) or ""
        if path.read_text(encoding="utf-8").strip() and (
            not said or not said.splitlines()[0].endswith((".", ":"))
        ):
            silent.append(code.name_of(path))
    assert silent == []


def test_no_module_is_a_drawer_for_odds_and_ends():
    names = {"utils", "helpers", "common", "services", "misc"}
    found = [
        code.name_of(p) for p in code.python_files("ecosystem", "shanghai_tech", "tests") if p.stem in names
    ]
    assert found == []


def test_text_is_declared_safe_in_two_places_only():
    found = {
        code.name_of(path)
        for path in code.python_files("ecosystem", "shanghai_tech")
        for call in code.calls_of(code.tree_of(path))
        if code.chain_of(call)[-1:] in (["mark_safe"], ["SafeString"], ["SafeText"])
    }
    assert found - SAFE_TEXT == set()


def test_templates_declare_no_text_safe():
    pattern = re.compile(r"\|\s*(safe|safeseq)\b|\{%\s*autoescape\s+off")
    found = [
        f"{code.name_of(path)}: {match[0]}"
        for path in code.files_below("templates", endings=(".html", ".jinja", ".svg", ".txt", ".xml"))
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_templates_hold_no_inline_style_and_no_inline_script():
    """The content security policy would block them; blocks of data are no scripts."""
    pattern = re.compile(
        r"<[^>]*\s(style|on[a-z]+)\s*=|<style\b|javascript:|<script(?![^>]*(\ssrc=|type=\"application/(ld\+)?json\"))",
        re.IGNORECASE,
    )
    found = [
        f"{code.name_of(path)}: {match[0]}"
        for path in code.files_below("templates", endings=(".html", ".jinja", ".svg"))
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    # A chart that is a file of its own carries its style sheet; its own policy names that one by its hash.
    assert found == ["templates/charts/file.svg: <style"]
