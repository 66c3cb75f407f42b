"""How well a page is supported: its citations, and the mark of a page that nobody has checked."""

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ecosystem.models import Citation, Source


def with_evidence(pages: QuerySet) -> QuerySet:
    """Annotate `is_checked` (a citation of an opened source) and `source_count` (different public sources)."""
    kind = pages.model._meta.model_name
    opened = Citation.objects.filter(**{kind: OuterRef("pk")}, source__access=Source.Access.READ)
    return pages.annotate(
        is_checked=Exists(opened),
        source_count=Count(
            "citations__source", filter=Q(citations__source__in=Source.objects.published()), distinct=True
        ),
    )


def citations_of(page: object) -> list[Citation]:
    """The page's citations of public sources, in order, with their sources."""
    return list(page.citations.filter(source__in=Source.objects.published()).select_related("source"))


def is_checked(citations: Iterable[Citation]) -> bool:
    """Whether one of the citations names a source that somebody has opened."""
    return any(citation.source.is_opened for citation in citations)
