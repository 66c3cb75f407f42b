"""How well a page is supported: its citations, and the mark of a page that nobody has checked."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from ecosystem.models import PAGE_KINDS, Citation, Source


def with_evidence(pages: QuerySet) -> QuerySet:
    """Annotate `is_checked`: whether a citation names a source that somebody has opened."""
    return pages.annotate(is_checked=has_opened_source(pages.model._meta.model_name))


def has_opened_source(kind: str) -> Exists:
    """The condition, for rows of that kind of page, that a public source which they cite has been opened."""
    opened = Source.objects.published().filter(access=Source.Access.READ)
    return Exists(Citation.objects.filter(**{kind: OuterRef("pk")}, source__in=opened))


def citations_of(page: object) -> list[Citation]:
    """The page's citations of public sources, in order, with their sources."""
    return list(page.citations.filter(source__in=Source.objects.published()).select_related("source"))


def is_checked(citations: Iterable[Citation]) -> bool:
    """Whether one of the citations names a source that somebody has opened."""
    return any(citation.source.is_opened for citation in citations)


def public_citations(at: datetime | None = None) -> QuerySet:
    """Citations that stand on a page which is public at that moment (now)."""
    condition = Q()
    for kind in PAGE_KINDS:
        page = Citation._meta.get_field(kind).related_model
        condition |= Q(**{f"{kind}__in": page.objects.published(at)})
    return Citation.objects.filter(condition)
