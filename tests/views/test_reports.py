"""The page on which readers report an error: without cookie, script or account, and for pages of this site only."""

import pytest
from django.urls import reverse

from ecosystem.models import ReaderReport
from ecosystem.views.reports import path_on_this_site

pytestmark = pytest.mark.django_db
REPORT = "/report/"
TEXT = "The sum is of 2023, says table 3 of the yearbook."


def test_every_page_leads_there_with_its_address(client):
    text = client.get("/zh-hans/metrics/").content.decode()
    assert '<a href="/zh-hans/report/?page=/zh-hans/metrics/">' in text
    page = client.get(REPORT, {"page": "/metrics/?q=gdp"})
    assert page.context["form"]["page"].value() == "/metrics/?q=gdp"
    assert (page.status_code, dict(page.cookies), '<meta name="robots" content="noindex">' in page.text) == (
        200,
        {},
        True,
    )


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_report_is_stored_and_the_reader_thanked(client, prefix):
    page = client.post(f"{prefix}{REPORT}", {"page": f"{prefix}/metrics/", "text": TEXT})
    assert page.status_code == 302
    assert list(ReaderReport.objects.values_list("address", "text")) == [(f"{prefix}/metrics/", TEXT)]
    page = client.get(page.url)
    assert (page.context["is_sent"], page.context["reported_page"], dict(page.cookies)) == (
        True,
        f"{prefix}/metrics/",
        {},
    )


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"text": ""}, "text", "Say what is wrong, and what is right."),
        ({"page": ""}, "page", "Give the address of the page."),
        (
            {"page": "https://elsewhere.example/metrics/"},
            "page",
            "There is no page of this site at that address. Copy it from your browser.",
        ),
        (
            {"website": "https://ads.example"},
            "website",
            "Empty this box, and send again: it is there to stop programs.",
        ),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, given, field, said):
    sent = {"page": "/metrics/", "text": TEXT} | given
    page = client.post(REPORT, sent)
    assert (page.status_code, page.context["form"].errors) == (200, {field: [said]})
    assert {name: page.context["form"][name].value() for name in sent} == sent
    assert ReaderReport.objects.count() == 0


def test_form_of_another_site_needs_no_token_since_nobodys_rights_are_used(client):
    client.handler.enforce_csrf_checks = True
    client.post(REPORT, {"page": "/metrics/", "text": TEXT}, headers={"Origin": "https://elsewhere.example"})
    assert ReaderReport.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("/organizations/fudan-university/", "/organizations/fudan-university/"),
        (
            " /zh-hans/metrics/gdp/2024/?known_on=2025-01-01 ",
            "/zh-hans/metrics/gdp/2024/?known_on=2025-01-01",
        ),
        ("http://127.0.0.1:8000/search/?q=a", "/search/?q=a"),
        ("//elsewhere.example/metrics/", ""),
        ("https://elsewhere.example/", ""),
        ("/nowhere/at/all/", ""),
        ("/admin/", ""),
        ("/-/ready", ""),
        ("/preview/articles/story/", ""),
        ("javascript:alert(1)", ""),
        ("http://[", ""),
        ("", ""),
        ("\0", ""),
    ],
)
def test_only_pages_of_this_site_are_reported_about(given, path):
    assert path_on_this_site(given) == path


def test_robots_are_kept_away(client):
    assert "Disallow: /report/" in client.get(reverse("robots")).content.decode().splitlines()
