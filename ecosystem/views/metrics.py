"""Metrics: the list, the page of a metric, and the evidence page of one period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language, override

from ecosystem.domain import charts, citing, figures, headlines, observations, proofs, tiles, tombstones
from ecosystem.domain.describing import describe
from ecosystem.domain.formulas import Formulas
from ecosystem.domain.rich_text import Renderer, texts_of
from ecosystem.domain.value_groups import groups_of, without_repeats
from ecosystem.domain.wording import language
from ecosystem.filters.pages import MetricFilter
from ecosystem.models import FigureReference, Metric, Observation, Ranking, Status, Topic
from ecosystem.models.base import PAGE_KINDS
from ecosystem.values.figure_references import LATEST
from ecosystem.values.languages import CHINESE, ENGLISH, is_chinese
from ecosystem.values.periods import PeriodError, parse_period
from ecosystem.views.base import Page, PageList
from ecosystem.views.removed import RemovedValue


class MetricList(PageList):
    """All metrics by topic; there are few enough for one page."""

    model = Metric
    filterset = MetricFilter
    paginate_by = None
    rich_fields = ("definition",)

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("unit").prefetch_related("topics")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return context | {"groups": by_topic(observations.attach_values(context["object_list"]))}


def by_topic(metrics: list[Metric]) -> list[tuple[Topic | None, list[tiles.Tile]]]:
    """Tiles under the first topic of their metric, topics in the order of their names."""
    keyed = sorted(((first_topic(metric), metric) for metric in metrics), key=_topic_order)
    return [
        (topic, tiles.tiles_of([metric for _topic, metric in group]))
        for topic, group in groupby(keyed, key=lambda pair: pair[0])
    ]


def first_topic(metric: Metric) -> Topic | None:
    return next(iter(metric.topics.all()), None)


def _topic_order(pair: tuple[Topic | None, Metric]) -> tuple[bool, str, str]:
    topic, metric = pair
    return (topic is None, topic.name if topic else "", metric.name)


class MetricPage(Page):
    model = Metric
    rich_fields = ("definition", "comparability_note")
    has_past = True
    first_moment: datetime | None = None

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset().select_related("unit", "subject_organization", "subject_place")
        return rows.prefetch_related("topics")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        metric = self.object
        superseded = self.attach_values()
        headline = headlines.headline_of(metric, metric.current_observations)
        chart = charts.chart_of(metric, headline)
        uses = self.uses()
        return context | {
            "headline": tiles.tile_of(headline),
            "chart": chart,
            "chart_narrow": charts.chart_of(metric, headline, charts.NARROW),
            "chart_description": describe(metric, headline, chart.starts_at if chart else ""),
            "groups": without_repeats(groups_of(metric, headline.observation)),
            "observations": sorted(metric.current_observations, key=headlines.rank, reverse=True),
            "superseded": superseded,
            "uses": uses,
            "renderer": self.renderer_with(uses),
            "first_moment": self.first_moment,
            "rankings": Ranking.objects.published().filter(metrics=metric),
            "related": Metric.objects.published()
            .filter(topics__in=metric.topics.all())
            .exclude(pk=metric.pk)
            .distinct(),
        }

    def attach_values(self) -> Sequence[Observation]:
        """Give the metric the values of the day that is asked for; answer those that were superseded by then."""
        if not self.known_on:
            observations.attach_values([self.object])
            return superseded_of(self.object)
        if self.known_on.day is None:
            self.object.current_observations = []
            return []
        history = observations.History([self.object])
        history.attach(self.known_on.moment)
        self.first_moment = history.first_moment(self.object)
        return history.superseded(self.object, self.known_on.moment)

    def uses(self, periods: set[str] | None = None) -> list[FigureReference]:
        """The sentences that show the metric; on a past day those of pages that were public by then."""
        if not self.known_on:
            return uses_of(self.object, periods)
        moment = self.known_on.moment
        return [use for use in uses_of(self.object, periods) if moment and use.page.published_at <= moment]

    def renderer_with(self, uses: Sequence[FigureReference]) -> Renderer:
        """For the metric's own texts and for the sentences that show it."""
        texts = [*texts_of([self.object], *self.rich_fields), *(use.sentence for use in uses)]
        return self.render_texts(figures.resolve(texts, self.known_on.moment))


