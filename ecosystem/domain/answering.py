"""Answers to questions about a number: the value that is asked for, before any list of pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyroaring import BitMap

from ecosystem.domain import headlines
from ecosystem.domain.headlines import Headline
from ecosystem.domain.index import memory, relevance
from ecosystem.domain.index.memory import Memory
from ecosystem.domain.index.numbers import page_of, span_of
from ecosystem.domain.observations import attach_values
from ecosystem.models import Metric, Observation
from ecosystem.values.queries import parse
from ecosystem.values.questions import Question, parse_question

# What more metrics are named like is no question about one of them.
MOST_METRICS = 3
# How a metric's name must be met: by all of it, by its beginning, or by all words of the question.
TIERS = ("exact", "starts", "names")


@dataclass(frozen=True, slots=True)
class Answer:
    """The best value of the period that was asked for, or the headline where none was asked for or there is none.

    `missed` is the period that was asked for and has no value.
    """

    metric: Metric
    observation: Observation
    headline: Headline
    missed: str = ""


def answers(text: str) -> list[Answer]:
    """The answers to a question, of the metric that it names, or of few metrics; none to any other text."""
    question = parse_question(text)
    metrics = metrics_named(question)
    return [answer for metric in attach_values(metrics) if (answer := _answer(metric, question.period))]


def _answer(metric: Metric, period: str) -> Answer | None:
    headline = headlines.headline_of(metric, metric.current_observations)
    asked = [
        value for value in metric.current_observations if value.period == period and value.value is not None
    ]
    if asked:
        return Answer(metric, headlines.best_of(asked), headline)
    return Answer(metric, headline.observation, headline, missed=period) if headline.observation else None


def metrics_named(question: Question) -> list[Metric]:
    """The public metrics that the question names: as typed, else without the words of asking, however it spells them.

    None of more than a few.
    """
    held = memory.present()
    for text in dict.fromkeys((question.named, question.subject, question.bare)):
        for documents in _tiers(text, held):
            found = documents & held.public(Metric)
            if found:
                keys = [page_of(document)[1] for document in found]
                rows = Metric.objects.filter(pk__in=keys).select_related("unit").order_by("name")
                return list(rows) if len(keys) <= MOST_METRICS else []
    return []


def _tiers(text: str, held: Memory) -> Iterator[BitMap]:
    for tier, documents in relevance.tiers(parse(text), held, span_of(Metric)):
        if tier in TIERS:
            yield documents
        if tier == TIERS[-1]:  # what comes after it would be looked up for nothing
            return
