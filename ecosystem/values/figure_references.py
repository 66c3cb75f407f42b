"""References to figures inside rich text: their attributes, parsed and checked."""

from collections.abc import Mapping
from dataclasses import dataclass

from ecosystem.values.periods import PeriodError, parse_period

ELEMENT = "figure-ref"
CITED_ELEMENT = "cited-figure"
NOTE_ELEMENT = "source-note"
LATEST = "latest"
FORMS = ("unit", "value", "short")


class FigureReferenceError(ValueError):
    """The reference cannot be understood; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One `<figure-ref>`: the slug of a metric, a period or "latest", a form, and a source where a rival is meant."""

    metric: str
    period: str = LATEST
    form: str = "unit"
    source: str = ""

    @property
    def is_live(self) -> bool:
        return self.period == LATEST

    def __str__(self) -> str:
        chosen = f" source={self.source}" if self.source else ""
        return f"figure-ref metric={self.metric} period={self.period}{chosen}"


def reference_from_attributes(attributes: Mapping[str, str | None]) -> Reference:
    """The reference that an element's attributes state. Raises FigureReferenceError when one is missing or wrong."""
    metric = (attributes.get("metric") or "").strip()
    period = (attributes.get("period") or LATEST).strip()
    form = (attributes.get("form") or "unit").strip()
    if not metric:
        raise FigureReferenceError('A figure-ref names no metric. Write metric="gdp", for example.')
    if period != LATEST:
        try:
            parse_period(period)
        except PeriodError as error:
            raise FigureReferenceError(f"figure-ref metric={metric}: {error}") from error
    if form not in FORMS:
        raise FigureReferenceError(
            f"figure-ref metric={metric}: form “{form}” is not one of {', '.join(FORMS)}."
        )
    return Reference(metric, period, form, (attributes.get("source") or "").strip())
