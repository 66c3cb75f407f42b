"""Two metrics in one chart: which scale counts for which, and where their lines stand."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from ecosystem.domain.chart_scales import NARROW, WIDE
from ecosystem.domain.describing import describe_pair
from ecosystem.domain.headlines import headlines
from ecosystem.domain.observations import attach_values
from ecosystem.domain.paired_charts import PairChart, pair_chart_of
from ecosystem.domain.pairs import rows_of_pair
from ecosystem.models import Metric, Observation, Standing
from tests.factories import (
    DisputedObservationFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


def metric(slug: str, unit=None, values: dict[str, object] | None = None, **particulars) -> Metric:
    unit = unit or UnitFactory(name=f"{slug}s", pattern=f"{{number}} {slug}s", pattern_one="")
    particulars = {"nature": Metric.Nature.STOCK, "unit": unit} | particulars
    made = PublishedMetricFactory(slug=slug, name=slug.capitalize(), **particulars)
    for period, value in (values or {}).items():
        PublishedObservationFactory(metric=made, period=period, value=Decimal(value))
    return made


def attached() -> list[Metric]:
    return attach_values(Metric.objects.select_related("unit").order_by("slug"))


def drawn(frame=WIDE) -> PairChart | None:
    return pair_chart_of(headlines(attached()), frame)


def labels(ticks) -> list[str]:
    return [tick.label for tick in ticks]


def test_metrics_of_one_currency_share_a_scale_whatever_the_size_of_their_units():
    billions = UnitFactory(name="billion yuan", factor=10**9, currency="CNY")
    millions = UnitFactory(name="million yuan", factor=10**6, currency="CNY")
    metric("a", billions, {"2023": 1, "2024": 2})
    metric("b", millions, {"2023": 500, "2024": 2000})
    chart = drawn()
    assert (chart.is_common, chart.right_ticks) == (True, [])
    assert labels(chart.left_ticks) == ["0", "0.5", "1", "1.5", "2"]
    first, second = chart.lines
    assert first.points[1].y == second.points[1].y
    assert second.points[0].y > first.points[0].y
    assert (first.label.text, second.label.text) == ("2", "2")


def test_metrics_of_different_things_have_a_scale_each_over_the_same_years():
    metric("a", values={"2022": 10, "2024": 40})
    metric("b", values={"2023": 1, "2024": 3})
    chart = drawn()
    assert chart.is_common is False
    assert (labels(chart.left_ticks)[-1], labels(chart.right_ticks)[-1]) == ("40", "3")
    assert labels(chart.x_ticks) == ["2022", "2023", "2024"]
    first, second = chart.lines
    assert first.points[-1].x == second.points[-1].x
    assert first.points[0].x < second.points[0].x < second.points[-1].x < chart.axis < WIDE.width


def test_rank_is_never_on_the_scale_of_what_is_no_rank():
    unit = UnitFactory()
    metric("a", unit, {"2023": 5, "2024": 3}, nature=Metric.Nature.RANK)
    metric("b", unit, {"2023": 5, "2024": 3})
    rank, count = drawn().lines
    assert drawn().is_common is False
    assert rank.points[1].y < rank.points[0].y
    assert count.points[1].y > count.points[0].y


def test_lines_break_where_years_are_missing_and_doubtful_values_are_not_joined():
    metric("a", values={"2015": 1, "2016": 2, "2023": 3, "2024": 4})
    doubtful = metric("b")
    for year in ("2023", "2024"):
        PublishedObservationFactory(metric=doubtful, period=year, standing=Standing.UNVERIFIED)
    first, second = drawn().lines
    assert (len(first.paths), len(second.paths)) == (2, 0)
    assert [(point.kind, point.is_plain) for point in second.points] == [("unverified", False)] * 2


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_newest_numbers_stand_clear_of_the_axis_at_the_right(frame):
    metric("a", values={str(year): 987_654 for year in range(2005, 2025)})
    metric("b", values={"2024": 3})
    chart = drawn(frame)
    assert max(line.label.box.right for line in chart.lines) <= chart.axis


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_newest_numbers_stand_clear_of_one_another_within_the_frame(frame):
    unit = UnitFactory()
    metric("a", unit, {"2023": 100, "2024": 101})
    metric("b", unit, {"2023": 100, "2024": 102})
    first, second = (line.label.box for line in drawn(frame).lines)
    assert first.meets(second) is False
    for box in (first, second):
        assert box.left >= 0 and box.right <= frame.width and box.top >= 0


@pytest.mark.parametrize(
    ("first", "second"),
    [({}, {"2023": 1, "2024": 2}), ({"2023": 1, "2024": 2}, {}), ({"2024": 1}, {"2024": 2})],
)
def test_no_chart_without_a_value_of_each_and_two_periods(first, second):
    metric("a", values=first)
    metric("b", values=second)
    assert drawn() is None


def test_one_value_each_of_two_years_is_a_chart():
    metric("a", values={"2023": 1})
    metric("b", values={"2024": 2})
    assert [len(line.points) for line in drawn().lines] == [1, 1]


def test_description_says_the_scales_and_then_both_metrics():
    metric("a", values={"2023": 1, "2024": 2})
    metric("b", values={"2024": 9})
    found = headlines(attached())
    text = describe_pair(found, pair_chart_of(found)).replace("\u00a0", " ")
    assert text.startswith(
        "Two scales: at the left A, in as; at the right B, in bs. A: Latest value: 2 as, 2024."
    )
    assert " B: Latest value: 9 bs, 2024." in text
    Metric.objects.update(name_zh="")
    found = headlines(attached())
    with override("zh-hans"):
        assert describe_pair(found, pair_chart_of(found)).startswith(
            "两个刻度：左侧为A（as），右侧为B（bs）。"
        )


def test_description_says_why_a_metric_has_no_value():
    metric("a", values={"2024": 2})
    metric("b")
    found = headlines(attached())
    assert describe_pair(found, None).endswith("B: There is no public value yet.")


def test_table_has_the_most_trusted_value_of_each_period_newest_first():
    one = metric("a", values={"2023": 1, "2024": 2})
    metric("b", values={"2024": 9})
    DisputedObservationFactory(metric=one, period="2023", value=Decimal(7))
    PublishedObservationFactory(metric=one, period="2022", value=None, absence=Observation.Absence.MISSING)
    rows = rows_of_pair(attached())
    assert [(row.head.period, *(cell and cell.value for cell in row.cells)) for row in rows] == [
        ("2024", 2, 9),
        ("2023", 1, None),
        ("2022", None, None),
    ]
    assert rows[2].cells[0].absence == Observation.Absence.MISSING
