"""The records of which page shows which figure: written from the texts, checked against them, kept up to date."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import override

from ecosystem.domain.figure_mentions import Mention, mentions_of
from ecosystem.domain.figures import FigureSet, reference_of, resolve_references, rich_text_fields
from ecosystem.domain.formulas import computed_from
from ecosystem.models import PAGE_KINDS, FigureReference, Metric, Ranking, Source, Suppression
from ecosystem.values.cutting import Cutter
from ecosystem.values.figure_references import CITED_ELEMENT, ELEMENT, Reference

LONGEST_TEXT = 200
# What a record says; two records that say the same are the same.
SAID = (
    "field", "shown_id", "base_id", "ranking_id", "cited_id", "period", "since", "known_on", "source_slug",
    "locator", "form", "sentence", "last_text", "position",
)  # fmt: skip


def record_references(page: Model) -> None:
    """Write down anew what the page's texts show and cite, with the sentence around each and what readers see."""
    with transaction.atomic():
        rows = expected_records(page)
        FigureReference.objects.filter(**{page._meta.model_name: page}).delete()
        FigureReference.objects.bulk_create(rows)


def records_of(page: Model) -> QuerySet:
    """What is recorded of a page, with what identifies each reference."""
    rows = FigureReference.objects.filter(**{page._meta.model_name: page})
    return rows.select_related("shown", "base", "ranking", "cited").order_by("position", "pk")


def expected_records(page: Model) -> list[FigureReference]:
    """The records that the page's texts make now, not stored; an unresolved figure keeps its last good text."""
    mentions = list(mentions_of(page))
    found = resolve_references([mention.reference for mention in mentions if mention.reference])
    metrics = Metric.objects.in_bulk(
        {slug for m in mentions if m.reference for slug in m.reference.metrics}, field_name="slug"
    )
    rankings = Ranking.objects.in_bulk(
        {m.reference.ranking for m in mentions if m.reference and m.reference.ranking}, field_name="slug"
    )
    sources = Source.objects.in_bulk({m.source for m in mentions if m.source}, field_name="slug")
    before = {(reference_of(row), row.language): row.last_text for row in records_of(page) if row.shown}
    kept = {key: text for key, text in before.items() if text}
    suppressed = suppressed_metrics(slug for reference, _language in kept for slug in reference.metrics)
    rows = []
    for mention in mentions:
        row = _record(page, mention, metrics, rankings, sources)
        if row is None:
            continue
        row.position = len(rows)
        if mention.reference:
            last = kept.get((mention.reference, row.language), "")
            is_gone = not suppressed.isdisjoint(mention.reference.metrics)
            row.last_text = text_in(found, mention.reference, row.language) or ("" if is_gone else last)
        rows.append(row)
    return rows


def _record(
    page: Model,
    mention: Mention,
    metrics: dict[str, Metric],
    rankings: dict[str, Ranking],
    sources: dict[str, Source],
) -> FigureReference | None:
    """The record of one figure without its page; None for a metric or source that does not exist."""
    where = {page._meta.model_name: page, "field": mention.field, "sentence": mention.sentence}
    reference = mention.reference
    if reference is None:
        cited = sources.get(mention.source)
        words = mention.words[:LONGEST_TEXT]
        made = FigureReference(
            cited=cited, locator=mention.locator[:LONGEST_TEXT], last_text=words, form="value", **where
        )
        return made if cited else None
    if reference.metric not in metrics:
        return None
    return FigureReference(
        shown=metrics[reference.metric],
        base=metrics.get(reference.of),
        ranking=rankings.get(reference.ranking),
        period=reference.period,
        since=reference.since,
        known_on=reference.known_on,
        source_slug=reference.source,
        form=reference.form,
        **where,
    )


def text_in(found: FigureSet, reference: Reference, language: str) -> str:
    """What readers of that language see; empty when it cannot be resolved."""
    figure = found.figure(reference)
    if figure is None:
        return ""
    with override(language):
        return figure.text[:LONGEST_TEXT]


