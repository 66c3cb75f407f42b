"""What a machine is told of a value, so that zero, nothing and a guess are never taken for one another.

Three things are said apart, each by its own word, in CSV and JSON alike:

- state: whether there is a number. `value`: there is one, and it may be zero, written "0". `missing`: a source says
  that no figure was published. `not-applicable`: the question does not arise for the period. `not-recorded`: a period
  that the metric's calendar expects and for which this site holds nothing. The number is empty exactly where the state
  is not `value`; no other sign stands for nothing.
- release: how firm the number is: `final`, `provisional`, `estimate` or `forecast`. An estimate and a forecast have the
  state `value`, and this word alone tells them from what was counted. Empty without a number.
- qualifier: how the source words the number: `exactly`, `about`, `more-than`, `up-to`. Empty without a number.
"""

from dataclasses import dataclass
from enum import StrEnum

from ecosystem.models import Observation

QUALIFIERS = {
    Observation.Qualifier.EXACT: "exactly",
    Observation.Qualifier.ABOUT: "about",
    Observation.Qualifier.MORE_THAN: "more-than",
    Observation.Qualifier.UP_TO: "up-to",
}


class State(StrEnum):
    """Whether there is a number, and if not, why."""

    VALUE = "value"
    MISSING = "missing"
    NOT_APPLICABLE = "not-applicable"
    NOT_RECORDED = "not-recorded"


@dataclass(frozen=True, slots=True)
class ValueState:
    """The words and the number for one value or one empty period; the number is in the unit of the metric."""

    state: State
    number: str = ""
    qualifier: str = ""
    release: str = ""


def state_of(observation: Observation | None) -> ValueState:
    """What is said of an observation, or of an expected period that has none."""
    if observation is None:
        return ValueState(State.NOT_RECORDED)
    if observation.value is None:
        return ValueState(State(observation.absence))
    return ValueState(
        State.VALUE,
        number=f"{observation.value.normalize():f}",
        qualifier=QUALIFIERS[Observation.Qualifier(observation.qualifier)],
        release=str(observation.release),
    )
