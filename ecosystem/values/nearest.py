"""What somebody may have meant: the options nearest to a mistyped word or a missing period."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from ecosystem.values.periods import parse_period

LEAST_LIKENESS = 0.6


def nearest_words(word: str, options: Iterable[str], count: int = 3) -> list[str]:
    """The options most like the word, the best first; those that contain it count as very like it."""
    likeness = {option: _likeness(word, option) for option in options}
    ordered = sorted(likeness, key=lambda option: (-likeness[option], option))
    return [option for option in ordered if likeness[option] >= LEAST_LIKENESS][:count]


def nearest_periods(period: str, options: Iterable[str], count: int = 5) -> list[str]:
    """The periods that end nearest to the wanted one, in the order of time."""
    end = parse_period(period).end
    near = sorted(set(options), key=lambda text: (abs((parse_period(text).end - end).days), text))[:count]
    return sorted(near, key=lambda text: (*parse_period(text).recency, text))


def _likeness(word: str, option: str) -> float:
    if word and (word in option or option in word):
        return 0.9
    return SequenceMatcher(None, word, option).ratio()
