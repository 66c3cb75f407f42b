"""What readers will see otherwise once a value has changed: every sentence, tile, chart and ranking, before and after.

The act is done, looked at and undone again in one transaction, so that what is shown is what will be, and not a
second reckoning of it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from ecosystem.domain import charts, figure_records, pinning, tiles, wording
from ecosystem.domain.describing import describe
from ecosystem.domain.figure_mentions import Mention, mentions_of
from ecosystem.domain.figures import FigureSet, resolve, resolve_references
from ecosystem.domain.formulas import computed_from
from ecosystem.domain.headlines import headlines
from ecosystem.domain.observations import attach_values
from ecosystem.domain.rankings import public_rankings, rank_all
from ecosystem.domain.rich_text import Renderer
from ecosystem.models import PAGE_KINDS, Metric, Ranking
from ecosystem.values.figure_references import LATEST, Reference
from ecosystem.values.languages import CHINESE, ENGLISH
from ecosystem.values.periods import parse_period

SENTENCE, TILE, CHART, RANKING = "sentence", "tile", "chart", "ranking"
KINDS = (SENTENCE, TILE, CHART, RANKING)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a page that shows one of the metrics; indexes: which references of its field are meant."""

    page: Model
    field: str
    text: str
    references: tuple[Reference, ...]
    indexes: tuple[int, ...]

    @property
    def language(self) -> str:
        return CHINESE if self.field.endswith("_zh") else ENGLISH

    @property
    def key(self) -> str:
        """The same for the same sentence of the page, whatever its records are called."""
        digest = sha256(self.text.encode()).hexdigest()[:12]
        return f"{self.page._meta.model_name}-{self.page.pk}-{self.field}-{digest}"


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as it reads in one language, before and after; empty where it cannot be resolved."""

    language: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One place in HTML, as it is and as it will be; empty where it is not there. owner: the page, metric or ranking.

    sentence: what can be pinned, where readers saw the same at the end of the last whole day; may_stay says whether.
    readings: what each figure of it that changes reads as in each language, before and after.
    """

    kind: str
    owner: Model
    language: str
    before: str
    after: str
    sentence: Sentence | None = None
    may_stay: bool = False
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True)
class Ripple:
    """All places that change, and the sentences that show one of the metrics and stay as they are, with the reason."""

    changes: tuple[Change, ...]
    unaffected: tuple[tuple[Sentence, SafeString, str], ...]

    @cached_property
    def digest(self) -> str:
        """What tells whether somebody has seen exactly these changes."""
        said = "\0".join(f"{one.kind}\0{one.before}\0{one.after}" for one in self.changes)
        return sha256(said.encode()).hexdigest()

    def of_kind(self, kind: str) -> list[tuple[Model, list[Change]]]:
        """The changes of one kind by the page, metric or ranking that they belong to."""
        found = [one for one in self.changes if one.kind == kind]
        return [(owner, list(rows)) for owner, rows in groupby(found, key=lambda one: one.owner)]


def ripple_of(metrics: Iterable[Metric], act: Callable[[], object]) -> Ripple:
    """What changes for readers when `act` is done to values of these metrics; nothing of it is stored.

    Whatever `act` raises is raised. It must read the records that it changes by itself: those in memory are not undone.
    """
    affected = _affected(metrics)
    sentences = _sentences(affected)
    with transaction.atomic():
        before = _Seen(affected, sentences)
        with transaction.atomic():
            act()
            after = _Seen(affected, sentences)
            transaction.set_rollback(True)
        return _compared(sentences, before, after)


def _affected(metrics: Iterable[Metric]) -> list[int]:
    """The keys of the metrics and of those that are computed from them."""
    metrics = list(metrics)
    return list(dict.fromkeys(metric.pk for metric in (*metrics, *computed_from(metrics))))


def _sentences(affected: Sequence[int]) -> list[Sentence]:
    """Every sentence that shows one of the metrics, is based on it, or ranks it, page by page."""
    metrics = Metric.objects.filter(pk__in=affected)
    slugs = {metric.slug for metric in metrics}
    rankings = set(Ranking.objects.filter(metrics__in=affected).values_list("slug", flat=True))
    rows = figure_records.references_to(metrics).select_related(*PAGE_KINDS)
    pages = {(row.page._meta.model_name, row.page.pk): row.page for row in rows}
    return [
        _sentence(page, field, text, list(mentions))
        for _key, page in sorted(pages.items(), key=lambda pair: pair[0])
        for (field, text), mentions in groupby(
            (one for one in mentions_of(page) if concerns(one.reference, slugs, rankings)),
            key=lambda one: (one.field, one.sentence),
        )
    ]


