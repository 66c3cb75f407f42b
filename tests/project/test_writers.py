"""Who may write what: publishing is written by one module, figure references by another."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.project import source_code as code

# Computed values are as public as their inputs, and none is ever stored.
NEVER_STORED = "ecosystem/domain/derivation.py"
PUBLISHING = "ecosystem/domain/publishing.py"
PUBLISHING_FIELDS = {"status", "published_at", "withdrawn_at", "withdrawn_notice", "recorded_at"}
# Calls that read a keyword of that name: conditions, and the status of an answer over HTTP.
READERS = {
    "filter",
    "exclude",
    "get",
    "Q",
    "alias",
    "When",
    "HttpResponse",
    "JsonResponse",
    "response_class",
    "render",
    "TemplateResponse",
}
# These set attributes by a name in a variable. Their names cannot be one of publishing:
DYNAMIC_SETTERS = {
    PUBLISHING,
    "ecosystem/models/fields.py",  # a rich text field cleans itself
    "ecosystem/domain/pinning.py",  # one field of texts, in which figures are pinned
    "ecosystem/domain/renaming.py",  # texts, in which the slug of another item is changed
    "ecosystem/domain/restoring.py",  # what an item says, without what publishing writes
    "ecosystem/domain/past_pages.py",  # a page shows the words of a past day and is not saved
    "ecosystem/domain/seeding.py",  # a row of the fixtures; its status goes to publishing
    "ecosystem/domain/suppressed_texts.py",  # columns of words; a notice of withdrawal goes to publishing
}

FIGURES = "ecosystem/domain/figure_records.py"
WRITES = {
    "create",
    "bulk_create",
    "get_or_create",
    "update_or_create",
    "update",
    "bulk_update",
    "delete",
    "save",
    "add",
    "set",
}
WRITES |= {f"a{name}" for name in WRITES}


def written_code() -> list[Path]:
    return code.python_files("ecosystem", "shanghai_tech")


def assigned_fields(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """item.status = …, in whatever statement."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
            yield node.lineno, node.attr


def keyword_fields(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Article(status=…), .update(status=…), .create(**{"status": …}), .get_or_create(defaults={"status": …})."""
    for call in code.calls_of(tree):
        if (code.chain_of(call) or [""])[-1] in READERS:
            continue
        for keyword in call.keywords:
            if keyword.arg:
                yield call.lineno, keyword.arg
            if keyword.arg in {None, "defaults", "create_defaults"}:
                dictionaries = (node for node in ast.walk(keyword.value) if isinstance(node, ast.Dict))
                yield from (
                    (call.lineno, key.value)
                    for d in dictionaries
                    for key in d.keys
                    if isinstance(key, ast.Constant) and isinstance(key.value, str)
                )


def named_fields(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """setattr(item, "status", …), save(update_fields=["status"]), bulk_update(items, ["status"])."""
    for call in code.calls_of(tree):
        name = (code.chain_of(call) or [""])[-1]
        if name in {"setattr", "__setattr__", "bulk_update", "abulk_update"}:
            yield from ((call.lineno, text) for part in call.args for text in code.literal_texts(part))
        for keyword in call.keywords:
            if keyword.arg in {"update_fields", "fields"} and name in {
                "save",
                "asave",
                "bulk_update",
                "abulk_update",
            }:
                yield from ((call.lineno, text) for text in code.literal_texts(keyword.value))


def publishing_writes(path: Path) -> list[str]:
    tree = code.tree_of(path)
    found = {*assigned_fields(tree), *keyword_fields(tree), *named_fields(tree)}
    return [
        f"{code.name_of(path)}:{line} writes {name}"
        for line, name in sorted(found)
        if name in PUBLISHING_FIELDS
    ]


def test_only_publishing_writes_what_is_public_and_since_when():
    others = [path for path in written_code() if code.name_of(path) not in {PUBLISHING, NEVER_STORED}]
    assert [write for path in others for write in publishing_writes(path)] == []


def test_the_search_for_writes_finds_those_of_publishing():
    """Guards the guard: it must see how the one writer writes."""
    names = {write.rpartition(" ")[2] for write in publishing_writes(code.ROOT / PUBLISHING)}
    assert names == PUBLISHING_FIELDS - {"recorded_at"}


def test_attributes_are_set_by_a_name_in_a_variable_in_known_places_only():
    """Such a name may be anything, so each place was read by somebody before it came onto the list."""
    found = {
        code.name_of(path)
        for path in written_code()
        for call in code.calls_of(code.tree_of(path))
        if code.chain_of(call) == ["setattr"] and not isinstance(call.args[1], ast.Constant)
    }
    assert found - DYNAMIC_SETTERS == set()


def reference_writes(path: Path) -> Iterator[str]:
    for call in code.calls_of(code.tree_of(path)):
        chain = code.chain_of(call)
        is_made = chain[-1:] == ["FigureReference"]
        is_about = {"FigureReference", "figurereferences", "shown_in", "based_in", "cited_in"} & set(chain)
        if is_made or (is_about and chain[-1] in WRITES):
            yield f"{code.name_of(path)}:{call.lineno} {'.'.join(chain)}"


def test_only_figures_write_figure_references():
    others = [path for path in written_code() if code.name_of(path) != FIGURES]
    assert [write for path in others for write in reference_writes(path)] == []


def test_the_search_for_references_finds_those_of_figures():
    written = {write.partition(" ")[2] for write in reference_writes(code.ROOT / FIGURES)}
    assert written == {
        "FigureReference",
        "FigureReference.objects.filter.delete",
        "FigureReference.objects.filter.update",
        "FigureReference.objects.bulk_create",
        "FigureReference.objects.bulk_update",
    }


def published_conditions(path: Path) -> Iterator[str]:
    """Conditions that repeat what `published()` asks, in keywords or in dictionaries of them."""
    for node in ast.walk(code.tree_of(path)):
        pairs = []
        if isinstance(node, ast.Call) and (code.chain_of(node) or [""])[-1] in READERS:
            pairs = [(keyword.arg or "", keyword.value) for keyword in node.keywords]
        elif isinstance(node, ast.Dict):
            pairs = [
                (key.value, value)
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant) and isinstance(key.value, str)
            ]
        for name, value in pairs:
            is_public = code.chain_of(value)[-2:] == [
                "Status",
                "PUBLISHED",
            ] or "published" in code.literal_texts(value)
            if name.endswith("published_at__lte") or (name.endswith("status") and is_public):
                yield f"{code.name_of(path)}:{node.lineno} asks {name}"


def test_what_is_public_is_asked_in_one_place():
    """`published()` is the whole rule: whoever repeats it forgets the moment, or what the rule learns next."""
    others = [
        path
        for path in written_code()
        if code.name_of(path) not in {"ecosystem/models/publishing.py", PUBLISHING}
    ]
    assert [condition for path in others for condition in published_conditions(path)] == []