def superseded_of(metric: Metric) -> Sequence[Observation]:
    """Public values whose place a public value has taken, the newest period first."""
    if metric.formula:
        return observations.History([metric]).superseded(metric, timezone.now())
    published = Observation.objects.published()
    return published.filter(metric=metric, superseded_by__in=published).select_related(
        "source", "superseded_by", "metric__unit"
    )


def uses_of(metric: Metric, periods: set[str] | None = None) -> list[FigureReference]:
    """The sentences of public pages that show the metric (at these periods)."""
    found = FigureReference.objects.filter(shown=metric)
    return public_sentences(found if periods is None else found.filter(period__in=periods))


def public_sentences(references: QuerySet) -> list[FigureReference]:
    """Those references that stand in a sentence of a public page, in the present language where they can."""
    found = references.exclude(sentence="").select_related(*PAGE_KINDS)
    public = {(use.page, use.sentence): use for use in found if use.page.is_public}.values()
    chinese = is_chinese(get_language())
    return [use for use in public if use.field.endswith("_zh") == chinese] or list(public)


class EvidencePage(MetricPage):
    """One period of a metric: its values side by side with their sources, what they superseded, where they are used."""

    is_empty = False

    def get_template_names(self) -> list[str]:
        return ["metrics/evidence_unknown.html" if self.is_empty else "metrics/evidence.html"]

    def nothing_then(self, period: str) -> dict[str, Any]:
        """A period that has a value, but none that was public on the day asked for."""
        history = observations.History([self.object])
        if period not in history.periods(self.object):
            return {"page": self.removed(period)}
        self.is_empty = True
        return {"period_label": _span(period).label(language())}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        period = self.kwargs["period"]
        values = [value for value in self.object.current_observations if value.period == period]
        superseded = [value for value in context["superseded"] if value.period == period]
        if not values and not superseded:
            return context | (self.nothing_then(period) if self.known_on else {"page": self.gone(period)})
        values.sort(key=headlines.rank, reverse=True)
        is_headline = context["headline"].observation in values
        uses = self.uses({period, LATEST} if is_headline else {period})
        main = values[0] if values else superseded[0]
        return context | {
            "span": _span(period),
            "values": values,
            "proofs": proofs.proofs_of(values, self.known_on.moment),
            "main": main,
            "plain_citations": plain_citations(main),
            "superseded": superseded,
            "tombstones": tombstones.stones_of([self.object], period),
            "is_headline": is_headline,
            "uses": uses,
            "renderer": self.renderer_with(uses),
        }

    def gone(self, period: str) -> "WithdrawnValue | RemovedValue":
        """The value that was taken off the site, where there is one; nothing else was ever here."""
        metrics = Formulas([self.object]).below(self.object)
        values = Observation.objects.addressable().filter(metric__in=metrics, period=period)
        value = values.filter(status=Status.WITHDRAWN).order_by("-withdrawn_at").first()
        if value is None or tombstones.stones_of(metrics, period):
            return self.removed(period)
        return WithdrawnValue(self.object, value)

    def removed(self, period: str) -> RemovedValue:
        """The value that was taken off for good; raises Http404 where there was none."""
        stones = tombstones.stones_of(Formulas([self.object]).below(self.object), period)
        if not stones:
            raise Http404(f"No public value for {period}.")
        return RemovedValue(self.object, stones[0])


def plain_citations(value: Observation) -> list[tuple[str, str, str]]:
    """Each language with its name and the citation in it."""
    found = []
    for code, name in settings.LANGUAGES:
        label = str(name)  # in the language of the page
        with override(code):
            text = citing.plain_citation(value, settings.SITE_URL, timezone.localdate())
        found.append(("zh-Hans" if is_chinese(code) else code, label, text))
    return found


@dataclass(frozen=True, slots=True)
class WithdrawnValue:
    """A value that was taken off the site, named like a page."""

    metric: Metric
    value: Observation

    @property
    def name(self) -> str:
        return f"{self.metric.name}, {self.value.span.label(ENGLISH)}"

    @property
    def name_zh(self) -> str:
        return self.metric.name_zh and f"{self.metric.name_zh}，{self.value.span.label(CHINESE)}"

    @property
    def status(self) -> str:
        return self.value.status

    @property
    def withdrawn_at(self) -> datetime:
        return self.value.withdrawn_at

    @property
    def withdrawn_notice(self) -> str:
        return self.value.withdrawn_notice


def _span(period: str) -> object:
    try:
        return parse_period(period)
    except PeriodError as error:
        raise Http404(str(error)) from error
