"""What was taken off for good: its address says so instead of what stood there."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from ecosystem.domain import tombstones, wording
from ecosystem.domain.formulas import Formulas
from ecosystem.domain.rich_text import localized_path
from ecosystem.models import Metric, Status, Suppression
from ecosystem.values.languages import CHINESE, ENGLISH
from ecosystem.values.periods import parse_period


class RemovedError(Exception):
    """Nothing is left of the period, because its value was taken off for good; `notice` says so to readers."""

    def __init__(self, notice: str) -> None:
        super().__init__(notice)
        self.notice = notice


@dataclass(frozen=True, slots=True)
class RemovedValue:
    """The tombstone of a value, named like a withdrawn page."""

    metric: Metric
    stone: Suppression

    is_removed = True
    status = Status.WITHDRAWN

    @property
    def name(self) -> str:
        return f"{self.metric.name}, {parse_period(self.stone.period).label(ENGLISH)}"

    @property
    def name_zh(self) -> str:
        return (
            self.metric.name_zh and f"{self.metric.name_zh}，{parse_period(self.stone.period).label(CHINESE)}"
        )

    @property
    def withdrawn_at(self) -> datetime:
        return self.stone.suppressed_at

    @property
    def withdrawn_notice(self) -> str:
        return wording.notice_of(self.stone)


def removed_or_unknown(metric: Metric, period: str) -> Exception:
    """What to raise for a period of which nothing is left, or of which there never was anything."""
    stones = tombstones.stones_of(Formulas([metric]).below(metric), period)
    return RemovedError(wording.notice_of(stones[0])) if stones else Http404(f"No public value for {period}.")


@dataclass(frozen=True, slots=True)
class RemovedLine:
    """One tombstone in the list of all: its day, where it stands, and what it says."""

    stone: Suppression

    @property
    def metric(self) -> Metric | None:
        """The metric, while readers can see it."""
        metric = self.stone.metric
        return metric if metric is not None and metric.is_public else None

    @property
    def period(self) -> str:
        return wording.period_label(self.stone.period) if self.stone.period else ""

    @property
    def address(self) -> str:
        return localized_path(self.stone.address)


def removed_lines() -> list[RemovedLine]:
    return [RemovedLine(stone) for stone in tombstones.public_stones()]
