"""What stands around the directory is written once, and is always what its template would write."""

import pytest
from django.template.loader import render_to_string
from django.urls import resolve
from django.utils.translation import override

from ecosystem.views import chrome
from ecosystem.views.chrome import page_around

TEMPLATE = "organizations/list.html"
TITLE = "Directory & <all>"
QUERIES = [
    "",
    "kind=company&topic=ai",
    "q=%E5%A4%8D%E6%97%A6&page=2",
    "q=\"'<>&&=;+%20",
    "utm_source=x",
    "known_on=2025-01-01",
    "kind=company&known_on=2025-01-01&q=a",
]


@pytest.fixture
def asked(rf):
    def request(path: str, query: str):
        made = rf.get(f"{path}?{query}" if query else path)
        made.resolver_match = resolve(path)
        return made

    return request


def written_by_django(request, *, title: str, main: str, view: str) -> str:
    page = render_to_string(
        TEMPLATE, {"title": title, "main": "here comes the main part", "view": view}, request
    )
    return page.replace("here comes the main part", main)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(
    ("language", "path"), [("en", "/organizations/"), ("zh-hans", "/zh-hans/organizations/")]
)
def test_page_is_what_django_would_write_of_the_same_request(asked, language, path, query):
    """In this order and once more: nothing of one request is left in the page of another."""
    with override(language):
        for _ in range(2):
            request = asked(path, query)
            for view in ("list", "map"):
                page = page_around(request, TEMPLATE, "<p>Main</p>", title=TITLE, view=view)
                assert page == written_by_django(request, title=TITLE, main="<p>Main</p>", view=view)


def test_title_is_text_and_the_main_part_is_not_read_again(asked):
    """What readers typed may look like a hole."""
    main = "<p>hole0title0hole ?hole0query0hole</p>"
    page = page_around(asked("/organizations/", ""), TEMPLATE, main, title="<b>hole0main0hole")
    assert main in page
    assert "<title>&lt;b&gt;hole0main0hole · Shanghai Tech</title>" in page


def test_address_of_the_site_is_that_of_the_settings(asked, settings):
    for site in ("https://one.example.org", "https://two.example.org"):
        settings.SITE_URL = site
        page = page_around(asked("/organizations/", "kind=company"), TEMPLATE, "", title="")
        assert f'<link rel="canonical" href="{site}/organizations/?kind=company">' in page


def test_template_is_written_once_for_each_path_and_not_for_each_query(asked, monkeypatch):
    monkeypatch.setattr(chrome, "_kept", {})
    for query in QUERIES[:5]:
        page_around(asked("/organizations/", query), TEMPLATE, "", title="")
    assert len(chrome._kept) == 1
