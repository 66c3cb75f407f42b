"""Lists and pages ask the database the same number of questions for few rows and for many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ecosystem.domain import directory
from tests.small_site import Site, addresses, enlarge

pytestmark = pytest.mark.django_db

BUDGET = {
    "home": 14,
    "search": 19,
    "correction_list": 2,
    "about": 0,
    "method": 0,
    "contact": 0,
    "reuse": 0,
    "privacy": 0,
    "accessibility": 0,
    "article_list": 15,
    "article_detail": 17,
    "organization_list": 6,
    "organization_list table": 6,
    "organization_list map": 2,
    "organization_list statistics": 1,
    "organization_compare": 5,
    "organization_detail": 16,
    "initiative_list": 11,
    "initiative_detail": 10,
    "place_list": 11,
    "place_detail": 13,
    "event_list": 19,
    "event_detail": 11,
    "metric_list": 10,
    "metric_detail": 18,
    "metric_pair": 2,
    "evidence": 21,
    "ranking_list": 3,
    "ranking_detail": 8,
    "topic_list": 1,
    "topic_detail": 11,
    "person_list": 4,
    "person_detail": 6,
    "source_list": 5,
    "source_detail": 7,
}


def counted(client, site: Site) -> dict[str, int]:
    directory.present()  # what the process holds of the index is brought up to date by whoever asks first
    numbers = {}
    for name, path in addresses(site).items():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        numbers[name] = len(queries)
    return numbers


def test_number_of_queries_does_not_grow_with_the_rows(client, site):
    few = counted(client, site)
    assert few == BUDGET
    enlarge(site, times=6)
    assert counted(client, site) == BUDGET


def test_sitemap_does_not_ask_more_for_more_rows(client, site):
    numbers = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/sitemap.xml").status_code == 200
        numbers.append(len(queries))
        enlarge(site, times=3)
    assert numbers == [10, 10]
