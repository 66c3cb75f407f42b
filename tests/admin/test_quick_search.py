"""The search in the header of the admin: every kind of record by any form of its names, and values to correct."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from ecosystem.models import Status, User
from tests.factories import (
    SCHEDULED,
    WITHDRAWN,
    DraftArticleFactory,
    DraftMetricFactory,
    DraftObservationFactory,
    DraftOrganizationFactory,
    EditorFactory,
    EventSeriesFactory,
    OrganizationNameFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    PublishedPersonFactory,
    ReaderOfTheAdminFactory,
    TopicFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
PAGE, SUGGESTIONS = reverse("quick_search"), reverse("quick_suggestions")


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def person(role: str) -> User:
    made = ReaderOfTheAdminFactory(username=role.lower())
    made.groups.add(Group.objects.get(name=role))
    return made


def found(client: Client, words: str) -> dict[str, list[tuple[str, str]]]:
    """What the page shows by kind: names and public state."""
    groups = client.get(PAGE, {"q": words}).context["groups"]
    return {kind: [(row["label"], row["state"]) for row in rows] for kind, rows in groups}


def suggested(client: Client, words: str) -> dict[str, list[str]]:
    groups = client.get(SUGGESTIONS, {"q": words}).json()["groups"]
    return {group["kind"]: [item["label"] for item in group["items"]] for group in groups}


def change_url(record) -> str:
    return reverse(f"admin:ecosystem_{record._meta.model_name}_change", args=[record.pk])


@pytest.fixture
def firm():
    made = PublishedOrganizationFactory(name="Huahong Foundry", name_zh="华虹代工", slug="hhf")
    OrganizationNameFactory(organization=made, text="Old Silicon Works", kind="former")
    return made


@pytest.mark.parametrize("words", ["huahong", "foundry huahong", "华虹", "hua hong dai gong", "old silicon"])
def test_public_records_are_found_by_any_form_of_their_names(admin_client, firm, words):
    wanted = {"Organizations": [("Huahong Foundry", "published")]}
    assert found(admin_client, words) == wanted
    assert suggested(admin_client, words) == {"Organizations": ["Huahong Foundry"]}


@pytest.mark.parametrize("words", ["huahong", "FOUNDRY hua", "华虹", "hhf", "old silicon"])
def test_drafts_are_found_by_names_and_slug(admin_client, words):
    draft = DraftOrganizationFactory(name="Huahong Foundry", name_zh="华虹代工", slug="hhf")
    OrganizationNameFactory(organization=draft, text="Old Silicon Works")
    assert found(admin_client, words) == {"Organizations": [("Huahong Foundry", "draft")]}
    assert suggested(admin_client, words) == {"Organizations": ["Huahong Foundry"]}


def test_every_public_state_is_found_and_named_once(admin_client):
    PublishedOrganizationFactory(name="Orient One")
    for name, fields in (("Two", SCHEDULED), ("Three", WITHDRAWN), ("Four", {"status": Status.IN_REVIEW})):
        DraftOrganizationFactory(name=f"Orient {name}", **fields)
    rows = found(admin_client, "orient")["Organizations"]
    assert (rows[0], sorted(rows[1:])) == (
        ("Orient One", "published"),
        [("Orient Four", "in_review"), ("Orient Three", "withdrawn"), ("Orient Two", "scheduled")],
    )


def test_every_kind_is_found(admin_client):
    DraftArticleFactory(title="Orient story")
    PublishedPersonFactory(name="Orient Li")
    TopicFactory(name="Orient studies")
    EventSeriesFactory(name="Orient forum")
    UnitFactory(name="orient pounds")
    kinds = ["Articles", "Event series", "People", "Topics", "Units"]
    assert (sorted(found(admin_client, "orient")), sorted(suggested(admin_client, "orient"))) == (
        kinds,
        kinds,
    )


def test_row_leads_to_the_form_of_the_record(admin_client, firm):
    page = admin_client.get(PAGE, {"q": "huahong"}).content.decode()
    assert f'href="{change_url(firm)}"' in page
    (group,) = admin_client.get(SUGGESTIONS, {"q": "huahong"}).json()["groups"]
    assert group["items"] == [
        {"label": "Huahong Foundry", "other": "华虹代工", "note": "", "url": change_url(firm)}
    ]


def test_other_name_by_which_it_was_found_and_its_state_are_said(admin_client, firm):
    DraftOrganizationFactory(name="Old Silicon Draft", name_zh="")
    (group,) = admin_client.get(SUGGESTIONS, {"q": "old silicon"}).json()["groups"]
    assert [item["note"] for item in group["items"]] == ["Old Silicon Works", "draft"]


# Values


@pytest.fixture
def values():
    metric = PublishedMetricFactory(name="Chips made", name_zh="芯片产量", slug="chips")
    return {
        period: PublishedObservationFactory(metric=metric, period=period, value=value)
        for period, value in (("2023", 300), ("2024", 400))
    }


@pytest.mark.parametrize("words", ["chips made 2023", "2023 chips made", "芯片产量 2023年"])
def test_value_is_found_by_metric_and_period_and_can_be_corrected(admin_client, values, words):
    correct = reverse("admin:ecosystem_observation_correct", args=[values["2023"].pk])
    groups = dict(admin_client.get(PAGE, {"q": words}).context["groups"])
    (row,) = groups["Observations"]
    assert (row["label"].replace("\u00a0", " "), row["correct_url"]) == (
        "Chips made, 2023: 300 companies",
        correct,
    )
    items = admin_client.get(SUGGESTIONS, {"q": words}).json()["groups"][0]["items"]
    assert [item["url"] for item in items] == [change_url(values["2023"]), correct]


def test_metric_alone_gives_its_newest_values(admin_client, values):
    rows = dict(admin_client.get(PAGE, {"q": "chips made"}).context["groups"])["Observations"]
    assert [row["label"].replace("\u00a0", " ") for row in rows] == [
        "Chips made, 2024: 400 companies",
        "Chips made, 2023: 300 companies",
    ]


def test_superseded_value_comes_last_and_is_not_corrected_again(admin_client, values):
    old, new = (
        values["2024"],
        PublishedObservationFactory(metric=values["2024"].metric, period="2024", value=9),
    )
    old.superseded_by = new
    old.save()
    rows = dict(admin_client.get(PAGE, {"q": "chips made 2024"}).context["groups"])["Observations"]
    assert [(row["state"], bool(row["correct_url"])) for row in rows] == [
        ("published", True),
        ("superseded", False),
    ]


def test_value_of_a_draft_metric_is_found_too(admin_client):
    metric = DraftMetricFactory(name="Robots sold")
    DraftObservationFactory(metric=metric, period="2024")
    rows = dict(admin_client.get(PAGE, {"q": "robots sold 2024"}).context["groups"])["Observations"]
    assert [(row["state"], row["correct_url"]) for row in rows] == [("draft", "")]


def test_author_finds_a_value_without_its_correction(values):
    rows = dict(browser(person("Author")).get(PAGE, {"q": "chips made 2024"}).context["groups"])
    assert [row["correct_url"] for row in rows["Observations"]] == [""]


# Who finds what


def test_users_are_found_by_administrators_alone():
    EditorFactory(username="zhaolan", first_name="Lan", last_name="Zhao")
    assert found(browser(person("Administrator")), "zhao lan") == {"Users": [("zhaolan", "")]}
    assert found(browser(person("Editor")), "zhao lan") == {}


def test_who_may_view_no_kind_finds_nothing(firm, values):
    client = browser(ReaderOfTheAdminFactory())
    assert (found(client, "huahong"), suggested(client, "chips made 2024")) == ({}, {})


def test_strangers_are_sent_to_the_login(firm):
    for address in (PAGE, SUGGESTIONS):
        assert Client().get(address, {"q": "huahong"}).url.startswith(reverse("admin:login"))


# The page and its field


@pytest.mark.parametrize("words", ["", "   ", "%", "\x00", "'\"--", "a" * 5000, "2024", "的"])
def test_any_words_give_a_page(admin_client, firm, words):
    assert admin_client.get(PAGE, {"q": words}).status_code == 200
    assert admin_client.get(SUGGESTIONS, {"q": words}).status_code == 200


def test_page_without_result_says_what_to_do(admin_client):
    page = admin_client.get(PAGE, {"q": "<nobody>"}).content.decode()
    assert "Nothing that you may see is called “&lt;nobody&gt;”. Try fewer words" in page


@pytest.mark.parametrize("address", ["admin:index", "admin:ecosystem_article_add", "quick_search"])
def test_field_stands_on_every_page_and_sends_without_script(admin_client, address):
    page = admin_client.get(reverse(address)).content.decode()
    assert f'<form id="quick-search" action="{PAGE}" role="search">' in page
    assert 'name="q" id="quick-search-words"' in page


def test_login_has_no_field():
    assert "quick-search" not in Client().get(reverse("admin:login")).content.decode()


@pytest.mark.parametrize("address", [PAGE, SUGGESTIONS])
def test_search_asks_as_often_for_many_as_for_few(
    admin_client, django_assert_max_num_queries, django_assert_num_queries, address
):
    def fill():
        PublishedOrganizationFactory(name="Orient works")
        DraftOrganizationFactory(name="Orient firm")
        DraftArticleFactory(title="Orient story")
        PublishedPersonFactory(name="Orient person")
        metric = PublishedMetricFactory(name="Orient output")
        PublishedObservationFactory(metric=metric)

    fill()
    admin_client.get(address, {"q": "orient"})  # the index is read once
    with django_assert_max_num_queries(32) as budget:
        admin_client.get(address, {"q": "orient"})
    number = len(budget)
    fill()
    admin_client.get(address, {"q": "orient"})
    with django_assert_num_queries(number):
        admin_client.get(address, {"q": "orient"})
