"""Figures in text: finding the observations that references mean, and recording which page shows what."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from ecosystem.domain.headlines import headline_of, rank
from ecosystem.domain.observations import attach_values
from ecosystem.domain.staleness import Expectation, overdue_after
from ecosystem.models import FigureReference, Metric, Observation, Source, Standing
from ecosystem.models.fields import RichTextField
from ecosystem.values import markup
from ecosystem.values.figure_references import (
    CITED_ELEMENT,
    ELEMENT,
    NOTE_ELEMENT,
    FigureReferenceError,
    Reference,
    reference_from_attributes,
)

OVERDUE = "overdue"
_BLOCK_END = "\x01"
_SENTENCE_END = re.compile(rf"(?<=[.!?])\s+|(?<=[。！？])|{_BLOCK_END}+")
# A heading, a paragraph or a row of a table ends a sentence also without a full stop; a cell does not.
_SENTENCE_BLOCKS = markup.BLOCKS - {"td", "th"}
_PLACEHOLDER = re.compile("\x00(\\d+)\x00")


@dataclass(slots=True)
class Figure:
    """A number that a page shows: the observation, in which form, and its number in the table of figures."""

    metric: Metric
    observation: Observation
    form: str = "unit"
    number: int = 0

    @property
    def mark(self) -> str:
        """The one mark that a figure in text may show: disputed, overdue, unverified, in this order of weight."""
        standing = self.observation.standing
        if standing == Standing.DISPUTED:
            return standing
        if self.overdue:
            return OVERDUE
        return standing if standing == Standing.UNVERIFIED else ""

    @property
    def mark_label(self) -> str:
        """The mark in words, for those who hear the page."""
        if self.mark == OVERDUE:
            return _("next value overdue")
        return self.observation.get_standing_display() if self.mark else ""

    @property
    def overdue(self) -> Expectation | None:
        """The value that should have followed by now."""
        return overdue_after(self.observation)


@dataclass(slots=True)
class CitedFigure:
    """A number that is used once, with its source."""

    text: str
    source: Source
    locator: str = ""
    number: int = 0


@dataclass
class FigureSet:
    """All figures and sources that a page's texts refer to, fetched together."""

    metrics: dict[str, Metric] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    shown: list[Figure] = field(default_factory=list)
    cited: list[CitedFigure] = field(default_factory=list)

    def figure(self, reference: Reference) -> Figure | None:
        """The figure that the reference means, entered into the page's table once; None when there is none."""
        observation = self.observation(reference)
        if observation is None:
            return None
        known = next((figure for figure in self.shown if figure.observation == observation), None)
        if known is None:
            known = Figure(self.metrics[reference.metric], observation, number=len(self.shown) + 1)
            self.shown.append(known)
        return Figure(known.metric, observation, reference.form, known.number)

    def observation(self, reference: Reference) -> Observation | None:
        metric = self.metrics.get(reference.metric)
        if metric is None:
            return None
        values = [v for v in metric.current_observations if reference.source in {"", v.source.slug}]
        if reference.is_live:
            return headline_of(metric, values).observation
        return max((v for v in values if v.period == reference.period), key=_trust_first, default=None)

    def cite(self, text: str, slug: str, locator: str) -> CitedFigure | None:
        source = self.sources.get(slug)
        if source is None:
            return None
        cited = CitedFigure(text, source, locator, number=len(self.cited) + 1)
        self.cited.append(cited)
        return cited


def _trust_first(observation: Observation) -> tuple:
    trusted = observation.standing not in {Standing.UNVERIFIED, Standing.DISPUTED}
    return (trusted, *rank(observation))


def resolve(texts: Iterable[str], at: datetime | None = None) -> FigureSet:
    """Every metric, value and source that the texts refer to, in three queries whatever their number.

    At a past moment live figures follow what was the headline then.
    """
    texts = list(texts)
    slugs = {slug for text in texts for ref in references(text) for slug in ref.metrics}
    metrics = Metric.objects.published().filter(slug__in=slugs).select_related("unit") if slugs else ()
    sources = source_slugs(texts)
    found = Source.objects.published().filter(slug__in=sources) if sources else ()
    return FigureSet(
        {metric.slug: metric for metric in attach_values(metrics, at)},
        {source.slug: source for source in found},
    )


