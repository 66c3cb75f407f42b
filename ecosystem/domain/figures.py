"""Figures in text: finding the observations that references mean, and recording which page shows what."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from ecosystem.domain import wording
from ecosystem.domain.figure_values import chosen, earlier_of, whole_of
from ecosystem.domain.observations import History, attach_values, end_of
from ecosystem.domain.rankings import Ranked, public_rankings, ranked
from ecosystem.domain.staleness import Expectation, overdue_after
from ecosystem.models import FigureReference, Metric, Observation, Ranking, Source, Standing, Suppression
from ecosystem.models.fields import RichTextField
from ecosystem.values import markup
from ecosystem.values.figure_references import (
    CHANGE,
    CITED_ELEMENT,
    ELEMENT,
    NOTE_ELEMENT,
    RANK,
    SHARE,
    FigureReferenceError,
    Reference,
    reference_from_attributes,
)

OVERDUE = "overdue"
COMPARING = (CHANGE, SHARE)


@dataclass(slots=True)
class Figure:
    """A number that a page shows: the observation, in which form, and its number in the table of figures.

    other: the value that a change is since, or that a share is of. ranked: the ranking that a rank is in.
    """

    metric: Metric
    observation: Observation
    form: str = "unit"
    number: int = 0
    other: Observation | None = None
    known_on: date | None = None
    ranked: Ranked | None = None

    @property
    def address(self) -> str:
        """Where its evidence is: the page of the value, or of the ranking with all values that were compared."""
        return self.ranked.address(self.known_on) if self.ranked else self.observation.get_absolute_url()

    @property
    def place(self) -> int:
        return self.ranked.of(self.metric.slug).place

    @property
    def text(self) -> str:
        """The number in words of the present language."""
        if self.form == RANK:
            return wording.place_in_words(self.place)
        if self.form == CHANGE:
            return wording.change_amount(self.other, self.observation)
        if self.form == SHARE:
            return wording.share_amount(self.observation, self.other)
        return wording.amount_of(self.observation, self.form)

    @property
    def machine(self) -> str:
        """The number for a machine: base units, or what the figure comes to; empty for an absent value."""
        if self.form == RANK:
            return str(self.place)
        if self.form == CHANGE:
            number = wording.change_between(self.other, self.observation)
        elif self.form == SHARE:
            number = wording.share_of(self.observation, self.other)
        elif self.observation.value is None:
            return ""
        else:
            number = self.observation.value * self.metric.unit.factor
        return f"{number.normalize():f}"

    @property
    def mark(self) -> str:
        """The one mark that a figure in text may show: disputed, overdue, unverified, in this order of weight."""
        if Standing.DISPUTED in self.standings:
            return Standing.DISPUTED
        if self.overdue:
            return OVERDUE
        return Standing.UNVERIFIED if Standing.UNVERIFIED in self.standings else ""

    @property
    def standings(self) -> set[str]:
        """Of the value and of what it is compared with."""
        compared = self.ranked.observations if self.ranked else ()
        return {value.standing for value in (self.observation, self.other, *compared) if value}

    @property
    def mark_label(self) -> str:
        """The mark in words, for those who hear the page."""
        if self.mark == OVERDUE:
            return _("next value overdue")
        return Standing(self.mark).label if self.mark else ""

    @property
    def overdue(self) -> Expectation | None:
        """The value that should have followed by now; a figure that is pinned to a day waits for none."""
        return None if self.known_on else overdue_after(self.observation)


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
    rankings: dict[str, Ranking] = field(default_factory=dict)
    shown: list[Figure] = field(default_factory=list)
    cited: list[CitedFigure] = field(default_factory=list)
    history: History | None = field(default=None, compare=False)
    at: datetime | None = field(default=None, compare=False)
    references: tuple[Reference, ...] = field(default=(), compare=False)
    _known: dict[tuple[str, date | None], list[Observation]] = field(default_factory=dict, compare=False)
    _ranked: dict[tuple[str, str, date | None], Ranked] = field(default_factory=dict, compare=False)
    _last: dict[tuple[Reference, str], str] | None = field(default=None, compare=False)

    def figure(self, reference: Reference) -> Figure | None:
        """The figure that the reference means, entered into the page's table once; None when there is none."""
        found = self._values_of(reference)
        if found is None:
            return None
        observation, other = found
        number = self._enter(reference, observation)
        if other is not None:
            self._enter(reference, other)
        return Figure(
            observation.metric,
            observation,
            reference.form,
            number,
            other=other,
            known_on=reference.known_on,
            ranked=self.ranked(reference),
        )

    def _values_of(self, reference: Reference) -> tuple[Observation, Observation | None] | None:
        """The value, and the one that it is compared with; None when the reference cannot be resolved."""
        observation = self.observation(reference)
        other = self.other(reference, observation) if observation else None
        is_missing = observation is None or (other is None and reference.form in COMPARING)
        return None if is_missing else (observation, other)

    def last_text(self, reference: Reference, language: str) -> str:
        """What readers saw of a reference that cannot be resolved any more; asked once, where there is one.

        Nothing on a page of a past day: the words may be younger than that.
        """
        if self.at is not None:
            return ""
        if self._last is None:
            missing = {each.metric for each in self.references if self._values_of(each) is None}
            self._last = last_texts(missing) if missing else {}
        return self._last.get((reference, language), "")

    def observation(self, reference: Reference) -> Observation | None:
        """The value that the reference names, now or as known on its day; of a rank, the one that was compared."""
        if reference.form == RANK:
            ranked = self.ranked(reference)
            rank = ranked.of(reference.metric) if ranked else None
            return rank.observation if rank else None
        values = [
            value
            for value in self.values(reference.metric, reference.known_on)
            if reference.source in {"", value.source.slug}
        ]
        return chosen(self.metrics[reference.metric], values, reference.period) if values else None

    def other(self, reference: Reference, observation: Observation) -> Observation | None:
        """The value that it is compared with; None where there is none, or nothing to compare."""
        if reference.form == CHANGE:
            values = self.values(reference.metric, reference.known_on)
            return earlier_of(values, observation, reference.since)
        if reference.form == SHARE:
            return whole_of(self.values(reference.of, reference.known_on), observation)
        return None

    def ranked(self, reference: Reference) -> Ranked | None:
        """The ranking that a rank is in, by the values of the reference's day and period."""
        ranking = self.rankings.get(reference.ranking)
        if ranking is None:
            return None
        key = (ranking.slug, reference.period, reference.known_on)
        if key not in self._ranked:
            slugs = [metric.slug for metric in ranking.ranked_metrics]
            values = {self.metrics[slug]: self.values(slug, reference.known_on) for slug in slugs}
            self._ranked[key] = ranked(ranking, values, reference.period)
        return self._ranked[key]

    def values(self, slug: str, day: date | None = None) -> list[Observation]:
        """The current values of a public metric, or those that were known at the end of the day."""
        if slug not in self.metrics:
            return []
        metric = self.metrics[slug]
        if day is None or self.history is None:
            return metric.current_observations
        if (slug, day) not in self._known:
            self._known[slug, day] = self.history.known(metric, min(end_of(day), self.at or timezone.now()))
        return self._known[slug, day]

    def _enter(self, reference: Reference, value: Observation) -> int:
        """The number of the value in the page's table, where it stands once for each day of knowledge."""
        for figure in self.shown:
            if figure.observation == value and figure.known_on == reference.known_on:
                return figure.number
        number = len(self.shown) + 1
        self.shown.append(Figure(value.metric, value, number=number, known_on=reference.known_on))
        return number

    def cite(self, text: str, slug: str, locator: str) -> CitedFigure | None:
        source = self.sources.get(slug)
        if source is None:
            return None
        cited = CitedFigure(text, source, locator, number=len(self.cited) + 1)
        self.cited.append(cited)
        return cited


