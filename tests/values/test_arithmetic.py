"""How formulas count, round and carry "about" and "more than" over."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.arithmetic import ARITHMETIC, MULTIPLICATION, combined_qualifier

POSITIVE = st.decimals("0.01", "1000000000", places=2)


def result(formula: str, *numbers: str) -> Decimal | None:
    found = ARITHMETIC[formula].compute([Decimal(number) for number in numbers])
    return None if found is None else ARITHMETIC[formula].rounded(found)


@pytest.mark.parametrize(
    ("formula", "numbers", "expected"),
    [
        ("sum", ("1.5", "2", "3"), "6.5"),
        ("difference", ("10", "2", "3"), "5"),
        ("ratio", ("5390000000000", "24800000"), "217300"),
        ("share", ("181.98", "4321.485"), "4.21"),
        ("share", ("12345", "1"), "1234500"),  # a percentage keeps what stands before its point
        ("growth", ("234", "100"), "134"),
        ("growth", ("51.506", "49.16"), "4.8"),
        ("growth", ("-1", "-2"), "50"),  # a smaller loss is a rise
        ("per-residents", ("51716", "24870000"), "20.8"),
        ("currency", ("96640000000", "7.12"), "13570000000"),
    ],
)
def test_formula_counts_and_rounds(formula, numbers, expected):
    assert result(formula, *numbers) == Decimal(expected)


@pytest.mark.parametrize("formula", ["ratio", "share", "growth", "per-residents", "currency"])
def test_nothing_is_divided_by_zero(formula):
    assert result(formula, "1", "0") is None


@pytest.mark.parametrize(
    ("formula", "qualifiers", "expected"),
    [
        ("share", "==", "="),
        ("share", ">=", ">"),
        ("share", "=>", "<"),
        ("share", "<>", "<"),
        ("share", ">>", "~"),
        ("share", "=~", "~"),
        ("sum", ">>", ">"),
        ("sum", "><", "~"),
    ],
)
def test_qualifier_follows_the_direction_of_each_input(formula, qualifiers, expected):
    assert combined_qualifier(ARITHMETIC[formula], [Decimal(1), Decimal(2)], qualifiers) == expected


def test_negative_number_turns_directions_around_so_the_result_is_about():
    assert combined_qualifier(ARITHMETIC["share"], [Decimal(-1), Decimal(2)], ">=") == "~"


@given(number=POSITIVE, rate=POSITIVE)
def test_multiplying_undoes_dividing(number, rate):
    there = MULTIPLICATION.compute([number, rate])
    assert abs(ARITHMETIC["currency"].compute([there, rate]) - number) < Decimal("1e-12")


@given(formula=st.sampled_from(sorted(ARITHMETIC)), numbers=st.tuples(POSITIVE, POSITIVE), slack=POSITIVE)
def test_bounds_enclose_the_result(formula, numbers, slack):
    rule = ARITHMETIC[formula]
    value = rule.rounded(rule.compute(numbers))
    low, high = rule.bounds([(number, number + slack) for number in numbers], Decimal(1), value)
    assert (low <= value, value <= high) == (True, True)
