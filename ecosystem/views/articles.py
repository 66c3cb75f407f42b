"""Articles: the list and the page with its figures, notes and sources."""

from typing import Any

from django.db.models import QuerySet

from ecosystem.filters.pages import ArticleFilter
from ecosystem.models import Article, Contribution, Event, Initiative, Organization, Person, Place
from ecosystem.values.markup import plain_text
from ecosystem.views.base import PageList, PageWithPast


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
        standfirst, body = renderer.text(page, "standfirst"), renderer.text(page, "body")
        for citation in context["citations"]:
            # A source that notes in the text name is listed with their numbers; they say what it supports.
            citation.note_numbers = renderer.noted.get(citation.source.slug, ())
        return context | {
            "standfirst": standfirst,
            "body": body,
            "minutes": reading_minutes(page),
            "topics": page.topics.all(),
            "authors": Person.objects.published().filter(
                contributions__article=page, contributions__role=Contribution.Role.AUTHOR
            ),
            "organizations": Organization.objects.published().filter(articles=page),
            "places": Place.objects.published().filter(articles=page),
            "initiatives": Initiative.objects.published().filter(articles=page),
            "events": Event.objects.published().filter(articles=page),
            "related": related_to(page),
        }


def reading_minutes(page: Article) -> int:
    """Minutes to read the body at 220 words a minute, at least one."""
    return max(1, round(len(plain_text(page.body).split()) / 220))


def related_to(page: Article, limit: int = 3) -> QuerySet:
    """Other public articles that share a topic, the newest first."""
    others = Article.objects.published().exclude(pk=page.pk).filter(topics__in=page.topics.all())
    return others.distinct()[:limit]
