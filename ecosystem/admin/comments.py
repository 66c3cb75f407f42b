"""Comments on drafts, for looking only, and the queue of what is in review; they are written on the review pages."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.base import ReadOnlyAdmin
from ecosystem.domain import comments, review_queue, roles
from ecosystem.domain.publishables import KINDS
from ecosystem.domain.review_queue import LABELS, Choice
from ecosystem.models import Act, Comment

ROWS = 50


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "author", "said", "kind", "item", "place", "resolved_at"]
    list_filter = [
        ("resolved_at", admin.EmptyFieldListFilter),
        "kind",
        ("author", admin.RelatedOnlyFieldListFilter),
        ("mentioned", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["author"]
    search_fields = ["text", "author__username", "author__first_name", "author__last_name"]
    date_hierarchy = "created_at"
    ordering = ["-created_at", "-pk"]
    fields = [
        "item",
        "place",
        "text",
        "author",
        "created_at",
        "mentioned",
        "answers",
        "resolved_by",
        "resolved_at",
        "revision",
    ]
    readonly_fields = ["item", "place"]

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.queue_view)
        return [path("queue/", view, name="ecosystem_review_queue"), *super().get_urls()]

    @admin.display(description=_("text"))
    def said(self, comment: Comment) -> str:
        return Truncator(comment.text).chars(120)

    @admin.display(description=_("item"))
    def item(self, comment: Comment) -> str:
        if comment.kind not in KINDS:
            return str(comment.item_id)
        name = f"{self.admin_site.name}:ecosystem_{comment.kind}_review"
        return format_html('<a href="{}">{}</a>', reverse(name, args=[comment.item_id]), comment.item_id)

    @admin.display(description=_("field"))
    def place(self, comment: Comment) -> str:
        model = KINDS.get(comment.kind)
        return comments.place_label(model, comment.field) if model else comment.field

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        """What is in review, of every kind that the person may see."""
        if not any(roles.may(request.user, Act.COMMENT, model) for model in KINDS.values()):
            raise PermissionDenied
        wanted = request.GET.get("show", Choice.ALL)
        if wanted not in LABELS:
            raise Http404
        found = review_queue.entries(request.user)
        chosen = [one for one in found if wanted in one.choices]
        page = Paginator(chosen, ROWS).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("In review"),
            "opts": self.opts,
            "wanted": wanted,
            "choices": [
                (choice.value, label, sum(choice in one.choices for one in found))
                for choice, label in LABELS.items()
            ],
            "page_obj": page,
            "rows": [(one, self._review_url(one)) for one in page],
        }
        return TemplateResponse(request, "admin/ecosystem/review_queue.html", context)

    def _review_url(self, entry: review_queue.Entry) -> str:
        name = f"{self.admin_site.name}:ecosystem_{entry.item._meta.model_name}_review"
        return reverse(name, args=[entry.item.pk])
