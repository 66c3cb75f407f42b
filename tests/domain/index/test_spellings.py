"""What a question with typing errors may be meant to be, the same on either database."""

import pytest
from pyroaring import BitMap

from ecosystem.domain.index import memory, spellings
from ecosystem.domain.index.relevance import find
from ecosystem.models import Organization
from ecosystem.values.queries import parse
from tests.factories import OrganizationNameFactory, PublishedOrganizationFactory

NAMES = (
    "Casa del Libro",
    "Lark Technologies",
    "Batavia Park District",
    "Ministry of Higher Education",
    "Swiss Association for Tobacco Control",
    "Instituto de Ciencia y Tecnología de Alimentos y Nutrición",
    "Kyoto University Hospital",
    "Showa University Koto Toyosu Hospital",
    "武汉荆门市沙洋县熊兴化工厂",
    "河南柘城信质房地产开发有限公司",
    "上海黄金交易所",
    "淮北工商行政管理局",
    "工商行政管理局",
    "日本东京FC俱乐部",
)


def names(question: str) -> list[str]:
    """The names of what is found, in the order of the tiers."""
    held = memory.present()
    found = find(parse(question), held, held.public(Organization))
    known = dict(Organization.objects.values_list("pk", "name"))
    return [known[pk] for documents in found.tiers.values() for pk in sorted(documents)]


def meant(question: str) -> list[tuple[str, int]]:
    """Each spelling with the number of its errors."""
    held = memory.present()
    found = spellings.spellings(parse(question), held, held.public(Organization), BitMap())
    return [(one.text, one.errors) for one in found]


@pytest.fixture
def listed(either_database) -> None:
    for name in NAMES:
        PublishedOrganizationFactory(name=name, name_zh="", summary="")


@pytest.mark.parametrize(
    ("question", "spelling"),
    [
        ("casa del libo", "casa del libro"),
        # a short word, which would mean too much by itself
        ("ministry fo higher education", "ministry of higher education"),
        # a word that stands in other names
        ("batavia lark district", "batavia park district"),
        # spaces: wrong, missing, too many
        ("swiss association for tobaccoucontrol", "swiss association for tobacco control"),
        ("swiss association fortobacco contral", "swiss association for tobacco control"),
        ("swiss asso ciation for tobacco contrl", "swiss association for tobacco control"),
        ("tobaccoucontrol", "tobacco control"),
        ("bataviapark", "batavia park"),
        ("casadel libro", "casa del libro"),
        # one of many words
        (
            "instituto de cienica y tecnologia de alimentos y nutricion",
            "instituto de ciencia y tecnologia de alimentos y nutricion",
        ),
        # two words at once, and most of them
        ("batvaia park distritc", "batavia park district"),
        ("swis asociation for tobbacco contrl", "swiss association for tobacco control"),
        # two errors in a word
        ("tehcnolgies", "technologies"),
        ("tehcnolgies larc", "technologies lark"),
        # Chinese: another character, one that is missing, too much, or swapped with the next one
        ("武术荆门市沙洋县熊兴化工厂", "武汉荆门市沙洋县熊兴化工厂"),
        ("河南柘城信质房地产开发限公司", "河南柘城信质房地产开发有限公司"),
        ("武汉荆门市沙洋县熊兴兴化工厂", "武汉荆门市沙洋县熊兴化工厂"),
        ("武汉荆门市洋沙县熊兴化工厂", "武汉荆门市沙洋县熊兴化工厂"),
        # in a part of a name, and beside words in letters
        ("黄金交易锁", "黄金交易所"),
        ("锁本东京FC俱乐部", "日本东京 fc 俱乐部"),
    ],
)
def test_text_that_is_meant_is_the_likeliest(listed, question, spelling):
    assert meant(question)[0][0] == spelling


@pytest.mark.parametrize(
    "question",
    [
        "xyz casa libro",
        "swiss lark",
        "zzzz zzzz",
        "tehcnolgies univresiyt",  # two errors in more than one word
        "aaa bbb ccc ddd libro",
        "上海",
        "天津银行",
        "12 34",
        "casa del 12",
    ],
)
def test_nothing_is_meant_by_what_is_like_no_name(listed, question):
    assert meant(question) == []


def test_spelling_with_fewer_errors_is_likelier(db):
    for name in ("Robotics Center", "Robotica Center", "Robotic Center"):
        PublishedOrganizationFactory(name=name, name_zh="", summary="")
    assert meant("robotixs center") == [("robotics center", 1), ("robotic center", 2), ("robotica center", 2)]


def test_of_chinese_spellings_those_with_all_that_was_typed_are_likelier(db):
    for name in ("轨道交通", "苏州轨道交通", "广州轨道交通"):
        PublishedOrganizationFactory(name=name, name_zh="", summary="")
    assert meant("苏轨道交通") == [("苏州轨道交通", 1), ("轨道交通", 1)]


def test_every_name_that_may_be_meant_is_found(listed):
    assert names("淮工商行政管理局") == ["淮北工商行政管理局", "工商行政管理局"]


def test_pages_with_another_spelling_come_along(listed):
    for name in ("Casa del Lobro Vigo", "Google Zurich", "Google", "Goole", "Goole Docks"):
        PublishedOrganizationFactory(name=name, name_zh="", summary="")
    assert names("casa del libo") == ["Casa del Libro"]  # fewer errors, and is a whole name
    assert names("casa del lubro") == ["Casa del Libro", "Casa del Lobro Vigo"]
    assert names("googe") == ["Google", "Goole", "Google Zurich"]


def test_spelling_is_mixed_in_below_where_little_is_found(listed):
    """Two words are doubted, although they are a name's; more of them are taken as they are."""
    assert names("koto hospital") == ["Showa University Koto Toyosu Hospital", "Kyoto University Hospital"]
    assert names("koto hospital university") == ["Showa University Koto Toyosu Hospital"]
    assert names("casa del libro") == ["Casa del Libro"]


def test_other_words_of_many_pages_leave_the_close_terms_to_try(listed, monkeypatch):
    monkeypatch.setattr(spellings, "MOST_LOOKED_AT", 0)
    assert meant("casa del libo") == [("casa del libro", 1)]
    assert meant("batvaia park distritc") == [("batavia park district", 2)]
    assert meant("ministry fo higher education") == []


def test_other_names_are_meant_too(listed):
    one = PublishedOrganizationFactory(name="Anything", name_zh="", summary="")
    OrganizationNameFactory(organization=one, text="Paradise of Trains", kind="other")
    assert names("paradise fo trains") == ["Anything"]


def test_what_only_hidden_pages_have_is_not_meant(listed):
    Organization.objects.get(name="Casa del Libro").delete()
    assert meant("casa del libo") == []
