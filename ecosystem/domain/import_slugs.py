"""Addresses for many organizations at once: each from its name, and from its key where the name does not suffice."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from hashlib import blake2s
from itertools import chain

from ecosystem.domain.import_lookups import stored
from ecosystem.domain.import_rows import Entry
from ecosystem.models import FormerAddress, Organization
from ecosystem.models.organizations import RESERVED_SLUGS
from ecosystem.values.languages import has_chinese
from ecosystem.values.sounds import spaced

LONGEST = Organization._meta.get_field("slug").max_length
SHORT_KEY = 12
# Letters that lose nothing but a stroke; others fall apart into a letter and a mark by themselves.
_STROKES = str.maketrans(
    dict(zip("łŁøØđĐıħĦðßæÆœŒþÞ", "l L o O d D i h H d ss ae Ae oe Oe th Th".split(), strict=True))
    | dict.fromkeys("–—·", " ")
)
# What stays of ASCII: letters and digits; what stands between words parts them, all else is left out.
_KEPT = {
    code: sign.lower() if sign.isalnum() else " " if sign in " -_/\t\n\r" else None
    for code in range(128)
    for sign in [chr(code)]
}
_LETTER = re.compile(r"[^\W_]")


def slugs_for(entries: Sequence[Entry]) -> list[str]:
    """An address for each entry that nothing has yet, neither stored nor among them; the same for the same order.

    What the database holds is asked in one question, or two where addresses are taken.
    """
    names = [_from_name(entry) for entry in entries]
    taken = _taken(names)
    repeated = {name for name, times in Counter(names).items() if times > 1} | taken
    taken |= _taken(
        [
            slug
            for e, name in zip(entries, names, strict=True)
            if name in repeated
            for slug in _others(e, name)
        ]
    )
    return [_first_free(entry, name, taken) for entry, name in zip(entries, names, strict=True)]


def _first_free(entry: Entry, name: str, taken: set[str]) -> str:
    for slug in chain([name], _others(entry, name)):
        # One that gave way to another of the same batch may meet a stored one of which nothing was asked yet.
        if slug not in taken and (slug == name or not _taken([slug])):
            taken.add(slug)
            return slug
    raise AssertionError(f"The address of {entry.scheme}:{entry.key} is taken four times over.")


def _taken(slugs: Collection[str]) -> set[str]:
    former = stored(FormerAddress, "slug", slugs, {"kind": Organization._meta.model_name})
    return stored(Organization, "slug", slugs) | former | {slug for slug in slugs if slug in RESERVED_SLUGS}


def _from_name(entry: Entry) -> str:
    """The name in ASCII, Chinese as it sounds; the key where less than half of the name's letters would be left."""
    name = entry.name
    if name.isascii():
        return _cut(_plain(name), LONGEST) or _from_key(entry)
    if has_chinese(name):
        name = spaced(name)
    slug = _plain(name)
    is_whole = 2 * len(slug.replace("-", "")) >= len(_LETTER.findall(name)) > 0
    return _cut(slug, LONGEST) if is_whole else _from_key(entry)


def _from_key(entry: Entry) -> str:
    return _cut(_plain(f"{entry.scheme} {entry.key.replace(':', ' ')}"), LONGEST) or entry.scheme


def _plain(text: str) -> str:
    """In small letters and digits of ASCII, words joined by hyphens; as Django's slugify, in a third of the time."""
    if not text.isascii():
        text = (
            unicodedata.normalize("NFKD", text.translate(_STROKES)).encode("ascii", "ignore").decode("ascii")
        )
    return "-".join(text.translate(_KEPT).split())


def _others(entry: Entry, slug: str) -> Iterator[str]:
    """What follows where the address is taken: with the key, shortened where it is long, then ever less readable."""
    key, digest = _plain(entry.key), blake2s(f"{entry.scheme}:{entry.key}".encode()).hexdigest()
    for end in (key if 0 < len(key) <= SHORT_KEY else digest[:8], digest[:12], digest[:24]):
        yield f"{_cut(slug, LONGEST - len(end) - 1)}-{end}"


def _cut(slug: str, length: int) -> str:
    """At most so long, without half a word at the end where that leaves enough."""
    if len(slug) <= length:
        return slug
    whole = slug[: length + 1].rpartition("-")[0]
    return (whole if len(whole) > length // 2 else slug[:length]).strip("-")
