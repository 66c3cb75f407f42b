"""Words of names for whoever mistypes them: what is left of a word when it is mistyped leads back to it."""

from collections.abc import Iterable, Sequence
from zlib import crc32

from ecosystem.domain import bulk
from ecosystem.domain.index import statements
from ecosystem.domain.index.documents import Document
from ecosystem.models import NameForm, Term, TermDeletion
from ecosystem.values.scripts import is_han
from ecosystem.values.typos import MOST_ERRORS, allowed, distance, query_keys, term_keys

LONGEST_WORD, LONGEST_SOUND, LONGEST_CHINESE = 24, 24, 12
# What shares a rest with a query is compared with it; more than that many have nothing in common but a short rest.
MOST_COMPARED = 300


def terms_of(document: Document) -> set[str]:
    """What of a document's names can be mistyped: words in letters, whole Chinese names, and how those sound."""
    found = {word for word in document.names.split() if len(word) <= LONGEST_WORD and not is_han(word)}
    for form, kind in document.forms:
        text = form.decode(errors="ignore")
        if kind == NameForm.Kind.SOUND and len(text) <= LONGEST_SOUND:
            found.add(text)
        if kind == NameForm.Kind.WRITTEN and is_han(text) and len(text) <= LONGEST_CHINESE:
            found.add(text)
    return {text for text in found if allowed(text)}


def new_terms(after: Document, before: Document | None) -> set[str]:
    """The terms of a document that it did not have before, of few more words than are new."""
    if before is None:
        return terms_of(after)
    words = set(after.names.split()).difference(before.names.split())
    changed = Document(after.public_from, " ".join(words), forms=after.forms - before.forms)
    return terms_of(changed)


def learn(terms: Iterable[str]) -> None:
    """Keep terms that are new. None is forgotten before the next rebuild: what finds nothing is never offered."""
    wanted = set(terms)
    if not wanted:
        return
    new = sorted(wanted - {text for (text,) in statements.select(Term, ["text"], text=list(wanted))})
    if not new:
        return
    statements.insert(Term, ["text"], [(text,) for text in new])
    rests = [
        (key, number_of(rest))
        for key, text in statements.select(Term, ["id", "text"], text=new)
        for rest in sorted(term_keys(text))
    ]
    statements.insert(TermDeletion, ["term", "rest"], rests)


def learn_all(wanted: Iterable[str]) -> None:
    """Keep these terms where none are kept yet."""
    numbered = list(enumerate(sorted(wanted), start=1))
    bulk.insert(Term, ["id", "text"], numbered)
    bulk.insert(
        TermDeletion,
        ["term", "rest"],
        ((key, number_of(rest)) for key, term in numbered for rest in sorted(term_keys(term))),
    )
    bulk.reset_sequence(Term)


def number_of(rest: str) -> int:
    """The number under which a rest is kept. Two rests may share one: what is found is compared with the query."""
    return crc32(rest.encode())


def nearest(word: str, limit: int = 5, most_errors: int = MOST_ERRORS) -> list[str]:
    """The other terms that this word may be meant to be, the most alike first."""
    for errors in range(1, min(allowed(word), most_errors) + 1):
        found = _within(word, errors)
        if found:
            return found[:limit]
    return []


def _within(word: str, errors: int) -> Sequence[str]:
    rests = [number_of(rest) for rest in query_keys(word, errors)]
    cursor = statements.cursor()
    marks = ", ".join(["%s"] * len(rests))
    cursor.execute(f"{_LEADING_TO} ({marks}) LIMIT {MOST_COMPARED}", rests)
    texts = {text for (text,) in cursor.fetchall()}
    measured = {text: distance(word, text, errors) for text in texts}
    alike = [(far, abs(len(text) - len(word)), text) for text, far in measured.items() if 0 < far <= errors]
    return [text for *_rank, text in sorted(alike)]


_LEADING_TO = (
    f"SELECT term.text FROM {TermDeletion._meta.db_table} AS deletion JOIN {Term._meta.db_table} AS term "
    "ON term.id = deletion.term_id WHERE deletion.rest IN"
)
