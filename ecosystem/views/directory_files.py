"""What can be taken from the statistics of the directory."""

import csv
import io
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.generic import View

from ecosystem.domain.directory import VOCABULARY_FACETS, Directory
from ecosystem.domain.directory_statistics import Table, statistics_of
from ecosystem.domain.exporting import FORMULA_SIGNS
from ecosystem.filters.organizations import OrganizationFilter
from ecosystem.views.downloads import BYTE_ORDER_MARK
from ecosystem.views.moved_queries import moved_query

COLUMNS = ("by", "value", "name", "name_zh", "organizations", "selected")


class OrganizationStatistics(View):
    """The statistics of a selection as one table, with the parameters of its page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = OrganizationFilter(request.GET)
        if not asked.is_valid():
            text = "\n".join(asked.problems)
            plain = "text/plain; charset=utf-8"
            refused = HttpResponse(f"{text}\n", status=HTTPStatus.BAD_REQUEST, content_type=plain)
            return moved_query(request) or refused
        tables = statistics_of(asked.answer, asked.names_of)
        response = HttpResponse(
            BYTE_ORDER_MARK + as_csv(tables, asked.directory), content_type="text/csv; charset=utf-8"
        )
        name = f"organizations-statistics-{timezone.localdate().isoformat()}.csv"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response


def as_csv(tables: list[Table], present: Directory) -> str:
    """A row for each value that is counted; an empty value stands for organizations of which it is not known."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for table in tables:
        is_page = table.facet in VOCABULARY_FACETS
        names = {one.slug: (one.name, one.name_zh) for one in present.choices(table.facet)} if is_page else {}
        for value, number in table.counts.items():
            both = names.get(value, (value, ""))
            writer.writerow([table.facet, value, *map(cell, both), number, table.total])
        if table.without:
            writer.writerow([table.facet, "", "", "", table.without, table.total])
    return out.getvalue()


def cell(text: str) -> str:
    """The text, made harmless where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
