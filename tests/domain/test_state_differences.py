"""What differs between two stored states, told in the words of editors, for every kind of item."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from ecosystem.domain import revisions
from ecosystem.domain.state_differences import compare, compare_each
from ecosystem.models import Citation, Status
from tests.domain.told import changed, told, without
from tests.factories import (
    CitationFactory,
    DraftArticleFactory,
    DraftObservationFactory,
    DraftOrganizationFactory,
    ImageFactory,
    OrganizationNameFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedPlaceFactory,
    PublishedSourceFactory,
    TopicFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

# Rows


@pytest.fixture
def organization():
    return DraftOrganizationFactory()


def test_rows_are_told_by_what_became_of_them(organization):
    kept, gone = (OrganizationNameFactory(organization=organization, text=text) for text in ("Kept", "Gone"))
    first = CitationFactory(
        organization=organization, source=PublishedSourceFactory(title="First"), position=1
    )
    before = revisions.snapshot(organization)
    gone.delete()
    kept.until = "2020"
    kept.save()
    Citation.objects.filter(pk=first.pk).update(position=2)
    after = revisions.snapshot(organization)
    difference = compare(before, after)
    assert told(difference) == [
        "Names, changed: short name, Kept",
        "  Until: – -> 2020",
        "Names, removed: short name, Gone",
        "  Language: English or Latin letters -> –",
        "Citations, moved: First",
        "  Position: 1 -> 2",
    ]
    assert difference.summary == "Names (1 changed, 1 removed), Citations (1 moved)"


def test_row_with_a_negative_key_is_new(organization):
    before = revisions.snapshot(organization)
    name = OrganizationNameFactory(organization=organization, text="Draft name")
    row = revisions.states([name])[0]
    for key in (-1, None):
        difference = compare(before, [*before, row | {"pk": key}])
        assert difference.summary == "Names (1 added)"
    assert compare([*before, row | {"pk": -1}], [*before, row | {"pk": -1}]).summary == "Nothing changed"


def test_row_that_came_back_the_same_under_another_key_is_no_difference(organization):
    OrganizationNameFactory(organization=organization, text="One")
    before = revisions.snapshot(organization)
    restored = [before[0], before[1] | {"pk": before[1]["pk"] + 1}]
    assert told(compare(before, restored)) == []
    twice = [*before, before[1] | {"pk": before[1]["pk"] + 2}]
    assert compare(twice, restored).summary == "Names (1 removed)"


# Names of others


def test_what_no_longer_exists_is_named_by_its_key(organization):
    state = revisions.snapshot(organization)
    after = changed(state, district=["lost-district"], topics=[["lost-topic"]])
    assert told(compare(state, after)) == [
        "District: – -> “lost-district” (no longer exists)",
        "Topics: [+“lost-topic” (no longer exists)]",
    ]


def test_superseding_value_is_told_with_its_amount():
    metric = PublishedMetricFactory(name="Labs")
    old, new = (PublishedObservationFactory(metric=metric, value=value) for value in (400, 410))
    before = revisions.snapshot(old)
    old.superseded_by = new
    assert told(compare(before, revisions.snapshot(old))) == [
        "Superseded by: – -> Labs, 2024: 410\xa0companies"
    ]


def test_order_of_several_names_is_no_difference(organization):
    state = changed(revisions.snapshot(organization), topics=[["a"], ["b"]])
    assert told(compare(state, changed(state, topics=[["b"], ["a"]]))) == []


def test_cover_is_shown_with_both_pictures():
    old, new = ImageFactory(alternative="Old"), ImageFactory(alternative="New")
    state = revisions.snapshot(DraftArticleFactory(cover=old))
    [change] = compare(state, changed(state, cover=new.pk)).fields
    assert (change.pictures, change.before, change.after) == ((old, new), "Old", "New")


def test_many_pairs_ask_for_names_once():
    def states(count):
        made = []
        for _ in range(count):
            organization = DraftOrganizationFactory(district=PublishedPlaceFactory())
            organization.topics.set([TopicFactory(), TopicFactory()])
            CitationFactory(organization=organization)
            made.append(revisions.snapshot(organization))
        return made

    for number in (3, 12):
        made = states(number)
        with CaptureQueriesContext(connection) as queries:
            lines = [told(difference) for difference in compare_each(made)]
        # Places, topics, sources.
        assert (len(lines), len(queries)) == (number - 1, 3)


# Values


def test_absence_is_told_instead_of_a_number():
    state = revisions.snapshot(DraftObservationFactory())
    after = changed(state, value=None, absence="missing")
    [change] = compare(state, after).fields
    assert (change.label, change.after) == ("Value", "no figure was published")


def test_small_correction_of_a_large_number_is_not_rounded_away():
    metric = PublishedMetricFactory(unit=UnitFactory(name="billion yuan", factor=10**9))
    state = revisions.snapshot(DraftObservationFactory(metric=metric, value=Decimal("53926.71")))
    after = changed(state, value="53926.710001")
    assert told(compare(state, after)) == ["Value: 53,926.71 billion yuan -> 53,926.710001 billion yuan"]


def test_same_number_written_otherwise_is_no_difference():
    state = revisions.snapshot(DraftObservationFactory())
    assert told(compare(state, changed(state, value="400"))) == []


def test_value_of_a_metric_that_is_gone_is_told_without_unit():
    state = changed(revisions.snapshot(DraftObservationFactory()), metric=["gone"])
    assert told(compare(state, changed(state, value="4000"))) == ["Value: 400 -> 4,000"]


def test_bookkeeping_is_no_difference(organization):
    before = revisions.snapshot(organization)
    organization.save()
    assert told(compare(before, revisions.snapshot(organization))) == []


def test_html_that_reads_the_same_is_told_as_such():
    state = revisions.snapshot(DraftArticleFactory(body="<p>One</p>"))
    assert told(compare(state, changed(state, body="<p>One </p>"))) == [
        "Body: One",
        "  Readers see the same; only the HTML is written otherwise.",
    ]


# States that an older or a newer site wrote


def test_field_that_the_earlier_state_does_not_know_is_told_as_such(organization):
    state = revisions.snapshot(organization)
    assert told(compare(without(state, "kind"), state)) == [
        "Kind: – -> company",
        "  The earlier state does not know this field.",
    ]
    assert told(compare(state, without(state, "kind"))) == [
        "Kind: company -> –",
        "  The later state does not know this field.",
    ]


def test_new_field_that_says_nothing_is_no_difference(organization):
    state = revisions.snapshot(organization)
    assert told(compare(without(state, "internal_note"), state)) == []
    value = revisions.snapshot(DraftObservationFactory())
    assert told(compare(without(value, "release"), value)) == []


def test_field_that_the_site_has_lost_is_told_as_such(organization):
    state = revisions.snapshot(organization)
    old = changed(state, staff=[12, 14])
    assert told(compare(old, state)) == ["staff: 12, 14 -> –", "  This field no longer exists."]
    assert told(compare(old, old)) == []


def test_kind_that_the_site_has_lost_is_told_field_by_field(organization):
    state = revisions.snapshot(organization)
    row = {"model": "ecosystem.award", "pk": 1, "fields": {"name": "Prize"}}
    assert told(compare(state, [*state, row])) == [
        "ecosystem.award, added: ",
        "  name: – -> Prize",
        "    This field no longer exists.",
    ]
    lost = [row]
    assert told(compare(lost, [row | {"fields": {"name": "Medal"}}])) == [
        "name: Prize -> Medal",
        "  This field no longer exists.",
    ]


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("founded", "around 1990", "Founded: – -> around 1990"),
        ("kind", "guild", "Kind: company -> guild"),
        ("district", 17, "District: – -> “17” (no longer exists)"),
        ("name", None, "Name: [-Old]"),
        ("website", 4, "Website: – -> 4"),
        ("topics", None, ""),
        ("topics", 5, ""),
        ("district", [["x"]], "District: – -> “['x']” (no longer exists)"),
        ("status", {"draft": 1}, "Public state: {'draft': 1}."),
    ],
)
def test_value_that_cannot_be_read_is_shown_as_it_stands(name, value, line):
    state = revisions.snapshot(DraftOrganizationFactory(name="Old"))
    assert told(compare(state, changed(state, **{name: value}))) == ([line] if line else [])


def test_state_of_a_revision_without_keys_is_compared(organization):
    state = [{"model": "ecosystem.topic", "fields": {"slug": "a", "name": "A"}}]
    other = [{"model": "ecosystem.topic", "fields": {"slug": "a", "name": "B"}}]
    assert told(compare(state, other)) == ["Name: [-A][+B]"]


def test_nothing_is_compared_with_nothing():
    assert told(compare(None, None)) == []


# Chinese


def test_difference_is_told_in_chinese():
    value = DraftObservationFactory(
        metric=PublishedMetricFactory(
            unit=UnitFactory(name="billion yuan", name_zh="亿元", factor=10**9, factor_zh=10**8)
        )
    )
    state = revisions.snapshot(value)
    after = changed(
        state, value="401", qualifier="~", source=revisions.states([value])[0]["fields"]["source"]
    )
    after = changed(after, status=Status.IN_REVIEW)
    with translation.override("zh-hans"):
        assert told(compare(state, after)) == ["已提交审核。", "值: 4000亿元 -> 约4010亿元"]
