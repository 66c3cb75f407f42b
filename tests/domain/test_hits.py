"""A row that was found by words says which of its names or texts has them, and marks them."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from ecosystem.domain.directory_rows import rows_of
from ecosystem.domain.hits import AFTER, Hit, hits_of
from ecosystem.filters.organizations import OrganizationFilter
from tests.factories import (
    IdentifierFactory,
    OrganizationNameFactory,
    PublishedDistrictFactory,
    PublishedOrganizationFactory,
    PublishedPlaceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def laboratory():
    made = PublishedOrganizationFactory(
        name="Zhangjiang Laboratory",
        name_zh="张江实验室",
        summary="Public R&amp;D laboratory for <em>photon</em> science and 光子 computing.",
        summary_zh="在上海光学研究。",
        description="<p>It measures every wavelength.</p>",
        website="https://www.lightlab.example.org/en",
        district=PublishedDistrictFactory(name="Pudong New Area", name_zh="浦东新区"),
        park=PublishedPlaceFactory(name="Science City", name_zh="张江科学城"),
    )
    made.topics.add(TopicFactory(name="Life science", name_zh="生命科学"))
    for kind, text in (("former", "Institute of Light"), ("brand", "ShineBox"), ("acronym", "ZJLab")):
        OrganizationNameFactory(organization=made, kind=kind, text=text)
    IdentifierFactory(organization=made, scheme="ticker", value="HKEX:0981")
    return made


def hit(organization, words: str) -> Hit:
    asked = OrganizationFilter(QueryDict())
    return hits_of(words, rows_of([organization.pk], asked.names_of), asked.entries)[organization.pk]


def said(found: Hit) -> str:
    return f"{found.label}: " + "".join(
        f"[{text}]" if is_marked else text for text, is_marked in found.pieces
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("zhangjiang laboratory", "Name: [Zhangjiang] … [Laboratory]"),
        ("张江实验室", "Name: [张江实验室]"),
        ("ZHANGJIANG", "Name starts with: [Zhangjiang]"),
        ("zhangj", "Name starts with: [Zhangj]"),
        ("laboratory", "Name has: [Laboratory]"),
        ("实验", "Name has: [实验]"),
        ("institute light", "Former name: [Institute] of [Light]"),
        ("shinebox", "Brand or product: [ShineBox]"),
        ("zjlab", "Acronym: [ZJLab]"),
        ("hkex:0981", "Identifier: [HKEX]:[0981]"),
        ("pudong", "Place: [Pudong] New Area"),
        ("科学城", "Place: 张江[科学城]"),
        ("life science", "Topic: [Life] [science]"),
        ("生命", "Topic: [生命]科学"),
        ("photon", "Text: Public R&D laboratory for [photon] science and 光子 computing."),
        ("wavelength", "Text: It measures every [wavelength]."),  # not in the row
        ("上海光", "Text: 在[上海光]学研究。"),
        ("lightlab", "Website: [lightlab].example.org"),
        ("zjsys", "Sounds like: [张江实验室]"),
        ("shiyan", "Sounds like: 张江[实验]室"),
        ("zhangjyang", "Similar to: 张江实验室"),
    ],
)
def test_row_says_where_the_words_stand(laboratory, words, expected):
    assert said(hit(laboratory, words)) == expected


def test_words_that_stand_in_different_places_are_shown_where_some_are(laboratory):
    assert said(hit(laboratory, "pudong photon")) == "Place: [Pudong] New Area"


def test_long_texts_are_cut_around_what_was_found(laboratory):
    laboratory.summary = f"{'before ' * 20}needle {'after ' * 30}"
    laboratory.save()
    found = hit(laboratory, "needle")
    assert said(found).startswith("Text: … ")
    assert "[needle]" in said(found)
    assert len(found.text) < 2 * AFTER


def test_labels_are_in_the_language_of_the_page_and_texts_say_their_own(laboratory):
    with override("zh-hans"):
        found = hit(laboratory, "shinebox")
    assert (found.label, found.language) == ("品牌或产品", "en")
    assert hit(laboratory, "实验").language == "zh-Hans"


@pytest.mark.parametrize("words", ["", "  ", "!?", "\x00"])
def test_no_words_find_nothing(laboratory, words):
    asked = OrganizationFilter(QueryDict())
    assert hits_of(words, rows_of([laboratory.pk], asked.names_of), asked.entries) == {}


@pytest.mark.parametrize("number", [1, 20])
def test_hits_take_no_query_where_names_say_it_and_one_where_other_names_do(
    django_assert_num_queries, number
):
    found = PublishedOrganizationFactory.create_batch(number)
    for one in found:
        OrganizationNameFactory(organization=one, text="Maker of chips")
    asked = OrganizationFilter(QueryDict())
    rows, entries = rows_of([one.pk for one in found], asked.names_of), asked.entries
    with django_assert_num_queries(0):
        assert len(hits_of("organization", rows, entries)) == number
    with django_assert_num_queries(1):
        assert len(hits_of("maker of chips", rows, entries)) == number
