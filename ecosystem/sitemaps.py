"""The addresses of all public pages, for search engines."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Model, QuerySet
from django.urls import reverse

from ecosystem.models import (
    Article,
    Event,
    Initiative,
    Metric,
    Organization,
    Person,
    Place,
    Ranking,
    Source,
    Topic,
)


class OwnAddresses(Sitemap):
    """Pages in both languages, at the site's own address whatever a request says of its host."""

    i18n = True
    alternates = True

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme


class PublicPages(OwnAddresses):
    """The published items of one kind."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model

    def items(self) -> QuerySet:
        return self.model.objects.published().order_by("pk")

    def lastmod(self, item: Model) -> object:
        return item.updated_at


class TopicPages(OwnAddresses):
    def items(self) -> QuerySet:
        return Topic.objects.order_by("pk")


class NamedPages(OwnAddresses):
    """The home page, the lists, and the pages about the site."""

    def items(self) -> list[str]:
        kinds = (
            "article",
            "organization",
            "initiative",
            "place",
            "event",
            "metric",
            "ranking",
            "topic",
            "person",
            "source",
        )
        house = ("about", "method", "contact", "reuse", "privacy", "accessibility")
        return ["home", *(f"{kind}_list" for kind in kinds), "correction_list", *house]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS = {"pages": NamedPages(), "topics": TopicPages()} | {
    f"{model._meta.model_name}s": PublicPages(model)
    for model in (Article, Organization, Initiative, Place, Event, Metric, Ranking, Person, Source)
}
