"""Taking a value out of the middle of its history: how its number is written, and what the others stand for then."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from django.utils.translation import override

from ecosystem.domain import publishing, wording
from ecosystem.models import Observation
from ecosystem.values.cutting import Cutter
from ecosystem.values.figure_references import PLAIN_FORMS
from ecosystem.values.languages import CHINESE, ENGLISH

MARK = "[…]"
SHORTEST = 4  # signs that a number needs to be looked for by itself, without its unit
YEAR = re.compile(r"(?:19|20)\d\d")
Span = tuple[datetime, datetime | None]


def number_cutter(values: Iterable[Observation]) -> Cutter:
    """Finds the values in every form in which the site writes them, in both languages."""
    forms = {form for value in values for form in _forms(value)}
    return Cutter(forms, mark=MARK, whole_numbers=True)


def same_values(value: Observation) -> list[Observation]:
    """The value, and the others for its period that say the same number."""
    rows = Observation.objects.filter(metric=value.metric_id, period=value.period)
    same = rows.filter(value=value.value) if value.value is not None else rows.filter(pk=value.pk)
    return list(same.select_related("metric__unit", "source").order_by("pk"))


def older_than(values: Iterable[Observation]) -> list[Observation]:
    """The values that these had replaced, directly or not, and that stay."""
    values = list(values)
    found = {older.pk: older for value in values for older in _all_older(value)}
    return [older for key, older in found.items() if key not in {value.pk for value in values}]


def mend(value: Observation, *, notice: str) -> None:
    """Let the history do without the value: nothing that it had replaced becomes current by its going.

    What it replaced is now replaced by its successor. In the time in which the value was the current one, older
    values are not public: there is nothing then.
    """
    successor = value.superseded_by
    windows = without(times(value), times(successor) if successor else [])
    for one in _all_older(value):
        spans = times(one)
        left = without(spans, windows)
        if left != spans:
            publishing.be_public_during(one, left, notice=notice)
    _reconnect(value, list(value.supersedes.order_by("recorded_at", "pk")), successor)


def _reconnect(value: Observation, older: list[Observation], successor: Observation | None) -> None:
    """Let the older values lead to the successor; without one, each to the next and the last to nothing."""
    if older and successor is None:
        # A source has one last value for a period, at every moment: so this one steps behind before it goes.
        value.superseded_by = older[-1]
        value.save(update_fields=["superseded_by", "updated_at"])
    for number, one in enumerate(older, 1):
        one.superseded_by = successor or (older[number] if number < len(older) else _same_source(one, value))
        one.save(update_fields=["superseded_by", "updated_at"])


def times(value: Observation) -> list[Span]:
    """When readers could see the value, oldest first; the last span may have no end."""
    spans: list[Span] = [(span.since, span.until) for span in value.public_spans.all()]
    if value.recorded_at is not None:
        spans.append((value.published_at, value.withdrawn_at))
    return spans


def without(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """The spans of time without what lies in the others."""
    left = list(spans)
    for since, until in others:
        left = [piece for span in left for piece in _less(span, since, until)]
    return left


def _less(span: Span, since: datetime, until: datetime | None) -> Iterator[Span]:
    start, end = span
    if end is None or end > start:
        if start < since:
            yield start, since if end is None else min(end, since)
        if until is not None and (end is None or end > until):
            yield max(start, until), end


def _all_older(value: Observation) -> list[Observation]:
    found: dict[int, Observation] = {}
    waiting = [value]
    while waiting:
        for older in waiting.pop().supersedes.all():
            if older.pk not in found and older.pk != value.pk:
                found[older.pk] = older
                waiting.append(older)
    return list(found.values())


def _same_source(one: Observation, gone: Observation) -> Observation | None:
    """The value that its source has for the period by now, where it has another one: only one may stand last."""
    same = {name: getattr(one, name) for name in ("metric", "period", "source", "method")}
    last = Observation.objects.filter(superseded_by=None, **same)
    return last.exclude(pk__in=[one.pk, gone.pk]).first()


def _forms(value: Observation) -> Iterator[str]:
    """Phrases with their unit always, numbers by themselves only where they cannot be mistaken."""
    if value.value is None:
        return
    for language in (ENGLISH, CHINESE):
        with override(language):
            phrases = {wording.amount_of(value, form) for form in PLAIN_FORMS}
            phrases |= {
                wording.qualified_number(value),
                wording.table_number(value),
                wording.big_number(value)[0],
            }
        yield from (text for text in phrases if _is_telling(text) or _has_unit(text))
    for number in (value.value, value.low, value.high):
        if number is not None:
            yield from filter(_is_telling, _raw(number, value.metric.unit.factor))


def _raw(number: Decimal, factor: Decimal) -> tuple[str, ...]:
    """As people and programs write it: with all its places, without them, grouped, in base units."""
    plain, base = number.normalize(), (number * factor).normalize()
    return f"{number:f}", f"{plain:f}", f"{plain:,f}", f"{base:f}", f"{base:,f}"


def _has_unit(text: str) -> bool:
    return any(sign.isalpha() for sign in text) or text.endswith("%")


def _is_telling(text: str) -> bool:
    """Long enough, and not to be taken for a year."""
    return sum(sign.isalnum() for sign in text) >= SHORTEST and not YEAR.fullmatch(text)