def resolve_page(page: Model, *fields: str, at: datetime | None = None) -> FigureSet:
    """The figures of these rich text fields of a page, in both languages."""
    names = [name for base in fields for name in (base, f"{base}_zh") if hasattr(page, name)]
    return resolve([getattr(page, name) for name in names], at)


def references(text: str) -> Iterator[Reference]:
    """The figure references of a text that can be understood, in order."""
    for attributes, _inner in markup.elements(text, ELEMENT):
        try:
            yield reference_from_attributes(attributes)
        except FigureReferenceError:
            continue


def source_slugs(texts: Iterable[str]) -> set[str]:
    """The slugs of all sources that notes and cited figures name."""
    return {
        attributes.get("source") or ""
        for text in texts
        for name in (CITED_ELEMENT, NOTE_ELEMENT)
        for attributes, _inner in markup.elements(text, name)
    }


def reference_errors(html: str) -> list[str]:
    """What is wrong with the references of a text, one sentence each, for the editor's form."""
    errors = []
    found = resolve([html])
    for attributes, _inner in markup.elements(html, ELEMENT):
        try:
            reference = reference_from_attributes(attributes)
        except FigureReferenceError as error:
            errors.append(str(error))
            continue
        errors.extend(_reference_problem(found, reference))
    for slug in sorted(source_slugs([html]) - set(found.sources)):
        errors.append(
            _("There is no public source “%(slug)s”. Look its slug up in the list of sources.")
            % {"slug": slug}
        )
    return errors


def _reference_problem(found: FigureSet, reference: Reference) -> Iterator[str]:
    metric = found.metrics.get(reference.metric)
    if metric is None:
        yield _("%(reference)s: there is no public metric of that slug.") % {"reference": reference}
    elif found.observation(reference) is None:
        periods = ", ".join(sorted({value.period for value in metric.current_observations})) or _("none")
        yield _("%(reference)s: no public value. Periods with one: %(periods)s.") % {
            "reference": reference,
            "periods": periods,
        }


def rich_text_fields(page: Model) -> list[str]:
    """The names of the page's rich text fields."""
    return [field.name for field in page._meta.get_fields() if isinstance(field, RichTextField)]


def record_references(page: Model) -> None:
    """Write down anew which metrics the page's texts show, with the sentence around each."""
    kind = page._meta.model_name
    found = [
        (name, reference, sentence)
        for name in rich_text_fields(page)
        for reference, sentence in _sentences(page, name)
    ]
    metrics = Metric.objects.in_bulk({reference.metric for _name, reference, _s in found}, field_name="slug")
    rows = [
        FigureReference(
            **{kind: page},
            shown=metrics[reference.metric],
            period=reference.period,
            source_slug=reference.source,
            form=reference.form,
            field=name,
            sentence=sentence,
            position=position,
        )
        for position, (name, reference, sentence) in enumerate(found)
        if reference.metric in metrics
    ]
    with transaction.atomic():
        FigureReference.objects.filter(**{kind: page}).delete()
        FigureReference.objects.bulk_create(rows)


def _sentences(page: Model, name: str) -> Iterator[tuple[Reference, str]]:
    """Each reference of a field with its sentence, in which the references stand as elements again."""
    kept: list[tuple[Reference | None, str]] = []

    def keep(attributes: markup.Attributes, _inner: str) -> str:
        try:
            reference = reference_from_attributes(attributes)
        except FigureReferenceError:
            reference = None
        kept.append((reference, markup.opening_tag(ELEMENT, attributes) + f"</{ELEMENT}>"))
        return f"\x00{len(kept) - 1}\x00"

    blocks = dict.fromkeys(_SENTENCE_BLOCKS, lambda _a, inner: f"{_BLOCK_END}{inner}{_BLOCK_END}")
    handlers = blocks | {ELEMENT: keep, NOTE_ELEMENT: lambda _a, _inner: ""}
    text = markup.transform(getattr(page, name), handlers, keep_tags=False)
    for sentence in _SENTENCE_END.split(text):
        whole = _PLACEHOLDER.sub(lambda match: kept[int(match[1])][1], " ".join(sentence.split()))
        for match in _PLACEHOLDER.finditer(sentence):
            reference = kept[int(match[1])][0]
            if reference:
                yield reference, whole
