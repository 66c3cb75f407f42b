"""Articles: the list and the page with its figures, notes and sources."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from ecosystem.filters.pages import ArticleFilter
from ecosystem.models import Article, Contribution, Person
from ecosystem.values.markup import plain_text
from ecosystem.views.base import PageList, PageWithPast

# What an article is about, besides its topics.
NAMED = ("organizations", "places", "initiatives", "events")


class ArticleList(PageList):
    model = Article
    filterset = ArticleFilter
    rich_fields = ("standfirst",)
    paginate_by = 12

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().prefetch_related("topics")


class ArticlePage(PageWithPast):
    model = Article
    rich_fields = ("standfirst", "body")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        page, renderer = self.object, context["renderer"]
        public = page.contributions.filter(person__in=Person.objects.published())
        standfirst, body = renderer.text(page, "standfirst"), renderer.text(page, "body")
        for citation in context["citations"]:
            # A source that notes in the text name is listed with their numbers; they say what it supports.
            citation.note_numbers = renderer.noted.get(citation.source.slug, ())
        return context | {
            "standfirst": standfirst,
            "body": body,
            "minutes": reading_minutes(page),
            "topics": self.rows("topics", page.topics.all()),
            "authors": authors_of(self.rows("contributions", public.select_related("person"))),
            **{name: self.rows(name, getattr(page, name).published()) for name in NAMED},
            "related": related_to(page),
        }


def authors_of(contributions: Iterable[Contribution]) -> list[Person]:
    return [one.person for one in contributions if one.role == Contribution.Role.AUTHOR]


def reading_minutes(page: Article) -> int:
    """Minutes to read the body at 220 words a minute, at least one."""
    return max(1, round(len(plain_text(page.body).split()) / 220))


def related_to(page: Article, limit: int = 3) -> QuerySet:
    """Other public articles that share a topic, the newest first."""
    others = Article.objects.published().exclude(pk=page.pk).filter(topics__in=page.topics.all())
    return others.distinct()[:limit]
