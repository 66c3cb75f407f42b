"""What the kinds of organizations in lists from elsewhere are here, by a table that is kept beside the code."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecosystem.models import Organization

TABLE = Path(__file__).with_name("import_kinds.toml")
FORM = 'Write lines such as education = "university" below [kinds], or below [sources.NAME] for one source.'


class UnusableKinds(Exception):
    """The file of kinds cannot be used; the message says why and what to write."""


@dataclass(frozen=True)
class Kinds:
    """Our kind for a word, by the words alone or as one source uses them; all words in small letters."""

    words: Mapping[str, str]
    by_source: Mapping[str, Mapping[str, str]]

    def kind_of(self, word: str, source: str) -> str:
        """Our kind for the word; empty where there is none."""
        word = word.lower()
        own = self.by_source.get(source.lower(), {}).get(word)
        return self.words.get(word, "") if own is None else own


def read_kinds(path: Path | None = None) -> Kinds:
    """The table of the project, with the lines of a file of one's own before it. Raises UnusableKinds."""
    words: dict[str, str] = {kind: kind for kind in Organization.Kind.values}
    by_source: dict[str, dict[str, str]] = {}
    for file in filter(None, (TABLE, path)):
        table = _read(file)
        own = _checked(file, "kinds", table.get("kinds", {}))
        # A line of one's own for all sources also goes before ours for a single one.
        by_source = {
            source: {w: k for w, k in ws.items() if w not in own} for source, ws in by_source.items()
        }
        words |= own
        for source, lines in table.get("sources", {}).items():
            by_source.setdefault(source.lower(), {}).update(_checked(file, f"sources.{source}", lines))
    return Kinds(words, by_source)


def _read(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UnusableKinds(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnusableKinds(f"{path} is not TOML: {error}. {FORM}") from error
    strange = set(table) - {"kinds", "sources"}
    if strange or not table or not all(isinstance(part, dict) for part in table.values()):
        raise UnusableKinds(f"{path} is no table of kinds. {FORM}")
    return table


def _checked(path: Path, part: str, lines: Any) -> dict[str, str]:
    if not isinstance(lines, dict):
        raise UnusableKinds(f"{path}, [{part}] is no table. {FORM}")
    for word, kind in lines.items():
        if kind != "" and kind not in Organization.Kind.values:
            known = ", ".join(Organization.Kind.values)
            raise UnusableKinds(f"{path}, [{part}]: “{word}” leads to “{kind}”, which is none of {known}.")
    return {word.lower(): kind for word, kind in lines.items()}
