"""Search over everything."""

from typing import Any

from django.views.generic import TemplateView

from ecosystem.domain import search

LONGEST_QUERY = 200


class Search(TemplateView):
    template_name = "search.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        query = self.request.GET.get("q", "").strip()[:LONGEST_QUERY]
        results = search.search(query)
        return super().get_context_data(**context) | {
            "query": query,
            "groups": results.groups,
            "count": results.count,
            "meant": results.meant,
        }
