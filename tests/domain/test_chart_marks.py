"""The marks of a chart: zero, nothing, estimates, forecasts, rivals and agreement each look different."""

from decimal import Decimal

import pytest

from ecosystem.domain.charts import WIDE, Chart, chart_of
from ecosystem.domain.headlines import headline_of
from ecosystem.domain.observations import attach_values
from ecosystem.models import Metric, Standing
from tests.factories import DisputedObservationFactory, PublishedMetricFactory, PublishedObservationFactory

pytestmark = pytest.mark.django_db
FOOT = WIDE.height - WIDE.bottom


@pytest.fixture
def metric() -> Metric:
    return PublishedMetricFactory(nature=Metric.Nature.STOCK, frequency=Metric.Frequency.YEARLY)


def value(metric, period, number=400, **particulars):
    number = None if number is None else Decimal(number)
    return PublishedObservationFactory(metric=metric, period=period, value=number, **particulars)


def drawn(metric) -> Chart:
    [found] = attach_values(Metric.objects.select_related("unit").filter(pk=metric.pk))
    return chart_of(found, headline_of(found, found.current_observations))


def key(chart) -> list[str]:
    return [entry.kind for entry in chart.key]


def test_zero_stands_on_the_zero_line_and_nothing_stands_below_it(metric):
    value(metric, "2020", 0), value(metric, "2021", None, absence="missing")
    value(metric, "2022", None, absence="not-applicable"), value(metric, "2024", 400)
    chart = drawn(metric)
    assert [(point.kind, point.y) for point in chart.points] == [("reported", FOOT), ("reported", WIDE.top)]
    assert [(empty.kind, empty.title, empty.y > FOOT) for empty in chart.empties] == [
        ("missing", "2021: no figure was published", True),
        ("not-applicable", "2022: does not apply", True),
        ("not-recorded", "2023: no value here", True),
    ]
    assert key(chart) == ["reported", "missing", "not-applicable", "not-recorded"]


def test_empty_period_breaks_the_line_however_short_it_is(metric):
    metric.frequency = Metric.Frequency.QUARTERLY
    metric.save()
    for period in ("2023-Q1", "2023-Q2", "2023-Q4", "2024-Q1"):
        value(metric, period)
    assert [[one.period for one in line.values] for line in drawn(metric).lines] == [
        ["2023-Q1", "2023-Q2"],
        ["2023-Q4", "2024-Q1"],
    ]


def test_each_release_and_each_doubt_has_a_mark(metric):
    (
        value(metric, "2019"),
        value(metric, "2020", release="provisional"),
        value(metric, "2021", release="estimate"),
    )
    value(metric, "2022", standing=Standing.UNVERIFIED, release="estimate")
    DisputedObservationFactory(metric=metric, period="2023", release="estimate")
    DisputedObservationFactory(metric=metric, period="2024")
    value(metric, "2025", standing=Standing.UNVERIFIED), value(metric, "2026", release="forecast")
    chart = drawn(metric)
    assert [(point.kind, point.tone) for point in chart.points] == [
        *(
            ("reported", ""),
            ("reported", ""),
            ("estimate", ""),
            ("estimate", "doubtful"),
            ("disputed", "rough"),
        ),
        *(("disputed", ""), ("unverified", ""), ("forecast", "")),
    ]
    assert key(chart) == ["reported", "estimate", "forecast", "unverified", "disputed"]
    assert [label.text for label in chart.labels] == [
        *("400 estimate", "400 unverified, estimate", "400 disputed, estimate"),
        *("400 disputed", "400 unverified", "400 forecast"),
    ]


def test_values_that_agree_are_one_point_that_names_both_sources(metric):
    value(metric, "2023"), value(metric, "2024", 4720, qualifier="~", standing=Standing.VERIFIED)
    value(metric, "2024", "4721.866")
    chart = drawn(metric)
    assert [(point.is_joined, point.title) for point in chart.points] == [
        (False, "2023: 400 (Reported), Bureau of tests"),
        (True, "2024: about 4,720 (Verified), Bureau of tests; 2024: 4,721.866 (Reported), Bureau of tests"),
    ]
    assert (key(chart), chart.rivals) == (["reported", "joined"], "")


def test_rivals_of_a_period_are_tied_together_within_their_method(metric):
    value(metric, "2023"), value(metric, "2024", 500)
    DisputedObservationFactory(metric=metric, period="2024", value=Decimal(900))
    value(metric, "2024", 100, method="outdoor")
    chart = drawn(metric)
    best, other, low = (point for point in chart.points if point.values[0].period == "2024")
    ys = sorted(point.y for point in chart.points if point.values[0].method == "" and point.x == best.x)
    assert chart.rivals == f"M{best.x:g} {ys[0]:g}V{ys[1]:g}"
    assert key(chart) == ["reported", "disputed", "rivals"]
    assert {other.values[0].method, low.values[0].method} == {"", "outdoor"}


def test_forecast_is_joined_by_a_broken_line_within_its_method_only(metric):
    value(metric, "2023", 100), value(metric, "2024", 110), value(metric, "2026", 130, release="forecast")
    (
        value(metric, "2024", 50, method="outdoor"),
        value(metric, "2026", 60, method="outdoor", release="forecast"),
    )
    value(metric, "2026", 70, method="indoor", release="forecast")
    lines = [(line.kind, [(one.period, one.method) for one in line.values]) for line in drawn(metric).lines]
    assert sorted(lines) == [
        ("forecast", [("2024", ""), ("2026", "")]),
        ("forecast", [("2024", "outdoor"), ("2026", "outdoor")]),
        ("main", [("2023", ""), ("2024", "")]),
    ]


def test_forecast_that_time_has_overtaken_is_joined_to_nothing(metric):
    value(metric, "2022", 88), value(metric, "2023", 77, release="forecast"), value(metric, "2024", 92)
    assert [line.kind for line in drawn(metric).lines] == []


def test_lines_of_two_methods_are_labelled_by_their_methods(metric):
    value(metric, "2022", 90), value(metric, "2023", 92)
    value(metric, "2023", 80, method="outdoor"), value(metric, "2024", 83, method="outdoor")
    chart = drawn(metric)
    assert [label.text for label in chart.labels] == ["83 outdoor", "92"]
    assert key(chart) == ["reported", "other"]


def test_title_says_qualifier_release_and_method(metric):
    value(metric, "2023"), value(metric, "2024", 7, qualifier=">", release="provisional", method="outdoor")
    assert (
        drawn(metric).points[1].title == "2024: more than 7 (Reported, provisional, outdoor), Bureau of tests"
    )


def test_values_without_numbers_alone_make_no_chart(metric):
    value(metric, "2023", None, absence="missing"), value(metric, "2024", 400)
    assert drawn(metric) is None


def test_whole_years_of_one_method_do_not_hide_the_halves_of_another(metric):
    metric.nature = Metric.Nature.FLOW
    metric.save()
    value(metric, "2023"), value(metric, "2024")
    value(metric, "2023-H1", method="outdoor"), value(metric, "2024-H1", method="outdoor")
    lines = {line.kind: [one.period for one in line.values] for line in drawn(metric).lines}
    assert lines == {"main": ["2023", "2024"], "other": ["2023-H1", "2024-H1"]}
