"""Links that lead nowhere, to what readers cannot see, or to what is lost."""

import pytest
from django.conf import settings

from tests.domain.checklist.found import found_by, said_by
from tests.factories import (
    WITHDRAWN,
    DraftArticleFactory,
    DraftOrganizationFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    PublishedSourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pages():
    PublishedOrganizationFactory(slug="public")
    DraftOrganizationFactory(slug="draft")
    DraftOrganizationFactory(slug="gone", **WITHDRAWN)
    TopicFactory(slug="chips")
    PublishedObservationFactory(metric=PublishedMetricFactory(slug="gdp"), period="2024")


def linked(href: str):
    return DraftArticleFactory(body=f'<p>See <a href="{href}">this page</a>.</p>')


@pytest.mark.parametrize(
    "href",
    [
        "/organizations/public/",
        "/organizations/public",
        "/zh-hans/organizations/public/",
        "/organizations/?topic=chips",
        "/organizations/compare/?slug=a",
        "/topics/chips/#stories",
        "/metrics/gdp/2024/",
        "/metrics/gdp.csv",
        "/metrics/gdp/2024.json",
        "/method/",
        "/",
        "/static/css/base.css",
        "mailto:office@example.org",
        "https://example.org/elsewhere",
        "#stories",
    ],
)
def test_links_that_lead_somewhere(href):
    assert found_by("links", linked(href)) == []


def test_own_host_is_this_site():
    assert found_by("links", linked(f"{settings.SITE_URL}/organizations/public/")) == []
    assert len(found_by("links", linked(f"{settings.SITE_URL}/organizations/unknown/"))) == 1


@pytest.mark.parametrize(
    ("href", "why"),
    [
        ("/nowhere/", "where the site has no page"),
        ("/organizations/unknown/", "where the site has no page"),
        ("/zh-hans/organizations/unknown/", "where the site has no page"),
        ("/metrics/gdp/1999/", "where the site has no page"),
        ("/topics/none/", "where the site has no page"),
        ("/admin/", "where the site has no page"),
        ("/preview/organizations/public/", "where the site has no page"),
        ("/organizations/draft/", "which is not public"),
        ("/organizations/gone/", "which was withdrawn"),
    ],
)
def test_dead_links_are_errors(href, why):
    (finding,) = found_by("links", linked(href))
    assert (str(finding.level), finding.field, finding.message) == (
        "error",
        "body",
        f"The link “this page” leads to {href}, {why}.",
    )


def test_address_without_a_scheme_is_an_error():
    assert said_by("links", linked("www.example.org/a")) == [
        "“www.example.org/a” is no address. It begins with / on this site, and with https:// elsewhere."
    ]


def test_page_may_link_to_itself():
    article = DraftArticleFactory(slug="mine", body='<p><a href="/articles/mine/">Above</a></p>')
    assert found_by("links", article) == []


def test_each_address_is_named_once_a_text():
    link = '<a href="/nowhere/">x</a>'
    article = DraftArticleFactory(body=f"<p>{link} {link}</p>", standfirst=link)
    assert [finding.field for finding in found_by("links", article)] == ["standfirst", "body"]


def test_lost_document_is_a_warning_with_its_archived_copy():
    PublishedSourceFactory(
        url="http://example.org/report/",
        archived_url="https://archive.example/1",
        condition="dead",
        checked_at="2026-01-01T00:00Z",
    )
    (finding,) = found_by("links", linked("https://example.org/report"))
    assert (str(finding.level), finding.message, finding.advice) == (
        "warning",
        "The link “this page” leads to https://example.org/report, which is lost: is gone.",
        "Link to the archived copy: https://archive.example/1",
    )


def test_many_links_cost_as_many_queries_as_few(django_assert_num_queries):
    def links(count: int) -> str:
        pairs = (
            f'<a href="/organizations/o{n}/">x</a><a href="/metrics/m{n}/2024/">y</a>' for n in range(count)
        )
        return f"<p>{''.join(pairs)}</p>"

    article = DraftArticleFactory(body=links(1))
    with django_assert_num_queries(11):
        assert len(found_by("links", article)) == 2
    article.body = links(30)
    with django_assert_num_queries(11):
        assert len(found_by("links", article)) == 60
