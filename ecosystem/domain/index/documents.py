"""What a page says to the index: its words, the forms of its names, its facets, its place in each order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import chain
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

_LETTERS = {kind: kind[:1].encode() for kind in NameForm.Kind.values}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}

Form = tuple[bytes, str]
_NO_FORM = {(b"", kind) for kind in NameForm.Kind.values}


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
    "forms",
    "digest",
    "facets",
    *(f"{order}_key" for order in ORDERS),
)


def stored(row: Sequence[Any]) -> Document:
    """The document that a row, given by its columns, keeps."""
    public_from, names, sound, body, forms, digest, facets, *keys = row
    orders = {order: bytes(key) for order, key in zip(ORDERS, keys, strict=True) if key is not None}
    words = names, sound, body, _unpacked(bytes(forms or b""))
    return Document(public_from, *words, tuple(facets.split()), orders, bytes(digest or b""))


def columns(document: Document) -> dict[str, object]:
    """What the row of a document holds."""
    keys = map(document.orders.get, ORDERS)
    words = document.names, document.sounds, document.body, _packed(document.forms), document.digest
    return dict(zip(COLUMNS, (document.public_from, *words, " ".join(document.facets), *keys), strict=True))


def _packed(forms: Iterable[Form]) -> bytes:
    """Forms in one: each in a line, which no form has an end of, after a letter for its kind."""
    return b"\n".join(sorted(_LETTERS[kind] + form for form, kind in forms))


def _unpacked(packed: bytes) -> set[Form]:
    return {(line[1:], _KINDS[line[:1]]) for line in packed.split(b"\n") if line}


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

    What was made of the same texts is taken over from `kept`, what is stored of it.
    """
    names, codes = [name for name in dict.fromkeys(names) if name], list(codes)
    chinese, body = [name for name in names if has_chinese(name)], [text for text in body if text]
    digests = digest_of(chinese), digest_of(names, codes), digest_of(body)
    document.digest = b"".join(digests)
    were = kept.digest if kept else b""
    is_same_sound, are_same_names, is_same_body = (
        were[at * DIGEST_BYTES :][:DIGEST_BYTES] == digest for at, digest in enumerate(digests)
    )
    if is_same_sound:
        document.sounds, heard = kept.sounds, {form for form in kept.forms if form[1] != WRITTEN}
    else:
        document.sounds, heard = _sounds_of(chinese), set(chain.from_iterable(map(_forms_heard, chinese)))
    document.names = kept.names if are_same_names else _names_of(names, codes)
    written = map(_form_written, [*names, *codes])
    document.forms = kept.forms if are_same_names else heard.union(written) - _NO_FORM
    document.body = kept.body if is_same_body else words_of(body)
    return document


def digest_of(*texts: Sequence[str]) -> bytes:
    # Their texts and how many of each there are, with a sign between them that no text can have.
    parts = [str(len(some)) for some in texts]
    written = "\0".join([*parts, *(text for some in texts for text in some)])
    return blake2b(written.encode(errors="surrogatepass"), digest_size=DIGEST_BYTES).digest()


def _names_of(names: Sequence[str], codes: Sequence[str]) -> str:
    more = [word for name in names for word in extras(name) if len(word) <= LONGEST_WORD]
    return " ".join([words_of([*names, *codes]), *dict.fromkeys(more)]).strip()


def _sounds_of(names: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(chain.from_iterable(map(sounds.sounds, names))))


def _form_written(name: str) -> Form:
    """Under what a name is looked up as it is written."""
    return form_bytes(compact(name)), WRITTEN


def _forms_heard(name: str) -> set[Form]:
    """Under what a Chinese name is looked up as it sounds and by its initials."""
    return {
        (form_bytes(sounds.joined(name)), SOUND),
        (form_bytes(sounds.initials(name)), INITIALS),
    } - _NO_FORM


def form_bytes(form: str) -> bytes:
    return form.encode()[:LONGEST_FORM]
