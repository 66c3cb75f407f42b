"""How formulas count: the result of numbers, its rounding, its bounds and what "about" and "more than" become in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import partial

from ecosystem.values.quantities import TEN_THOUSAND, significant

EXACT, ABOUT, MORE_THAN, UP_TO = "=", "~", ">", "<"
OPPOSITE = {MORE_THAN: UP_TO, UP_TO: MORE_THAN}
# The last place of a stored value.
FINEST = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """One way to count.

    compute: the result of numbers in base units; None where it would divide by zero. falls: whether the result falls as
    the second and any later number rises. rounded: the result, in the unit that it is stated in, as it is stated.
    """

    compute: Callable[[Sequence[Decimal]], Decimal | None]
    falls: bool
    rounded: Callable[[Decimal], Decimal]

    def bounds(
        self, bounds: Sequence[tuple[Decimal, Decimal]], factor: Decimal, value: Decimal
    ) -> tuple[Decimal | None, Decimal | None]:
        """The least and the most that the result may be in the unit of `factor`, from those of the numbers.

        None, None where a number may be negative or a divisor zero: then an end of one is no end of the other.
        """
        if any(low < 0 for low, _high in bounds):
            return None, None
        least = [high if self.falls and place else low for place, (low, high) in enumerate(bounds)]
        most = [low if self.falls and place else high for place, (low, high) in enumerate(bounds)]
        low, high = self.compute(least), self.compute(most)
        if low is None or high is None:
            return None, None
        low = (low / factor).quantize(FINEST, rounding=ROUND_FLOOR)
        high = (high / factor).quantize(FINEST, rounding=ROUND_CEILING)
        return min(low, value).normalize() + 0, max(high, value).normalize() + 0


def combined_qualifier(rule: Arithmetic, numbers: Sequence[Decimal], qualifiers: Sequence[str]) -> str:
    """What qualifies the result: what moves it one way only stays "more than" or "up to", all else is "about".

    A larger divisor or subtrahend makes the result smaller, so there "more than" becomes "up to". A negative number
    turns directions around, so with one the result is "about".
    """
    moves = {
        OPPOSITE.get(qualifier, qualifier) if rule.falls and place else qualifier
        for place, qualifier in enumerate(qualifiers)
    } - {EXACT}
    if not moves:
        return EXACT
    if len(moves) > 1 or any(number < 0 for number in numbers):
        return ABOUT
    return moves.pop()


def _sum(numbers: Sequence[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0))


def _difference(numbers: Sequence[Decimal]) -> Decimal:
    return numbers[0] - sum(numbers[1:], Decimal(0))


def _quotient(numbers: Sequence[Decimal], times: Decimal = Decimal(1)) -> Decimal | None:
    number, divisor = numbers
    return times * number / divisor if divisor else None


def _growth(numbers: Sequence[Decimal]) -> Decimal | None:
    now, before = numbers
    # A smaller loss is a rise.
    return (now - before) / abs(before) * 100 if before else None


def _product(numbers: Sequence[Decimal]) -> Decimal:
    number, rate = numbers
    return number * rate


def _kept(result: Decimal) -> Decimal:
    """Every digit that a stored value could have."""
    return result.quantize(FINEST, rounding=ROUND_HALF_UP).normalize() + 0


def _in_digits(result: Decimal, digits: int = 4) -> Decimal:
    """So many significant digits, in front of the point too: 217,300 for 217,338.7."""
    if not result:
        return result
    place = Decimal(1).scaleb(result.adjusted() - digits + 1)
    return result.quantize(place, rounding=ROUND_HALF_UP) + 0


# Percentages keep what stands before their point.
ARITHMETIC = {
    "sum": Arithmetic(_sum, falls=False, rounded=_kept),
    "difference": Arithmetic(_difference, falls=True, rounded=_kept),
    "ratio": Arithmetic(_quotient, falls=True, rounded=_in_digits),
    "share": Arithmetic(
        partial(_quotient, times=Decimal(100)), falls=True, rounded=partial(significant, digits=3)
    ),
    "growth": Arithmetic(_growth, falls=True, rounded=partial(significant, digits=2)),
    "per-residents": Arithmetic(
        partial(_quotient, times=Decimal(TEN_THOUSAND)), falls=True, rounded=partial(_in_digits, digits=3)
    ),
    "currency": Arithmetic(_quotient, falls=True, rounded=_in_digits),
}
# An amount in dollars at so many yuan for a dollar; with the rate the other way around it is divided.
MULTIPLICATION = Arithmetic(_product, falls=False, rounded=_in_digits)
