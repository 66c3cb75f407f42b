"""The page of an organization."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from ecosystem.models import Article, Initiative, Organization, OrganizationName, OrganizationRelationship
from ecosystem.views.base import PageWithPast, public_places


class OrganizationPage(PageWithPast):
    model = Organization

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().prefetch_related(*public_places("district", "park"))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        page = self.object
        names = list(self.rows("names", page.names.all()))
        public = Organization.objects.published()
        links = self.rows(
            "relationships", page.relationships.filter(other__in=public).select_related("other")
        )
        brand = OrganizationName.Kind.BRAND
        return super().get_context_data(**context) | {
            "topics": self.rows("topics", page.topics.all()),
            "names": [name for name in names if name.kind != brand],
            "brands": [name for name in names if name.kind == brand],
            "identifiers": self.rows("identifiers", page.identifiers.all()),
            "relationships": relationships_of(page, links),
            "participations": page.participations.filter(
                initiative__in=Initiative.objects.published()
            ).select_related("initiative"),
            "articles": Article.objects.published().filter(organizations=page),
            "neighbors": neighbors_of(page),
        }


def relationships_of(
    page: Organization, outward: Iterable[OrganizationRelationship]
) -> list[tuple[str, Organization]]:
    """What other public organizations are to this one: by its own relationships, and by theirs to it."""
    public = Organization.objects.published()
    inward = page.relationships_to.filter(organization__in=public).select_related("organization")
    kinds = OrganizationRelationship.Kind
    opposite = {
        kinds.PARENT: "subsidiary",
        kinds.PREDECESSOR: kinds.SUCCESSOR,
        kinds.SUCCESSOR: kinds.PREDECESSOR,
        kinds.RELATED: kinds.RELATED,
    }
    return [(link.kind, link.other) for link in outward] + [
        (opposite[link.kind], link.organization) for link in inward
    ]


def neighbors_of(page: Organization, limit: int = 6) -> QuerySet:
    """Other public organizations that share a topic with this one, those of the same district first."""
    shared = (
        Organization.objects.published().filter(topics__in=page.topics.all()).exclude(pk=page.pk).distinct()
    )
    same = shared.filter(district=page.district) if page.district_id else shared
    return (same if same.exists() else shared).order_by("name")[:limit]
