"""The project's own files, and what their syntax trees say: imports, functions, writes."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@cache
def tracked_files() -> list[Path]:
    """Every file that git keeps, without those that are being removed."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def files_below(*folders: str, endings: tuple[str, ...]) -> list[Path]:
    """The files in these folders, by their path from the root."""
    found = {path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in endings}
    return sorted(path for path in found if "__pycache__" not in path.parts)


def python_files(*folders: str) -> list[Path]:
    """The Python files of these folders that people write."""
    return [path for path in files_below(*folders, endings=(".py",)) if "migrations" not in path.parts]


def name_of(path: Path) -> str:
    """The path from the root, as tests name files."""
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    """The dotted name of a module: ecosystem.domain.figures."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported; from x import y is x.y, for y may be a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{start}.{alias.name}") for alias in node.names)


def functions_of(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def calls_of(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def chain_of(node: ast.AST) -> list[str]:
    """The names of a dotted expression, calls left out: a.b(1).c is ["a", "b", "c"]."""
    names: list[str] = []
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        else:
            return [*([node.id] if isinstance(node, ast.Name) else []), *reversed(names)]


def literal_texts(node: ast.AST) -> set[str]:
    """All text constants below a node."""
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
