"""Two metrics in one chart and one table."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from ecosystem.domain import exporting, observations, paired_charts, tiles
from ecosystem.domain.chart_scales import NARROW
from ecosystem.domain.describing import describe_pair
from ecosystem.domain.headlines import headlines
from ecosystem.domain.pairs import Pair, rows_of_pair
from ecosystem.models import Metric
from ecosystem.views.downloads import BYTE_ORDER_MARK, plain
from ecosystem.views.known_on import KnownOn, known_on


class PairView(View):
    """Finds both metrics at the one address that the pair has: by the order of their slugs."""

    name: str

    def get(self, request: HttpRequest, slug: str, other: str) -> HttpResponse:
        found = Metric.objects.published().filter(slug__in=[slug, other]).select_related("unit")
        metrics = sorted(found, key=lambda metric: metric.slug)
        if {metric.slug for metric in metrics} != {slug, other}:
            raise Http404("One of the metrics is not public.")
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        if slug == other:
            return redirect(metrics[0].get_absolute_url() + query, permanent=True)
        if slug > other:
            return redirect(reverse(self.name, args=[other, slug]) + query, permanent=True)
        day = known_on(request)
        if day.problem:
            for metric in metrics:
                metric.current_observations = []
        else:
            observations.attach_values(metrics, day.moment)
        response = self.answer(Pair(*metrics), day)
        if day:
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    def answer(self, pair: Pair, day: KnownOn) -> HttpResponse:
        raise NotImplementedError


class PairPage(PairView):
    """Both lines in one chart, in words, and value by value."""

    name = "metric_pair"

    def answer(self, pair: Pair, day: KnownOn) -> HttpResponse:
        found = headlines(pair.metrics)
        chart = paired_charts.pair_chart_of(found)
        context: dict[str, Any] = {
            "page": pair,
            "known_on": day,
            "has_past": True,
            "today": timezone.localdate(),
            "tiles": [tiles.tile_of(headline) for headline in found],
            "chart": chart,
            "chart_narrow": paired_charts.pair_chart_of(found, NARROW),
            "chart_description": describe_pair(found, chart),
            "rows": rows_of_pair(pair.metrics),
        }
        return TemplateResponse(self.request, "metrics/pair.html", context)


class PairCsv(PairView):
    """The current values of both, row by row; superseded ones stand in the file of each metric."""

    name = "metric_pair_csv"

    def answer(self, pair: Pair, day: KnownOn) -> HttpResponse:
        if day.problem:
            return plain(day.problem, HTTPStatus.BAD_REQUEST)
        today = timezone.localdate()
        rows = [row for metric in pair.metrics for row in exporting.rows_of(metric, [], settings.SITE_URL)]
        text = exporting.as_csv(rows, retrieved_on=today, known_on=day.day)
        response = HttpResponse(BYTE_ORDER_MARK + text, content_type="text/csv; charset=utf-8")
        name = f"{pair.first.slug}-with-{pair.second.slug}-{(day.day or today).isoformat()}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response
