"""Which documents hold a word or a string of Chinese characters, from the full text of either database."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain

from django.db import connection
from pyroaring import BitMap

from ecosystem.domain.index import statements
from ecosystem.domain.index.documents import Document
from ecosystem.domain.index.words import Scope, WordSets, key_of
from ecosystem.models import NameForm, SearchDocument
from ecosystem.values.analysis import pairs
from ecosystem.values.queries import Atom

NAMES, ANYWHERE = Scope.NAMES, Scope.ANYWHERE
# The columns of a scope in FTS5, and the weights of their words on PostgreSQL.
_COLUMNS = {NAMES: "{names sounds} : ", ANYWHERE: ""}
_WEIGHTS = {NAMES: "AB", ANYWHERE: ""}
_TEXT, _TEXT_WEIGHT = "{body} : ", "D"
_DOCUMENTS, _FORMS = SearchDocument._meta.db_table, NameForm._meta.db_table
Parts = tuple[list[str], list[str]]
# For each pair of a string so many documents that have all its parts are looked through for the string itself: full
# text goes through the documents of each pair, which are many where pairs are frequent.
MOST_LOOKED_THROUGH = 500
MOST_NAMED = 20_000  # documents in one statement: SQLite takes 32,766 values
FEW_CANDIDATES = 100  # of which reading sets to leave some out would cost more than looking through all


def holding(
    atoms: Sequence[Atom],
    scope: str,
    frequent: WordSets,
    *,
    within: tuple[int, int] | None = None,
    enough: int | None = None,
) -> BitMap:
    """The documents that hold every atom, in names or anywhere. No atom, no document.

    `within` are the numbers, first and after the last, of those of which alone it must be right: of few it is quick.
    Where the answer may be more than `enough`, it need not be right: others may be among them then.
    """
    sets = [frequent.of(scope, word) for atom in atoms if (word := key_of(atom)) in frequent[scope]]
    among = BitMap.intersection(*sets) if sets else None
    rare = [atom for atom in atoms if key_of(atom) not in frequent[scope]]
    if not rare:
        return BitMap() if among is None else among
    # Full text goes through all documents of each pair of a string. So it is asked for the rare ones alone, and those
    # that have all parts are looked through for the strings themselves.
    strings = {} if within else _with_frequent_parts(rare, frequent[scope])
    if strings:
        candidates = _candidates(rare, strings, scope, frequent, among)
        if enough is not None and len(candidates) > enough:
            return candidates
        number = sum(len(atom.pairs) for atom in strings)
        if len(candidates) <= min(MOST_LOOKED_THROUGH * number, MOST_NAMED):
            return _looked_through(candidates, list(strings), scope)
    found = _matching(rare, _COLUMNS[scope], _WEIGHTS[scope], within)
    return found if among is None else found & among


def _with_frequent_parts(atoms: Iterable[Atom], frequent: Collection[str]) -> dict[Atom, Parts]:
    """The strings of Chinese that have frequent parts, with these and the rare ones."""
    parts = {atom: _parts(atom.text, frequent) for atom in atoms if atom.kind == "han" and len(atom.text) > 2}
    return {atom: (often, seldom) for atom, (often, seldom) in parts.items() if often}


def _candidates(
    atoms: Iterable[Atom],
    strings: Mapping[Atom, Parts],
    scope: str,
    frequent: WordSets,
    among: BitMap | None,
) -> BitMap:
    """The documents that have all parts of these strings, and all other atoms."""
    seldom = [atom for atom in atoms if atom not in strings]
    seldom += [Atom(part, "han") for _often, rare in strings.values() for part in rare]
    found = _matching(seldom, _COLUMNS[scope], _WEIGHTS[scope]) if seldom else None
    if among is not None:
        found = among if found is None else found & among
    for part in dict.fromkeys(part for often, _rare in strings.values() for part in often):
        if found is not None and len(found) <= FEW_CANDIDATES:
            break
        one = frequent.of(scope, part)
        found = one if found is None else found & one
    return BitMap() if found is None else found


def _parts(text: str, frequent: Collection[str]) -> Parts:
    """The longest frequent strings in a string, and the strings that its rare pairs make; together they cover it."""
    often: list[str] = []
    seldom: list[str] = []
    reached = 0  # the end of the last rare string
    for start, pair in enumerate(pairs(text)):
        if pair in frequent:
            stop = next(end for end in range(len(text), start, -1) if text[start:end] in frequent)
            if not often or not often[-1].endswith(text[start:stop]):
                often.append(text[start:stop])
        elif seldom and reached == start + 1:
            seldom[-1] += pair[1]
            reached += 1
        else:
            seldom.append(pair)
            reached = start + 2
    return often, seldom


def _looked_through(candidates: BitMap, strings: Sequence[Atom], scope: str) -> BitMap:
    """Those of the documents that have the strings, found by the database in what it has stored of them."""
    columns = ("names", "sounds") if scope == NAMES else ("names", "sounds", "body")
    place = "instr" if connection.vendor == "sqlite" else "strpos"
    having = " OR ".join(f"{place}(' ' || {column} || ' ', %s) > 0" for column in columns)
    marks = ", ".join(["%s"] * len(candidates)) or "NULL"
    sought = [f" {' '.join(atom.pairs)} " for atom in strings for _column in columns]
    cursor = statements.cursor()
    cursor.execute(
        f"SELECT document FROM {_DOCUMENTS} WHERE document IN ({marks}){f' AND ({having})' * len(strings)}",
        [*candidates, *sought],
    )
    return BitMap(chain.from_iterable(cursor.fetchall()))


def beyond_names(atom: Atom, frequent: WordSets) -> BitMap:
    """At least those documents that hold an atom in their text and not in their names.

    A rare word is asked of the text alone, since whoever asks has those with the word in their names already.
    """
    if atom.kind == "han" or key_of(atom) in frequent[ANYWHERE]:
        return holding([atom], ANYWHERE, frequent)
    return _matching([atom], _TEXT, _TEXT_WEIGHT)


def _matching(
    atoms: Sequence[Atom], columns: str, weights: str, within: tuple[int, int] | None = None
) -> BitMap:
    key = "rowid" if connection.vendor == "sqlite" else "document"
    where = f" AND {key} >= %s AND {key} < %s" if within else ""
    cursor = statements.cursor()
    if connection.vendor == "sqlite":
        # In one line: ten thousand numbers are read from it in half the time that as many rows take.
        statement = "SELECT group_concat(rowid) FROM ecosystem_fulltext WHERE ecosystem_fulltext MATCH %s"
        question = f"{columns}({' AND '.join(map(_fts5, atoms))})"
        cursor.execute(statement + where, [question, *(within or ())])
        (line,) = cursor.fetchone()
        return BitMap(json.loads(f"[{line or ''}]"))
    question = " & ".join(_tsquery(atom, weights) for atom in atoms)
    statement = f"SELECT document FROM {_DOCUMENTS} WHERE vector @@ (%s)::tsquery"
    cursor.execute(statement + where, [question, *(within or ())])
    return BitMap(chain.from_iterable(cursor.fetchall()))


def _fts5(atom: Atom) -> str:
    """The atom in the language of FTS5. Atoms hold letters and digits only, so nothing needs escaping."""
    if atom.kind == "han" and len(atom.text) > 2:
        return f'"{" ".join(atom.pairs)}"'
    return f'"{atom.text}"{" *" if _is_prefix(atom) else ""}'


def _tsquery(atom: Atom, weights: str) -> str:
    if atom.kind == "han" and len(atom.text) > 2:
        ending = f":{weights}" if weights else ""
        return "({})".format(" <-> ".join(f"'{pair}'{ending}" for pair in atom.pairs))
    ending = ("*" if _is_prefix(atom) else "") + weights
    return f"'{atom.text}'{':' + ending if ending else ''}"


def _is_prefix(atom: Atom) -> bool:
    """Words for which it was asked; a single Chinese character, which begins the pair or is the last of its run."""
    return atom.is_prefix or (atom.kind == "han" and len(atom.text) == 1)


def named(forms: Iterable[str], kinds: Iterable[str]) -> BitMap:
    """The documents that have a name of exactly one of these forms."""
    sought = [form.encode() for form in forms]
    rows = statements.select(NameForm, ["document"], form=sought, kind=[str(kind) for kind in kinds])
    return BitMap(chain.from_iterable(rows))


def starting(form: str, frequent: WordSets) -> BitMap:
    """The documents that have a name which starts with that form."""
    if form in frequent[Scope.STARTS]:
        return frequent.of(Scope.STARTS, form)
    low = form.encode()
    cursor = statements.cursor()
    # No text goes on with this byte.
    cursor.execute(f"SELECT document FROM {_FORMS} WHERE form >= %s AND form < %s", [low, low + b"\xff"])
    return BitMap([document for (document,) in cursor.fetchall()])


def keep(number: int, before: Document | None, after: Document | None) -> None:
    """Let the full text of SQLite hold a document as it is now in place of what it was."""
    if connection.vendor != "sqlite":
        return  # PostgreSQL computes its column itself
    words = [(number, one.names, one.sounds, one.body) if one else None for one in (before, after)]
    if words[0] == words[1]:
        return
    cursor = statements.cursor()
    for one, (command, place) in zip(words, _TO_FORGET_AND_TO_LEARN, strict=True):
        if one:
            cursor.execute(
                f"INSERT INTO ecosystem_fulltext ({command}rowid, names, sounds, body) {place}", one
            )


_TO_FORGET_AND_TO_LEARN = (
    ("ecosystem_fulltext, ", "VALUES ('delete', %s, %s, %s, %s)"),
    ("", "VALUES (%s, %s, %s, %s)"),
)


@contextmanager
def made_anew() -> Iterator[None]:
    """Let the database make its full text once at the end, of all documents, and not at each of very many changes."""
    if connection.vendor == "sqlite":
        yield
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO ecosystem_fulltext (ecosystem_fulltext) VALUES ('rebuild')")
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE indexname = 'ecosystem_searchdocument_vector'"
        )
        ((name, definition),) = cursor.fetchall()
        cursor.execute(f"DROP INDEX {name}")
        yield
        cursor.execute(definition)


def compact() -> None:
    """Let words that no document has any more leave the files of the full text."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO ecosystem_fulltext (ecosystem_fulltext) VALUES ('optimize')")
