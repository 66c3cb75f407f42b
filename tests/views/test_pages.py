"""Initiatives, places, topics, people, sources and corrections."""

from datetime import date

import pytest

from tests.factories import (
    CitationFactory,
    ContributionFactory,
    CorrectionFactory,
    DraftArticleFactory,
    DraftOrganizationFactory,
    ParticipationFactory,
    PublishedArticleFactory,
    PublishedDistrictFactory,
    PublishedEventFactory,
    PublishedInitiativeFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    PublishedPersonFactory,
    PublishedPlaceFactory,
    PublishedSourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def page(client, path) -> dict:
    answer = client.get(path if isinstance(path, str) else path.get_absolute_url())
    assert answer.status_code == 200
    return answer.context


def test_initiative_names_places_and_who_takes_part(client):
    initiative, place = PublishedInitiativeFactory(), PublishedPlaceFactory()
    initiative.places.add(place)
    participation = ParticipationFactory(initiative=initiative)
    ParticipationFactory(initiative=initiative, organization=DraftOrganizationFactory())
    shown = page(client, initiative)
    assert (list(shown["places"]), list(shown["participations"])) == ([place], [participation])


def test_newest_initiative_stands_first(client):
    for started in ("2019", "2021-05", "2021"):
        PublishedInitiativeFactory(name=f"From {started}", started=started)
    assert [row.started for row in page(client, "/initiatives/")["object_list"]] == [
        "2021-05",
        "2021",
        "2019",
    ]


def test_district_holds_organizations_by_district_or_park_once(client):
    district = PublishedDistrictFactory(slug="pudong")
    both = PublishedOrganizationFactory(name="Both", district=district, park=district)
    PublishedOrganizationFactory(name="Elsewhere")
    DraftOrganizationFactory(district=district)
    shown = page(client, district)
    assert (list(shown["organizations"]), shown["organization_count"]) == ([both], 1)
    assert shown["list_parameter"] == "district"


def test_park_leads_to_its_own_part_of_the_directory(client):
    park = PublishedPlaceFactory(slug="zhangjiang")
    PublishedOrganizationFactory.create_batch(13, park=park)
    shown = page(client, park)
    assert (len(shown["organizations"]), shown["organization_count"]) == (12, 13)
    html = client.get(park.get_absolute_url()).content.decode()
    assert 'href="/organizations/?park=zhangjiang"' in html
    assert ">13 organizations</h2>" in client.get("/organizations/?park=zhangjiang").content.decode()


def test_place_knows_what_it_lies_in_and_what_lies_in_it(client):
    district, park = PublishedDistrictFactory(), PublishedPlaceFactory()
    park.located_in.add(district)
    assert list(page(client, park)["districts"]) == [district]
    assert list(page(client, district)["places"]) == [park]


def test_districts_stand_in_code_order_and_before_other_places(client):
    for code in ("310115", "310101", "310104"):
        PublishedDistrictFactory(admin_code=code)
    PublishedPlaceFactory(name="A park")
    assert [row.admin_code for row in page(client, "/places/")["object_list"]] == [
        "310101",
        "310104",
        "310115",
        "",
    ]


def test_topic_gathers_what_is_filed_under_it(client):
    topic = TopicFactory()
    filed = {
        "articles": PublishedArticleFactory(),
        "organizations": PublishedOrganizationFactory(),
        "initiatives": PublishedInitiativeFactory(),
        "events": PublishedEventFactory(),
    }
    metric = PublishedMetricFactory()
    for item in (*filed.values(), metric, DraftArticleFactory(), DraftOrganizationFactory()):
        item.topics.add(topic)
    shown = page(client, topic)
    assert {name: list(shown[name]) for name in filed} == {name: [item] for name, item in filed.items()}
    assert ([tile.metric for tile in shown["tiles"]], shown["organization_count"]) == ([metric], 1)


def test_related_topics_are_the_fullest_others(client):
    small, large, own = TopicFactory(), TopicFactory(), TopicFactory()
    for topics in ([small, large], [large, own]):
        PublishedOrganizationFactory().topics.set(topics)
    TopicFactory()
    assert page(client, own)["related_topics"] == [large, small]


def test_person_leads_to_public_articles_once(client):
    person, article = PublishedPersonFactory(), PublishedArticleFactory()
    ContributionFactory(person=person, article=article)
    ContributionFactory(person=person, article=article, role="quoted")
    ContributionFactory(person=person, article=DraftArticleFactory())
    assert list(page(client, person)["articles"]) == [article]


def test_source_says_what_rests_on_it(client):
    source = PublishedSourceFactory()
    use = CitationFactory(source=source)
    CitationFactory(source=source, organization=DraftOrganizationFactory())
    value = PublishedObservationFactory(source=source)
    shown = page(client, source)
    assert (shown["uses"].citations, shown["uses"].values) == ([use], [value])
    (row,) = page(client, f"/sources/?q={source.title.replace(' ', '+')}")["object_list"]
    assert (row.value_count, row.citation_count) == (1, 1)


def test_corrections_of_public_pages_stand_newest_first(client):
    old = CorrectionFactory(happened_on=date(2025, 1, 1))
    new = CorrectionFactory(
        organization=None, article=PublishedArticleFactory(), happened_on=date(2025, 2, 1)
    )
    CorrectionFactory(organization=DraftOrganizationFactory())
    assert page(client, "/corrections/")["object_list"] == [new, old]


def test_site_without_corrections_says_so(client):
    assert "No error has been announced so far." in client.get("/corrections/").content.decode()


def test_house_pages_speak_of_this_site(client, settings):
    settings.CONTACT_EMAIL = ""
    assert "mailto:" not in client.get("/contact/").content.decode()
    settings.CONTACT_EMAIL = "editors@example.org"
    assert 'href="mailto:editors@example.org"' in client.get("/contact/").content.decode()
    assert "CC BY 4.0" in client.get("/reuse/").content.decode()
    assert "cookie" in client.get("/privacy/").content.decode()
