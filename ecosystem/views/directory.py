"""The directory: the organizations that were asked for, as a list, as a table, on a map, or counted."""

from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.views.generic import View

from ecosystem.domain.directory import TEXT
from ecosystem.domain.directory_rows import in_language, rows_of
from ecosystem.domain.directory_statistics import Table, statistics_of, tiles_of
from ecosystem.domain.hits import hits_of
from ecosystem.domain.missed_searches import note_missed
from ecosystem.filters.organizations import INCLUDE, VIEWS, OrganizationFilter
from ecosystem.values.languages import is_chinese
from ecosystem.values.quantities import count
from ecosystem.views.base import PAGE_SIZE
from ecosystem.views.chrome import page_around
from ecosystem.views.jinja import render
from ecosystem.views.moved_queries import moved_query

FILES = ("csv", "json", "xlsx")


class OrganizationList(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        asked = OrganizationFilter(request.GET)
        if not asked.is_valid() and (moved := moved_query(request)):
            return moved
        note_if_missed(asked)
        main = render("directory/page.jinja", context_of(asked, request.GET.get("page", "").strip()))
        titles = {
            "list": gettext("Directory"),
            "table": gettext("Directory as a table"),
            "map": gettext("Map of the directory"),
            "statistics": gettext("Statistics of the directory"),
        }
        page = page_around(
            request, "organizations/list.html", main, title=titles[asked.shape], view=asked.shape
        )
        response = HttpResponse(page)
        response.is_one_of_many = True  # there are too many of them to be compressed with patience
        return response


def note_if_missed(asked: OrganizationFilter) -> None:
    """Count words that find nothing, unless something else narrows the selection."""
    if asked.is_valid() and not asked.answer.count and asked.answer.parameters == [TEXT]:
        note_missed(asked.selection.text)


def context_of(asked: OrganizationFilter, number: str) -> dict[str, Any]:
    """All that the templates of the directory name."""
    context = {
        "words": asked.data.get("q", ""),
        "founded_from": asked.data.get("founded_from", ""),
        "founded_to": asked.data.get("founded_to", ""),
        "active": asked.active,
        "problems": asked.problems,
        "facets": [],
        "cleared": asked.cleared,
        "compare_url": reverse("organization_compare"),
        "list_url": reverse("organization_list"),
        "view": asked.shape,
        "query_start": f"?{asked.query}&" if asked.query else "?",
    }
    if not asked.is_valid():
        return context | {"count": 0, "count_words": count_words(0), "meant": "", "unknown": ""}
    return context | shared(asked) | SHAPES[asked.shape](asked, number)


def shared(asked: OrganizationFilter) -> dict[str, Any]:
    """What every view of the directory shows of the answer."""
    answer = asked.answer
    bare = asked.query_with(view="")
    return {
        "facets": asked.facets,
        "count": answer.count,
        "count_words": count_words(answer.count),
        "orders": asked.orders,
        "views": [
            (name, label, f"?{bare}" if name == "list" else f"?{bare}{'&' if bare else ''}view={name}")
            for name, label in VIEWS.items()
        ],
        "files": [
            (ending.upper(), reverse(f"organization_{ending}") + (f"?{bare}" if bare else ""))
            for ending in FILES
        ],
        "meant": answer.meant,
        "meant_query": asked.query_with(q=answer.meant) if answer.meant else "",
        "unknown": unknown_words(answer.unknown, asked.unknowable) if answer.unknown else "",
        "unknown_query": asked.query_with(unknown=INCLUDE) if answer.unknown else "",
        "with_unknown": asked.selection.with_unknown,
        "drops": drops_of(asked) if not answer.count else [],
    }


def count_words(number: int) -> str:
    words = ngettext("%(count)s organization", "%(count)s organizations", number)
    return words % {"count": count(number)}


def unknown_words(number: int, what: list[str]) -> str:
    words = ngettext(
        "%(count)s more matches, but its %(what)s is not known.",
        "%(count)s more match, but their %(what)s is not known.",
        number,
    )
    return words % {"count": count(number), "what": gettext(" or ").join(what)}


def drops_of(asked: OrganizationFilter) -> list[tuple[str, str, str]]:
    """Which filter to take away so that something is found: its name, how much, and the query string of that."""
    return [(label, count(number), query) for label, number, query in asked.drops() if number]


def page_of(total: int, number: str) -> Page:
    """The page with that number; there is none for anything that is not one of them."""
    try:
        return Paginator(range(total), PAGE_SIZE).page(number or 1)
    except InvalidPage as error:
        raise Http404("The directory has no such page.") from error


def listed(asked: OrganizationFilter, number: str) -> dict[str, Any]:
    answer = asked.answer
    page = page_of(answer.count, number)
    keys = answer.page(page.start_index() - 1 if answer.count else 0, page.end_index())
    unchecked = answer.among(keys, "evidence", "not-checked")
    rows = rows_of(keys, asked.names_of)
    return {
        "rows": rows,
        # Where only a close spelling finds something, that is what stands in the rows.
        "hits": hits_of(answer.meant or asked.selection.text, rows, asked.entries)
        if asked.selection.text
        else {},
        "unchecked": unchecked,
        "page": page,
        "pages": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "columns": columns_of(asked) if asked.shape == "table" else [],
    }


def columns_of(asked: OrganizationFilter) -> list[tuple[str, str, str]]:
    """The columns of the table: what each is called, the query string that sorts by it, and how it is sorted now."""
    by_name = "pinyin" if is_chinese(get_language()) else "name"
    order = asked.order
    years = "newest" if order == "founded" else "founded"
    ways = {by_name: "ascending", "founded": "ascending", "newest": "descending", "evidence": "descending"}
    columns = [
        (gettext("Name"), by_name, (by_name,)),
        (gettext("Kind"), "", ()),
        (gettext("Topics"), "", ()),
        (gettext("District"), "", ()),
        (gettext("Founded"), years, ("founded", "newest")),
        (gettext("Stock exchange"), "", ()),
        (gettext("Evidence"), "evidence", ("evidence",)),
    ]
    return [
        (label, asked.query_with(sort=sort) if sort else "", ways[order] if order in orders else "")
        for label, sort, orders in columns
    ]


def mapped(asked: OrganizationFilter, number: str) -> dict[str, Any]:
    page_of(1, number)
    chosen = asked.data.getlist("district")
    chinese = is_chinese(get_language())
    tiles = [
        (
            tile,
            in_language(tile.name, tile.name_zh, chinese=chinese),
            asked.query_with(district=sorted({*chosen} ^ {tile.slug})),
            tile.slug in chosen,
        )
        for tile in tiles_of(asked.answer.counts("district"))
    ]
    return {"tiles": tiles}


def counted(asked: OrganizationFilter, number: str) -> dict[str, Any]:
    page_of(1, number)
    tables = [(table, *words_of(table, asked)) for table in statistics_of(asked.answer, asked.names_of)]
    return {
        "tables": tables,
        "csv_url": f"{reverse('organization_statistics')}{'?' if asked.query else ''}{asked.query}",
    }


def words_of(table: Table, asked: OrganizationFilter) -> tuple[str, str, list[tuple[str, str, str, int]]]:
    """The title of a table, the heading of its first column, and its rows: name, language, number and width of bar."""
    title, column, nowhere = {
        "topic": (gettext("By topic"), gettext("Topic"), ""),
        "district": (gettext("By district"), gettext("District"), gettext("District unknown")),
        "decade": (gettext("By decade of founding"), gettext("Founded"), gettext("Year unknown")),
    }[table.facet]
    names = asked.names_of(table.facet)
    rows = [(*names[value], number) for value, number in table.counts.items()]
    if table.without:
        rows.append((nowhere, "", table.without))
    bars = [
        (name, language, count(number), round(1000 * number / table.most)) for name, language, number in rows
    ]
    return title, column, bars


SHAPES = {"list": listed, "table": listed, "map": mapped, "statistics": counted}
