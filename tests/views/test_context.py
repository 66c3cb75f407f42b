"""What every template may ask for: the site's address, the page's, and the same page in each language."""

import pytest
from django.utils.translation import override

from ecosystem.views.context import site


@pytest.mark.parametrize(
    ("path", "language", "english", "chinese"),
    [
        ("/", "en", "/", "/zh-hans/"),
        ("/zh-hans/", "zh-hans", "/", "/zh-hans/"),
        ("/metrics/gdp/", "en", "/metrics/gdp/", "/zh-hans/metrics/gdp/"),
        ("/zh-hans/search/?q=%E4%B8%8A", "zh-hans", "/search/?q=%E4%B8%8A", "/zh-hans/search/?q=%E4%B8%8A"),
        (
            "/organizations/?topic=ai&page=2",
            "en",
            "/organizations/?topic=ai&page=2",
            "/zh-hans/organizations/?topic=ai&page=2",
        ),
    ],
)
def test_page_knows_its_address_in_each_language(rf, settings, path, language, english, chinese):
    settings.SITE_URL = "https://www.example.org"
    with override(language):
        known = site(rf.get(path, headers={"host": "elsewhere.example"}))
    assert known["canonical_url"] == f"https://www.example.org{path}"
    assert [
        (link["code"], link["url"], link["absolute"], link["current"]) for link in known["language_links"]
    ] == [
        ("en", english, f"https://www.example.org{english}", language == "en"),
        ("zh-Hans", chinese, f"https://www.example.org{chinese}", language == "zh-hans"),
    ]