def refresh_last_texts(metrics: Iterable[Metric]) -> None:
    """Bring the last good text of every reference to these metrics up to date after a value has changed.

    What is computed from them has changed with them. What cannot be resolved any more keeps its text, unless a value of
    the metric was suppressed.
    """
    metrics = list(metrics)
    metrics += computed_from(metrics)
    rows = list(references_to(metrics))
    if not rows:
        return
    found = resolve_references([reference_of(row) for row in rows])
    suppressed = suppressed_metrics(slug for row in rows for slug in reference_of(row).metrics)
    changed = []
    for row in rows:
        reference = reference_of(row)
        is_gone = not suppressed.isdisjoint(reference.metrics)
        text = text_in(found, reference, row.language) or ("" if is_gone else row.last_text)
        if text != row.last_text:
            row.last_text = text
            changed.append(row)
    FigureReference.objects.bulk_update(changed, ["last_text"])


def references_to(metrics: Iterable[Metric]) -> QuerySet:
    """Every recorded reference whose text these metrics have a part in, be it a share of them or a rank among them."""
    metrics = list(metrics)
    rankings = Ranking.objects.filter(metrics__in=metrics)
    concerned = Q(shown__in=metrics) | Q(base__in=metrics) | Q(ranking__in=rankings)
    return FigureReference.objects.filter(concerned).select_related("shown", "base", "ranking")


def follow_source(old: str, new: str) -> None:
    """Let the references to one source's value know it by its new slug, so that they keep what readers last saw."""
    FigureReference.objects.filter(source_slug=old).update(source_slug=new)


def forget_values(metrics: Iterable[Metric]) -> None:
    """Forget what readers last saw of these metrics and of all that is computed from them, and look anew."""
    metrics = list(metrics)
    references_to([*metrics, *computed_from(metrics)]).update(last_text="")
    refresh_last_texts(metrics)


def forget_words(page: Model, cutter: Cutter) -> None:
    """Take words that were suppressed out of what is recorded of a page and does not stand in its texts any more."""
    rows = [row for row in records_of(page) if any(map(cutter.stands_in, (row.last_text, row.sentence)))]
    for row in rows:
        row.last_text = "" if cutter.stands_in(row.last_text) else row.last_text
        row.sentence = "" if cutter.stands_in(row.sentence) else row.sentence
    FigureReference.objects.bulk_update(rows, ["last_text", "sentence"])


def suppressed_metrics(slugs: Iterable[str]) -> set[str]:
    """Those of the metrics of which a value was taken off for good: no text may remember it."""
    slugs = set(slugs)
    values = Suppression.objects.filter(subject=Suppression.Subject.VALUE, metric__slug__in=slugs)
    return set(values.values_list("metric__slug", flat=True)) if slugs else set()


def pages_with_figures() -> Iterator[Model]:
    """Every page, public or not, whose texts hold a figure or of which one is recorded."""
    for kind in PAGE_KINDS:
        model = apps.get_model("ecosystem", kind)
        condition = Q(Exists(FigureReference.objects.filter(**{kind: OuterRef("pk")})))
        for name in rich_text_fields(model):
            for element in (ELEMENT, CITED_ELEMENT):
                condition |= Q(**{f"{name}__contains": f"<{element}"})
        yield from model.objects.filter(condition).order_by("pk").iterator(chunk_size=500)


def differences(page: Model) -> list[str]:
    """Where the records of a page are not those that its texts make, one line each."""
    stored = {_said(row): row for row in records_of(page)}
    expected = {_said(row): row for row in expected_records(page)}
    lines = [f"not recorded: {_name(row)}" for said, row in expected.items() if said not in stored]
    lines += [f"out of date: {_name(row)}" for said, row in stored.items() if said not in expected]
    return [f"{page._meta.model_name} {page.slug}: {line}" for line in lines]


def _said(row: FigureReference) -> tuple:
    return tuple(getattr(row, name) for name in SAID)


def _name(row: FigureReference) -> str:
    what = str(reference_of(row)) if row.shown else f"cited-figure source={row.cited.slug}"
    return f"{row.field}, {what}, “{row.last_text}”"
