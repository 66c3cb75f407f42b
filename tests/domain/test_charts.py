"""Charts: where marks stand, which of them a line joins, and what the axes say."""

from decimal import Decimal

import pytest

from ecosystem.domain.charts import NARROW, WIDE, Chart, Frame, chart_of
from ecosystem.domain.headlines import headline_of
from ecosystem.domain.observations import attach_values
from ecosystem.models import Metric, Observation, Standing
from ecosystem.values.labels import text_width
from tests.factories import (
    DisputedObservationFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
FORECAST = Observation.Release.FORECAST
FOOT = WIDE.height - WIDE.bottom


@pytest.fixture
def metric() -> Metric:
    return PublishedMetricFactory(nature=Metric.Nature.STOCK)


def with_values(metric, values: dict[str, object], **particulars) -> Metric:
    for period, value in values.items():
        PublishedObservationFactory(metric=metric, period=period, value=Decimal(value), **particulars)
    return metric


def fetched(metric) -> Metric:
    return attach_values(Metric.objects.select_related("unit").filter(pk=metric.pk))[0]


def drawn(metric, frame: Frame = WIDE) -> Chart | None:
    metric = fetched(metric)
    return chart_of(metric, headline_of(metric, metric.current_observations), frame)


def path(*points) -> str:
    return "M" + "L".join(f"{point.x:g} {point.y:g}" for point in points)


def labels(ticks) -> list[str]:
    return [tick.label for tick in ticks]


@pytest.mark.parametrize("values", [{}, {"2024": 1}])
def test_fewer_than_two_values_make_no_chart(metric, values):
    assert drawn(with_values(metric, values)) is None


def test_rivals_of_one_period_make_no_chart(metric):
    with_values(metric, {"2024": 1})
    DisputedObservationFactory(metric=metric, period="2024", value=Decimal(2))
    assert drawn(metric) is None


def test_values_of_successive_years_are_one_line(metric):
    chart = drawn(with_values(metric, {"2022": 100, "2023": 150, "2024": 400}))
    assert [(line.kind, line.path) for line in chart.lines] == [("main", path(*chart.points))]
    assert [point.kind for point in chart.points] == ["reported"] * 3


def test_missing_year_breaks_the_line(metric):
    chart = drawn(with_values(metric, {"2018": 1, "2019": 2, "2022": 3, "2023": 4}))
    a, b, c, d = chart.points
    assert [line.path for line in chart.lines] == [path(a, b), path(c, d)]


def test_value_alone_between_gaps_is_a_point_without_a_line(metric):
    chart = drawn(with_values(metric, {"2018": 1, "2020": 2, "2022": 3, "2023": 4}))
    assert [line.path for line in chart.lines] == [path(*chart.points[2:])]


def test_months_bear_a_wider_gap_than_years(metric):
    chart = drawn(with_values(metric, {"2021-06": 1, "2023-05": 2, "2025-12": 3}))
    assert [line.path for line in chart.lines] == [path(*chart.points[:2])]


def test_zero_is_a_value_and_not_a_gap(metric):
    chart = drawn(with_values(metric, {"2022": 5, "2023": 0, "2024": 7}))
    assert [line.path for line in chart.lines] == [path(*chart.points)]
    assert chart.points[1].y == FOOT


def test_untrusted_values_and_forecasts_stand_off_the_line(metric):
    with_values(metric, {"2021": 100, "2022": 110})
    DisputedObservationFactory(metric=metric, period="2023", value=Decimal(900))
    with_values(metric, {"2024": 130}, standing=Standing.UNVERIFIED)
    with_values(metric, {"2025": 140}, standing=Standing.VERIFIED)
    with_values(metric, {"2030": 200}, release=FORECAST)
    chart = drawn(metric)
    assert [point.kind for point in chart.points] == [
        *("reported", "reported", "disputed", "unverified", "verified", "forecast")
    ]
    assert [(line.kind, line.path) for line in chart.lines] == [
        ("forecast", path(*chart.points[4:])),
        ("main", path(*chart.points[:2])),
    ]


def test_values_of_another_method_are_another_line(metric):
    with_values(metric, {"2022": 100, "2023": 110, "2024": 120}, method="outdoor")
    with_values(metric, {"2022": 300, "2023": 320}, method="all")
    chart = drawn(metric)
    kinds = {line.kind: line.path for line in chart.lines}
    ys = {point.y: point for point in chart.points}
    low, high = sorted(ys.values(), key=lambda p: (-p.y, p.x))[:3], sorted(ys.values(), key=lambda p: p.y)[:2]
    assert kinds == {
        "main": path(*sorted(low, key=lambda p: p.x)),
        "other": path(*sorted(high, key=lambda p: p.x)),
    }


def test_time_runs_from_left_to_right_and_values_upward(metric):
    chart = drawn(with_values(metric, {"2022": 100, "2023": 50, "2024": 400}))
    xs, ys = [point.x for point in chart.points], [point.y for point in chart.points]
    assert xs == sorted(xs)
    assert ys[2] < ys[0] < ys[1]


def test_every_mark_stands_inside_the_axes(metric):
    with_values(metric, {"1990": -30, "2024-12-31": "7000000.5", "2010-Q2": 0, "2024": 3})
    chart = drawn(metric)
    assert all(chart.left <= point.x <= chart.right for point in chart.points)
    assert all(WIDE.top <= point.y <= FOOT for point in chart.points)


def test_first_place_is_at_the_top_of_a_rank(metric):
    metric.nature = Metric.Nature.RANK
    metric.save()
    chart = drawn(with_values(metric, {"2022": 7, "2023": 5, "2024": 1}))
    assert [point.y for point in chart.points] == sorted((point.y for point in chart.points), reverse=True)
    assert chart.points[2].y == WIDE.top
    assert labels(chart.y_ticks)[0] == "1"
    assert chart.y_ticks[0].y == WIDE.top
    assert chart.zero_y is None


def test_axis_begins_at_zero_when_values_differ_much(metric):
    chart = drawn(with_values(metric, {"2023": 100, "2024": 400}))
    assert labels(chart.y_ticks) == ["0", "100", "200", "300", "400"]
    assert (chart.zero_y, chart.starts_at) == (FOOT, "")


def test_axis_stays_near_values_that_lie_close_together(metric):
    chart = drawn(with_values(metric, {"2023": 82, "2024": 84}))
    assert labels(chart.y_ticks) == ["81.5", "82", "82.5", "83", "83.5", "84"]
    assert (chart.zero_y, chart.starts_at) == (None, "81.5")


def test_zero_line_lies_between_losses_and_gains(metric):
    chart = drawn(with_values(metric, {"2023": -20, "2024": 20}))
    assert labels(chart.y_ticks) == ["−20", "−10", "0", "10", "20"]
    assert chart.points[1].y < chart.zero_y < chart.points[0].y


@pytest.mark.parametrize("value", [0, 7, -7, "0.000001", 10**15])
def test_values_that_are_all_the_same_make_a_chart(metric, value):
    chart = drawn(with_values(metric, {"2023": value, "2024": value}))
    first, last = chart.points
    assert first.y == last.y
    assert [line.path for line in chart.lines] == [path(first, last)]


def test_few_years_have_a_tick_each_and_many_have_one_in_five(metric):
    with_values(metric, {"2019": 1, "2024": 2})
    assert labels(drawn(metric).x_ticks) == ["2019", "2020", "2021", "2022", "2023", "2024"]
    with_values(metric, {"1999": 3})
    assert labels(drawn(metric).x_ticks) == ["1999", "2004", "2009", "2014", "2019", "2024"]


def test_axis_counts_in_the_unit_of_the_language(metric):
    metric.unit = UnitFactory(name="billion yuan", name_zh="亿元", factor=10**9, factor_zh=10**8)
    metric.save()
    with_values(metric, {"2023": 1, "2024": 4})
    assert labels(drawn(metric).y_ticks) == ["0", "1", "2", "3", "4"]


def test_newest_value_and_values_off_the_line_are_labelled(metric):
    with_values(metric, {"2022": 100, "2023": 110, "2024": 120})
    DisputedObservationFactory(metric=metric, period="2023", value=Decimal(900))
    with_values(metric, {"2026": 150}, release=FORECAST)
    assert [(label.text, label.kind) for label in drawn(metric).labels] == [
        *(("120", "main"), ("900 disputed", "disputed"), ("150 forecast", "forecast"))
    ]


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_labels_stay_on_the_drawing(metric, frame):
    with_values(metric, {f"{year}": 1_000_000 + year for year in range(2015, 2024)})
    with_values(metric, {"2023": 7}, method="a method of counting with a long name")
    DisputedObservationFactory(metric=metric, period="2024", value=Decimal(1_002_000))
    chart = drawn(metric, frame)
    for label in [*chart.labels, *chart.y_ticks]:
        width = text_width(getattr(label, "text", None) or label.label)
        anchor = getattr(label, "anchor", "end")
        x = label.x if anchor != "end" or label in chart.labels else chart.left - 10
        left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
        assert left >= 0
        assert left + width <= frame.width


def test_drawing_is_as_wide_as_its_labels_let_it_be(metric):
    with_values(metric, {"2022": 100, "2023": 200})
    assert drawn(metric).right == WIDE.width - WIDE.margin
    DisputedObservationFactory(metric=metric, period="2024-12-31", value=Decimal(300))
    chart = drawn(metric)
    assert chart.right < WIDE.width - text_width("300 disputed")
    assert chart.labels[1].anchor == "start"


def test_narrow_drawing_says_less(metric):
    with_values(metric, {f"{year}": year for year in range(2016, 2024)})
    wide, narrow = drawn(metric), drawn(metric, NARROW)
    assert (narrow.width, narrow.height) == (400, 300)
    assert len(narrow.x_ticks) < len(wide.x_ticks)
    assert len(narrow.points) == len(wide.points)


def test_label_of_the_line_stands_where_the_line_does_not_come_from(metric):
    with_values(metric, {"2022": 100, "2023": 300})
    with_values(metric, {"2026": 150}, release=FORECAST)
    chart = drawn(metric)
    assert chart.labels[0].y < chart.points[1].y
    with_values(metric, {"2024": 50})
    chart = drawn(metric)
    assert chart.labels[0].y > chart.points[2].y


def test_part_of_a_year_is_named_where_whole_years_are_the_line(metric):
    metric.nature = Metric.Nature.FLOW
    metric.save()
    with_values(metric, {"2023": 100, "2024": 110, "2025-H1": 60})
    assert [label.text for label in drawn(metric).labels] == ["110", "60 first half of 2025"]


def test_years_are_parted_by_marks_where_months_stand_within_them(metric):
    assert drawn(with_values(metric, {"2023": 1, "2024": 2})).edges == ""
    assert drawn(with_values(metric, {"2022-06": 1})).edges.count("M") == 4


def test_label_rounds_what_a_reader_of_a_chart_cannot_see(metric):
    assert drawn(with_values(metric, {"2023": 1, "2024": "5670.871"})).labels[0].text == "5,671"


def test_point_says_its_value_standing_and_source(metric):
    with_values(metric, {"2023": 1000})
    with_values(metric, {"2024": 1200}, standing=Standing.VERIFIED)
    assert [point.title for point in drawn(metric).points] == [
        "2023: 1,000 (Reported), Bureau of tests",
        "2024: 1,200 (Verified), Bureau of tests",
    ]
