"""Why a search found an organization: which of its names or texts has the words, and which part of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple
from urllib.parse import urlsplit

from django.utils.html import strip_tags
from django.utils.translation import gettext

from ecosystem.domain.directory_rows import Row, asked
from ecosystem.domain.index.vocabulary import Entry
from ecosystem.models import OrganizationName
from ecosystem.values.excerpts import heard
from ecosystem.values.languages import has_chinese
from ecosystem.values.markup import plain_text
from ecosystem.values.matching import Span, named_spans, spans
from ecosystem.values.queries import Query, parse
from ecosystem.values.text import capitalized, fold

NAMES = """
    SELECT organization_id, kind, text FROM ecosystem_organizationname
    WHERE organization_id IN ({}) ORDER BY kind, text"""
TEXTS = """
    SELECT id, summary, summary_zh, description, description_zh, website FROM ecosystem_organization
    WHERE id IN ({})"""
# Of a text as much as stands around what was found in it.
BEFORE, AFTER = 30, 60


class Hit(NamedTuple):
    """What it is that was found, and its text in pieces, each with whether it matches the words."""

    label: str
    pieces: list[tuple[str, bool]]
    language: str

    @property
    def text(self) -> str:
        return "".join(piece for piece, _is_marked in self.pieces)


def hits_of(text: str, rows: Sequence[Row], entries: Mapping[str, Entry]) -> dict[int, Hit]:
    """For each row why it was found; `entries` are topics and places by the names that rows show.

    A query where the names that rows show do not say it, and another where what was found is nothing that they show:
    a text in the other language, a longer one.
    """
    query = parse(text)
    if not query or not rows:
        return {}
    found = _hits_in_names(query, rows)
    unnamed = [row for row in rows if row.pk not in found]
    others = _grouped(asked(NAMES, [row.pk for row in unnamed])) if unnamed else {}
    found |= {row.pk: hit for row in unnamed if (hit := _hit(query, row, others[row.pk], entries))}
    unseen = [row for row in unnamed if row.pk not in found]
    stored = {key: texts for key, *texts in asked(TEXTS, [row.pk for row in unseen])} if unseen else {}
    return found | {row.pk: _hit_in_texts(query, row, stored.get(row.pk, [])) for row in unseen}


def _own_names(row: Row) -> list[str]:
    return [name.text for name in (row.name, row.other_name) if name.text]


def _hits_in_names(query: Query, rows: Iterable[Row]) -> dict[int, Hit]:
    """Where a name has all the words, that name: the heading shows it whole, so only what was found is said again."""
    labels = gettext("Name"), gettext("Name starts with"), gettext("Name has")
    hits = {}
    for row in rows:
        for name in _own_names(row):
            if found := named_spans(name, query):
                hits[row.pk] = _hit_in_name(name, found, query, labels)
                break
    return hits


def _hit_in_name(name: str, found: Sequence[Span], query: Query, labels: Sequence[str]) -> Hit:
    whole, start, part = labels
    marked = [(name[first:last], True) for first, last in found]
    pieces = [piece for mark in marked for piece in (mark, (" … ", False))][:-1]
    label = whole if fold(name) == query.text else start if found[0][0] == 0 else part
    return Hit(label, pieces, language_of(name))


def _hit(query: Query, row: Row, others: list[tuple], entries: Mapping[str, Entry]) -> Hit | None:
    """What of the row has all the words, else the name that sounds like them, else what has some of them."""
    labels = dict(OrganizationName.Kind.choices)
    own = _own_names(row)
    places = [(capitalized(str(labels[kind])), text) for kind, text in others]
    places += [(gettext("Identifier"), value) for _scheme, value in row.numbers]
    places += _about(row, entries)
    places.append((gettext("Text"), " ".join(unescape(strip_tags(row.summary.text)).split())))
    return (
        _whole(query, places)
        or _heard(query, [*own, *(text for _kind, text in others)])
        or _in_part(query, [*places, *((gettext("Name"), name) for name in own)])
    )


def _hit_in_texts(query: Query, row: Row, stored: Sequence[str]) -> Hit:
    """What of the organization's texts has the words; else the name that is like them."""
    *texts, website = stored or [""]
    places = [(gettext("Text"), plain_text(text)) for text in texts if text]
    places.append((gettext("Website"), (urlsplit(website).hostname or "").removeprefix("www.")))
    own = row.other_name.text or row.name.text
    similar = Hit(gettext("Similar to"), [(own, False)], language_of(own))
    return _whole(query, places) or _in_part(query, places) or similar


def _whole(query: Query, places: Iterable[tuple[str, str]]) -> Hit | None:
    """The first of the places that has all the words."""
    return _first((label, text, named_spans(text, query)) for label, text in places)


def _heard(query: Query, names: Iterable[str]) -> Hit | None:
    """The first name that sounds like the words, or has them as its initials."""
    return _first((gettext("Sounds like"), name, heard(name, query)) for name in names)


def _in_part(query: Query, places: Iterable[tuple[str, str]]) -> Hit | None:
    """The first of the places that has some of the words."""
    return _first((label, text, spans(text, query)) for label, text in places)


def _first(found: Iterable[tuple[str, str, Sequence[Span]]]) -> Hit | None:
    hits = (
        Hit(label, _excerpt(_pieces(text, marked)), language_of(text))
        for label, text, marked in found
        if marked
    )
    return next(hits, None)


def _about(row: Row, entries: Mapping[str, Entry]) -> Iterator[tuple[str, str]]:
    """The topics and places of a row with their names in both languages."""
    shown = [(gettext("Place"), place.text) for place in (row.park, row.district)]
    shown += [(gettext("Topic"), topic.text) for topic in row.topics]
    for label, text in shown:
        if text in entries:
            yield from ((label, name) for name in (entries[text].name, entries[text].name_zh) if name)


def language_of(text: str) -> str:
    return "zh-Hans" if has_chinese(text) else "en"


def _pieces(text: str, found: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    pieces, at = [], 0
    for start, stop in found:
        pieces += [(text[at:start], False), (text[start:stop], True)]
        at = stop
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def _excerpt(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The pieces with a long beginning and a long end cut."""
    first, last = pieces[0], pieces[-1]
    if len(pieces) > 1 and not first[1] and len(first[0]) > BEFORE:
        pieces = [("… " + first[0][-BEFORE:], False), *pieces[1:]]
    if not last[1] and len(last[0]) > AFTER:
        pieces = [*pieces[:-1], (last[0][:AFTER] + " …", False)]
    return pieces


def _grouped(rows: Iterable[tuple]) -> dict[int, list[tuple]]:
    found = defaultdict(list)
    for key, *rest in rows:
        found[key].append(tuple(rest))
    return found
