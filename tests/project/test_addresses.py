"""Every address of the site, by name: they are contracts with readers, and each is listed here once."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils.translation import override

# Per name: what stands in the address, and the address in English. Chinese is the same below /zh-hans/.
PUBLIC = {
    "home": ([], "/"),
    "search": ([], "/search/"),
    "correction_list": ([], "/corrections/"),
    "article_feed": ([], "/articles.atom"),
    "change_feed": ([], "/changes.atom"),
    "metric_feed": (["gdp"], "/metrics/gdp.atom"),
    "article_list": ([], "/articles/"),
    "article_detail": (["story"], "/articles/story/"),
    "organization_list": ([], "/organizations/"),
    "organization_compare": ([], "/organizations/compare/"),
    "suggestions": ([], "/suggestions.json"),
    "organization_csv": ([], "/organizations.csv"),
    "organization_json": ([], "/organizations.json"),
    "organization_xlsx": ([], "/organizations.xlsx"),
    "organization_statistics": ([], "/organizations/statistics.csv"),
    "organization_detail": (["foundry"], "/organizations/foundry/"),
    "initiative_list": ([], "/initiatives/"),
    "initiative_detail": (["plan"], "/initiatives/plan/"),
    "place_list": ([], "/places/"),
    "place_detail": (["pudong"], "/places/pudong/"),
    "event_list": ([], "/events/"),
    "event_detail": (["forum-2024"], "/events/forum-2024/"),
    "metric_list": ([], "/metrics/"),
    "metric_detail": (["gdp"], "/metrics/gdp/"),
    "evidence": (["gdp", "2024-Q3"], "/metrics/gdp/2024-Q3/"),
    "metric_embed": (["gdp"], "/metrics/gdp/embed/"),
    "metric_pair": (["gdp", "wages"], "/metrics/gdp/with/wages/"),
    "metric_pair_csv": (["gdp", "wages"], "/metrics/gdp/with/wages.csv"),
    "metric_csv": (["gdp"], "/metrics/gdp.csv"),
    "metric_json": (["gdp"], "/metrics/gdp.json"),
    "metric_bib": (["gdp"], "/metrics/gdp.bib"),
    "metric_csl": (["gdp"], "/metrics/gdp.csl.json"),
    "evidence_bib": (["gdp", "2024-Q3"], "/metrics/gdp/2024-Q3.bib"),
    "evidence_csl": (["gdp", "2024-Q3"], "/metrics/gdp/2024-Q3.csl.json"),
    "metric_svg": (["gdp"], "/metrics/gdp.svg"),
    "metric_png": (["gdp"], "/metrics/gdp.png"),
    "evidence_csv": (["gdp", "2024-Q3"], "/metrics/gdp/2024-Q3.csv"),
    "evidence_json": (["gdp", "2024-Q3"], "/metrics/gdp/2024-Q3.json"),
    "ranking_list": ([], "/rankings/"),
    "ranking_detail": (["industries"], "/rankings/industries/"),
    "topic_list": ([], "/topics/"),
    "topic_detail": (["chips"], "/topics/chips/"),
    "person_list": ([], "/people/"),
    "person_detail": (["writer"], "/people/writer/"),
    "source_list": ([], "/sources/"),
    "source_detail": (["yearbook"], "/sources/yearbook/"),
    "article_preview": (["story"], "/preview/articles/story/"),
    "organization_preview": (["foundry"], "/preview/organizations/foundry/"),
    "initiative_preview": (["plan"], "/preview/initiatives/plan/"),
    "place_preview": (["pudong"], "/preview/places/pudong/"),
    "event_preview": (["forum-2024"], "/preview/events/forum-2024/"),
    "metric_preview": (["gdp"], "/preview/metrics/gdp/"),
    "ranking_preview": (["industries"], "/preview/rankings/industries/"),
    "person_preview": (["writer"], "/preview/people/writer/"),
    "source_preview": (["yearbook"], "/preview/sources/yearbook/"),
    "article_shared_preview": (["story", "key"], "/preview/articles/story/key/"),
    "organization_shared_preview": (["foundry", "key"], "/preview/organizations/foundry/key/"),
    "initiative_shared_preview": (["plan", "key"], "/preview/initiatives/plan/key/"),
    "place_shared_preview": (["pudong", "key"], "/preview/places/pudong/key/"),
    "event_shared_preview": (["forum-2024", "key"], "/preview/events/forum-2024/key/"),
    "metric_shared_preview": (["gdp", "key"], "/preview/metrics/gdp/key/"),
    "ranking_shared_preview": (["industries", "key"], "/preview/rankings/industries/key/"),
    "person_shared_preview": (["writer", "key"], "/preview/people/writer/key/"),
    "source_shared_preview": (["yearbook", "key"], "/preview/sources/yearbook/key/"),
    "report": ([], "/report/"),
    "about": ([], "/about/"),
    "method": ([], "/method/"),
    "contact": ([], "/contact/"),
    "reuse": ([], "/reuse/"),
    "privacy": ([], "/privacy/"),
    "accessibility": ([], "/accessibility/"),
}
# These have no language.
MACHINES = {
    "health": ([], "/-/health"),
    "ready": ([], "/-/ready"),
    "robots": ([], "/robots.txt"),
    "sitemap": ([], "/sitemap.xml"),
    "media": (["images/a.jpg"], "/media/images/a.jpg"),
    "desk": (["drafts"], "/admin/desk/drafts/"),
    "quick_search": ([], "/admin/search/"),
    "quick_suggestions": ([], "/admin/search/suggestions.json"),
}


def names(patterns) -> set[str]:
    """The names of all addresses outside the admin, which names its own."""
    found = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and pattern.app_name != "admin":
            found |= names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            found.add(pattern.name)
    return found


def test_every_address_is_listed_here():
    assert names(get_resolver().url_patterns) == {*PUBLIC, *MACHINES}


@pytest.mark.parametrize("name", PUBLIC)
def test_public_address_is_the_same_below_the_chinese_prefix(name):
    arguments, path = PUBLIC[name]
    with override("en"):
        assert (reverse(name, args=arguments), resolve(path).url_name) == (path, name)
    with override("zh-hans"):
        assert (reverse(name, args=arguments), resolve(f"/zh-hans{path}").url_name) == (
            f"/zh-hans{path}",
            name,
        )


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("name", MACHINES)
def test_address_for_machines_has_no_language(name, language):
    arguments, path = MACHINES[name]
    with override(language):
        assert (reverse(name, args=arguments), resolve(path).url_name) == (path, name)


def test_admin_has_one_address_and_its_language_is_the_persons():
    with override("zh-hans"):
        assert reverse("admin:index") == "/admin/"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/articles", "/zh-hans/metrics", "/search?q=a", "/zh-hans"])
def test_missing_slash_is_added_in_the_same_language(client, path):
    answer = client.get(path)
    bare, mark, query = path.partition("?")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{bare}/{mark}{query}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/",
        "/zh-hans/nowhere/",
        "/fr/articles/",
        "/en/articles/",
        "/articles/none/",
        "/metrics/gdp/soon/",
    ],
)
def test_unknown_address_is_not_found_and_offers_a_search(client, path):
    answer = client.get(path)
    search = "/zh-hans/search/" if path.startswith("/zh") else "/search/"
    assert answer.status_code == 404
    assert f'action="{search}"' in answer.content.decode()
