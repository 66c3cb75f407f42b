"""Checks for numbers that were typed and not referred to, and which metric each probably repeats."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ecosystem.domain.checklist.findings import Finding, Level
from ecosystem.domain.checklist.reading import Reading, Text
from ecosystem.domain.headlines import headline_of
from ecosystem.domain.observations import attach_values
from ecosystem.domain.wording import listed, named, period_of
from ecosystem.models import Metric, Observation
from ecosystem.values.figure_references import LATEST
from ecosystem.values.languages import is_chinese
from ecosystem.values.paragraphs import FIGURE, NOTE, Paragraph, without
from ecosystem.values.probable import KnownAmount, kind_of, name_words, probable, unit_words
from ecosystem.values.stray_numbers import Number, stray_numbers


def stray(reading: Reading) -> Iterator[Finding]:
    """Numbers that look like statistics and are neither a figure nor cited; a note in the margin names its source."""
    found = [(text, read) for text in reading.texts for read in text.paragraphs if _has_number(read, text)]
    metrics = _public_metrics() if found else []
    known: dict[str, list[KnownAmount]] = {}
    for text, read in found:
        if text.language not in known:
            known[text.language] = [one for metric in metrics for one in _amounts(metric, text.language)]
        for sentence in read.sentences:
            # What belongs to a name is no number: 360 Security, STAR 50.
            numbers = stray_numbers(without(sentence, reading.names), text.language)
            yield from _findings(text, read, sentence, numbers, known[text.language])


def _has_number(read: Paragraph, text: Text) -> bool:
    return read.tag != NOTE and bool(stray_numbers(read.text, text.language))


def _findings(
    text: Text, read: Paragraph, sentence: str, numbers: list[Number], known: list[KnownAmount]
) -> Iterator[Finding]:
    quote, unknown = sentence.replace(FIGURE, "…"), []
    for number in numbers:
        meant = probable(number, sentence, read.text, known)
        if meant is None:
            unknown += [number.words] if number.is_measured else []
            continue
        value, period = meant.key
        words = {"number": number.words, "metric": named(value.metric), "period": period_of(value)}
        message = _("“%(number)s” is typed; it is probably %(metric)s (%(period)s).") % words
        code = f'<figure-ref metric="{value.metric.slug}" period="{period}" form="unit"></figure-ref>'
        about = f"{number.words}|{value.metric.slug}|{sentence}"
        yield Finding(Level.WARNING, message, text.field, quote, code=code, about=about)
    if unknown:
        message = _("Typed without a record or a source: %(numbers)s.") % {"numbers": listed(unknown)}
        advice = _("Refer to its metric, or cite its source:")
        code = f'<cited-figure source="…">{unknown[0]}</cited-figure>'
        about = f"{'|'.join(unknown)}|{sentence}"
        yield Finding(Level.WARNING, message, text.field, quote, advice, code, about)


def _public_metrics() -> list[Metric]:
    rows = Metric.objects.published().exclude(nature=Metric.Nature.RANK).select_related("unit")
    return attach_values(rows)


def _amounts(metric: Metric, language: str) -> Iterator[KnownAmount]:
    """The present values of the metric as a text of that language may repeat them; its headline before others."""
    unit = metric.unit
    words = unit_words(unit.measure, language)
    names = [metric.name_zh if is_chinese(language) else metric.name, *metric.other_names.splitlines()]
    told = name_words(names, words)
    headline = headline_of(metric, metric.current_observations).observation
    for value in metric.current_observations:
        if value.value is not None and value.release != Observation.Release.FORECAST:
            period = LATEST if value == headline else value.period
            yield KnownAmount(
                (value, period),
                value.value * unit.factor,
                kind_of(unit.measure, unit.currency),
                words,
                told,
                value.period[:4],
                (value == headline, *value.span.recency),
            )
