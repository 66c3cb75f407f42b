"""What a machine is told of a value: zero, nothing, estimates and forecasts have words of their own."""

from decimal import Decimal
from itertools import product

import pytest

from ecosystem.domain.value_states import QUALIFIERS, State, ValueState, state_of
from ecosystem.models import Observation


def value(number, **particulars) -> Observation:
    return Observation(value=None if number is None else Decimal(number), **particulars)


@pytest.mark.parametrize(
    ("observation", "told"),
    [
        (value("0.000000"), ValueState(State.VALUE, "0", "exactly", "final")),
        (value("4720.000000", qualifier="~"), ValueState(State.VALUE, "4720", "about", "final")),
        (value("-1.50", release="estimate"), ValueState(State.VALUE, "-1.5", "exactly", "estimate")),
        (value(9, qualifier=">", release="forecast"), ValueState(State.VALUE, "9", "more-than", "forecast")),
        (value(None, absence="missing"), ValueState(State.MISSING)),
        (value(None, absence="not-applicable"), ValueState(State.NOT_APPLICABLE)),
        (None, ValueState(State.NOT_RECORDED)),
    ],
)
def test_each_kind_of_value_has_words_of_its_own(observation, told):
    assert state_of(observation) == told


def test_no_two_kinds_of_value_are_told_alike():
    numbers = [
        value(0, release=release, qualifier=qualifier)
        for release, qualifier in product(Observation.Release, Observation.Qualifier)
    ]
    absences = [value(None, absence=absence) for absence in Observation.Absence]
    told = [state_of(one) for one in [*numbers, *absences, None]]
    assert len(set(told)) == len(told)


def test_the_number_is_empty_exactly_where_there_is_none():
    told = [state_of(value(0)), *(state_of(value(None, absence=one)) for one in Observation.Absence)]
    assert [(one.number == "", one.state == State.VALUE) for one in told] == [
        *((False, True), (True, False), (True, False))
    ]


def test_every_qualifier_and_absence_has_a_word():
    assert set(QUALIFIERS) == set(Observation.Qualifier)
    assert set(Observation.Absence.values) < {str(state) for state in State}
