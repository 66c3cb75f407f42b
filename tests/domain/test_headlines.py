"""Each clause of the rule by which one value stands for a metric."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from ecosystem.domain.headlines import Headline, Rule, headlines
from ecosystem.domain.observations import attach_values
from ecosystem.models import Metric, Observation, Standing
from tests.factories import (
    DisputedObservationFactory,
    DraftObservationFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedSourceFactory,
    UnopenedSourceFactory,
)

pytestmark = pytest.mark.django_db
EARLIER, LATER = datetime(2025, 2, 1, tzinfo=UTC), datetime(2025, 3, 1, tzinfo=UTC)


@pytest.fixture
def metric() -> Metric:
    return PublishedMetricFactory(nature=Metric.Nature.STOCK)


def reported(metric, period, value=400, **particulars) -> Observation:
    return PublishedObservationFactory(metric=metric, period=period, value=Decimal(value), **particulars)


def unverified(metric, period, value=400, **particulars) -> Observation:
    particulars = {"source": UnopenedSourceFactory(), "standing": Standing.UNVERIFIED} | particulars
    return reported(metric, period, value, **particulars)


def headline(metric) -> Headline:
    (found,) = headlines(attach_values(Metric.objects.filter(pk=metric.pk)))
    return found


def periods(values) -> list[str]:
    return [value.period for value in values]


def test_metric_without_values_has_no_headline(metric):
    assert headline(metric) == Headline(metric, Rule.NONE, None)


def test_newest_end_of_period_comes_first(metric):
    older, newer = reported(metric, "2024-06"), reported(metric, "2024-Q3")
    found = headline(metric)
    assert (found.observation, found.rule) == (newer, Rule.TRUSTED)
    assert found.line == (older, newer)


def test_finer_period_comes_first_among_those_that_end_on_the_same_day(metric):
    for period in ("2024", "2024-Q4", "2024-12-31", "2024-12", "2024-H2"):
        reported(metric, period)
    assert headline(metric).observation.period == "2024-12-31"


def test_verified_comes_before_reported_within_a_period(metric):
    verified = reported(metric, "2024", 401, standing=Standing.VERIFIED, recorded_at=EARLIER)
    reported(metric, "2024", 500, recorded_at=LATER)
    assert headline(metric).observation == verified


def test_newer_reported_value_comes_before_an_older_verified_one(metric):
    reported(metric, "2023", standing=Standing.VERIFIED)
    newer = reported(metric, "2024")
    assert headline(metric).observation == newer


def test_latest_recorded_comes_first_among_equals(metric):
    late = reported(metric, "2024", 401, recorded_at=LATER)
    reported(metric, "2024", 500, recorded_at=EARLIER)
    assert headline(metric).observation == late


def test_trusted_value_comes_before_a_newer_untrusted_one(metric):
    trusted = reported(metric, "2020")
    passed_over = [unverified(metric, "2024"), DisputedObservationFactory(metric=metric, period="2025")]
    found = headline(metric)
    assert (found.observation, found.rule) == (trusted, Rule.TRUSTED)
    assert found.newer == tuple(passed_over)


def test_untrusted_value_stands_with_its_mark_where_no_trusted_one_is(metric):
    unverified(metric, "2023")
    newest = DisputedObservationFactory(metric=metric, period="2024")
    found = headline(metric)
    assert (found.observation, found.rule) == (newest, Rule.MARKED)


def test_unverified_value_comes_before_a_disputed_one_of_its_period(metric):
    plain = unverified(metric, "2024", 401)
    DisputedObservationFactory(metric=metric, period="2024", value=Decimal(500))
    assert headline(metric).observation == plain


@pytest.mark.parametrize("others", [[], ["2020"]], ids=["alone", "after a value"])
def test_forecast_is_never_a_headline(metric, others):
    known = [reported(metric, period) for period in others]
    forecast = reported(metric, "2030", release=Observation.Release.FORECAST)
    found = headline(metric)
    assert found.observation == (known[0] if known else None)
    assert found.newer == ((forecast,) if known else ())


def test_estimate_may_be_a_headline(metric):
    estimate = reported(metric, "2024", release=Observation.Release.ESTIMATE)
    assert headline(metric).observation == estimate


def test_yearly_flow_is_not_followed_by_a_part_of_a_year(metric):
    metric.nature = Metric.Nature.FLOW
    metric.save()
    years = [reported(metric, "2023", 900), reported(metric, "2024", 1000)]
    half = reported(metric, "2025-H1", 520)
    found = headline(metric)
    assert (found.observation, found.line, found.newer) == (years[1], tuple(years), (half,))
    assert found.change == 100


def test_flow_without_whole_years_takes_its_newest_part(metric):
    metric.nature = Metric.Nature.FLOW
    metric.save()
    half = reported(metric, "2025-H1")
    assert headline(metric).observation == half


def test_untrusted_year_does_not_push_a_trusted_part_of_a_year_aside(metric):
    metric.nature = Metric.Nature.FLOW
    metric.save()
    unverified(metric, "2023")
    half = reported(metric, "2025-H1")
    found = headline(metric)
    assert (found.observation, found.rule) == (half, Rule.TRUSTED)


def test_part_of_a_year_may_follow_a_year_where_a_stock_is_counted(metric):
    year, june = reported(metric, "2024"), reported(metric, "2025-06")
    assert headline(metric).line == (year, june)


def test_line_and_change_stay_within_the_method_of_the_headline(metric):
    same = reported(metric, "2022", 300, method="outdoor stations")
    reported(metric, "2023", 900, method="all stations")
    newest = reported(metric, "2024", 350, method="outdoor stations")
    found = headline(metric)
    assert found.line == (same, newest)
    assert (found.previous, found.change) == (same, 50)


def test_line_holds_the_best_value_of_each_period(metric):
    reported(metric, "2023", 1)
    best = reported(metric, "2023", 2, standing=Standing.VERIFIED)
    newest = reported(metric, "2024", 3)
    assert headline(metric).line == (best, newest)


def test_line_of_trusted_values_leaves_untrusted_ones_out(metric):
    unverified(metric, "2022")
    DisputedObservationFactory(metric=metric, period="2023")
    newest = reported(metric, "2024")
    found = headline(metric)
    assert (found.line, found.previous, found.change) == ((newest,), None, None)


def test_values_that_agree_within_rounding_are_no_rivals(metric):
    exact = reported(metric, "2024", "4721.866", standing=Standing.VERIFIED)
    reported(metric, "2024", "4720", qualifier=Observation.Qualifier.ABOUT)
    reported(metric, "2024", "4721.9")
    found = headline(metric)
    assert (found.observation, found.rivals) == (exact, ())


@pytest.mark.parametrize("other", ["4710", "4720", "4721.8", "4722.866"])
def test_values_that_differ_by_more_than_rounding_are_rivals(metric, other):
    reported(metric, "2024", "4721.866", standing=Standing.VERIFIED)
    rival = reported(metric, "2024", other)
    assert headline(metric).rivals == (rival,)


def test_same_number_by_another_method_is_a_rival(metric):
    reported(metric, "2024", standing=Standing.VERIFIED, method="outdoor stations")
    rival = reported(metric, "2024", method="all stations")
    assert headline(metric).rivals == (rival,)


def test_rivals_share_the_exact_period(metric):
    reported(metric, "2024", 100)
    finer = reported(metric, "2024-12", 900)
    found = headline(metric)
    assert (found.observation, found.rivals) == (finer, ())


def test_untrusted_rivals_are_not_hidden(metric):
    reported(metric, "2024", 100)
    disputed = DisputedObservationFactory(metric=metric, period="2024", value=Decimal(900))
    assert headline(metric).rivals == (disputed,)


def test_drafts_and_superseded_values_have_no_part_in_it(metric):
    newest = reported(metric, "2024")
    old = reported(metric, "2024", 900, source=newest.source, superseded_by=newest)
    DraftObservationFactory(metric=metric, period="2025")
    found = headline(metric)
    assert (found.observation, found.rivals, found.newer) == (newest, (), ())
    assert old.superseded_by == newest


def test_value_superseded_by_a_draft_stands_until_the_draft_is_published(metric):
    draft = DraftObservationFactory(metric=metric, period="2024")
    old = reported(metric, "2024", source=PublishedSourceFactory(), superseded_by=draft)
    assert headline(metric).observation == old


def test_headlines_of_many_metrics_take_two_queries(django_assert_num_queries):
    for metric in PublishedMetricFactory.create_batch(5):
        reported(metric, "2023"), reported(metric, "2024")
    with django_assert_num_queries(2):
        found = headlines(attach_values(Metric.objects.all()))
    assert [periods(each.line) for each in found] == [["2023", "2024"]] * 5
