"""Rankings: metrics in the order of their values of one period, now or as known on a past day.

The period is the newest one for which every metric has a number, or else for which the most have; two must. Of rival
values of a metric that one counts which is to be believed. Equal numbers share a place. A metric without a number for
the period has no place.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from ecosystem.domain.derivation import best_of_each_period
from ecosystem.domain.figure_values import count_the_same
from ecosystem.domain.observations import attach_values
from ecosystem.domain.wording import listed
from ecosystem.models import Metric, Observation, Ranking
from ecosystem.values.figure_references import LATEST
from ecosystem.values.periods import Period, parse_period

FEWEST = 2


@dataclass(frozen=True, slots=True)
class Rank:
    """A metric in a ranking: its value and its place among those that have a number; neither where it has none.

    length: its number in percent of the largest, for a bar; None where a number is negative.
    """

    metric: Metric
    observation: Observation | None = None
    place: int | None = None
    length: float | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A ranking of one period, the first place first; without a period where fewer than two metrics have a number.

    is_pinned: whether the period was asked for, and does not move on.
    """

    ranking: Ranking
    ranks: tuple[Rank, ...]
    period: Period | None = None
    is_pinned: bool = False

    def address(self, known_on: date | None = None) -> str:
        """Its page, with these values."""
        query = {"period": self.period.text} if self.is_pinned and self.period else {}
        query |= {"known_on": known_on.isoformat()} if known_on else {}
        return self.ranking.get_absolute_url() + (f"?{urlencode(query)}" if query else "")

    def of(self, slug: str) -> Rank | None:
        """The metric's rank, where it has a place."""
        return next((rank for rank in self.ranks if rank.place and rank.metric.slug == slug), None)

    @property
    def observations(self) -> list[Observation]:
        """The values that were compared."""
        return [rank.observation for rank in self.ranks if rank.observation]


def public_rankings(slugs: Iterable[str] | None = None, at: datetime | None = None) -> dict[str, Ranking]:
    """The public rankings (of these slugs) by slug, with their public metrics; values are not attached."""
    metrics = Prefetch(
        "metrics", Metric.objects.published(at).select_related("unit"), to_attr="ranked_metrics"
    )
    found = Ranking.objects.published(at).prefetch_related(metrics)
    if slugs is not None:
        found = found.filter(slug__in=slugs)
    same: dict[int, Metric] = {}  # a metric in two rankings is one object, to which values are attached once
    for ranking in found:
        ranking.ranked_metrics = [same.setdefault(metric.pk, metric) for metric in ranking.ranked_metrics]
    return {ranking.slug: ranking for ranking in found}


def rank_all(rankings: Iterable[Ranking], at: datetime | None = None, period: str = LATEST) -> list[Ranked]:
    """Rankings from `public_rankings` by the values of their metrics, now or as known then, however many in a query."""
    rankings = list(rankings)
    attach_values([metric for ranking in rankings for metric in ranking.ranked_metrics], at)
    return [
        ranked(ranking, {metric: metric.current_observations for metric in ranking.ranked_metrics}, period)
        for ranking in rankings
    ]


def ranked(ranking: Ranking, values: dict[Metric, Sequence[Observation]], period: str = LATEST) -> Ranked:
    """The metrics with these values in order, of that period or of the newest that can be compared."""
    numbers = {metric: _numbers(found) for metric, found in values.items()}
    text = _newest(numbers) if period == LATEST else period
    there = [(metric, found[text]) for metric, found in numbers.items() if text in found]
    if len(there) < FEWEST:
        return Ranked(ranking, tuple(Rank(metric) for metric in _by_name(values)))
    is_rising = ranking.first == Ranking.First.LOWEST
    amounts = sorted((_amount(value) for _metric, value in there), reverse=not is_rising)
    there.sort(key=lambda pair: (amounts.index(_amount(pair[1])), pair[0].name))
    ranks = [_rank(metric, value, amounts) for metric, value in there]
    absent = [Rank(metric) for metric in _by_name(values) if text not in numbers[metric]]
    return Ranked(ranking, (*ranks, *absent), parse_period(text), is_pinned=period != LATEST)


def periods_of(values: Iterable[Sequence[Observation]]) -> list[str]:
    """The periods for which a ranking of metrics with these values can be made."""
    counts = Counter(text for found in values for text in _numbers(found))
    return sorted(text for text, count in counts.items() if count >= FEWEST)


def ranking_errors(metrics: Sequence[Metric]) -> list[str]:
    """What forbids that these metrics are set in order."""
    if len(metrics) < FEWEST:
        return [_("A ranking needs two metrics or more.")]
    first = metrics[0]
    if any(metric.nature == Metric.Nature.RANK for metric in metrics):
        return [_("A rank cannot be ranked again. Choose metrics that count something.")]
    unlike = [
        one.name for one in metrics if not count_the_same(one.unit, first.unit) or one.nature != first.nature
    ]
    if not unlike:
        return []
    text = _("Only metrics of one kind can be compared; not counted like %(first)s: %(others)s.")
    return [text % {"first": first.name, "others": listed(unlike)}]


def hidden_metrics(ranking: Ranking) -> list[str]:
    """What forbids that readers see a ranking: metrics that they cannot see."""
    hidden = [metric.name for metric in ranking.metrics.all() if not metric.is_public]
    if not hidden:
        return []
    text = _("It ranks what readers cannot see: %(metrics)s. Publish that first.")
    return [text % {"metrics": listed(hidden)}]


def _numbers(values: Sequence[Observation]) -> dict[str, Observation]:
    """The value of each period that is a number and no forecast."""
    best = best_of_each_period(values)
    return {
        period: value
        for period, value in best.items()
        if value.value is not None and value.release != Observation.Release.FORECAST
    }


def _newest(numbers: dict[Metric, dict[str, Observation]]) -> str:
    counts = Counter(text for found in numbers.values() for text in found)
    return max(counts, key=lambda text: (counts[text], parse_period(text).recency), default="")


def _rank(metric: Metric, value: Observation, amounts: Sequence[Decimal]) -> Rank:
    """With all amounts in their order, the best first: equal ones share the place of the first of them."""
    amount, largest = _amount(value), max(amounts)
    length = round(float(100 * amount / largest), 2) if min(amounts) >= 0 and largest else None
    return Rank(metric, value, 1 + amounts.index(amount), length)


def _amount(value: Observation) -> Decimal:
    return value.value * value.metric.unit.factor


def _by_name(metrics: Iterable[Metric]) -> list[Metric]:
    return sorted(metrics, key=lambda metric: metric.name)
