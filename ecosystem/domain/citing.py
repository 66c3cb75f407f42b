"""Citations of values: plain text to copy, and the works behind them for programs that keep references."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain

from django.utils import timezone
from django.utils.translation import gettext as _

from ecosystem.domain.observations import all_inputs
from ecosystem.domain.wording import amount_of, day_of, language, period_of, publisher_of, together
from ecosystem.models import Metric, Observation, Source
from ecosystem.values.languages import is_chinese
from ecosystem.values.quantities import NO_BREAK
from ecosystem.values.works import Form, Work

SITE = "Shanghai Tech"
FORMS = {
    Source.Kind.DATASET: Form.DATASET,
    Source.Kind.OFFICIAL_STATISTICS: Form.REPORT,
    Source.Kind.OFFICIAL_REPORT: Form.REPORT,
    Source.Kind.REPORT: Form.REPORT,
    Source.Kind.RANKING: Form.REPORT,
    Source.Kind.RESEARCH: Form.REPORT,
    Source.Kind.OFFICIAL_TEXT: Form.DOCUMENT,
    Source.Kind.PRESS: Form.NEWS,
}


def plain_citation(observation: Observation, site: str, today: date) -> str:
    """The value with its source and its address here, in the present language; `site` is where the site lives."""
    metric, source = observation.metric, observation.source
    words = {
        "metric": _in_language(metric.name, metric.name_zh),
        "period": period_of(observation),
        "amount": amount_of(observation),
        "standing": observation.get_standing_display().lower(),
        "publisher": publisher_of(observation),
        "title": _in_language(source.title, source.title_zh),
        "address": f"{site}{observation.get_absolute_url()}",
        "day": day_of(today),
    }
    text = _(
        "%(metric)s, %(period)s: %(amount)s (%(standing)s). Source: %(publisher)s, %(title)s."
        " Shanghai Tech, %(address)s (accessed %(day)s)."
    )
    return (text % words).replace(NO_BREAK, " ")


def works_of_metric(metric: Metric, address: str, today: date) -> list[Work]:
    """The metric as a dataset of this site at that address, and then the sources of its values, which are attached."""
    values = list(metric.current_observations)
    name = _in_language(metric.name, metric.name_zh)
    return [_own(f"shanghai-tech-{metric.slug}", name, values, address, today), *_sources(values)]


def works_of_period(values: Sequence[Observation], address: str, today: date) -> list[Work]:
    """The evidence page of these values of one period, what they say as its note, and then their sources."""
    first = values[0]
    metric = first.metric
    own = _own(
        f"shanghai-tech-{metric.slug}-{first.period}",
        _("%(metric)s, %(period)s")
        % {"metric": _in_language(metric.name, metric.name_zh), "period": period_of(first)},
        values,
        address,
        today,
        note=together(*(_said(value) for value in values)).replace(NO_BREAK, " "),
    )
    return [own, *_sources(values)]


def _own(
    key: str, title: str, values: Sequence[Observation], address: str, today: date, note: str = ""
) -> Work:
    newest = max((value.recorded_at for value in values), default=None)
    return Work(
        key,
        Form.DATASET,
        title,
        SITE,
        _in_language("en", "zh-Hans"),
        issued=timezone.localdate(newest).isoformat() if newest else "",
        url=address,
        accessed=today,
        note=note,
    )


def _sources(values: Iterable[Observation]) -> list[Work]:
    """Each source once, in the order of the values; of computed values the sources of all that they rest on."""
    stored = chain.from_iterable(all_inputs(value) if value.inputs else [value] for value in values)
    found = {value.source_id: value.source for value in stored if not value.inputs}
    return [_work(source) for source in found.values()]


def _work(source: Source) -> Work:
    is_translated = is_chinese(language()) and bool(source.title_zh)
    archived = (
        _("Archived copy: %(address)s.") % {"address": source.archived_url} if source.archived_url else ""
    )
    return Work(
        source.slug,
        FORMS.get(Source.Kind(source.kind), Form.WEB_PAGE) if source.url else Form.DOCUMENT,
        source.title_zh if is_translated else source.title,
        _in_language(source.publisher, source.publisher_zh),
        "zh-Hans" if is_translated else "en",
        issued=source.published_on,
        url=source.url,
        accessed=source.accessed_on if source.url else None,
        note=together(f"{source.identifier}." if source.identifier else "", archived),
    )


def _said(value: Observation) -> str:
    text = _("%(amount)s (%(standing)s), %(publisher)s.")
    return text % {
        "amount": amount_of(value),
        "standing": value.get_standing_display().lower(),
        "publisher": publisher_of(value),
    }


def _in_language(english: str, chinese: str) -> str:
    return (chinese if is_chinese(language()) else "") or english or chinese
