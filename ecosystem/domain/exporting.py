"""The values of a metric for other programs: rows that carry their source, their day and their address with them."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from ecosystem.domain.headlines import headline_of
from ecosystem.domain.value_groups import groups_of
from ecosystem.domain.value_states import ValueState, state_of
from ecosystem.models import Metric, Observation
from ecosystem.values.periods import Period

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
# A spreadsheet takes a cell that begins so for a formula; an apostrophe before it makes it text.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
# Columns that hold numbers and dates of our own making; a minus there is one.
NUMBERS = {"number", "low", "high", "unit_factor"}


def rows_of(metric: Metric, superseded: Iterable[Observation], site_url: str) -> list[dict[str, Any]]:
    """A flat row for each value of a metric whose values are attached, the newest period first.

    Expected periods without a value have a row that says so; superseded values come last. Numbers are text in the
    unit of the metric, exact; what stands for nothing is said by `state`, see `value_states`.
    """
    chosen = headline_of(metric, metric.current_observations).observation
    rows = []
    for group in groups_of(metric, chosen):
        values = [value for row in group.rows for value in row.values]
        rows += [_row(metric, value, site_url, is_headline=value is chosen) for value in values]
        if not values:
            rows.append(_shared(metric, group.span, state_of(None)))
    return rows + [_row(metric, value, site_url, is_superseded=True) for value in superseded]


def as_csv(rows: Sequence[dict[str, Any]], *, retrieved_on: date, known_on: date | None) -> str:
    """The rows as a table with a heading, for spreadsheets and programs alike; each row is complete by itself."""
    told = {"retrieved_on": retrieved_on.isoformat(), "known_on": known_on.isoformat() if known_on else ""}
    out = io.StringIO()
    writer = csv.DictWriter(out, [*COLUMNS, *told, "licence"], lineterminator="\r\n", restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {name: _cell(name, text) for name, text in (row | told | {"licence": LICENCE}).items()}
        )
    return out.getvalue()


def as_document(
    metric: Metric,
    rows: Sequence[dict[str, Any]],
    *,
    address: str,
    retrieved_on: date,
    known_on: date | None,
) -> dict[str, Any]:
    """The metric with its values as a JSON document holds it."""
    unit = metric.unit
    return {
        "metric": {
            "slug": metric.slug,
            "name": metric.name,
            "name_zh": metric.name_zh,
            "nature": metric.nature,
            "state": metric.state,
            "frequency": metric.frequency,
            "formula": metric.formula or None,
            "inputs": [one.slug for one in metric.inputs],
        },
        "unit": {
            "name": unit.name,
            "name_zh": unit.name_zh,
            "factor": f"{unit.factor.normalize():f}",
            "currency": unit.currency,
        },
        "address": address,
        "retrieved_on": retrieved_on.isoformat(),
        "known_on": known_on.isoformat() if known_on else None,
        "licence": LICENCE,
        "values": [_without_metric(row) for row in rows],
    }


def _row(
    metric: Metric,
    value: Observation,
    site_url: str,
    *,
    is_headline: bool = False,
    is_superseded: bool = False,
) -> dict[str, Any]:
    source = value.source
    newer = value.superseded_by if is_superseded else None
    return _shared(metric, value.span, state_of(value)) | {
        "low": _number(value.low),
        "high": _number(value.high),
        "method": value.method,
        "method_zh": value.method_zh,
        "standing": str(value.standing),
        "standing_reason": value.standing_reason,
        "standing_reason_zh": value.standing_reason_zh,
        "is_headline": is_headline,
        "is_superseded": is_superseded,
        "superseded_because": str(newer.supersede_reason) if newer else "",
        "source": source.slug,
        "source_title": source.title,
        "source_publisher": source.publisher,
        "source_published_on": source.published_on,
        "source_url": source.url,
        "source_archived_url": source.archived_url,
        "locator": value.locator,
        "note": value.note,
        "note_zh": value.note_zh,
        "recorded_at": value.recorded_at.isoformat(timespec="seconds"),
        "computed_from": " ".join(site_url + one.get_absolute_url() for one in value.inputs),
        "address": site_url + value.get_absolute_url(),
    }


def _shared(metric: Metric, span: Period, state: ValueState) -> dict[str, Any]:
    """What every row says, whether there is a value or not."""
    return dict.fromkeys(COLUMNS, "") | {
        "metric": metric.slug,
        "metric_name": metric.name,
        "metric_name_zh": metric.name_zh,
        "unit": metric.unit.name,
        "unit_zh": metric.unit.name_zh,
        "unit_factor": _number(metric.unit.factor),
        "period": span.text,
        "period_start": span.start.isoformat(),
        "period_end": span.end.isoformat(),
        "state": str(state.state),
        "number": state.number,
        "qualifier": state.qualifier,
        "release": state.release,
        "is_headline": False,
        "is_superseded": False,
    }


COLUMNS = (
    "metric metric_name metric_name_zh unit unit_zh unit_factor period period_start period_end state number qualifier "
    "low high release method method_zh standing standing_reason standing_reason_zh is_headline is_superseded "
    "superseded_because source source_title source_publisher source_published_on source_url source_archived_url "
    "locator note note_zh recorded_at computed_from address"
).split()
METRIC_COLUMNS = {"metric", "metric_name", "metric_name_zh", "unit", "unit_zh", "unit_factor"}


def _without_metric(row: dict[str, Any]) -> dict[str, Any]:
    """A document says once what every row of a table repeats, and nothing instead of an empty text."""
    return {
        name: None if content == "" else content
        for name, content in row.items()
        if name not in METRIC_COLUMNS
    }


def _number(number: Any) -> str:
    return "" if number is None else f"{number.normalize():f}"


def _cell(name: str, content: Any) -> str:
    if isinstance(content, bool):
        return "yes" if content else "no"
    text = str(content)
    return f"'{text}" if name not in NUMBERS and text.startswith(FORMULA_SIGNS) else text
