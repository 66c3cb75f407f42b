"""An active metric says when its next value is expected, and since when it is overdue."""

from datetime import UTC, date, datetime

import pytest

from ecosystem.domain.observations import attach_values
from ecosystem.domain.staleness import expectation_of, overdue_after, overdue_metrics
from ecosystem.models import Metric
from tests.factories import (
    DisputedObservationFactory,
    DraftMetricFactory,
    DraftObservationFactory,
    FormulaInputFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
)

pytestmark = pytest.mark.django_db
YEARLY = {"frequency": "year", "expected_lag_days": 31}
LATE = date(2026, 2, 1)


def metric_with(*periods: str, **fields) -> Metric:
    metric = PublishedMetricFactory(**YEARLY | fields)
    for period in periods:
        PublishedObservationFactory(metric=metric, period=period)
    return attached(metric)


def attached(metric: Metric) -> Metric:
    [found] = attach_values([metric])
    return found


def expected(metric: Metric, on: date = LATE) -> tuple | None:
    found = expectation_of(metric, metric.current_observations, on)
    return found and (found.period.text, found.due.isoformat(), found.is_overdue)


def test_next_value_is_due_a_lag_after_the_end_of_its_period():
    metric = metric_with("2023", "2024")
    assert expected(metric, date(2026, 1, 30)) == ("2025", "2026-01-31", False)
    assert expected(metric, date(2026, 1, 31)) == ("2025", "2026-01-31", False)
    assert expected(metric, date(2026, 2, 1)) == ("2025", "2026-01-31", True)


@pytest.mark.parametrize(
    ("frequency", "newest", "following"),
    [
        ("year", "2024-H1", "2024"),
        ("year", "2025-09", "2025"),
        ("year", "2024-to-12", "2025"),
        ("quarter", "2024-to-09", "2024-Q4"),
        ("month", "2024", "2025-01"),
        ("half-year", "2024-03-31", "2024-H1"),
    ],
)
def test_newest_value_may_be_of_another_kind_of_period(frequency, newest, following):
    assert expected(metric_with("2020", newest, frequency=frequency))[0] == following


@pytest.mark.parametrize(
    "fields",
    [
        {"state": Metric.State.DISCONTINUED},
        {"state": Metric.State.ONE_OFF},
        {"frequency": ""},
        {"expected_lag_days": None},
    ],
)
def test_what_is_not_promised_is_never_late(fields):
    assert expected(metric_with("2010", **fields)) is None


def test_metric_without_a_value_is_not_late():
    assert expected(metric_with()) is None


def test_draft_metric_is_not_late():
    metric = DraftMetricFactory(**YEARLY)
    PublishedObservationFactory(metric=metric)
    assert expected(attached(metric)) is None


def test_forecasts_and_drafts_are_no_values_that_are_waited_after():
    metric = metric_with("2024")
    PublishedObservationFactory(metric=metric, period="2030", release="forecast")
    DraftObservationFactory(metric=metric, period="2025")
    assert expected(attached(metric))[0] == "2025"


def test_disputed_value_and_a_year_without_a_figure_are_answers():
    metric = metric_with("2022")
    DisputedObservationFactory(metric=metric, period="2023")
    assert expected(attached(metric))[0] == "2024"
    PublishedObservationFactory(metric=metric, period="2024", value=None, absence="missing")
    assert expected(attached(metric))[0] == "2025"


def test_after_the_last_year_of_the_calendar_nothing_is_expected():
    assert expected(metric_with("9999")) is None
    assert expected(metric_with("9998")) is None


def test_lag_of_no_days_ends_with_the_period():
    metric = metric_with("2024", expected_lag_days=0)
    assert expected(metric)[1:] == ("2025-12-31", True)


def test_newest_number_is_overdue_and_older_ones_are_not():
    metric = metric_with("2023", "2024")
    PublishedObservationFactory(metric=metric, period="2030", release="forecast")
    values = attached(metric).current_observations
    assert [bool(overdue_after(value, LATE)) for value in values] == [False, True, False]


def test_newest_number_stays_overdue_after_a_year_without_a_figure():
    metric = metric_with("2022")
    PublishedObservationFactory(metric=metric, period="2023", value=None, absence="missing")
    assert [bool(overdue_after(value, LATE)) for value in attached(metric).current_observations] == [
        True,
        True,
    ]


def test_past_day_of_knowledge_judges_by_that_day():
    metric = metric_with("2023")
    [then] = attach_values([metric], datetime(2025, 1, 20, tzinfo=UTC))
    assert overdue_after(then.current_observations[0]) is None
    [then] = attach_values([metric], datetime(2025, 2, 20, tzinfo=UTC))
    assert overdue_after(then.current_observations[0]).due == date(2025, 1, 31)


def test_overdue_metrics_are_those_whose_day_has_passed():
    late = metric_with("2024")
    metric_with("2025")
    metric_with("2024", state=Metric.State.DISCONTINUED)
    assert list(overdue_metrics(LATE)) == [late]
    assert list(overdue_metrics(date(2026, 1, 31))) == []


def test_overdue_costs_no_question_to_the_database(django_assert_num_queries):
    metric = metric_with("2023", "2024")
    with django_assert_num_queries(0):
        assert [bool(overdue_after(value, LATE)) for value in metric.current_observations] == [False, True]


def computed_from_two(*lags: int | None) -> Metric:
    """The difference of two metrics that come out so many days after a year; the second has no 2024 yet."""
    made = PublishedMetricFactory(formula=Metric.Formula.DIFFERENCE)
    for position, (lag, last) in enumerate(zip(lags, ("2024", "2023"), strict=True), 1):
        one = metric_with(last, expected_lag_days=lag)
        FormulaInputFactory(metric=made, input=one, position=position)
    return attached(made)


def test_computed_metric_waits_for_the_last_of_its_inputs():
    made = computed_from_two(31, 100)
    assert expected(made, date(2025, 4, 11)) == ("2024", "2025-04-10", True)
    assert expected(made, date(2025, 4, 10)) == ("2024", "2025-04-10", False)


def test_computed_metric_promises_nothing_where_an_input_promises_nothing():
    assert expected(computed_from_two(None, 31)) is None


def test_inputs_that_lack_the_same_period_make_it_due_with_the_later():
    made = computed_from_two(31, 100)
    PublishedObservationFactory(metric=made.inputs[1], period="2024")
    assert expected(attached(Metric.objects.get(pk=made.pk)))[:2] == ("2025", "2026-04-10")
