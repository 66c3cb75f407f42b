"""Feeds for readers who follow the site."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from ecosystem.domain import figures
from ecosystem.domain.rich_text import Renderer
from ecosystem.models import Article

LENGTH = 30


class ArticleFeed(Feed):
    """The latest articles with their standfirst in words."""

    feed_type = Atom1Feed
    title = _("Shanghai Tech: articles")
    link = reverse_lazy("article_list")

    def items(self) -> list[Article]:
        return list(Article.objects.published()[:LENGTH])

    def item_title(self, item: Article) -> str:
        return item.title

    def item_description(self, item: Article) -> str:
        return Renderer(figures.resolve([item.standfirst])).words(item.standfirst)

    def item_pubdate(self, item: Article) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Article) -> datetime:
        return item.updated_at
