"""Two to four organizations side by side."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.generic import TemplateView

from ecosystem.domain.comparing import FEWEST, MOST, facts_of, organizations_of
from ecosystem.filters.organizations import COMPARED
from ecosystem.views.moved_queries import moved_query


class OrganizationCompare(TemplateView):
    template_name = "organizations/compare.html"

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        moved = moved_query(self.request) if context["problems"] else None
        return moved or super().render_to_response(context, **options)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        given = self.request.GET.getlist(COMPARED)
        slugs = list(dict.fromkeys(filter(None, map(str.strip, given))))
        # More than can be shown are not even looked up.
        found = organizations_of(slugs) if len(slugs) <= MOST else []
        problems = problems_of(slugs, [row.slug for row in found])
        rows = [] if problems else found
        return super().get_context_data(**context) | {
            "problems": problems,
            "organizations": [(row, query_of(slug for slug in slugs if slug != row.slug)) for row in rows],
            "facts": facts_of(rows),
            "can_lose_one": len(rows) > FEWEST,
        }


def problems_of(slugs: list[str], found: list[str]) -> list[str]:
    """Why nothing can be compared; empty when something can."""
    if len(slugs) > MOST:
        return [gettext("%(number)s are too many: at most four stand side by side.") % {"number": len(slugs)}]
    unknown = [
        gettext("There is no organization “%(slug)s” in the directory.") % {"slug": slug[:100]}
        for slug in slugs
        if slug not in found
    ]
    if not unknown and len(slugs) < FEWEST:
        return [gettext("Choose two to four organizations in the directory, and then “Compare”.")]
    return unknown


def query_of(slugs) -> str:
    return "?" + "&".join(f"{COMPARED}={slug}" for slug in slugs)
