"""The old address of a page leads to the new one, whatever form or part of the page is asked for."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from ecosystem.domain.renaming import rename
from ecosystem.models import ADDRESSED_KINDS, FormerAddress, Observation
from ecosystem.urls import urlpatterns
from tests.factories import (
    DRAFTS,
    PUBLISHED,
    WITHDRAWN,
    DraftOrganizationFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    ReaderOfTheAdminFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
PAGES = {model._meta.model_name: factory for model, factory in PUBLISHED.items() if model is not Observation}
PAGES["topic"] = TopicFactory


def leads_to(answer) -> tuple[int, str]:
    return answer.status_code, answer.headers.get("Location", "")


@pytest.fixture
def moved():
    item = PublishedOrganizationFactory(slug="old")
    rename(item, "new", by=None)
    return item


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("kind", ADDRESSED_KINDS)
def test_every_kind_of_page_leads_to_its_new_address_in_both_languages(client, kind, language):
    item = PAGES[kind](slug="old")
    rename(item, "new", by=None)
    with override(language):
        old, new = (reverse(f"{kind}_detail", args=[slug]) for slug in ("old", "new"))
    assert leads_to(client.get(old)) == (301, new)
    assert client.get(new).status_code == 200


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_address_that_holds_a_slug_leads_to_the_new_one(client, admin_client, language):
    """All patterns of the site, previews among them; so a new form of a page is never forgotten."""
    items = {kind: PAGES[kind](slug="old") for kind in ADDRESSED_KINDS}
    PublishedMetricFactory(slug="zz")
    for item in items.values():
        rename(item, "new", by=None)
    asked = [pattern for pattern in urlpatterns if "slug" in pattern.pattern.converters]
    assert len(asked) >= 30
    for pattern in asked:
        more = {
            name: {"other": "zz"}.get(name, "2024") for name in pattern.pattern.converters if name != "slug"
        }
        with override(language):
            old, new = (reverse(pattern.name, kwargs={"slug": slug, **more}) for slug in ("old", "new"))
        assert leads_to(admin_client.get(old)) == (301, new)


def test_query_is_kept_and_head_is_answered_like_get(client, moved):
    address = "/organizations/old/?q=%E4%B8%8A&with=a%26b"
    assert leads_to(client.get(address)) == (301, address.replace("old", "new"))
    assert leads_to(client.head(address)) == (301, address.replace("old", "new"))
    assert client.post("/organizations/old/").status_code == 405


def test_redirect_is_asked_for_again_so_that_taking_back_is_no_circle(client, moved):
    assert client.get("/organizations/old/").headers["Cache-Control"] == "no-cache"
    rename(moved, "old", by=None)
    assert client.get("/organizations/old/").status_code == 200
    assert leads_to(client.get("/organizations/new/")) == (301, "/organizations/old/")


def test_chain_of_renames_is_one_step(client, moved):
    rename(moved, "newest", by=None)
    assert [leads_to(client.get(f"/organizations/{slug}/")) for slug in ("old", "new")] == [
        (301, "/organizations/newest/")
    ] * 2


def test_evidence_and_files_of_a_metric_follow_it(client):
    value = PublishedObservationFactory(metric=PublishedMetricFactory(slug="old"), period="2024")
    rename(value.metric, "new", by=None)
    for old in (
        "/metrics/old/2024/",
        "/zh-hans/metrics/old/2024.json",
        "/metrics/old.csv",
        "/metrics/old.atom",
    ):
        answer = client.get(old, follow=True)
        assert (answer.redirect_chain, answer.status_code) == ([(old.replace("old", "new"), 301)], 200)


def test_pair_of_moved_metrics_leads_to_its_one_address_in_one_step(client):
    for slug, new in (("cars", "vehicles"), ("wafers", "chips")):
        metric = PublishedMetricFactory(slug=slug)
        rename(metric, new, by=None)
    assert leads_to(client.get("/metrics/cars/with/wafers/")) == (301, "/metrics/chips/with/vehicles/")
    assert leads_to(client.get("/metrics/cars/with/chips.csv")) == (301, "/metrics/chips/with/vehicles.csv")


def test_what_was_withdrawn_answers_at_its_new_address(client):
    item = DraftOrganizationFactory(slug="old", **WITHDRAWN)
    rename(item, "new", by=None)
    answer = client.get("/organizations/old/", follow=True)
    assert (answer.redirect_chain, answer.status_code) == ([("/organizations/new/", 301)], 410)


@pytest.mark.parametrize("model", [model for model in DRAFTS if model is not Observation], ids=str)
def test_draft_has_no_address_and_no_former_one(client, model):
    item = DRAFTS[model](slug="old")
    rename(item, "new", by=None)
    assert client.get(reverse(f"{model._meta.model_name}_detail", args=["old"])).status_code == 404


def test_preview_follows_for_those_only_who_may_see_it(client, admin_client):
    item = DraftOrganizationFactory(slug="old")
    rename(item, "new", by=None)
    old, new = (reverse("organization_preview", args=[slug]) for slug in ("old", "new"))
    assert client.get(old).status_code == 404
    client.force_login(ReaderOfTheAdminFactory())
    assert client.get(old).status_code == 404
    assert leads_to(admin_client.get(old)) == (301, new)


def test_address_of_nothing_stays_not_found(client, moved):
    assert client.get("/organizations/nothing/").status_code == 404
    assert client.get("/people/old/").status_code == 404
    assert client.get("/nowhere/old/").status_code == 404


def test_page_that_exists_costs_nothing_more_and_one_that_does_not_costs_one_query(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    item = TopicFactory()
    with django_assert_max_num_queries(12) as few:
        client.get(item.get_absolute_url())
    FormerAddress.objects.create(kind="topic", slug="old", topic=item)
    with django_assert_num_queries(len(few)):
        client.get(item.get_absolute_url())
    assert not [query for query in few.captured_queries if "formeraddress" in query["sql"]]
    with django_assert_num_queries(2):
        client.get("/topics/old/")


def test_only_the_new_address_is_named(client, moved):
    sitemap = client.get("/sitemap.xml").content.decode()
    page = client.get("/organizations/new/").content.decode()
    assert ["/organizations/old/" in sitemap, "/organizations/new/" in sitemap] == [False, True]
    assert ["/organizations/old/" in page, "/organizations/new/" in page] == [False, True]
