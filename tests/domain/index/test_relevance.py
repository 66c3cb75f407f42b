"""What a question finds, in tiers, the same on either database."""

import pytest
from django.utils.translation import override

from ecosystem.domain.index import memory, rebuilding
from ecosystem.domain.index.relevance import find
from ecosystem.models import Organization, OrganizationName
from ecosystem.values.queries import parse
from tests.factories import (
    CitationFactory,
    IdentifierFactory,
    OrganizationNameFactory,
    PublishedDistrictFactory,
    PublishedOrganizationFactory,
    PublishedPlaceFactory,
    TopicFactory,
)


def tiers(question: str) -> dict[str, list[str]]:
    """The names of what is found, by tier; empty tiers are left out."""
    held = memory.present()
    found = find(parse(question), held, held.public(Organization))
    names = dict(Organization.objects.values_list("pk", "name"))
    return {tier: sorted(names[pk] for pk in keys) for tier, keys in found.tiers.items() if keys}


def meant(question: str) -> str:
    held = memory.present()
    return find(parse(question), held, held.public(Organization)).meant


@pytest.fixture
def universities(either_database) -> None:
    PublishedOrganizationFactory(
        name="Fudan University", name_zh="复旦大学", summary="Teaches on four campuses."
    )
    PublishedOrganizationFactory(name="Fudan Microelectronics", name_zh="复旦微电")
    PublishedOrganizationFactory(name="Institute of Fudan Studies", name_zh="上海复旦研究所")
    PublishedOrganizationFactory(name="Creative Space", summary="Founded by graduates of Fudan University.")
    PublishedOrganizationFactory(name="SenseTime", name_zh="商汤科技")


def test_each_hit_stands_in_its_best_tier(universities):
    assert tiers("fudan university") == {"exact": ["Fudan University"], "text": ["Creative Space"]}
    assert tiers("fudan") == {
        "starts": ["Fudan Microelectronics", "Fudan University"],
        "names": ["Institute of Fudan Studies"],
        "text": ["Creative Space"],
    }


@pytest.mark.parametrize(
    "question", ["复旦大学", "復旦大學", "Fudan  University", "ｆｕｄａｎ university", "fudanuniversity"]
)
def test_name_is_exact_however_it_is_written(universities, question):
    assert tiers(question)["exact"] == ["Fudan University"]


@pytest.mark.parametrize("question", ["fudandaxue", "fu dan da xue", "FDDX"])
def test_chinese_name_is_found_as_it_sounds_and_by_its_initials(universities, question):
    assert tiers(question)["sounds"] == ["Fudan University"]


def test_words_that_make_one_in_letters_are_taken_for_one(universities):
    assert tiers("sense time") == {"exact": ["SenseTime"]}
    assert "Institute of Fudan Studies" in tiers("fu dan")["names"]


@pytest.mark.parametrize("kind", OrganizationName.Kind.values)
def test_every_kind_of_other_name_finds_its_organization(either_database, kind):
    one = PublishedOrganizationFactory(name="Xingyin Information Technology")
    OrganizationNameFactory(organization=one, text="小红书", kind=kind)
    assert tiers("小红书") == {"exact": ["Xingyin Information Technology"]}


def test_ticker_is_found_with_its_exchange_and_without(either_database):
    one = PublishedOrganizationFactory(name="SMIC")
    IdentifierFactory(organization=one, scheme="ticker", value="HKEX:0981")
    assert tiers("0981") == tiers("hkex:0981") == {"exact": ["SMIC"]}


def test_name_of_its_topic_district_or_park_is_text_of_an_organization(either_database):
    """And follows at once when that is renamed, though nothing is written for the organization."""
    park = PublishedPlaceFactory(name="Zhangjiang Science City", name_zh="张江科学城")
    one = PublishedOrganizationFactory(
        name="Hua Medicine", park=park, district=PublishedDistrictFactory(name="Pudong")
    )
    one.topics.add(TopicFactory(name="Biomedicine", name_zh="生物医药"))
    for question in ("张江", "zhangjiang", "ZJ", "hua 张江", "biomedicine pudong", "医药"):
        expected = {"text": ["Hua Medicine"]}
        assert (question, tiers(question)) == (question, expected if question != "ZJ" else {})
    park.name, park.name_zh = "Eastern Science City", "东部科学城"
    park.save()
    assert (tiers("张江"), tiers("eastern")) == ({}, {"text": ["Hua Medicine"]})


