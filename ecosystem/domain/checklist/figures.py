"""Checks of figures: references that resolve, values that stand firm, numbers with their unit, sources to open."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from ecosystem.domain import figure_errors, wording
from ecosystem.domain.checklist.findings import Finding, Level
from ecosystem.domain.checklist.reading import Reading, Text
from ecosystem.domain.figures import OVERDUE, Figure, FigureSet
from ecosystem.domain.headlines import headline_of
from ecosystem.domain.observations import attach_values
from ecosystem.domain.staleness import expectation_of
from ecosystem.models import Metric, Observation, Standing
from ecosystem.values.analysis import tokens
from ecosystem.values.figure_references import FigureReferenceError, Reference, reference_from_attributes
from ecosystem.values.languages import is_chinese
from ecosystem.values.markup import Attributes
from ecosystem.values.paragraphs import FIGURE, NOTE, Paragraph
from ecosystem.values.probable import kind_of, name_words, stem, unit_words
from ecosystem.values.stray_numbers import PERCENT

# What says in words that a number is money or a percentage.
_MONEY = re.compile(r"yuan|renminbi|RMB|CNY|dollar|US\$|[¥$€]|euro|元|币", re.IGNORECASE)
_PERCENT = re.compile(r"%|percent|per cent|百分|percentage")
# What a number of things is followed by when it is not followed by the things.
_NOTHING = re.compile(
    r"\s*(?:$|[.,;:!?)，。；：！？）、”]|(?:and|or|in|by|from|to|as|at|was|were|is|are|than|on|for|with|when)\b)"
)
_CELLS = {"td", "th"}


def references(reading: Reading) -> Iterator[Finding]:
    """References that mean nothing: no metric, no value, no source."""
    for text in reading.texts:
        for error in figure_errors.reference_errors(text.html, reading.figures):
            yield Finding(Level.ERROR, error, text.field, about=error)


def shown(reading: Reading) -> Iterator[Finding]:
    """Disputed and overdue figures, each named once, and those that stand without a unit."""
    named: set[Reference] = set()
    for text in reading.texts:
        for read in text.paragraphs:
            for sentence, figures in _sentences(read, reading.figures):
                with override(text.language):
                    quote = _quoted(sentence, figures)
                for at, (reference, figure) in enumerate(figures):
                    if figure and figure.mark in {Standing.DISPUTED, OVERDUE} and reference not in named:
                        named.add(reference)
                        yield _marked(figure, reference, text, quote)
                    if figure and reference.form == "value" and _is_bare(figure, read, sentence, at):
                        yield _bare(figure, reference, text, quote)


Meant = tuple[Reference | None, Figure | None]


def _sentences(read: Paragraph, found: FigureSet) -> Iterator[tuple[str, list[Meant]]]:
    """The sentences of a paragraph that have figures, with what each of their signs stands for."""
    figures = [_meant(attributes, found) for attributes in read.figures]
    for sentence in read.sentences if any(read.figures) else ():
        count = sentence.count(FIGURE)
        mine, figures = figures[:count], figures[count:]
        if mine:
            yield sentence, mine


def _meant(attributes: Attributes | None, found: FigureSet) -> Meant:
    try:
        reference = reference_from_attributes(attributes) if attributes else None
    except FigureReferenceError:
        reference = None
    return reference, found.figure(reference) if reference else None


def _quoted(sentence: str, figures: Sequence[Meant]) -> str:
    """The sentence as its readers see it; a cited number is left out."""
    for _reference, figure in figures:
        sentence = sentence.replace(FIGURE, figure.text if figure else "…", 1)
    return sentence


def _marked(figure: Figure, reference: Reference, text: Text, quote: str) -> Finding:
    words = {"text": _text(figure, text), "metric": wording.named(figure.metric)}
    if figure.mark == OVERDUE:
        said = _("“%(text)s” (%(metric)s) is out of date: its next value is overdue.")
        about, advice = str(figure.overdue.period), wording.next_value(figure.overdue)
    else:
        said = _("“%(text)s” (%(metric)s) is disputed.")
        values = [value for value in (figure.observation, figure.other) if value]
        about = "|".join(f"{value.period} {value.value} {value.standing_reason}" for value in values)
        advice = wording.together(*map(_reason, values))
    about = f"{reference!r}|{figure.mark}|{about}"
    return Finding(Level.WARNING, said % words, text.field, quote, advice, about=about)


def _bare(figure: Figure, reference: Reference, text: Text, quote: str) -> Finding:
    said = _("“%(text)s” stands without its unit.") % {"text": _text(figure, text)}
    advice = _('Write form="unit", or say after the number what it counts.')
    return Finding(Level.WARNING, said, text.field, quote, advice, about=f"{reference!r}|{quote}")


def _is_bare(figure: Figure, read: Paragraph, sentence: str, at: int) -> bool:
    """Whether nothing near the number says what it is a number of; a table says it in its heading."""
    metric, unit = figure.metric, figure.metric.unit
    if read.tag in {*_CELLS, NOTE} or metric.nature == Metric.Nature.RANK:
        return False
    kind = kind_of(unit.measure, unit.currency)
    if kind:
        return not (_PERCENT if kind == PERCENT else _MONEY).search(sentence)
    if not _NOTHING.match(sentence.split(FIGURE)[at + 1]):
        return False
    near = {stem(word) for word in tokens(read.text)}
    words = unit_words(unit.measure, "en")
    told = name_words([metric.name, metric.name_zh, *metric.other_names.splitlines()], frozenset())
    return not near & (words | told)


def _text(figure: Figure, text: Text) -> str:
    with override(text.language):
        return figure.text


def _reason(value: Observation) -> str:
    """Why it is disputed, in the language of the editor."""
    return (value.standing_reason_zh if is_chinese(wording.language()) else "") or value.standing_reason


def values(reading: Reading) -> Iterator[Finding]:
    """What is wrong with the values of a metric, or with what a value rests on."""
    item = reading.item
    if isinstance(item, Metric):
        yield from _of_metric(item)
    if isinstance(item, Observation) and not item.source.is_public:
        text = _("Its source “%(source)s” is not public, so readers cannot open the evidence.")
        advice = _("Publish the source first, or name another one.")
        yield Finding(Level.ERROR, text % {"source": item.source}, "source", advice=advice)


def _of_metric(metric: Metric) -> Iterator[Finding]:
    (metric,) = attach_values([metric])
    found = metric.current_observations
    if not metric.unit.pattern.replace("{number}", "").strip():
        text = _("Its unit “%(unit)s” has no words: readers would see a bare number.")
        yield Finding(Level.WARNING, text % {"unit": metric.unit}, "unit", about=metric.unit.slug)
    disputed = [value for value in found if value.standing == Standing.DISPUTED]
    if disputed and headline_of(metric, found).observation in disputed:
        said = wording.listed([f"{wording.period_of(one)}: {wording.amount_of(one)}" for one in disputed])
        about = "|".join(f"{one.period} {one.value}" for one in disputed)
        text = _("The value that stands for it is disputed.")
        yield Finding(Level.WARNING, text, "", said, _reason(disputed[-1]), about=about)
    expected = expectation_of(metric, found)
    if expected and expected.is_overdue:
        text = _("Its next value is overdue.")
        yield Finding(Level.WARNING, text, "", wording.next_value(expected), about=str(expected.period))
