"""How formulas count: the result of numbers, its rounding, its bounds and what "about" and "more than" become in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import partial

EXACT, ABOUT, MORE_THAN, UP_TO = "=", "~", ">", "<"
OPPOSITE = {MORE_THAN: UP_TO, UP_TO: MORE_THAN}
# What a stored value can hold; a computed one has no finer place.
FINEST = Decimal("0.000001")
TEN_THOUSAND = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """One way to count.

    compute: the result of numbers in base units; None where it would divide by zero. falls: whether the result falls as
    the second and any later number rises. digits: to how many significant digits the result is rounded; None keeps all.
    """

    compute: Callable[[Sequence[Decimal]], Decimal | None]
    falls: bool
    digits: int | None = None

    def rounded(self, result: Decimal) -> Decimal:
        """The result as it is stated, never finer than a stored value can be."""
        place = FINEST
        if self.digits is not None and result:
            place = max(place, Decimal(1).scaleb(result.adjusted() - self.digits + 1))
        return result.quantize(place, rounding=ROUND_HALF_UP).normalize() + 0

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


# Shares and changes are rounded as they are in sentences; see wording.share_of and wording.change_between.
ARITHMETIC = {
    "sum": Arithmetic(_sum, falls=False),
    "difference": Arithmetic(_difference, falls=True),
    "ratio": Arithmetic(_quotient, falls=True, digits=4),
    "share": Arithmetic(partial(_quotient, times=Decimal(100)), falls=True, digits=3),
    "growth": Arithmetic(_growth, falls=True, digits=2),
    "per-residents": Arithmetic(partial(_quotient, times=TEN_THOUSAND), falls=True, digits=3),
    "currency": Arithmetic(_quotient, falls=True, digits=4),
}
# An amount in dollars at so many yuan for a dollar; with the rate the other way around it is divided.
MULTIPLICATION = Arithmetic(_product, falls=False, digits=4)
