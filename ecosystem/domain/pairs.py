"""Two metrics side by side: their common name, and the rows of their table."""

from collections.abc import Sequence
from dataclasses import dataclass

from ecosystem.domain.headlines import best_of
from ecosystem.models import Metric, Observation, Status


@dataclass(frozen=True, slots=True)
class Pair:
    """Two public metrics in the order of their slugs, named like a page."""

    first: Metric
    second: Metric

    status = Status.PUBLISHED

    @property
    def metrics(self) -> tuple[Metric, Metric]:
        return self.first, self.second

    @property
    def name(self) -> str:
        return f"{self.first.name} and {self.second.name}"

    @property
    def name_zh(self) -> str:
        names = [metric.name_zh or metric.name for metric in self.metrics]
        return "与".join(names)


@dataclass(frozen=True, slots=True)
class PairRow:
    """A period with the most trusted value of each metric; None where there is none."""

    head: Observation
    cells: tuple[Observation | None, Observation | None]


def rows_of_pair(metrics: Sequence[Metric]) -> list[PairRow]:
    """Every period that one of the metrics, whose values are attached, has a value for; the newest first."""
    tables = [_best_of_each(metric.current_observations) for metric in metrics]
    heads = {period: value for table in tables for period, value in table.items()}
    newest = sorted(heads.values(), key=lambda value: value.span.recency, reverse=True)
    return [PairRow(value, (tables[0].get(value.period), tables[1].get(value.period))) for value in newest]


def _best_of_each(values: Sequence[Observation]) -> dict[str, Observation]:
    periods: dict[str, list[Observation]] = {}
    for value in values:
        periods.setdefault(value.period, []).append(value)
    return {period: best_of(found) for period, found in periods.items()}
