"""What a page says to the index: its words, the forms of its names, its facets, its place in each order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from ecosystem.models import NameForm
from ecosystem.models.index import DIGEST_BYTES, LONGEST_FORM
from ecosystem.values import sounds
from ecosystem.values.analysis import compact, extras, tokens
from ecosystem.values.languages import has_chinese

# After every moment that an editor can choose: what is scheduled stands in the index from the start.
EVER = datetime(9999, 1, 1, tzinfo=UTC)
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)  # what has no date of publication is always public
# No word that somebody looks for is longer; PostgreSQL has a limit for them.
LONGEST_WORD = 80

WRITTEN, SOUND, INITIALS = NameForm.Kind.values

Form = tuple[bytes, str]


@dataclass(slots=True)
class Document:
    """A page as the index sees it; `orders` are its keys in the sort orders of its kind.

    `digest` is that of the texts which its words and forms were made of: most changes leave them as they are.
    """

    public_from: datetime
    names: str = ""
    sounds: str = ""
    body: str = ""
    forms: set[Form] = field(default_factory=set)
    facets: tuple[str, ...] = ()
    orders: dict[str, bytes] = field(default_factory=dict)
    digest: bytes = b""


ORDERS = ("name", "pinyin", "founded", "newest", "updated", "evidence")


COLUMNS = (
    "public_from",
    "names",
    "sounds",
    "body",
    "digest",
    "facets",
    *(f"{order}_key" for order in ORDERS),
)


def stored(row: Sequence[Any]) -> Document:
    """The document that a row, given by its columns, keeps: all but its forms."""
    public_from, names, sound, body, digest, facets, *keys = row
    orders = {order: bytes(key) for order, key in zip(ORDERS, keys, strict=True) if key is not None}
    return Document(
        public_from, names, sound, body, set(), tuple(facets.split()), orders, bytes(digest or b"")
    )


def columns(document: Document) -> dict[str, object]:
    """What the row of a document holds."""
    keys = map(document.orders.get, ORDERS)
    words = document.names, document.sounds, document.body, document.digest
    return dict(zip(COLUMNS, (document.public_from, *words, " ".join(document.facets), *keys), strict=True))


def words_of(texts: Iterable[str]) -> str:
    """The words of texts, in one line. Texts follow each other as lines do: no phrase goes from one to the next."""
    return " ".join([word for text in texts for word in tokens(text) if len(word) <= LONGEST_WORD])


def with_words(
    document: Document,
    kept: Document | None,
    names: Iterable[str],
    body: Iterable[str],
    codes: Iterable[str] = (),
) -> Document:
    """The document with its words: of names, which are looked up as they sound too, of codes, and of other text.

    Where `kept`, what is stored of it, was made of the same texts, its words are taken over.
    """
    names, codes = [name for name in dict.fromkeys(names) if name], list(codes)
    body = [text for text in body if text]
    document.digest = _digest(names, codes, body)
    if kept and kept.digest == document.digest:
        document.names, document.sounds, document.body = kept.names, kept.sounds, kept.body
        document.forms = kept.forms
        return document
    written = words_of([*names, *codes])
    more = [word for name in names for word in extras(name) if len(word) <= LONGEST_WORD]
    document.names = " ".join([written, *dict.fromkeys(more)]).strip()
    document.sounds = " ".join(
        dict.fromkeys(word for name in names if has_chinese(name) for word in sounds.sounds(name))
    )
    document.body = words_of(body)
    document.forms = {form for name in names for form in forms_of(name)}
    document.forms |= {(form_bytes(compact(code)), WRITTEN) for code in codes if compact(code)}
    return document


def _digest(*texts: Sequence[str]) -> bytes:
    # Their texts and how many of each there are, with a sign between them that no text can have.
    parts = [str(len(some)) for some in texts]
    written = "\0".join([*parts, *(text for some in texts for text in some)])
    return blake2b(written.encode(errors="surrogatepass"), digest_size=DIGEST_BYTES).digest()


def forms_of(name: str) -> set[Form]:
    """Under what a name is looked up: as it is written and, where it is Chinese, as it sounds and by its initials."""
    found = {(form_bytes(compact(name)), WRITTEN)}
    if has_chinese(name):
        found.add((form_bytes(sounds.joined(name)), SOUND))
        found.add((form_bytes(sounds.initials(name)), INITIALS))
    return {(form, kind) for form, kind in found if form}


def form_bytes(form: str) -> bytes:
    return form.encode()[:LONGEST_FORM]
