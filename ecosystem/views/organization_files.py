"""A selection of the directory as a file, at the address of its page with another ending."""

from collections.abc import Iterator
from http import HTTPStatus
from tempfile import TemporaryFile

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from ecosystem.domain.directory_files import About, as_csv, as_json, write_workbook
from ecosystem.domain.exported_organizations import rows_of
from ecosystem.filters.organizations import OrganizationFilter
from ecosystem.views.moved_queries import moved_query

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

AT_ONCE = 64 * 1024


class OrganizationFile(View):
    """All organizations of a selection in the order of its page; open to scripts of other sites."""

    ending = ""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        asked = OrganizationFilter(request.GET)
        if not asked.is_valid():
            problems = "\n".join(asked.problems)
            plain = "text/plain; charset=utf-8"
            refused = HttpResponse(f"{problems}\n", status=HTTPStatus.BAD_REQUEST, content_type=plain)
            return moved_query(request) or refused
        response = self.file(asked)
        name = f"organizations-{timezone.localdate().isoformat()}.{self.ending}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    def file(self, asked: OrganizationFilter) -> HttpResponseBase:
        raise NotImplementedError


class OrganizationCsv(OrganizationFile):
    ending = "csv"

    def file(self, asked: OrganizationFilter) -> HttpResponseBase:
        lines = as_csv(rows_of(asked.answer.keys(), settings.SITE_URL), about(asked))
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")


class OrganizationJson(OrganizationFile):
    ending = "json"

    def file(self, asked: OrganizationFilter) -> HttpResponseBase:
        parts = as_json(rows_of(asked.answer.keys(), settings.SITE_URL), about(asked))
        return StreamingHttpResponse(parts, content_type="application/json")


class OrganizationWorkbook(OrganizationFile):
    ending = "xlsx"

    def file(self, asked: OrganizationFilter) -> HttpResponseBase:
        return StreamingHttpResponse(self.parts(asked), content_type=WORKBOOK)

    def parts(self, asked: OrganizationFilter) -> Iterator[bytes]:
        """The workbook, which exists only while it is sent."""
        with TemporaryFile() as file:
            write_workbook(file, rows_of(asked.answer.keys(), settings.SITE_URL), about(asked))
            file.seek(0)
            while part := file.read(AT_ONCE):
                yield part


def about(asked: OrganizationFilter) -> About:
    query = f"?{asked.query}" if asked.query else ""
    address = f"{settings.SITE_URL}{reverse('organization_list')}{query}"
    return About(address, [one.label for one in asked.active], asked.answer.count, timezone.localdate())
