"""Checks of what an item cannot be public without: the inputs of a formula, the metrics of a ranking."""

from collections.abc import Iterator

from ecosystem.domain import formula_checks, rankings
from ecosystem.domain.checklist.findings import Finding, Level
from ecosystem.domain.checklist.reading import Reading
from ecosystem.models import Metric, Ranking


def hidden(reading: Reading) -> Iterator[Finding]:
    item, errors = reading.item, []
    if isinstance(item, Metric) and item.formula:
        errors = formula_checks.unseen_inputs(item)
    if isinstance(item, Ranking):
        errors = rankings.hidden_metrics(item)
    yield from (Finding(Level.ERROR, error, about=error) for error in errors)
