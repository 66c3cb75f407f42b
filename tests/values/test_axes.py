"""Axes: round numbers that hold all values."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.axes import rank_steps, steps

NUMBERS = st.decimals(-(10**15), 10**15, places=4)


def written(low, high, intervals=5) -> list[str]:
    return [f"{step.normalize():f}" for step in steps(Decimal(str(low)), Decimal(str(high)), intervals)]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (100, 400, "0 100 200 300 400"),
        (5, 5670, "0 2000 4000 6000"),
        (9, 30, "0 10 20 30"),
        (-20, 20, "-20 -10 0 10 20"),
        (-7, -7, "-8 -6 -4 -2 0"),
        (0, 0, "0 0.2 0.4 0.6 0.8 1"),
    ],
)
def test_steps_are_round_and_few(low, high, expected):
    assert written(low, high) == expected.split()


def test_values_close_together_are_not_seen_from_zero():
    assert written(49, 55) == ["48", "50", "52", "54", "56"]


def test_no_mark_lies_on_an_axis_that_is_not_zero():
    assert written(851, 947)[0] == "825"


def test_interval_that_would_be_mostly_empty_is_left_out():
    assert written(0, 1060) == ["0", "250", "500", "750", "1000"]


def test_narrow_axis_has_fewer_steps():
    assert written(5000, 24000, 4) == ["0", "10000", "20000"]


@given(NUMBERS, NUMBERS, st.sampled_from([4, 5]))
def test_steps_rise_evenly_and_begin_below_all_values(one, other, intervals):
    low, high = sorted((one, other))
    found = steps(low, high, intervals)
    assert 2 <= len(found) <= intervals + 2
    assert found[0] <= low
    assert len({after - before for before, after in pairwise(found)}) == 1
    assert high - found[-1] <= found[1] - found[0]


@pytest.mark.parametrize(
    ("lowest", "expected"),
    [(1, [1, 2, 3, 4, 5]), (8, [1, 3, 5, 7, 9]), (13, [1, 5, 10, 15]), (40, [1, 10, 20, 30, 40])],
)
def test_ranks_begin_with_the_first_and_hold_the_lowest(lowest, expected):
    assert rank_steps(lowest, 5) == expected
