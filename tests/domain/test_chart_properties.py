"""Whatever is stored, a chart has only numbers inside its frame, a point for each value, and lines within a method."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from math import isfinite

from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.domain.charts import NARROW, WIDE, chart_of
from ecosystem.domain.headlines import headline_of
from ecosystem.models import Metric, Observation, Source, Standing, Unit

MOMENT = datetime(2025, 2, 1, tzinfo=UTC)
PERIODS = [
    "1999",
    "2020",
    "2021",
    "2022",
    "2023",
    "2024",
    "2024-Q4",
    "2024-12-31",
    "2025-H1",
    "2025-to-09",
    "2030",
]


@st.composite
def observation(draw):
    number = draw(
        st.one_of(
            st.none(),
            st.just(Decimal(0)),
            st.decimals(-(10**15), 10**15, places=6),
            st.integers(-99, 99).map(Decimal),
        )
    )
    found = Observation(
        period=draw(st.sampled_from(PERIODS)),
        value=number,
        absence="" if number is not None else draw(st.sampled_from(Observation.Absence.values)),
        standing=draw(st.sampled_from(Standing.values)),
        release=draw(st.sampled_from(Observation.Release.values)),
        qualifier=draw(st.sampled_from(Observation.Qualifier.values)),
        method=draw(st.sampled_from(["", "", "outdoor"])),
        source=Source(publisher="Bureau of tests", trust="primary"),
        recorded_at=MOMENT,
    )
    found._fill_days()
    return found


@st.composite
def metric(draw):
    found = Metric(
        nature=draw(st.sampled_from([nature for nature in Metric.Nature.values if nature != "rank"])),
        frequency=draw(st.sampled_from(["", *Metric.Frequency.values])),
        unit=Unit(
            factor=Decimal(1), factor_zh=Decimal(1), pattern="{number} companies", pattern_zh="{number}家"
        ),
    )
    found.current_observations = draw(st.lists(observation(), max_size=12))
    for pk, value in enumerate(found.current_observations, start=1):
        value.pk, value.metric = pk, found
    return found


@settings(deadline=None, max_examples=100)
@given(metric(), st.sampled_from([WIDE, NARROW]))
def test_chart_of_anything_is_sound(metric, frame):
    values = metric.current_observations
    chart = chart_of(metric, headline_of(metric, values), frame)
    numbers = [value for value in values if value.value is not None]
    if chart is None:
        assert len({value.period for value in numbers}) < 2
        return
    drawn = [value.pk for point in chart.points for value in point.values]
    assert sorted(drawn) == [value.pk for value in numbers]
    for point in chart.points:
        assert isfinite(point.x) and isfinite(point.y)
        assert chart.left <= point.x <= chart.right
        assert frame.top - 0.1 <= point.y <= chart.foot + 0.1
    assert all(
        chart.left <= empty.x <= chart.right and chart.foot < empty.y < frame.height
        for empty in chart.empties
    )
    for line in chart.lines:
        assert len({value.method for value in line.values}) == 1
        assert len({value.period for value in line.values}) == len(line.values) > 1
        assert len(re.findall(r"-?\d+(?:\.\d+)? -?\d+(?:\.\d+)?", line.path)) == len(line.values)
        forecasts = [value for value in line.values if value.release == "forecast"]
        assert forecasts == ([] if line.kind != "forecast" else list(line.values[1:]))
    assert {entry.kind for entry in chart.key} >= {
        "reported" if point.kind == "verified" else point.kind for point in chart.points
    }
