"""Computed values: never stored, never better than their inputs, and as they were on any day."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ecosystem.domain import figure_records
from ecosystem.domain.formulas import computed_from
from ecosystem.domain.observations import History, attach_values
from ecosystem.models import FigureReference, Metric, Observation, Standing
from tests.factories import (
    LONG_AGO,
    FormulaInputFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
)

pytestmark = pytest.mark.django_db

LATER = LONG_AGO + timedelta(days=10)


@pytest.fixture
def share() -> Metric:
    """One metric in percent of another, both of which have 2024."""
    made = PublishedMetricFactory(slug="share", formula=Metric.Formula.SHARE)
    for position, (slug, value) in enumerate([("part", 65), ("whole", 437)], 1):
        one = PublishedMetricFactory(slug=slug, name=slug.title(), unit=made.unit)
        FormulaInputFactory(metric=made, input=one, position=position)
        PublishedObservationFactory(metric=one, period="2024", value=Decimal(value))
    return made


def values(metric: Metric, at=None) -> list[Observation]:
    return attach_values([Metric.objects.select_related("unit").get(pk=metric.pk)], at)[
        0
    ].current_observations


def observation(slug: str) -> Observation:
    return Observation.objects.get(metric__slug=slug)


def change(slug: str, **columns) -> None:
    Observation.objects.filter(metric__slug=slug).update(**columns)


def test_value_is_computed_when_it_is_read_and_never_stored(share):
    [value] = values(share)
    assert (value.value, value.period, value.pk) == (Decimal("14.9"), "2024", None)
    assert value.inputs == (observation("part"), observation("whole"))
    assert not share.observations.exists()


def test_changed_input_changes_it_at_the_next_reading(share):
    change("part", value=Decimal(93))
    assert [value.value for value in values(share)] == [Decimal("21.3")]


def test_weakest_standing_release_and_trust_win(share):
    change("whole", standing=Standing.DISPUTED, standing_reason="Counted twice.", release="estimate")
    [value] = values(share)
    assert (value.standing, value.release) == (Standing.DISPUTED, "estimate")
    assert value.standing_reason == "The input Whole is disputed. Counted twice."


def test_period_that_one_input_lacks_has_no_value(share):
    PublishedObservationFactory(metric=observation("part").metric, period="2023")
    assert [value.period for value in values(share)] == ["2024"]


def test_divisor_of_zero_is_an_honest_gap(share):
    change("whole", value=Decimal(0))
    [value] = values(share)
    assert (value.value, value.absence) == (None, Observation.Absence.NOT_APPLICABLE)
    assert value.note == "Whole is zero, and nothing can be divided by zero."


def test_input_without_a_number_leaves_none(share):
    change("part", value=None, absence=Observation.Absence.MISSING)
    [value] = values(share)
    assert (value.value, value.absence) == (None, Observation.Absence.MISSING)
    assert value.note == "Part has no number for this period."


def test_input_that_readers_cannot_see_is_none(share):
    Metric.objects.filter(slug="whole").update(status="draft")
    assert values(share) == []


def test_cycle_has_no_values_and_does_no_harm(share):
    part = observation("part").metric
    Observation.objects.all().delete()
    Metric.objects.filter(pk=part.pk).update(formula=Metric.Formula.GROWTH)
    FormulaInputFactory(metric=part, input=share)
    assert values(share) == []


def test_growth_is_over_the_period_before(share):
    growth = PublishedMetricFactory(slug="growth", formula=Metric.Formula.GROWTH)
    FormulaInputFactory(metric=growth, input=observation("part").metric)
    PublishedObservationFactory(metric=observation("part").metric, period="2023", value=Decimal(50))
    assert [(value.period, value.value) for value in values(growth)] == [("2024", Decimal(30))]


def test_value_is_known_from_the_moment_of_its_last_input(share):
    change("whole", recorded_at=LATER, published_at=LATER)
    assert values(share, LATER - timedelta(seconds=1)) == []
    assert [value.recorded_at for value in values(share, LATER)] == [LATER]
    assert History([share]).first_moment(share) == LATER


def test_what_it_was_before_an_input_was_corrected_stays_readable(share):
    old = observation("part")
    new = PublishedObservationFactory(
        metric=old.metric,
        period="2024",
        value=Decimal(93),
        published_at=LATER,
        supersede_reason="our-error",
        supersede_note="Read in the wrong row.",
    )
    Observation.objects.filter(pk=old.pk).update(superseded_by=new)
    [before] = History([share]).superseded(share, LATER)
    assert (before.value, before.superseded_by.value) == (Decimal("14.9"), Decimal("21.3"))
    assert before.superseded_by.supersede_note == "Read in the wrong row."


def test_past_of_a_computed_value_begins_when_its_inputs_can_be_seen(share):
    Metric.objects.filter(slug="whole").update(published_at=LATER)
    assert History([share]).first_moment(share) == LATER


def test_coverage_of_inputs_is_carried_through_computed_ones(share):
    change("part", method="listed only", method_zh="仅上市")
    double = PublishedMetricFactory(formula=Metric.Formula.SUM, unit=share.unit)
    for position, one in enumerate([share, observation("whole").metric], 1):
        FormulaInputFactory(metric=double, input=one, position=position)
    assert [value.method for value in values(double)] == [f"{share.name}: Part: listed only"]


def test_changed_input_renews_what_readers_last_saw_of_the_computed_one(share):
    article = PublishedArticleFactory(
        body=f'<p><figure-ref metric="{share.slug}"></figure-ref></p>', body_zh=""
    )
    figure_records.record_references(article)
    change("part", value=Decimal(93))
    figure_records.refresh_last_texts([observation("part").metric])
    [text] = FigureReference.objects.filter(shown=share).values_list("last_text", flat=True)
    assert text == "21.3\u00a0companies"


def test_metrics_that_rest_on_one_are_found_through_others(share):
    total = PublishedMetricFactory(slug="total", formula=Metric.Formula.SUM)
    FormulaInputFactory(metric=total, input=share)
    part = observation("part").metric
    assert {metric.slug for metric in computed_from([part])} == {"share", "total"}


def test_formulas_cost_one_query_more_whatever_their_number(share):
    def queries(metrics) -> int:
        metrics = list(metrics.select_related("unit"))
        with CaptureQueriesContext(connection) as captured:
            attach_values(metrics)
        return len(captured)

    stored = queries(Metric.objects.filter(slug="part"))
    one = queries(Metric.objects.filter(slug="share"))
    FormulaInputFactory(metric=PublishedMetricFactory(formula="sum"), input=share)
    assert (stored, one, queries(Metric.objects.all())) == (1, 2, 2)
