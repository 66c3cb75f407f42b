"""Metrics as files: the values for spreadsheets and programs, of the present or of a past day."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from ecosystem.domain import exporting, observations
from ecosystem.models import Observation, Status
from ecosystem.views.metrics import MetricPage
from ecosystem.views.removed import RemovedError, removed_or_unknown

BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets take Chinese for something else


class MetricFile(MetricPage):
    """Another form of a metric's page, or of the page of one period; open to scripts of other sites."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        if self.object.status == Status.WITHDRAWN:
            return plain(self.object.withdrawn_notice, HTTPStatus.GONE)
        if self.known_on.problem:
            return plain(self.known_on.problem, HTTPStatus.BAD_REQUEST)
        try:
            response = self.answer(self.attach_values(), kwargs.get("period"))
        except RemovedError as removed:
            return plain(removed.notice, HTTPStatus.GONE)
        response.headers["Access-Control-Allow-Origin"] = "*"
        if self.known_on:
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    def answer(self, superseded: Sequence[Observation], period: str | None) -> HttpResponse:
        raise NotImplementedError

    def require(self, found: Sequence[Any], period: str) -> None:
        """A period that had no value by the day asked for is an empty file; one that never had any is none."""
        if not found and not (
            self.known_on and period in observations.History([self.object]).periods(self.object)
        ):
            raise removed_or_unknown(self.object, period)


class ValueFile(MetricFile):
    """The values themselves, row by row."""

    def answer(self, superseded: Sequence[Observation], period: str | None) -> HttpResponse:
        rows = exporting.rows_of(self.object, superseded, settings.SITE_URL)
        if period is not None:
            rows = [row for row in rows if row["period"] == period]
            self.require(rows, period)
        return self.file(rows, "-".join(filter(None, [self.object.slug, period])))

    def file(self, rows: list[dict[str, Any]], name: str) -> HttpResponse:
        raise NotImplementedError


class MetricCsv(ValueFile):
    def file(self, rows: list[dict[str, Any]], name: str) -> HttpResponse:
        today = timezone.localdate()
        text = exporting.as_csv(rows, retrieved_on=today, known_on=self.known_on.day)
        response = HttpResponse(BYTE_ORDER_MARK + text, content_type="text/csv; charset=utf-8")
        day = self.known_on.day or today
        response.headers["Content-Disposition"] = f'attachment; filename="{name}-{day.isoformat()}.csv"'
        return response


class MetricJson(ValueFile):
    def file(self, rows: list[dict[str, Any]], name: str) -> HttpResponse:
        document = exporting.as_document(
            self.object,
            rows,
            address=settings.SITE_URL + self.object.get_absolute_url(),
            retrieved_on=timezone.localdate(),
            known_on=self.known_on.day,
        )
        return JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})


def plain(text: str, status: HTTPStatus) -> HttpResponse:
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)