def resolve(texts: Iterable[str], at: datetime | None = None) -> FigureSet:
    """Every metric, value and source that the texts refer to, in three queries whatever their number.

    At a past moment live figures follow what was the headline then. Days of knowledge, however many, cost three more,
    and rankings two.
    """
    texts = list(texts)
    found = [reference for text in texts for reference in references(text)]
    return resolve_references(found, source_slugs(texts), at)


def resolve_references(
    found: Sequence[Reference], sources: Iterable[str] = (), at: datetime | None = None
) -> FigureSet:
    """The same for references that stand in no text, and for the slugs of sources."""
    named = {reference.ranking for reference in found if reference.ranking}
    rankings = public_rankings(named, at) if named else {}
    needed = {reference: _needed(reference, rankings) for reference in found}
    slugs = {slug for each in needed.values() for slug in each}
    rows = Metric.objects.published().filter(slug__in=slugs).select_related("unit") if slugs else ()
    cited = Source.objects.published().filter(slug__in=sources) if sources else ()
    metrics = attach_values(rows, at)
    past = {slug for reference, each in needed.items() if reference.known_on for slug in each}
    return FigureSet(
        {metric.slug: metric for metric in metrics},
        {source.slug: source for source in cited},
        rankings,
        history=History(metric for metric in metrics if metric.slug in past) if past else None,
        at=at,
        references=tuple(found),
    )


def _needed(reference: Reference, rankings: dict[str, Ranking]) -> set[str]:
    """The slugs of all metrics whose values the reference needs."""
    ranking = rankings.get(reference.ranking)
    return {*reference.metrics, *(metric.slug for metric in (ranking.ranked_metrics if ranking else ()))}


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


def rich_text_fields(page: Model | type[Model]) -> list[str]:
    """The names of the page's rich text fields."""
    return [field.name for field in page._meta.get_fields() if isinstance(field, RichTextField)]


def reference_of(row: FigureReference) -> Reference:
    """The reference that was recorded."""
    base = row.base.slug if row.base else ""
    ranking = row.ranking.slug if row.ranking else ""
    return Reference(
        row.shown.slug, row.period, row.form, row.source_slug, row.known_on, row.since, base, ranking
    )


def last_texts(metrics: Iterable[str]) -> dict[tuple[Reference, str], str]:
    """The last good text of every recorded reference to these metrics by language, without what was suppressed."""
    rows = (
        FigureReference.objects.filter(shown__slug__in=set(metrics))
        .exclude(last_text="")
        .exclude(shown__suppressions__subject=Suppression.Subject.VALUE)
        .exclude(base__suppressions__subject=Suppression.Subject.VALUE)
        .select_related("shown", "base", "ranking")
        .order_by("pk")
    )
    return {(reference_of(row), row.language): row.last_text for row in rows}
