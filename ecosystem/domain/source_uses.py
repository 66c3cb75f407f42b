"""What readers are shown of what rests on a source: values, citations, and the sentences that name it."""

from dataclasses import dataclass

from django.utils.translation import get_language

from ecosystem.domain.formulas import computed_from
from ecosystem.models import (
    PAGE_KINDS,
    Citation,
    FigureReference,
    Metric,
    Observation,
    Source,
)
from ecosystem.values.languages import is_chinese


@dataclass(frozen=True, slots=True)
class PublicUses:
    """What readers are shown of a source.

    values: of public metrics, those that were superseded among them. citations: of public pages, articles first.
    sentences: of public pages, with a number or a note that names the source. computed: the public metrics that are
    computed from any metric with one of the values.
    """

    values: list[Observation]
    citations: list[Citation]
    sentences: list[FigureReference]
    computed: list[Metric]

    def __bool__(self) -> bool:
        return bool(self.values or self.citations or self.sentences)


def public_uses(source: Source) -> PublicUses:
    """Everything public that rests on the source, in five queries at most."""
    found = Observation.objects.published().filter(source=source, metric__in=Metric.objects.published())
    values = list(
        found.select_related("metric__unit", "superseded_by").order_by(
            "metric__name", "-period_end", "period_start", "-recorded_at"
        )
    )
    citations = [each for each in source.citations.select_related(*PAGE_KINDS) if each.page.is_public]
    computed = computed_from({value.metric for value in values})
    return PublicUses(
        values,
        sorted(citations, key=lambda each: each.article_id is None),
        _sentences(source),
        [metric for metric in computed if metric.is_public],
    )


def _sentences(source: Source) -> list[FigureReference]:
    """In the present language where the page has it there."""
    found = FigureReference.objects.filter(cited=source).exclude(sentence="").select_related(*PAGE_KINDS)
    public = {(use.page, use.sentence): use for use in found if use.page.is_public}.values()
    chinese = is_chinese(get_language())
    mine = [use for use in public if use.field.endswith("_zh") == chinese]
    read = {use.page for use in mine}
    shown = [*mine, *(use for use in public if use.page not in read)]
    return sorted(shown, key=lambda use: (use.page._meta.model_name, use.page.pk, use.pk))
