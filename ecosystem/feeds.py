"""Feeds for readers who follow the site."""

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ecosystem.domain import figures
from ecosystem.domain.changes import Change, changes
from ecosystem.domain.rich_text import Renderer, texts_of
from ecosystem.domain.wording import named
from ecosystem.models import Article, Metric
from ecosystem.values.languages import CHINESE, ENGLISH, is_chinese

LENGTH = 30


class ArticleFeed(Feed):
    """The latest articles with their standfirst in words; all addresses are those of the site, not of the request."""

    feed_type = Atom1Feed
    title = _("Shanghai Tech: articles")

    def link(self) -> str:
        return settings.SITE_URL + reverse("article_list")

    def feed_url(self) -> str:
        return settings.SITE_URL + reverse("article_feed")

    def items(self) -> list[Article]:
        articles = list(Article.objects.published()[:LENGTH])
        renderer = Renderer(figures.resolve(texts_of(articles, "standfirst")))
        for article in articles:
            article.description = renderer.words(*_in_language(article, "standfirst"))
        return articles

    def item_title(self, item: Article) -> str:
        return _in_language(item, "title")[0]

    def item_link(self, item: Article) -> str:
        return settings.SITE_URL + item.get_absolute_url()

    def item_description(self, item: Article) -> str:
        return item.description

    def item_pubdate(self, item: Article) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Article) -> datetime:
        return item.updated_at


def _in_language(article: Article, name: str) -> tuple[str, str]:
    """The text in the language of the feed, or in English, with the language that it is in."""
    chinese = getattr(article, f"{name}_zh")
    if chinese and is_chinese(get_language()):
        return chinese, CHINESE
    return getattr(article, name), ENGLISH


class ChangeFeed(Feed):
    """What happened to the values of all metrics, each entry with its reason."""

    feed_type = Atom1Feed
    title = _("Shanghai Tech: changes of values")

    def link(self, metric: Metric | None = None) -> str:
        return settings.SITE_URL + (metric.get_absolute_url() if metric else reverse("metric_list"))

    def feed_url(self, metric: Metric | None = None) -> str:
        return settings.SITE_URL + (
            reverse("metric_feed", args=[metric.slug]) if metric else reverse("change_feed")
        )

    def items(self, metric: Metric | None = None) -> list[Change]:
        return changes(metric)

    def item_title(self, item: Change) -> str:
        return item.title

    def item_description(self, item: Change) -> str:
        return item.text

    def item_link(self, item: Change) -> str:
        return settings.SITE_URL + item.address

    def item_guid(self, item: Change) -> str:
        """The same in both languages, and for good."""
        return f"{settings.SITE_URL}/changes/{item.key}"

    def item_pubdate(self, item: Change) -> datetime:
        return item.moment

    item_updateddate = item_pubdate


class MetricFeed(ChangeFeed):
    """The same for one metric."""

    def get_object(self, request: HttpRequest, slug: str) -> Metric:
        return get_object_or_404(Metric.objects.published(), slug=slug)

    def title(self, metric: Metric) -> str:
        return gettext("Shanghai Tech: changes of %(metric)s") % {"metric": named(metric)}
