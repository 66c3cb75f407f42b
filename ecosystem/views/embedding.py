"""A metric in a frame on other sites: its headline and its chart, with the way back to the evidence."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ecosystem.domain import charts, tiles
from ecosystem.domain.describing import describe
from ecosystem.domain.headlines import headline_of
from ecosystem.models import Observation
from ecosystem.views.downloads import MetricFile


class MetricEmbed(MetricFile):
    """The one page that may stand in a frame of any site; a notice in its place may too."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        response.xframe_options_exempt = True  # browsers without frame-ancestors know only "nowhere"
        response._csp_replace = {"frame-ancestors": ["*"]}
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def answer(self, superseded: Sequence[Observation], period: str | None) -> HttpResponse:
        metric = self.object
        headline = headline_of(metric, metric.current_observations)
        chart = charts.chart_of(metric, headline)
        context = {
            "page": metric,
            "known_on": self.known_on,
            "headline": tiles.tile_of(headline),
            "chart": chart,
            "chart_narrow": charts.chart_of(metric, headline, charts.NARROW),
            "chart_description": describe(metric, headline, chart.starts_at if chart else ""),
        }
        return render(self.request, "metrics/embed.html", context)
