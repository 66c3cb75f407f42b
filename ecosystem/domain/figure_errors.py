"""What is wrong with the references of a text, in sentences for the editor that say what to write instead."""

from collections.abc import Iterator
from html.parser import HTMLParser

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecosystem.domain import wording
from ecosystem.domain.figure_values import may_be_share
from ecosystem.domain.figures import FigureSet, resolve, source_slugs
from ecosystem.domain.rankings import periods_of
from ecosystem.models import Metric, Observation, Ranking, Source
from ecosystem.models.fields import NO_SUCH_DAY, NOT_A_PERIOD
from ecosystem.values import markup
from ecosystem.values.figure_references import (
    CHANGE,
    CITED_ELEMENT,
    ELEMENT,
    LATEST,
    SHARE,
    FigureReferenceError,
    Reference,
    about,
    reference_from_attributes,
)
from ecosystem.values.nearest import nearest_periods, nearest_words

# What `values/figure_references.py` says, once more for people: that layer knows nothing of languages.
SENTENCES = {
    "metric": gettext_lazy('A figure-ref names no metric. Write metric="gdp", for example.'),
    "form": gettext_lazy("form “%(form)s” is not one of %(forms)s."),
    "needs": gettext_lazy('form “%(form)s” needs %(name)s. Write %(name)s="%(example)s", for example.'),
    "only-with": gettext_lazy("%(name)s belongs to form “%(owner)s”, and the form is “%(form)s”."),
    "not-with": gettext_lazy("%(name)s cannot be used with form “%(form)s”. Remove it."),
    "known-on": gettext_lazy("“%(text)s” is no day. Write known-on as 2025-03-01."),
    "period": NOT_A_PERIOD,
    "no-such-day": NO_SUCH_DAY,
}
# What must not stand inside what, and why.
NESTINGS = {
    (ELEMENT, ELEMENT): gettext_lazy(
        "A figure-ref stands inside another one. Write </figure-ref> right after each."
    ),
    (ELEMENT, CITED_ELEMENT): gettext_lazy(
        "A cited-figure stands inside a figure-ref. Write </figure-ref> right after the figure-ref."
    ),
    ("a", ELEMENT): gettext_lazy(
        "A figure-ref stands inside a link. It is a link itself: end the other one before it."
    ),
    ("a", CITED_ELEMENT): gettext_lazy(
        "A cited-figure stands inside a link. It is a link itself: end the other one before it."
    ),
    (CITED_ELEMENT, "a"): gettext_lazy(
        "A link stands inside a cited-figure, which is a link itself. Take one of them away."
    ),
    (CITED_ELEMENT, ELEMENT): gettext_lazy(
        "A figure-ref stands inside a cited-figure. A number is one or the other: keep one of them."
    ),
    (CITED_ELEMENT, CITED_ELEMENT): gettext_lazy(
        "A cited-figure stands inside another one. End each with </cited-figure> right after its number."
    ),
}


def reference_errors(html: str, found: FigureSet | None = None) -> list[str]:
    """What is wrong with the references of a text, one sentence each, for the editor's form.

    `found` are its figures, where they have been resolved already.
    """
    errors = [str(NESTINGS[pair]) for pair in dict.fromkeys(_nestings(markup.sanitize(html)))]
    found = found or resolve([html])
    for attributes, inner in markup.elements(html, ELEMENT):
        try:
            reference = reference_from_attributes(attributes)
        except FigureReferenceError as error:
            errors.append(sentence_of(error))
            continue
        errors.extend(_problem(found, reference))
        if inner.strip() and not errors:
            text = _("%(reference)s: words stand between its tags. Write </figure-ref> right after it.")
            errors.append(text % {"reference": reference})
    return errors + list(_source_problems(html, found))


def sentence_of(error: FigureReferenceError) -> str:
    """The error in the present language."""
    return about(error.metric) + str(SENTENCES[error.code]) % error.params


def _source_problems(html: str, found: FigureSet) -> Iterator[str]:
    unknown = sorted(source_slugs([html]) - set(found.sources))
    known = list(Source.objects.published().values_list("slug", flat=True)) if unknown else []
    for slug in unknown:
        text = _("There is no public source “%(slug)s”.") % {"slug": slug}
        advice = _meant(nearest_words(slug, known)) or _("Look its slug up in the list of sources.")
        yield wording.together(text, advice)


def _meant(options: list[str]) -> str:
    return _("Did you mean %(options)s?") % {"options": ", ".join(options)} if options else ""


