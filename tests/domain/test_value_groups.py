"""The values of a metric by period: what is joined, what is a rival, which expected periods have nothing."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from ecosystem.domain.headlines import headline_of
from ecosystem.domain.value_groups import Group, groups_of, without_repeats
from ecosystem.models import Metric, Observation, Source, Unit

MOMENT = datetime(2025, 2, 1, tzinfo=UTC)


def value(period, number=5, **particulars) -> Observation:
    number = None if number is None else Decimal(number)
    given = {"standing": "reported", "recorded_at": MOMENT, "source": Source(trust="primary")} | particulars
    observation = Observation(period=period, value=number, **given)
    observation._fill_days()
    return observation


def metric(*values, frequency="", state="active") -> Metric:
    found = Metric(nature="stock", frequency=frequency, state=state, unit=Unit(pattern="{number} companies"))
    found.current_observations = list(values)
    for observation in values:
        observation.metric = found
    return found


def told(groups) -> dict[str, list[list[str]]]:
    """The numbers of each row by period."""
    return {
        group.span.text: [
            [f"{one.value}" if one.value is not None else one.absence for one in row.values]
            for row in group.rows
        ]
        for group in groups
    }


def grouped(*values, **particulars) -> dict[str, list[list[str]]]:
    return told(groups_of(metric(*values, **particulars)))


def test_periods_stand_newest_first_and_the_finer_one_first():
    assert list(grouped(value("2023"), value("2024"), value("2024-Q4"))) == ["2024-Q4", "2024", "2023"]


def test_values_that_agree_are_one_row_and_rivals_another():
    found = grouped(
        value("2024", 4720, qualifier="~", pk=1),
        value("2024", "4721.866", standing="unverified", pk=2),
        value("2024", 4900, standing="unverified", pk=3),
    )
    assert found == {"2024": [["4720", "4721.866"], ["4900"]]}


@pytest.mark.parametrize(
    "particulars",
    [
        {"standing": "disputed"},
        {"release": "estimate"},
        {"release": "forecast"},
        {"method": "outdoor"},
    ],
)
def test_same_number_that_says_another_thing_stands_apart(particulars):
    assert grouped(value("2024", pk=1), value("2024", pk=2, **particulars)) == {"2024": [["5"], ["5"]]}


def test_forecasts_and_absences_come_after_counted_values():
    found = grouped(
        value("2024", None, absence="missing", standing="verified"),
        value("2024", 9, release="forecast", standing="verified"),
        value("2024", 7, standing="disputed"),
    )
    assert found == {"2024": [["7"], ["9"], ["missing"]]}


def test_values_of_one_method_stand_together():
    found = grouped(
        value("2024", 5, pk=1, standing="verified"),
        value("2024", 2, pk=2, method="outdoor"),
        value("2024", 7, pk=3, standing="disputed"),
    )
    assert found == {"2024": [["5"], ["7"], ["2"]]}


def test_row_of_the_headline_is_marked():
    known = metric(
        value("2023", 4, pk=1), value("2024", 5, pk=2), value("2024", 7, pk=3, standing="disputed")
    )
    headline = headline_of(known, known.current_observations).observation
    rows = [row for group in groups_of(known, headline) for row in group.rows]
    assert [(f"{row.head.value}", row.is_headline) for row in rows] == [
        ("5", True),
        ("7", False),
        ("4", False),
    ]


def test_rivals_are_numbers_that_do_not_agree():
    [group] = groups_of(
        metric(value("2024", 5, pk=1), value("2024", 7, pk=2), value("2024", None, absence="missing"))
    )
    assert [f"{row.head.value}" for row in group.rivals] == ["5", "7"]
    [alone] = groups_of(metric(value("2024", 5), value("2024", None, absence="missing")))
    assert alone.rivals == ()


def empty_periods(*values, **particulars) -> list[str]:
    return [group.span.text for group in groups_of(metric(*values, **particulars)) if not group.rows]


@pytest.mark.parametrize(
    ("frequency", "periods", "empty"),
    [
        ("year", ["2019", "2022"], ["2021", "2020"]),
        ("half-year", ["2023-H1", "2024-H2"], ["2024-H1", "2023-H2"]),
        ("quarter", ["2023-Q3", "2024-Q2"], ["2024-Q1", "2023-Q4"]),
        ("month", ["2023-11", "2024-02"], ["2024-01", "2023-12"]),
        ("", ["2019", "2022"], []),
        ("year", ["2019-06", "2022-06"], []),
        ("year", ["2019", "2020-11", "2021"], []),
        ("year", ["2020"], []),
        ("year", [], []),
    ],
)
def test_expected_periods_between_the_first_and_the_last_value_are_named(frequency, periods, empty):
    assert empty_periods(*(value(period) for period in periods), frequency=frequency) == empty


def test_period_that_is_recorded_as_empty_is_not_named_again():
    values = value("2019"), value("2020", None, absence="missing"), value("2021")
    assert empty_periods(*values, frequency="year") == []


def test_years_before_a_forecast_are_not_expected():
    assert empty_periods(value("2024"), value("2030", release="forecast"), frequency="year") == []


def test_metric_that_was_measured_once_expects_nothing():
    assert empty_periods(value("2019"), value("2022"), frequency="year", state="one_off") == []


def test_empty_periods_in_a_row_are_told_as_one():
    groups = groups_of(metric(value("2018"), value("2020"), value("2024"), frequency="year"))
    found = without_repeats(groups)
    assert [(group.span.text, group.since and group.since.text) for group in found] == [
        *(("2024", None), ("2023", "2021"), ("2020", None), ("2019", None), ("2018", None))
    ]
    assert found[1] == Group(found[1].span, since=found[1].since)
