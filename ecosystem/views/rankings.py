"""Rankings: the list, and the page that is the evidence of a place."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.views.generic import ListView

from ecosystem.domain import figures
from ecosystem.domain.observations import attach_values
from ecosystem.domain.rankings import Ranked, periods_of, public_rankings, rank_all, ranked
from ecosystem.models import Citation, FigureReference, Metric, Observation, Ranking
from ecosystem.values.figure_references import LATEST
from ecosystem.values.periods import parse_period
from ecosystem.views.base import Page
from ecosystem.views.known_on import PARAMETER
from ecosystem.views.metrics import public_sentences


class RankingList(ListView):
    """All rankings, each with its order; there are few."""

    template_name = "rankings/list.html"

    def get_queryset(self) -> list[Ranked]:
        return rank_all(public_rankings().values())


class RankingPage(Page):
    """The order of one period: of the newest that can be compared, or of the one that `?period=` asks for."""

    model = Ranking
    rich_fields = ()
    has_past = True

    def citations(self) -> list[Citation]:
        return []

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        values = self.values()
        periods = sorted(periods_of(values.values()), reverse=True)
        asked = self.request.GET.get("period", "").strip()
        found = ranked(self.object, values, asked if asked in periods else LATEST)
        uses = self.uses()
        return context | {
            "ranked": found,
            "absent": [rank for rank in found.ranks if not rank.place],
            "periods": [(parse_period(text), self.query(text)) for text in periods],
            "problem": _no_order(asked, periods) if asked and asked not in periods else "",
            "uses": uses,
            "renderer": self.render_texts(
                figures.resolve((use.sentence for use in uses), self.known_on.moment)
            ),
        }

    def values(self) -> dict[Metric, Sequence[Observation]]:
        """Those of the day that is asked for; none where that day cannot be shown."""
        metrics = list(Metric.objects.published().filter(rankings=self.object).select_related("unit"))
        if self.known_on.problem:
            return {metric: [] for metric in metrics}
        attach_values(metrics, self.known_on.moment)
        return {metric: metric.current_observations for metric in metrics}

    def query(self, period: str) -> str:
        """What asks for another period of the same day."""
        asked = {"period": period}
        if self.known_on.day:
            asked[PARAMETER] = self.known_on.day.isoformat()
        return f"?{urlencode(asked)}"

    def uses(self) -> list[FigureReference]:
        """The sentences that show a place in it; on a past day those of pages that were public by then."""
        found = public_sentences(FigureReference.objects.filter(ranking=self.object))
        moment = self.known_on.moment
        if not self.known_on:
            return found
        return [use for use in found if moment and use.page.published_at <= moment]


def _no_order(asked: str, periods: list[str]) -> str:
    if not periods:
        return ""
    text = _("There is no order for “%(period)s”. Periods that can be compared: %(periods)s.")
    return text % {"period": asked[:40], "periods": ", ".join(periods)}
