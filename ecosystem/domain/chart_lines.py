"""The lines of a chart: each joins values of one method, and breaks where there is nothing to join."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ecosystem.domain.chart_scales import Scale
from ecosystem.domain.headlines import TRUSTED, comparable, line_of
from ecosystem.domain.value_groups import FORECAST, is_gap
from ecosystem.models import Observation, Standing


@dataclass(frozen=True, slots=True)
class Line:
    """A path that joins values of one method; kind is its style: main, other or forecast."""

    path: str
    kind: str
    values: tuple[Observation, ...]


def lines_of(
    scale: Scale, values: Sequence[Observation], main: Sequence[Observation], empty: Iterable[date]
) -> list[Line]:
    """The headline's line, a line for each other method, and broken ones to forecasts.

    empty: the ends of periods that have no value.
    """
    trusted = [value for value in values if value.standing in TRUSTED and value.release != FORECAST]
    absent = {value.period_end: value.method for value in values if value.value is None} | dict.fromkeys(
        empty
    )
    found: list[Line] = []
    for method in sorted({value.method for value in values}):
        is_main = bool(main) and main[-1].method == method
        counted = comparable(scale.metric, [v for v in trusted if v.method == method and v.value is not None])
        line = tuple(main) if is_main else line_of(scale.metric, counted, method)
        breaks = [day for day, of in absent.items() if of in {None, method}]
        found += _lines(scale, line, "main" if is_main else "other", breaks)
        found += _to_forecasts(scale, line, values)
    return sorted(found, key=lambda line: line.kind == "main")


def paths(scale: Scale, values: Sequence[Observation]) -> list[str]:
    """Paths through the values of a line, broken where the distance says that something is missing."""
    return [line.path for line in _lines(scale, values, "main", [])]


def _lines(scale: Scale, values: Sequence[Observation], kind: str, breaks: Sequence[date]) -> Iterable[Line]:
    """Paths through the values; where periods are missing the line breaks, so that a gap is seen as one."""
    run: list[Observation] = []
    for value in values:
        if run and _is_broken(scale, run[-1], value, breaks):
            yield from _path(scale, run, kind)
            run = []
        run.append(value)
    yield from _path(scale, run, kind)


def _is_broken(scale: Scale, before: Observation, after: Observation, breaks: Sequence[date]) -> bool:
    between = any(before.period_end < day < after.period_end for day in breaks)
    return between or is_gap(before, after, whole_years=scale.whole_years)


def _to_forecasts(scale: Scale, line: Sequence[Observation], values: Sequence[Observation]) -> Iterable[Line]:
    """From the newest counted value of a method to its forecasts; one that time has overtaken is joined to nothing."""
    if not line:
        return
    later = [
        value
        for value in values
        if value.release == FORECAST
        and value.value is not None
        and value.standing != Standing.DISPUTED
        and value.span.recency > line[-1].span.recency
    ]
    yield from _path(scale, [line[-1], *line_of(scale.metric, later, line[-1].method)], "forecast")


def _path(scale: Scale, run: Sequence[Observation], kind: str) -> Iterable[Line]:
    if len(run) > 1:
        points = ("{:g} {:g}".format(*scale.point(value)) for value in run)
        yield Line("M" + "L".join(points), kind, tuple(run))