def test_close_spelling_is_offered_where_nothing_is_found(universities):
    assert meant("fudam university") == "fudan university"
    assert next(iter(tiers("fudam university").items())) == ("near exact", ["Fudan University"])
    assert meant("复但大学") == "复旦大学"
    assert meant("sensetiem") == "sensetime"


def test_close_spelling_that_most_pages_have_is_the_one_that_is_meant(db):
    PublishedOrganizationFactory(name="Goole Docks", name_zh="")
    for place in ("Shanghai", "Zurich"):
        PublishedOrganizationFactory(name=f"Google {place}", name_zh="")
    assert tiers("googe") == {"near starts": ["Google Shanghai", "Google Zurich"]}
    assert meant("googe") == "google"


def test_words_that_never_stand_together_are_taken_for_mistyped_one_by_one(universities):
    """Though each of them stands somewhere."""
    PublishedOrganizationFactory(name="Fudam Trading")
    PublishedOrganizationFactory(name="Surrey Police")
    PublishedOrganizationFactory(name="Surey Bank")
    assert meant("fudam university") == "fudan university"
    assert meant("surey police") == "surrey police"
    assert meant("fudan univeristy") == "fudan university"


def test_close_spelling_comes_below_what_is_found_where_that_is_little(universities):
    PublishedOrganizationFactory(name="Fudam Trading")
    found = tiers("fudam")
    assert list(found) == ["starts", "near starts", "near names", "near text"]
    assert (found["starts"], meant("fudam")) == (["Fudam Trading"], "")
    assert found["near starts"] == ["Fudan Microelectronics", "Fudan University"]


def test_close_spelling_of_a_word_that_is_found_is_one_that_many_more_pages_have(db):
    for name in ("Googe Bank", "Goole Docks", "Goole Ferry", "Google Shanghai", "Google Zurich"):
        PublishedOrganizationFactory(name=name, name_zh="", summary="")
    assert tiers("googe") == {"starts": ["Googe Bank"]}
    PublishedOrganizationFactory(name="Google Dublin", name_zh="", summary="")
    assert tiers("googe")["near starts"] == ["Google Dublin", "Google Shanghai", "Google Zurich"]


def test_no_close_spelling_comes_below_a_name_that_is_what_was_asked_for(universities):
    PublishedOrganizationFactory(name="Fudam", name_zh="复但")
    assert tiers("fudam") == {"exact": ["Fudam"]}
    assert [list(tiers(question)) for question in ("fudan", "fd")] == [
        ["sounds", "starts", "names", "text"],
        ["sounds", "starts"],
    ]


def test_no_spelling_is_offered_for_what_is_unlike_everything(universities):
    assert (tiers("zzzzzz"), meant("zzzzzz")) == ({}, "")


def test_spelling_that_only_hidden_pages_have_is_not_offered(universities):
    Organization.objects.get(name="SenseTime").delete()
    assert meant("sensetiem") == ""


@pytest.mark.parametrize(
    "question", ["", " ", "!?", "\x00", "\ud800", '"', "%", "_", "😀", "a" * 100_000, "上" * 100_000]
)
def test_any_question_has_an_answer_and_never_everything(universities, question):
    assert tiers(question) == {}


def test_tiers_are_the_same_with_frequent_words(universities):
    questions = ["fudan", "fudan university", "复旦", "复", "大学", "fu dan", "uni"]
    before = [tiers(question) for question in questions]
    rebuilding.rebuild(share=0.2, fewest=1)
    assert [tiers(question) for question in questions] == before


def test_language_of_the_page_changes_nothing(universities):
    with override("zh-hans"):
        assert tiers("复旦大学")["exact"] == ["Fudan University"]


def test_best_evidenced_come_first_within_a_tier(db):
    names = ["Delta One", "Delta Two", "Delta Three"]
    made = {name: PublishedOrganizationFactory(name=name) for name in names}
    CitationFactory(organization=made["Delta Two"])
    CitationFactory(organization=made["Delta Three"])
    CitationFactory(organization=made["Delta Three"])
    held = memory.present()
    starts = find(parse("delta"), held, held.public(Organization)).tiers["starts"]
    order = list(memory.walk(held, "evidence", starts))
    assert order == [made[name].pk for name in ("Delta Three", "Delta Two", "Delta One")]
