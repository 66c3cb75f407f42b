"""A list that is asked for by a slug which somebody had before is that of the present slug."""

import pytest

from ecosystem.domain import publishing
from ecosystem.domain.renaming import rename
from tests.factories import (
    DraftPlaceFactory,
    PublishedDistrictFactory,
    PublishedOrganizationFactory,
    PublishedPlaceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved():
    """A topic, a district and a park, each with another slug than it had."""
    items = {
        "topic": TopicFactory(slug="old-topic"),
        "district": PublishedDistrictFactory(slug="old-district"),
        "park": PublishedPlaceFactory(slug="old-park", kind="park"),
    }
    PublishedOrganizationFactory(park=items["park"], district=items["district"]).topics.add(items["topic"])
    for name, item in items.items():
        rename(item, f"new-{name}", by=None)
    return items


def leads_to(answer) -> tuple[int, str]:
    return answer.status_code, answer.headers.get("Location", "")


@pytest.mark.parametrize(
    "path",
    [
        "/organizations/",
        "/zh-hans/organizations/",
        "/organizations.csv",
        "/organizations.json",
        "/organizations.xlsx",
        "/organizations/statistics.csv",
        "/articles/",
        "/initiatives/",
        "/events/",
        "/metrics/",
    ],
)
def test_list_and_file_of_a_former_topic_lead_to_the_present_one(client, moved, path):
    answer = client.get(f"{path}?topic=old-topic")
    assert leads_to(answer) == (301, f"{path}?topic=new-topic")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert client.get(answer.headers["Location"]).status_code == 200


def test_everything_else_that_was_asked_stays(client, moved):
    other = TopicFactory(slug="other")
    query = "q=lab&topic=old-topic&topic=other&district=old-district&park=old-park&view=table&page=2"
    assert leads_to(client.get(f"/organizations/?{query}")) == (
        301,
        f"/organizations/?{query.replace('old', 'new')}",
    )
    assert other.slug == "other"


def test_places_of_a_former_district(client, moved):
    assert leads_to(client.get("/places/?district=old-district")) == (301, "/places/?district=new-district")


def test_comparison_of_an_organization_that_has_moved(client):
    one, other = PublishedOrganizationFactory(slug="old"), PublishedOrganizationFactory(slug="other")
    rename(one, "new", by=None)
    answer = client.get(f"/organizations/compare/?with=old&with={other.slug}")
    assert leads_to(answer) == (301, "/organizations/compare/?with=new&with=other")


@pytest.mark.parametrize(
    "query",
    [
        "topic=never",
        "topic=%00",
        "topic=%ED%A0%80",
        "topic=" + "a" * 1000,
        "topic=Old Topic",
        "kind=old-topic",
        "&".join(f"topic=nothing-{number}" for number in range(60)) + "&topic=old-topic",
    ],
    ids=["unknown", "NUL", "surrogate", "long", "no slug", "another parameter", "too many"],
)
def test_what_nobody_had_is_answered_as_before(client, moved, query):
    assert leads_to(client.get(f"/organizations/?{query}")) == (200, "")


def test_slug_of_what_readers_do_not_see_tells_them_nothing(client):
    draft, withdrawn = DraftPlaceFactory(slug="old"), PublishedDistrictFactory(slug="gone")
    rename(draft, "secret", by=None)
    rename(withdrawn, "away", by=None)
    publishing.withdraw(withdrawn, by=None, notice="It was an error.")
    assert leads_to(client.get("/organizations/?park=old")) == (200, "")
    assert leads_to(client.get("/organizations/?district=gone")) == (301, "/organizations/?district=away")
    assert client.get("/organizations/?district=away").status_code == 200
