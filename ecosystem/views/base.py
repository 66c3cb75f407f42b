"""What lists and pages share."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from csp.constants import SELF
from django.core.signing import BadSignature
from django.db.models import Model, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import DetailView, ListView

from ecosystem.domain import evidence, figures, past_pages, previewing, working_copies
from ecosystem.domain.figures import FigureSet
from ecosystem.domain.past_pages import Past
from ecosystem.domain.previewing import LinkExpired
from ecosystem.domain.rich_text import Renderer, texts_of
from ecosystem.filters.base import ListFilter
from ecosystem.models import PAGE_KINDS, ChangeNote, Citation, Correction, Place, Status
from ecosystem.values.addresses import folder
from ecosystem.views.known_on import KnownOn, known_on
from ecosystem.views.moved_queries import moved_query

PAGE_SIZE = 30


class PageList(ListView):
    """A list of public pages of one kind, filtered by its FilterSet."""

    filterset: type[ListFilter]
    paginate_by = PAGE_SIZE
    rich_fields: Sequence[str] = ("summary",)

    def public_rows(self) -> QuerySet:
        """All rows of the list before filtering."""
        return self.model.objects.published()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        moved = None if self.filter.is_valid() else moved_query(request)
        return moved or super().get(request, *args, **kwargs)

    @cached_property
    def filter(self) -> ListFilter:
        return self.filterset(self.request.GET, self.public_rows())

    def get_queryset(self) -> QuerySet:
        return self.filter.rows

    def get_template_names(self) -> list[str]:
        return [f"{folder_of(self.model)}/list.html"]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        rows = list(context["object_list"])
        context["object_list"] = rows
        context["renderer"] = Renderer(figures.resolve(texts_of(rows, *self.rich_fields)))
        page = context["page_obj"]
        if page:
            context["page_links"] = page.paginator.get_elided_page_range(
                page.number, on_each_side=1, on_ends=1
            )
        return context | {"filter": self.filter, "is_filtered": bool(self.filter.query)}


class Page(DetailView):
    """The page of one record; a withdrawn one answers 410 with its notice."""

    context_object_name = "page"
    rich_fields: Sequence[str] = ("summary", "description")
    # Whether its address may ask for a past day by `known_on`.
    has_past = False
    # Whether it is shown to editors, whatever its public state, with a mark where a figure is missing.
    is_preview = False
    # Whether that is asked for by a link which an editor made for somebody without an account.
    is_shared = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_preview:
            return super().get(request, *args, **kwargs)
        try:
            item = self.get_object()
        except LinkExpired:
            return protected(self.response_class(request, ["preview_expired.html"], {}, status=410))
        with previewing.next_version_of(item):
            return super().get(request, *args, **kwargs).render()

    @cached_property
    def known_on(self) -> KnownOn:
        return known_on(self.request) if self.has_past and not self.is_preview else KnownOn()

    def get_queryset(self) -> QuerySet:
        return self.previewed() if self.is_preview else self.model.objects.addressable()

    def previewed(self) -> QuerySet:
        """Everything, for who may look at it in the admin or has a link; for everybody else there is no such page."""
        if self.is_shared:
            return self.shared()
        if not may_preview(self.request.user, self.model._meta.model_name):
            raise Http404("Previews are for editors.")
        return self.model.objects.all()

    def shared(self) -> QuerySet:
        """The one item of the link; raises LinkExpired, and Http404 for a link that nobody made."""
        item = get_object_or_404(self.model, slug=self.kwargs["slug"])
        try:
            previewing.check_link(self.kwargs["token"], item)
        except BadSignature as error:
            raise Http404("No such link was made.") from error
        return self.model.objects.filter(pk=item.pk)

    def render_texts(self, found: FigureSet) -> Renderer:
        return Renderer(found, marks_missing=self.is_preview)

    def get_template_names(self) -> list[str]:
        return [f"{folder_of(self.model)}/page.html"]

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        if context["page"].status == Status.WITHDRAWN and not self.is_preview:
            return self.response_class(self.request, ["withdrawn.html"], context, status=410)
        response = super().render_to_response(context, **options)
        if self.known_on:
            response.headers["X-Robots-Tag"] = "noindex"
        return protected(response) if self.is_preview else response

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        citations = self.citations()
        return context | {
            "known_on": self.known_on,
            "has_past": self.has_past and not self.is_preview,
            "is_preview": self.is_preview,
            "is_next_version": self.is_preview and working_copies.of(self.object) is not None,
            "renderer": self.render_texts(
                figures.resolve_page(self.object, *self.rich_fields, at=self.known_on.moment)
            ),
            "citations": citations,
            "is_checked": evidence.is_checked(citations),
            "corrections": notices(Correction, self.object, self.known_on.day),
            "change_notes": notices(ChangeNote, self.object, self.known_on.day),
            "today": timezone.localdate(),
        }

    def citations(self) -> list[Citation]:
        return evidence.citations_of(self.object)


class PageWithPast(Page):
    """A page that can be read as it was on a past day."""

    has_past = True
    past = Past()

    def get_object(self, queryset: QuerySet | None = None) -> Model:
        page = super().get_object(queryset)
        if self.known_on.day:
            self.past = past_pages.take_back(page, self.known_on.moment)
        return page

    def rows(self, name: str, present: Iterable[Model]) -> Iterable[Model]:
        """The records of a relation of the page: the present ones, or those of the day that was asked for."""
        return self.past.rows.get(name, []) if self.known_on.day else present

    def citations(self) -> list[Citation]:
        return list(self.rows("citations", super().citations()))

    def get_template_names(self) -> list[str]:
        is_unknown = self.known_on.problem or (self.known_on.day and not self.past.was_public)
        return ["unknown_then.html"] if is_unknown else super().get_template_names()

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"is_taken_back": True}


def protected(response: HttpResponse) -> HttpResponse:
    """The response as one that is kept nowhere, found by no search engine, and framed by our own pages alone."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"  # the address of a shared preview is its key
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response._csp_replace = {"frame-ancestors": [SELF]}
    return response


def notices(model: type[Model], page: Model, until: date | None = None) -> QuerySet:
    """Corrections or change notes of a page, until a day where one is given; a source has none of its own."""
    kind = page._meta.model_name
    # By the page's own relation, so that each notice knows its page unasked.
    found = getattr(page, f"{model._meta.model_name}s").all() if kind in PAGE_KINDS else model.objects.none()
    return found.filter(happened_on__lte=until) if until else found


def public_places(*names: str) -> list[Prefetch]:
    """What to prefetch so that rows know only those of their places that are public: no page may name another."""
    return [Prefetch(name, Place.objects.published()) for name in names]


def may_preview(user: Any, kind: str) -> bool:
    return user.is_staff and user.has_perm(f"ecosystem.view_{kind}")


def folder_of(model: type[Model]) -> str:
    """Where the templates of a kind lie: the plural noun of its addresses."""
    return folder(model._meta.model_name)
