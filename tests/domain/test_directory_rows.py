"""The rows of a page of the directory: in the order asked for, in the language of the page."""

import pytest
from django.utils.translation import override

from ecosystem.domain import directory_rows
from ecosystem.domain.directory_rows import Row, Words, in_language, other_name
from ecosystem.filters.organizations import OrganizationFilter
from tests.factories import PublishedOrganizationFactory, TopicFactory

pytestmark = pytest.mark.django_db


def rows_of(keys: list[int]) -> list[Row]:
    return directory_rows.rows_of(keys, OrganizationFilter().names_of)


def test_rows_come_in_the_order_of_the_keys():
    keys = [PublishedOrganizationFactory().pk for _ in range(5)]
    for order in (keys, keys[::-1], keys[2:4]):
        assert [row.pk for row in rows_of(order)] == order


def test_keys_of_what_was_deleted_meanwhile_are_passed_over():
    kept, gone = PublishedOrganizationFactory(), PublishedOrganizationFactory()
    keys = [gone.pk, kept.pk]
    gone.delete()
    assert [row.pk for row in rows_of(keys)] == [kept.pk]


def test_no_keys_ask_no_questions(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert rows_of([]) == []


@pytest.mark.parametrize("number", [1, 30])
def test_rows_take_three_queries_however_many_they_are(django_assert_num_queries, number):
    keys = [row.pk for row in PublishedOrganizationFactory.create_batch(number)]
    rows_of(keys)
    with django_assert_num_queries(3 + 1):  # and one that asks for the state of the index
        assert len(rows_of(keys)) == number


def test_topics_stand_in_the_order_of_their_names():
    organization = PublishedOrganizationFactory()
    organization.topics.set(
        [TopicFactory(name="Robots"), TopicFactory(name="Chips"), TopicFactory(name="Medicine")]
    )
    (row,) = rows_of([organization.pk])
    assert [topic.text for topic in row.topics] == ["Chips", "Medicine", "Robots"]


def test_summary_in_the_other_language_is_marked():
    organization = PublishedOrganizationFactory(summary="", summary_zh="生产<em>晶圆</em>。")
    (row,) = rows_of([organization.pk])
    assert row.summary == ("生产<em>晶圆</em>。", "zh-Hans")
    with override("zh-hans"):
        (row,) = rows_of([organization.pk])
    assert row.summary == ("生产<em>晶圆</em>。", "")


def test_words_of_a_summary_without_markup_are_escaped_once():
    organization = PublishedOrganizationFactory(summary="R&amp;D of &lt;chips&gt;", summary_zh="")
    (row,) = rows_of([organization.pk])
    assert row.summary.text.__html__() == "R&amp;D of &lt;chips&gt;"


@pytest.mark.parametrize(
    ("english", "chinese", "on_english", "on_chinese"),
    [
        ("Fudan", "复旦", (Words("Fudan"), Words("复旦", "zh-Hans")), (Words("复旦"), Words("Fudan", "en"))),
        ("Fudan", "", (Words("Fudan"), Words("")), (Words("Fudan", "en"), Words(""))),
        ("", "复旦", (Words("复旦", "zh-Hans"), Words("")), (Words("复旦"), Words(""))),
        ("SAP", "SAP", (Words("SAP"), Words("")), (Words("SAP"), Words(""))),
        ("", "", (Words(""), Words("")), (Words(""), Words(""))),
    ],
)
def test_names_are_shown_in_the_language_of_the_page_and_then_in_the_other(
    english, chinese, on_english, on_chinese
):
    for is_chinese, expected in ((False, on_english), (True, on_chinese)):
        both = (
            in_language(english, chinese, chinese=is_chinese),
            other_name(english, chinese, chinese=is_chinese),
        )
        assert both == expected