def concerns(reference: Reference | None, slugs: set[str], rankings: set[str]) -> bool:
    """Whether a figure reads one of these metrics, or ranks by one of these rankings."""
    return reference is not None and bool(slugs & set(reference.metrics) or reference.ranking in rankings)


def _sentence(page: Model, field: str, text: str, mentions: Sequence[Mention]) -> Sentence:
    live = [one for one in mentions if one.reference.known_on is None]
    return Sentence(page, field, text, tuple(one.reference for one in live), tuple(one.index for one in live))


class _Seen:
    """What readers see of the metrics at one moment: the HTML of every place, by kind, owner and language."""

    def __init__(self, affected: Sequence[int], sentences: Sequence[Sentence]) -> None:
        self.metrics = {
            metric.pk: metric
            for metric in Metric.objects.published().filter(pk__in=affected).select_related("unit")
        }
        attach_values(self.metrics.values())
        self.rankings = rank_all(
            one
            for one in public_rankings().values()
            if any(metric.pk in self.metrics for metric in one.ranked_metrics)
        )
        self.figures: FigureSet = resolve(one.text for one in sentences)
        self.sentences = {one.key: self._rendered(one) for one in sentences}
        self.places: dict[tuple[str, Model, str], SafeString] = {}
        for code, _name in settings.LANGUAGES:
            with override(code):
                self._add_places(code)

    def _rendered(self, sentence: Sentence) -> SafeString:
        self.figures.shown, self.figures.cited = [], []  # each sentence numbers its figures from one
        with override(sentence.language):
            return Renderer(self.figures).render(sentence.text, sentence.language)

    def _add_places(self, code: str) -> None:
        for headline in headlines(list(self.metrics.values())):
            metric = headline.metric
            chart = charts.chart_of(metric, headline, charts.NARROW)
            said = {
                "chart": chart,
                "description": describe(metric, headline, chart.starts_at if chart else ""),
            }
            self.places[TILE, metric, code] = _html(
                "admin/ecosystem/ripple_tile.html", tile=tiles.tile_of(headline)
            )
            self.places[CHART, metric, code] = _html("admin/ecosystem/ripple_chart.html", **said)
        for ranked in self.rankings:
            self.places[RANKING, ranked.ranking, code] = _html("parts/ranks.html", ranked=ranked)


def _html(template: str, **context: object) -> SafeString:
    return render_to_string(template, context)


def _compared(sentences: Sequence[Sentence], before: _Seen, after: _Seen) -> Ripple:
    changed = [one for one in sentences if before.sentences[one.key] != after.sentences[one.key]]
    unaffected = [
        (one, before.sentences[one.key], _why_unaffected(one)) for one in sentences if one not in changed
    ]
    keys = sorted({*before.places, *after.places}, key=lambda key: (KINDS.index(key[0]), key[1].name, key[2]))
    pairs = [(key, before.places.get(key, ""), after.places.get(key, "")) for key in keys]
    places = [Change(*key, old, new) for key, old, new in pairs if old != new]
    return Ripple((*_sentence_changes(changed, before, after), *places), tuple(unaffected))


def _sentence_changes(changed: Sequence[Sentence], before: _Seen, after: _Seen) -> Iterator[Change]:
    """With what can be pinned: where all figures would read as they do now."""
    then = resolve_references(pinning.pinned(reference for one in changed for reference in one.references))
    for one in changed:
        old, new = before.sentences[one.key], after.sentences[one.key]
        may_stay = pinning.reads_the_same(one.references, before.figures, then, one.language)
        readings = tuple(readings_of(one.references, before.figures, after.figures))
        yield Change(SENTENCE, one.page, one.language, old, new, one, may_stay, readings)


def readings_of(references: Iterable[Reference], before: FigureSet, after: FigureSet) -> Iterator[Reading]:
    """What these figures read as before and after, in each language in which they read otherwise."""
    for reference in references:
        for code, _name in settings.LANGUAGES:
            old, new = (figure_records.text_in(figures, reference, code) for figures in (before, after))
            if old != new:
                yield Reading(code, old, new)


def _why_unaffected(sentence: Sentence) -> str:
    days = [one.known_on for one in _all_references(sentence) if one.known_on]
    if days:
        return _("pinned to what was known on %(day)s") % {"day": wording.day_of(min(days))}
    periods = [parse_period(one.period) for one in sentence.references if one.period != LATEST]
    if periods:
        return _("pinned to %(period)s") % {"period": periods[0].label(wording.language())}
    return _("reads the same afterwards")


def _all_references(sentence: Sentence) -> Iterable[Reference]:
    return (
        one.reference for one in mentions_of(sentence.page) if one.reference and one.sentence == sentence.text
    )