def _problem(found: FigureSet, reference: Reference) -> Iterator[str]:
    unknown = [slug for slug in reference.metrics if slug not in found.metrics]
    if unknown:
        yield from (_unknown_metric(reference, slug) for slug in unknown)
    elif reference.ranking and reference.ranking not in found.rankings:
        yield _unknown_ranking(reference)
    elif reference.known_on and reference.known_on > timezone.localdate():
        yield _("%(reference)s: that day has not come yet. Choose a past day.") % {"reference": reference}
    elif (value := found.observation(reference)) is None:
        yield (_no_rank if reference.ranking else _missing_value)(found, reference)
    elif reference.form in (CHANGE, SHARE) and found.other(reference, value) is None:
        yield (_no_share if reference.form == SHARE else _no_change)(found, reference, value)


def _unknown_metric(reference: Reference, slug: str) -> str:
    words = {"reference": reference, "slug": slug}
    text = _("%(reference)s: there is no public metric “%(slug)s”.") % words
    known = Metric.objects.published().values_list("slug", flat=True)
    advice = _meant(nearest_words(slug, known)) or _("Look its slug up in the list of metrics.")
    return wording.together(text, advice)


def _unknown_ranking(reference: Reference) -> str:
    words = {"reference": reference, "slug": reference.ranking}
    text = _("%(reference)s: there is no public ranking “%(slug)s”.") % words
    known = list(Ranking.objects.published().values_list("slug", flat=True))
    advice = _meant(nearest_words(reference.ranking, known)) or _("Look its slug up in the list of rankings.")
    return wording.together(text, advice)


def _no_rank(found: FigureSet, reference: Reference) -> str:
    slugs = [metric.slug for metric in found.rankings[reference.ranking].ranked_metrics]
    words = {"reference": reference, "slug": reference.metric, "ranking": reference.ranking}
    if reference.metric not in slugs:
        text = _("%(reference)s: “%(slug)s” is not in the ranking “%(ranking)s”, which has %(metrics)s.")
        return text % (words | {"metrics": ", ".join(sorted(slugs))})
    values = [found.values(slug, reference.known_on) for slug in slugs]
    words |= {"periods": _periods(reference.period, periods_of(values))}
    text = _("%(reference)s: it has no place for that period. Periods that can be ranked: %(periods)s.")
    return text % words


def _missing_value(found: FigureSet, reference: Reference) -> str:
    values = found.values(reference.metric, reference.known_on)
    sources = {value.source.slug for value in values if reference.period in {LATEST, value.period}}
    words = {"reference": reference}
    if reference.source and sources and reference.source not in sources:
        text = _("%(reference)s: no public value from that source. Sources with one: %(sources)s.")
        return text % (words | {"sources": ", ".join(sorted(sources))})
    if not values:
        return _("%(reference)s: no public value.") % words
    periods = [value.period for value in values if reference.source in {"", value.source.slug}]
    return _("%(reference)s: no public value. Periods with one: %(periods)s.") % (
        words | {"periods": _periods(reference.period, periods)}
    )


def _periods(wanted: str, periods: list[str]) -> str:
    near = sorted(set(periods)) if wanted == LATEST else nearest_periods(wanted, periods)
    return ", ".join(near) or _("none")


def _no_change(found: FigureSet, reference: Reference, value: Observation) -> str:
    words = {"reference": reference, "period": value.period}
    values = found.values(reference.metric, reference.known_on)
    earlier = [v.period for v in values if v.span.recency < value.span.recency and v.value is not None]
    if not reference.since:
        text = _("%(reference)s: no earlier value that %(period)s can be compared with, in the same method.")
        return text % words
    words |= {"since": reference.since, "periods": _periods(reference.since, earlier)}
    if reference.since in earlier:
        return (
            _("%(reference)s: %(since)s and %(period)s differ in method or length and cannot be compared.")
            % words
        )
    return _("%(reference)s: no earlier public value for %(since)s. Periods with one: %(periods)s.") % words


def _no_share(found: FigureSet, reference: Reference, value: Observation) -> str:
    whole = found.metrics[reference.of]
    words = {"reference": reference, "of": reference.of, "period": value.period}
    if not may_be_share(value.metric, whole):
        words |= {"unit": value.metric.unit.name, "other": whole.unit.name}
        text = _("%(reference)s: a share needs amounts of one kind, and these are %(unit)s and %(other)s.")
        return text % words
    periods = [v.period for v in found.values(reference.of, reference.known_on) if v.value]
    text = _("%(reference)s: %(of)s has no public value for %(period)s. Periods with one: %(periods)s.")
    return text % (words | {"periods": _periods(value.period, periods)})


def _nestings(html: str) -> Iterator[tuple[str, str]]:
    """The pairs of elements that stand inside each other and must not."""
    reader = _Nesting()
    reader.feed(html)
    reader.close()
    yield from reader.found


class _Nesting(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.extend((outer, tag) for outer in self.open if (outer, tag) in NESTINGS)
        if tag in {"a", ELEMENT, CITED_ELEMENT}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]
