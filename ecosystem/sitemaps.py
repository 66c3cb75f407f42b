"""The addresses of all public pages, for search engines."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Model, QuerySet

from ecosystem.models import Article, Event, Initiative, Metric, Organization, Person, Place, Source


class PublicPages(Sitemap):
    """The published items of one kind, in both languages."""

    i18n = True
    alternates = True

    def __init__(self, model: type[Model]) -> None:
        self.model = model

    def items(self) -> QuerySet:
        return self.model.objects.published().order_by("pk")

    def lastmod(self, item: Model) -> object:
        return item.updated_at

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme


SITEMAPS = {
    f"{model._meta.model_name}s": PublicPages(model)
    for model in (Article, Organization, Initiative, Place, Event, Metric, Person, Source)
}
