"""The organizations of one page of the directory, as plain words in the language of the page."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db import connections, router
from django.utils.translation import get_language

from ecosystem.domain import figures
from ecosystem.domain.directory import Directory
from ecosystem.domain.figures import FigureSet
from ecosystem.domain.index.vocabulary import Entry
from ecosystem.domain.rich_text import Renderer
from ecosystem.models import Identifier, Organization
from ecosystem.values.languages import is_chinese
from ecosystem.values.partial_dates import partial_date_label
from ecosystem.values.text import first_sign

# Written out, because to let the ORM make these three anew for each page takes longer than everything else that is
# done for it. Which organizations are public was the index's to say.
ROWS = """
    SELECT row.id, row.slug, row.name, row.name_zh, row.summary, row.summary_zh, row.kind, row.founded,
        district.slug, park.slug
    FROM ecosystem_organization row
    LEFT JOIN ecosystem_place district ON district.id = row.district_id
    LEFT JOIN ecosystem_place park ON park.id = row.park_id
    WHERE row.id IN ({})"""
TOPICS = """
    SELECT link.organization_id, topic.slug
    FROM ecosystem_organization_topics link JOIN ecosystem_topic topic ON topic.id = link.topic_id
    WHERE link.organization_id IN ({}) ORDER BY topic.name"""
# All their numbers: asked for tickers alone, SQLite goes through those of everybody.
NUMBERS = """
    SELECT organization_id, scheme, value FROM ecosystem_identifier
    WHERE organization_id IN ({}) ORDER BY scheme, value"""
WITH_FIGURES = ("<figure-ref", "<cited-figure", "<source-note")


class Words(NamedTuple):
    """A text, and its language where that is not the page's."""

    text: str
    language: str = ""


NOTHING = Words("")
# Gives the names of a facet's values by slug: those that are public.
Names = Callable[[str], dict[str, Words]]


class Row(NamedTuple):
    """One organization as lists show it; what is not known is empty."""

    pk: int
    slug: str
    sign: str
    name: Words
    other_name: Words
    summary: Words
    kind: str
    topics: list[Words]
    district: Words
    park: Words
    founded: str
    numbers: list[tuple[str, str]]  # scheme and value

    @property
    def tickers(self) -> list[str]:
        return [value for scheme, value in self.numbers if scheme == Identifier.Scheme.TICKER]


def rows_of(keys: Sequence[int], names_of: Names) -> list[Row]:
    """These organizations in this order; three queries whatever their number, and those of figures in summaries."""
    if not keys:
        return []
    stored = {row[0]: row for row in asked(ROWS, keys)}
    names = names_of("topic")
    topics = _grouped((key, names[slug]) for key, slug in asked(TOPICS, keys) if slug in names)
    numbers = _grouped((key, (scheme, value)) for key, scheme, value in asked(NUMBERS, keys))
    found = [stored[key] for key in keys if key in stored]
    return list(_rows(found, topics, numbers, names_of))


def asked(sql: str, keys: Sequence[int]) -> list[tuple]:
    """The rows of a query that has braces where the keys belong."""
    with connections[router.db_for_read(Organization)].cursor() as cursor:
        cursor.execute(sql.format(", ".join(["%s"] * len(keys))), keys)
        return cursor.fetchall()


def _grouped(pairs: Iterable[tuple]) -> dict[int, list]:
    found = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _rows(
    stored: list[tuple],
    topics: dict[int, list[Words]],
    numbers: dict[int, list[tuple[str, str]]],
    names_of: Names,
) -> Iterator[Row]:
    language = get_language()
    chinese = is_chinese(language)
    kinds, districts, parks = names_of("kind"), names_of("district"), names_of("park")
    renderer = Renderer(_figures(text for row in stored for text in row[4:6]))
    for pk, slug, name, name_zh, summary, summary_zh, kind, founded, district, park in stored:
        own = in_language(name, name_zh, chinese=chinese)
        text = in_language(summary, summary_zh, chinese=chinese)
        yield Row(
            pk,
            slug,
            first_sign(own.text),
            own,
            other_name(name, name_zh, chinese=chinese),
            Words(renderer.render(text.text, text.language or language), text.language),
            kinds[kind].text,
            topics.get(pk, []),
            districts.get(district, NOTHING),
            parks.get(park, NOTHING),
            partial_date_label(founded, language),
            numbers.get(pk, []),
        )


def in_language(english: str, chinese_text: str, *, chinese: bool) -> Words:
    """The text in the language of the page, or in the other one where it has none there."""
    if chinese:
        return Words(chinese_text) if chinese_text else Words(english, "en" if english else "")
    return Words(english) if english else Words(chinese_text, "zh-Hans" if chinese_text else "")


def other_name(english: str, chinese_text: str, *, chinese: bool) -> Words:
    """The name in the other language, where it has one in both and they differ."""
    if not english or not chinese_text or english == chinese_text:
        return NOTHING
    return Words(english, "en") if chinese else Words(chinese_text, "zh-Hans")


# Of each facet and language the entries whose names these are, so that they are made once for many pages.
_named: dict[tuple[str, str], tuple[tuple[Entry, ...], dict[str, Words]]] = {}


def names_in_language(facet: str, present: Directory) -> dict[str, Words]:
    """The names of a facet's public values in the language of the page, by slug, in their order."""
    language, entries = get_language(), present.entries(facet)
    kept = _named.get((facet, language))
    if kept is None or kept[0] is not entries:
        chinese = is_chinese(language)
        made = {entry.slug: in_language(entry.name, entry.name_zh, chinese=chinese) for entry in entries}
        kept = _named[facet, language] = (entries, made)
    public = present.choices(facet)
    return kept[1] if len(public) == len(entries) else {one.slug: kept[1][one.slug] for one in public}


def _figures(texts: Iterable[str]) -> FigureSet:
    """The figures of the texts that have any; where none has, nothing is asked."""
    found = [text for text in texts if "<" in text and any(element in text for element in WITH_FIGURES)]
    return figures.resolve(found) if found else FigureSet()
