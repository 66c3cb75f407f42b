"""References to figures inside rich text: their attributes, parsed and checked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ecosystem.values.periods import PeriodError, parse_period

ELEMENT = "figure-ref"
CITED_ELEMENT = "cited-figure"
NOTE_ELEMENT = "source-note"
LATEST = "latest"
# Forms of the value itself, and forms that compare it with another period or metric.
PLAIN_FORMS = ("unit", "value", "short")
CHANGE, SHARE = "change", "share"
FORMS = (*PLAIN_FORMS, CHANGE, SHARE)
ATTRIBUTES = ("metric", "period", "form", "source", "known-on", "since", "of")
# What a form cannot do without, with an example.
NEEDED = {SHARE: ("of", "gdp")}
# The one form that an attribute belongs to.
ONLY_WITH = {"since": CHANGE, "of": SHARE}


class FigureReferenceError(ValueError):
    """The reference cannot be understood; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One `<figure-ref>`.

    metric: the slug of a metric. period: canonical text, or "latest". form: how it is written. source: the slug of
    the source whose value is meant among rivals. known_on: the day as of whose end the value is taken. since: the
    earlier period of a change; empty for the one before. of: the metric that a share is of.
    """

    metric: str
    period: str = LATEST
    form: str = "unit"
    source: str = ""
    known_on: date | None = None
    since: str = ""
    of: str = ""

    @property
    def is_live(self) -> bool:
        """Whether it follows the headline."""
        return self.period == LATEST and self.known_on is None

    @property
    def metrics(self) -> Iterator[str]:
        """The slugs of all metrics that it needs."""
        yield self.metric
        if self.of:
            yield self.of

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes of its element, without those that say nothing."""
        known_on = self.known_on.isoformat() if self.known_on else ""
        written = (
            self.metric,
            self.period,
            self.form,
            self.source,
            known_on,
            self.since,
            self.of,
        )
        return {name: text for name, text in zip(ATTRIBUTES, written, strict=True) if text}

    def __str__(self) -> str:
        shown = {name: text for name, text in self.attributes.items() if (name, text) != ("form", "unit")}
        return " ".join([ELEMENT, *(f"{name}={text}" for name, text in shown.items())])


def reference_from_attributes(attributes: Mapping[str, str | None]) -> Reference:
    """The reference that an element's attributes state. Raises FigureReferenceError when one is missing or wrong."""
    given = {name: (attributes.get(name) or "").strip() for name in ATTRIBUTES}
    metric, form = given["metric"], given["form"] or "unit"
    if not metric:
        raise FigureReferenceError('A figure-ref names no metric. Write metric="gdp", for example.')
    _check_form(metric, form, given)
    period = given["period"] or LATEST
    for text in {period, given["since"]} - {LATEST, ""}:
        _check_period(metric, text)
    return Reference(
        metric,
        period,
        form,
        given["source"],
        _day(metric, given["known-on"]),
        given["since"],
        given["of"],
    )


def _check_form(metric: str, form: str, given: Mapping[str, str]) -> None:
    if form not in FORMS:
        raise FigureReferenceError(
            f"{ELEMENT} metric={metric}: form “{form}” is not one of {', '.join(FORMS)}."
        )
    if form in NEEDED and not given[NEEDED[form][0]]:
        name, example = NEEDED[form]
        raise FigureReferenceError(
            f'{ELEMENT} metric={metric}: form “{form}” needs {name}. Write {name}="{example}", for example.'
        )
    for name, owner in ONLY_WITH.items():
        if given[name] and form != owner:
            raise FigureReferenceError(
                f"{ELEMENT} metric={metric}: {name} belongs to form “{owner}”, and the form is “{form}”."
            )


def _check_period(metric: str, text: str) -> None:
    try:
        parse_period(text)
    except PeriodError as error:
        raise FigureReferenceError(f"{ELEMENT} metric={metric}: {error}") from error


def _day(metric: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise FigureReferenceError(
            f"{ELEMENT} metric={metric}: “{text}” is no day. Write known-on as 2025-03-01."
        ) from error
