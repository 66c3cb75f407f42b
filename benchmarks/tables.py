"""What a benchmark has measured, with its goal, as lines of a table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement: what, how much in words, and the ratio or number that has a goal."""

    subject: str
    measured: str
    value: float
    goal: float | None  # None where it is measured to be known only
    is_least: bool = False  # the goal is the least, else the most
    unit: str = "×"

    @property
    def is_met(self) -> bool:
        if self.goal is None:
            return True
        return self.value >= self.goal if self.is_least else self.value <= self.goal

    def __str__(self) -> str:
        value = f"{self.value:,.0f}" if self.value >= 100 else f"{self.value:.3g}"
        result = f"| {self.subject} | {self.measured} | {value} {self.unit} |"
        if self.goal is None:
            return f"{result} | |"
        sign = "at least" if self.is_least else "at most"
        return f"{result} {sign} {self.goal:g} {self.unit} | {'pass' if self.is_met else '**FAIL**'} |"


HEADING = "| what | measured | result | goal | |\n|---|---|---|---|---|"
