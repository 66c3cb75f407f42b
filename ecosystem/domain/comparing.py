"""Organizations side by side: fact by fact, and in which facts they differ."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Prefetch
from django.utils.translation import get_language, gettext

from ecosystem.domain.directory_rows import NOTHING, Words, in_language
from ecosystem.domain.evidence import with_evidence
from ecosystem.models import Citation, Identifier, Organization, Place, Source
from ecosystem.values.languages import is_chinese
from ecosystem.values.partial_dates import partial_date_label
from ecosystem.values.text import capitalized

FEWEST, MOST = 2, 4


class Fact(NamedTuple):
    """What is compared, and for each organization the words of it; several of them where it has several."""

    label: str
    values: list[list[Words]]
    missing: str

    @property
    def differs(self) -> bool:
        """Whether they are not all the same. What is not known differs from nothing: there is nothing to compare."""
        known = [value for value in self.values if value]
        return any(value != known[0] for value in known)


def organizations_of(slugs: Sequence[str]) -> list[Organization]:
    """The public ones of these, in this order, with everything that is compared; six queries whatever their number."""
    rows = with_evidence(Organization.objects.published().filter(slug__in=slugs))
    public = Place.objects.published()
    cited = Citation.objects.filter(source__in=Source.objects.published())
    found = rows.prefetch_related(
        "topics",
        Prefetch("district", public),
        Prefetch("park", public),
        "identifiers",
        Prefetch("citations", cited),
    )
    by_slug = {row.slug: row for row in found}
    return [by_slug[slug] for slug in slugs if slug in by_slug]


def facts_of(rows: Sequence[Organization]) -> list[Fact]:
    """The facts that at least one of the organizations has."""
    unknown = gettext("not known")
    facts = [
        Fact(label, [[word for word in words if word.text] for words in values], *(missing or [unknown]))
        for label, values, *missing in _facts(rows)
    ]
    return [fact for fact in facts if any(fact.values)]


def _facts(rows: Sequence[Organization]) -> list[tuple]:
    """What is compared, with its label, and what is said where there is nothing, if that is known."""
    language = get_language()
    return [
        (gettext("Kind"), [[Words(capitalized(row.get_kind_display()))] for row in rows]),
        (gettext("Ownership"), [[Words(capitalized(row.get_ownership_display()))] for row in rows]),
        (gettext("Founded"), [[Words(partial_date_label(row.founded, language))] for row in rows]),
        (gettext("Closed"), [[Words(partial_date_label(row.closed, language))] for row in rows]),
        (gettext("District"), [[_name(row.district)] for row in rows]),
        (gettext("Park or zone"), [[_name(row.park)] for row in rows]),
        (gettext("Topics"), [sorted(_name(topic) for topic in row.topics.all()) for row in rows]),
        (
            gettext("Stock exchange"),
            [
                [Words(one.value) for one in row.identifiers.all() if one.scheme == Identifier.Scheme.TICKER]
                for row in rows
            ],
            gettext("not listed"),
        ),
        (gettext("Evidence"), [[Words(_evidence(row))] for row in rows]),
        (gettext("Sources"), [[Words(str(_sources(row)))] for row in rows]),
    ]


def _name(record: object | None) -> Words:
    return in_language(record.name, record.name_zh, chinese=is_chinese(get_language())) if record else NOTHING


def _evidence(row: Organization) -> str:
    return gettext("Rests on an opened source") if row.is_checked else gettext("Not yet checked")


def _sources(row: Organization) -> int:
    return len({citation.source_id for citation in row.citations.all()})
