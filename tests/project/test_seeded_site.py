"""The site with its own content: every page answers, every link leads somewhere, every figure has its value."""

import re
from collections.abc import Iterable
from functools import cache
from html.parser import HTMLParser
from itertools import combinations
from urllib.parse import urldefrag, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db.models import Model
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import override

from ecosystem.domain.observations import attach_values
from ecosystem.filters.organizations import OrganizationFilter
from ecosystem.models import (
    Article,
    Event,
    Initiative,
    Metric,
    Observation,
    Organization,
    Person,
    Place,
    Ranking,
    Source,
    Topic,
)
from ecosystem.views.base import PageList
from ecosystem.views.directory import OrganizationList
from tests.project.markup_rules import problems
from tests.small_site import HOUSE_PAGES, LANGUAGES

pytestmark = pytest.mark.django_db

# Of each kind every nth record is read, in both languages; the first two are what readers come for.
EVERY = {
    Article: 1,
    Metric: 1,
    Ranking: 1,
    Initiative: 1,
    Topic: 2,
    Place: 3,
    Event: 4,
    Source: 8,
    Organization: 8,
    Person: 1,
}
EVERY_VALUE = 6
DASH = "There is no public value for this figure."


class Parts(HTMLParser):
    """Where the links of a page lead, and which parts of it have an address."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.ids: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "a" and said.get("href"):
            self.links.add(said["href"])
        if said.get("id"):
            self.ids.add(said["id"])


def public(model: type[Model]) -> Iterable[Model]:
    rows = model.objects.published() if hasattr(model.objects, "published") else model.objects.all()
    return rows.order_by("slug")


def sampled_addresses() -> list[str]:
    paths = [reverse(name) for name in ("home", "search", "correction_list", *HOUSE_PAGES)]
    paths += [reverse("search") + "?q=university"]
    paths += [reverse(f"{model._meta.model_name}_list") for model in EVERY]
    paths += [page.get_absolute_url() for model, nth in EVERY.items() for page in public(model)[::nth]]
    values = Observation.objects.current().select_related("metric").order_by("uid")
    return paths + sorted({value.get_absolute_url() for value in values[::EVERY_VALUE]})


@pytest.fixture(scope="session")
def read(seeded_site, django_db_blocker) -> dict[str, HttpResponse]:
    """The answer of each sampled page by its address."""
    answers = {}
    with django_db_blocker.unblock():
        for language in LANGUAGES:
            with override(language):
                paths = sampled_addresses()
            answers |= {path: Client().get(path) for path in paths}
    return answers


@pytest.fixture(scope="session")
def parts(read) -> dict[str, Parts]:
    return {path: Parts(answer.content.decode()) for path, answer in read.items()}


@pytest.fixture(scope="session")
def links(parts) -> dict[str, str]:
    """Every link within the site, with one of the pages on which it stands."""
    found = {}
    for path, page in parts.items():
        found |= {
            link if link[0] == "/" else (path if link[0] == "#" else path.partition("?")[0]) + link: path
            for link in page.links
            if link[0] in "/#?"
        }
    return found


def test_every_page_answers(read):
    assert {path: answer.status_code for path, answer in read.items() if answer.status_code != 200} == {}


def test_every_link_leads_somewhere(links, client):
    broken = {link: page for link, page in links.items() if not leads_somewhere(link, client)}
    assert broken == {}


def leads_somewhere(link: str, client: Client) -> bool:
    address = urlsplit(link)
    if address.path.startswith("/static/"):
        return finders.find(address.path.removeprefix("/static/")) is not None
    if address.path in {"/admin/", "/sitemap.xml"}:
        return True
    try:
        with override("zh-hans" if address.path.startswith("/zh-hans/") else "en"):
            match = resolve(address.path)
    except Resolver404:
        return False
    if "slug" in match.kwargs:
        return tuple(match.kwargs.values()) in known(match.url_name)
    return is_answered(link, address.query, match.func, client)


@cache
def known(name: str) -> set[tuple[str, ...]]:
    """What may stand in the addresses of that name."""
    if name.startswith("metric_"):
        slugs = sorted(page.slug for page in public(Metric))
        return set(combinations(slugs, 2)) if "pair" in name else {(slug,) for slug in slugs}
    if name.startswith("evidence"):
        rows = Observation.objects.current().filter(metric__in=Metric.objects.published())
        computed = attach_values(Metric.objects.published().exclude(formula="").select_related("unit"))
        made = {(one.slug, value.period) for one in computed for value in one.current_observations}
        return made | set(rows.values_list("metric__slug", "period"))
    model = next(model for model in EVERY if name == f"{model._meta.model_name}_detail")
    return {(page.slug,) for page in public(model)}


def is_answered(link: str, query: str, view, client: Client) -> bool:
    """A list is asked only for its filters, which is quicker than writing it; its further pages are fetched."""
    data = QueryDict(query)
    if "page" in data:
        return client.get(link).status_code == 200
    listing = getattr(view, "view_class", None)
    if listing is OrganizationList:
        return set(data) <= set(OrganizationFilter.base_filters) and OrganizationFilter(data).is_valid()
    if not (listing and issubclass(listing, PageList)):
        return True
    return (
        set(data) <= set(listing.filterset.base_filters)
        and listing.filterset(data, public(listing.model)).is_valid()
    )


def test_every_link_to_a_part_of_a_page_finds_it(links, parts):
    pairs = [urldefrag(link) for link in links]
    missing = [
        f"{path}#{name}" for path, name in pairs if name and path in parts and name not in parts[path].ids
    ]
    assert missing == []


def test_every_figure_has_its_value(read):
    assert [path for path, answer in read.items() if DASH in answer.content.decode()] == []


def test_every_page_has_a_title_and_a_description_of_its_own(read):
    pattern = re.compile(r'<title>(.+?)</title>.*?<meta name="description" content="([^"]+)">', re.DOTALL)
    assert [path for path, answer in read.items() if not pattern.search(answer.content.decode())] == []


def test_html_of_every_page_is_valid(read):
    found = {path: problems(answer.content.decode()) for path, answer in read.items()}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_articles_name_every_source_that_they_rest_on(read):
    """A note or a cited figure whose source is not public would silently be left out."""
    for article in public(Article):
        html = read[article.get_absolute_url()].content.decode()
        notes = len(re.findall(r"<source-note\b", article.body))
        cited = len(re.findall(r"<cited-figure\b", article.body + article.standfirst))
        shown = len(set(re.findall(r'id="note-(\d+)"', html))), html.count('class="fig cited"')
        assert (article.slug, *shown) == (article.slug, notes, cited)
