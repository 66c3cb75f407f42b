"""What to cite of a metric or of one period, for programs that keep references."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from ecosystem.domain import citing, headlines
from ecosystem.models import Observation
from ecosystem.values.works import Work, as_bibtex, as_csl_json
from ecosystem.views.downloads import MetricFile


class CitationFile(MetricFile):
    """The page and the sources behind it as works to cite."""

    ending: str

    def answer(self, superseded: Sequence[Observation], period: str | None) -> HttpResponse:
        works = self.of_period(superseded, period) if period else self.of_metric()
        response = self.file(works)
        name = "-".join(filter(None, [self.object.slug, period]))
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.{self.ending}"'
        return response

    def of_metric(self) -> list[Work]:
        return citing.works_of_metric(
            self.object, self.address("metric_detail", self.object.slug), timezone.localdate()
        )

    def of_period(self, superseded: Sequence[Observation], period: str) -> list[Work]:
        """Of its current values, the leading one first; of superseded ones where no other are left."""
        current = sorted(self.object.current_observations, key=headlines.rank, reverse=True)
        values = [value for value in current if value.period == period]
        values = values or [value for value in superseded if value.period == period]
        self.require(values, period)
        address = self.address("evidence", self.object.slug, period)
        return citing.works_of_period(values, address, timezone.localdate()) if values else []

    def address(self, name: str, *arguments: str) -> str:
        """Where the page lives, as known on the day that is asked for."""
        return settings.SITE_URL + reverse(name, args=arguments) + self.known_on.query

    def file(self, works: Sequence[Work]) -> HttpResponse:
        raise NotImplementedError


class MetricBibtex(CitationFile):
    ending = "bib"

    def file(self, works: Sequence[Work]) -> HttpResponse:
        return HttpResponse(as_bibtex(works), content_type="text/x-bibtex; charset=utf-8")


class MetricCslJson(CitationFile):
    ending = "csl.json"

    def file(self, works: Sequence[Work]) -> HttpResponse:
        return HttpResponse(as_csl_json(works), content_type="application/vnd.citationstyles.csl+json")
