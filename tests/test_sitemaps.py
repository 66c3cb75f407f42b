"""The sitemap names every public page once in each language, and nothing else."""

import re

import pytest
from django.urls import reverse

from tests import small_site

pytestmark = pytest.mark.django_db


def locations(client) -> list[str]:
    return re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").content.decode())


def test_every_kind_of_page_stands_in_the_sitemap(client, settings):
    settings.SITE_URL = "https://www.example.org"
    site = small_site.make_site()
    named = {
        f"https://www.example.org{path}"
        for language in small_site.LANGUAGES
        for name, path in small_site.addresses(site, language).items()
        # Answers to questions are no pages of their own.
        if name not in {"search", "evidence", "metric_pair", "organization_compare"} and "view=" not in path
    }
    assert named - set(locations(client)) == set()


def test_no_page_stands_in_it_twice(client):
    small_site.make_site()
    assert len(set(locations(client))) == len(locations(client))


def test_robots_are_told_where_it_is(client, settings):
    settings.SITE_URL = "https://www.example.org"
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert f"Sitemap: https://www.example.org{reverse('sitemap')}" in lines
    assert lines[:2] == ["User-agent: *", "Disallow: /admin/"]
