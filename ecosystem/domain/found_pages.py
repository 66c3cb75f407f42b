"""Why a page was found: by the names that are shown with it, or by another name or words that are quoted."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import chain
from urllib.parse import urlsplit

from django.db.models import Model, prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ecosystem.domain import figures
from ecosystem.domain.index.pages import COLUMNS, SUMMARIES
from ecosystem.domain.rich_text import Renderer
from ecosystem.domain.wording import language, named
from ecosystem.models import Event, Identifier, Metric, Organization, OrganizationName
from ecosystem.values.excerpts import excerpt, heard, matched
from ecosystem.values.languages import CHINESE, ENGLISH, is_chinese
from ecosystem.values.matching import is_named, spans
from ecosystem.values.queries import Query
from ecosystem.values.text import fold

MOST_TEXTS = 4  # of a page that are looked at closely
_BLOCK_END = re.compile(r"</(?:p|h2|h3|li|caption|th|td|blockquote)>")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Clue:
    """Something that belongs to a page and may have been found; `label` says what it is, texts have none."""

    label: str
    text: str
    language: str = ""

    @property
    def words(self) -> str:
        return " ".join(unescape(_TAG.sub(" ", self.text)).split()) if self.language else self.text


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page with what was asked for, for marking its names; where they do not say it, `text` does, a `label` of it."""

    item: Model
    query: Query
    label: str = ""
    text: str = ""
    by_sound: bool = False


def found_pages(groups: Sequence[Sequence[Model]], query: Query) -> list[list[FoundPage]]:
    """Each page of each group, which has one kind, with why it was found; in a constant number of queries."""
    clues = [_clues(items, query) for items in groups]
    quoted = [clue for of_group in clues for clue in of_group.values()]
    renderer = Renderer(figures.resolve(clue.text for clue in quoted if clue.language))
    return [
        [_found_page(item, query, of_group.get(item.pk), renderer) for item in items]
        for items, of_group in zip(groups, clues, strict=True)
    ]


def _found_page(item: Model, query: Query, clue: Clue | None, renderer: Renderer) -> FoundPage:
    if clue is None:
        return FoundPage(item, query, by_sound=not any(matched(name, query) for name in _names(item)))
    text = renderer.words(clue.text, clue.language) if clue.language else clue.text
    return FoundPage(item, query, clue.label, excerpt(text, query), by_sound=not matched(text, query))


def _clues(items: Sequence[Model], query: Query) -> dict[int, Clue]:
    """By primary key the best clue of each page that does not show by its names why it was found."""
    unclear = [item for item in items if not _is_clear(item, query)]
    more = _more_names(unclear) if unclear else {}
    chosen = ((item, _best(item, more.get(item.pk, ()), query)) for item in unclear)
    return {item.pk: clue for item, clue in chosen if clue}


def _names(item: Model) -> list[str]:
    return [item.name, item.name_zh]


def _is_clear(item: Model, query: Query) -> bool:
    names = _names(item)
    if is_named(" ".join(names), query):
        return True
    return any((not spans(name, query) and matched(name, query)) or heard(name, query) for name in names)


def _missing(item: Model, query: Query) -> Query:
    """What of the question the shown names do not have."""
    shown = " ".join(_names(item))
    atoms = tuple(atom for atom in query.atoms if not spans(shown, Query(atoms=(atom,))))
    return query if atoms == query.atoms else replace(query, atoms=atoms, joined=())


def _best(item: Model, names: Iterable[Clue], query: Query) -> Clue | None:
    """The first clue that has all that is missing, else the first that has some of it."""
    missing, some = _missing(item, query), None
    for clue in chain(names, _likely(_texts(item), missing), _filed(item)):
        words = clue.words
        if is_named(words, missing) or (clue.label and heard(words, missing)):
            return clue
        if matched(words, missing):
            some = some or clue
    return some


def _likely(texts: Iterable[Clue], query: Query) -> list[Clue]:
    """The few texts that have the most letters of the question: looking closely at every one would take long."""
    wanted = {atom.text for atom in query.atoms} | {text for _first, _last, text in query.joined}
    counted = [
        (sum(word in folded for word in wanted), clue) for clue in texts if (folded := fold(clue.words))
    ]
    found = sorted((pair for pair in counted if pair[0]), key=lambda pair: -pair[0])
    return [clue for _number, clue in found[:MOST_TEXTS]]


def _more_names(items: Sequence[Model]) -> dict[int, list[Clue]]:
    """Names of pages of one kind, and keys in registers, that are not shown with them."""
    match items[0]:
        case Organization():
            return _of_organizations(items)
        case Metric():
            names = {item.pk: item.other_names.splitlines() for item in items}
            return {pk: [Clue(_("Other name"), line) for line in lines] for pk, lines in names.items()}
        case Event():
            prefetch_related_objects(items, "series")
            return {item.pk: [Clue(_("Series"), item.series.short_name)] for item in items if item.series}
    return {}


def _of_organizations(items: Sequence[Model]) -> dict[int, list[Clue]]:
    prefetch_related_objects(items, "topics", "district", "park")
    found: dict[int, list[Clue]] = defaultdict(list)
    keys = [item.pk for item in items]
    for name in OrganizationName.objects.filter(organization__in=keys):
        found[name.organization_id].append(Clue(capfirst(name.get_kind_display()), name.text))
    for identifier in Identifier.objects.filter(organization__in=keys):
        label = capfirst(identifier.get_scheme_display())
        found[identifier.organization_id].append(Clue(label, identifier.value))
    return found


def _texts(item: Model) -> Iterator[Clue]:
    """The texts of a page, block by block, those in the reader's language first."""
    columns = SUMMARIES if isinstance(item, Organization) else COLUMNS[type(item)].body
    mine = is_chinese(language())
    for name in sorted(columns, key=lambda name: name.endswith("_zh") != mine):
        written = CHINESE if name.endswith("_zh") else ENGLISH
        for block in _BLOCK_END.split(getattr(item, name)):
            yield Clue("", block, written)


def _filed(item: Model) -> Iterator[Clue]:
    """What an organization is filed under, and its website."""
    if not isinstance(item, Organization):
        return
    for label, pages in (
        (_("Topic"), item.topics.all()),
        (_("District"), [item.district]),
        (_("Park"), [item.park]),
    ):
        for page in filter(None, pages):
            yield from (Clue(label, name) for name in dict.fromkeys((named(page), page.name, page.name_zh)))
    yield Clue(_("Website"), (urlsplit(item.website).hostname or "").removeprefix("www."))
