"""Round numbers along the axis of a chart."""

from decimal import ROUND_FLOOR, Decimal
from math import ceil

ZERO = Decimal(0)
SIZES = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5))
# Values whose lowest is less than this share of the highest are seen from zero.
NEAR = Decimal("0.8")
# Of a last interval that is emptier than this only the filled part is drawn.
EMPTY = Decimal("0.6")
RANKS_IN_FULL, RANKS_BY_TWOS = 5, 9


def steps(low: Decimal, high: Decimal, intervals: int) -> list[Decimal]:
    """Round numbers from the lowest value or zero up to the highest value, in about so many intervals.

    The last may lie below the highest value, by less than half an interval: the axis then ends at the value.
    """
    if low == high:
        low, high = min(low, ZERO), max(high, ZERO) if low else Decimal(1)
    near = low >= high * NEAR if low > 0 else high <= low * NEAR if high < 0 else False
    if not near:
        low, high = min(low, ZERO), max(high, ZERO)
    step = _step(low, high, intervals)
    first, last = _floor(low, step), -_floor(-high, step)
    if near and low - first < step / 3:
        first -= step  # no mark lies on an axis that is not zero
    if high > 0 and last - high >= step * EMPTY:
        last -= step
    return [first + step * number for number in range(int((last - first) / step) + 1)]


def rank_steps(lowest: int, intervals: int) -> list[Decimal]:
    """Ranks from the first to at least the fifth, so that a second place is seen as a high one."""
    if lowest <= RANKS_IN_FULL:
        ranks = range(1, RANKS_IN_FULL + 1)
    elif lowest <= RANKS_BY_TWOS:
        ranks = range(1, RANKS_BY_TWOS + 1, 2)
    else:
        step = 5 * ceil(lowest / 5 / intervals)
        ranks = [1, *range(step, lowest + step, step)]
    return [Decimal(rank) for rank in ranks]


def _step(low: Decimal, high: Decimal, intervals: int) -> Decimal:
    """The step that leaves little of the axis empty and makes about four intervals; 2.5 only where it is whole."""
    power = Decimal(1).scaleb(((high - low) / intervals).adjusted())
    candidates = [size * scale for scale in (power, power * 10) for size in SIZES]
    round_ones = [step for step in candidates if step % 1 == 0 or step != power * SIZES[2]]
    return min(round_ones, key=lambda step: _fault(low, high, step, intervals))


def _fault(low: Decimal, high: Decimal, step: Decimal, intervals: int) -> tuple[bool, Decimal]:
    length = -_floor(-high, step) - _floor(low, step)
    count = length / step
    return (count > intervals, length / (high - low) + abs(count - 4) / 6)


def _floor(number: Decimal, step: Decimal) -> Decimal:
    """The largest multiple of the step that is not above the number."""
    return (number / step).quantize(Decimal(1), rounding=ROUND_FLOOR) * step
