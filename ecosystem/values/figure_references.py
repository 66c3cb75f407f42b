"""References to figures inside rich text: their attributes, parsed and checked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ecosystem.values.periods import PeriodError, parse_period

ELEMENT = "figure-ref"
CITED_ELEMENT = "cited-figure"
NOTE_ELEMENT = "source-note"
LATEST = "latest"
# Forms of the value itself, and forms that compare it with another period, with another metric, or with several.
PLAIN_FORMS = ("unit", "value", "short")
CHANGE, SHARE, RANK = "change", "share", "rank"
FORMS = (*PLAIN_FORMS, CHANGE, SHARE, RANK)
ATTRIBUTES = ("metric", "period", "form", "source", "known-on", "since", "of", "ranking")
# What a form cannot do without, with an example.
NEEDED = {SHARE: ("of", "gdp"), RANK: ("ranking", "leading-industries")}
# The one form that an attribute belongs to.
ONLY_WITH = {"since": CHANGE, "of": SHARE, "ranking": RANK}
# A rank compares the best value of each metric, from whatever source.
NOT_WITH = {"source": RANK}


# What can be wrong with the attributes; `domain/figure_errors.py` says the same in the language of the editor.
SENTENCES = {
    "metric": 'A figure-ref names no metric. Write metric="gdp", for example.',
    "form": "form “%(form)s” is not one of %(forms)s.",
    "needs": 'form “%(form)s” needs %(name)s. Write %(name)s="%(example)s", for example.',
    "only-with": "%(name)s belongs to form “%(owner)s”, and the form is “%(form)s”.",
    "not-with": "%(name)s cannot be used with form “%(form)s”. Remove it.",
    "known-on": "“%(text)s” is no day. Write known-on as 2025-03-01.",
    "period": "%(problem)s",
    "no-such-day": "%(problem)s",
}


class FigureReferenceError(ValueError):
    """The reference cannot be understood; the message says what to write.

    code: a key of SENTENCES, whose placeholders `params` fill. metric: its slug, empty when there is none.
    """

    def __init__(self, code: str, metric: str = "", **params: str) -> None:
        super().__init__(about(metric) + SENTENCES[code] % params)
        self.code = code
        self.metric = metric
        self.params = params


def about(metric: str) -> str:
    """How a message names the reference that it is about, by its metric alone."""
    return f"{ELEMENT} metric={metric}: " if metric else ""


@dataclass(frozen=True, slots=True)
class Reference:
    """One `<figure-ref>`.

    metric: the slug of a metric. period: canonical text, or "latest". form: how it is written. source: the slug of
    the source whose value is meant among rivals. known_on: the day as of whose end the value is taken. since: the
    earlier period of a change; empty for the one before. of: the metric that a share is of. ranking: the slug of the
    ranking that a rank is in.
    """

    metric: str
    period: str = LATEST
    form: str = "unit"
    source: str = ""
    known_on: date | None = None
    since: str = ""
    of: str = ""
    ranking: str = ""

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
            self.ranking,
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
        raise FigureReferenceError("metric")
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
        given["ranking"],
    )


def _check_form(metric: str, form: str, given: Mapping[str, str]) -> None:
    if form not in FORMS:
        raise FigureReferenceError("form", metric, form=form, forms=", ".join(FORMS))
    if form in NEEDED and not given[NEEDED[form][0]]:
        name, example = NEEDED[form]
        raise FigureReferenceError("needs", metric, form=form, name=name, example=example)
    for name, owner in ONLY_WITH.items():
        if given[name] and form != owner:
            raise FigureReferenceError("only-with", metric, name=name, owner=owner, form=form)
    for name, refused in NOT_WITH.items():
        if given[name] and form == refused:
            raise FigureReferenceError("not-with", metric, name=name, form=form)


def _check_period(metric: str, text: str) -> None:
    try:
        parse_period(text)
    except PeriodError as error:
        code = "no-such-day" if error.__cause__ else "period"
        raise FigureReferenceError(code, metric, problem=str(error), text=text) from error


def _day(metric: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise FigureReferenceError("known-on", metric, text=text) from error
