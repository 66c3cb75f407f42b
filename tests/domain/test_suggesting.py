"""Suggestions while typing: names of every kind, in both scripts, as they sound, and by initials."""

import pytest

from ecosystem.domain.suggesting import Suggestion, suggest
from tests.factories import (
    DraftOrganizationFactory,
    OrganizationNameFactory,
    PublishedMetricFactory,
    PublishedOrganizationFactory,
    PublishedPlaceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def labels(text: str, **options) -> list[str]:
    return [one.label for one in suggest(text, **options)]


def test_name_is_suggested_from_its_first_letters_in_either_script():
    one = PublishedOrganizationFactory(slug="fudan-university", name="Fudan University", name_zh="复旦大学")
    expected = [Suggestion("Fudan University", "复旦大学", "organization", one.get_absolute_url())]
    for text in ("f", "fud", "FUDAN U", "复", "复旦大", "fudand", "fddx"):
        assert (text, suggest(text)) == (text, expected)


def test_word_within_a_name_comes_after_names_that_start_with_it():
    PublishedOrganizationFactory(name="Institute of Photonics")
    PublishedOrganizationFactory(name="Photonics Works")
    assert labels("photon") == ["Photonics Works", "Institute of Photonics"]


def test_other_name_is_told_where_it_is_what_was_typed():
    one = PublishedOrganizationFactory(name="Xingyin Information", name_zh="行吟信息")
    OrganizationNameFactory(organization=one, text="小红书", kind="brand")
    assert [each.note for each in suggest("小红")] == ["小红书"]
    assert [each.note for each in suggest("xingyin")] == [""]


def test_kinds_stay_together_metrics_first():
    PublishedOrganizationFactory(name="Chip Works")
    TopicFactory(name="Chips")
    PublishedPlaceFactory(name="Chip Park")
    PublishedMetricFactory(name="Chip output")
    assert [one.kind for one in suggest("chip")] == ["metric", "organization", "place", "topic"]


def test_metric_is_suggested_by_its_other_names():
    PublishedMetricFactory(name="Research spending", other_names="R&D intensity\n研发强度")
    assert labels("r&d int") == labels("研发") == ["Research spending"]


def test_what_is_not_public_is_not_suggested():
    DraftOrganizationFactory(name="Fudan University")
    assert suggest("fudan") == []


@pytest.mark.parametrize("text", ["", " ", "!", "\x00", "\ud800", "上" * 10_000])
def test_nothing_is_suggested_for_nothing(text):
    PublishedOrganizationFactory()
    assert suggest(text) == []


def test_list_is_short_and_leaves_room_for_other_kinds():
    PublishedOrganizationFactory.create_batch(12, name="Delta Works")
    TopicFactory(name="Delta")
    assert (labels("delta").count("Delta Works"), labels("delta")[-1], len(suggest("delta", limit=4))) == (
        7,
        "Delta",
        4,
    )
