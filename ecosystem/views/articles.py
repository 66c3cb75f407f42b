"""Articles: the list and the page with its figures, notes and sources."""

from typing import Any

from django.db.models import QuerySet

from ecosystem.domain import revisions
from ecosystem.filters.pages import ArticleFilter
from ecosystem.models import Article, Contribution, Event, Initiative, Organization, Person, Place
from ecosystem.values.markup import plain_text
from ecosystem.views.base import Page, PageList

# What readers see of an article's own words; of a past day they are those of that day.
TEXTS = ("title", "title_zh", "standfirst", "standfirst_zh", "body", "body_zh")


class ArticleList(PageList):
    model = Article
    filterset = ArticleFilter
    rich_fields = ("standfirst",)
    paginate_by = 12

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().prefetch_related("topics")


class ArticlePage(Page):
    model = Article
    rich_fields = ("standfirst", "body")
    has_past = True

    def get_object(self, queryset: QuerySet | None = None) -> Article:
        """The article; for a past day with the text that it had then."""
        page = super().get_object(queryset)
        if self.known_on.day:
            self.was_public = revisions.take_back(page, self.known_on.moment, *TEXTS)
        return page

    def get_template_names(self) -> list[str]:
        is_unknown = self.known_on.problem or (self.known_on.day and not self.was_public)
        return ["articles/unknown_then.html"] if is_unknown else super().get_template_names()

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
