"""Search over everything."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.views.generic import TemplateView

from ecosystem.domain import answering, citing, missed_searches, search
from ecosystem.domain.answering import Answer
from ecosystem.domain.found_pages import found_pages
from ecosystem.domain.tiles import tile_of
from ecosystem.domain.wording import period_label
from ecosystem.values.queries import parse

LONGEST_QUERY = 200
SHOWN = 8  # of each kind; the rest stands in its list


class Search(TemplateView):
    template_name = "search.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        query = self.request.GET.get("q", "").strip()[:LONGEST_QUERY]
        results = search.search(query, SHOWN)
        answers = answering.answers(query)
        if results.meant and not answers:
            answers = answering.answers(results.meant)
        if query and not results.count and not answers:
            missed_searches.note_missed(query)
        hits = found_pages([group.items for group in results.groups], parse(results.meant or query))
        return super().get_context_data(**context) | {
            "query": query,
            "answers": [shown(answer) for answer in answers],
            "groups": list(zip(results.groups, hits, strict=True)),
            "count": results.count,
            "meant": results.meant,
        }


def shown(answer: Answer) -> dict[str, Any]:
    """What the page says of an answer; the change and the line belong to the headline."""
    value = answer.observation
    return {
        "value": value,
        "metric": answer.metric,
        "tile": tile_of(answer.headline) if value == answer.headline.observation else None,
        "missed": period_label(answer.missed) if answer.missed else "",
        "citation": citing.plain_citation(value, settings.SITE_URL, timezone.localdate()),
    }
