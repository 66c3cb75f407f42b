"""The chart of a metric as a file of its own."""

from collections.abc import Sequence
from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from ecosystem.domain.chart_files import ChartFile, chart_file_of
from ecosystem.domain.chart_png import NoChineseFont, png_of
from ecosystem.domain.chart_svg import style_hash, svg_of
from ecosystem.models import Observation
from ecosystem.views.downloads import MetricFile, plain


class MetricChart(MetricFile):
    """The chart with its sources, its day and its address in it."""

    ending: str

    def answer(self, superseded: Sequence[Observation], period: str | None) -> HttpResponse:
        address = settings.SITE_URL + self.object.get_absolute_url() + self.known_on.query
        file = chart_file_of(self.object, address, timezone.localdate(), self.known_on.day)
        if file is None:
            text = _("There is no chart: at least two periods need a number.")
            return plain(text, HTTPStatus.NOT_FOUND)
        response = self.file(file)
        if response.status_code == HTTPStatus.OK:
            name = f"{self.object.slug}.{self.ending}"
            response.headers["Content-Disposition"] = f'inline; filename="{name}"'
        return response

    def file(self, file: ChartFile) -> HttpResponse:
        raise NotImplementedError


class MetricSvg(MetricChart):
    ending = "svg"

    def file(self, file: ChartFile) -> HttpResponse:
        response = HttpResponse(svg_of(file), content_type="image/svg+xml; charset=utf-8")
        response._csp_replace = {"style-src": [style_hash()]}  # its own style sheet and no other
        return response


class MetricPng(MetricChart):
    ending = "png"

    def file(self, file: ChartFile) -> HttpResponse:
        try:
            return HttpResponse(png_of(file), content_type="image/png")
        except NoChineseFont:
            text = _(
                "This picture has Chinese words, and the server has no Chinese font. Take the chart as SVG."
            )
            return plain(text, HTTPStatus.SERVICE_UNAVAILABLE)
