"""A chart in words, made from its data, for those who cannot see it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecosystem.domain import wording
from ecosystem.domain.headlines import TRUSTED, Headline
from ecosystem.domain.paired_charts import PairChart
from ecosystem.domain.value_groups import ESTIMATE, FORECAST, Group, gaps_in, groups_of
from ecosystem.models import Metric, Observation, Standing
from ecosystem.values.periods import Period


def describe(metric: Metric, headline: Headline, starts_at: str = "") -> str:
    """What the chart shows; starts_at is the number at the foot of its scale where that is not zero."""
    groups = groups_of(metric, headline.observation)[::-1]
    if headline.observation is None:
        return wording.together(_empty_periods(groups), _releases(metric))
    return wording.together(
        _latest(headline),
        _change(headline),
        _course(headline),
        _extremes(headline),
        _gaps(headline),
        _empty_periods(groups),
        _rivals(groups),
        _disputed(metric),
        _otherwise(metric, headline),
        _releases(metric),
        _scale(starts_at),
    )


def describe_pair(headlines: Sequence[Headline], chart: PairChart | None) -> str:
    """What a chart of two metrics shows: how they share it, and what each of them says."""
    names = [wording.named(headline.metric) for headline in headlines]
    units = [wording.table_unit(headline.metric) for headline in headlines]
    common = _("One scale for both, in %(unit)s.") % {"unit": units[0]}
    apart = _(
        "Two scales: at the left %(first)s, in %(first_unit)s; at the right %(second)s, in %(second_unit)s."
    ) % {"first": names[0], "first_unit": units[0], "second": names[1], "second_unit": units[1]}
    scales = "" if chart is None else common if chart.is_common else apart
    starts = [line.starts_at for line in chart.lines] if chart else ["", ""]
    each = [
        _("%(metric)s: %(said)s")
        % {"metric": name, "said": describe(headline.metric, headline, start) or wording.why(headline)}
        for name, headline, start in zip(names, headlines, starts, strict=True)
    ]
    return wording.together(scales, *each)


def _latest(headline: Headline) -> str:
    value = headline.observation
    known = {
        "amount": wording.amount_of(value),
        "period": wording.period_of(value),
        "standing": str(Standing(value.standing).label).lower(),
    }
    trusted, marked = (
        _("Latest value: %(amount)s, %(period)s."),
        _("Latest value: %(amount)s, %(period)s, %(standing)s."),
    )
    return (trusted if value.standing in TRUSTED else marked) % known


def _change(headline: Headline) -> str:
    change = wording.change_phrase(headline)
    return _("Change: %(change)s.") % {"change": change} if change else ""


def _course(headline: Headline) -> str:
    if len(headline.line) < 2:
        return ""
    first = headline.line[0]
    return _("The line begins with %(amount)s in %(period)s and holds %(count)d values.") % {
        "amount": wording.amount_of(first),
        "period": wording.period_of(first),
        "count": len(headline.line),
    }


def _extremes(headline: Headline) -> str:
    if len(headline.line) < 3:
        return ""
    low = min(headline.line, key=lambda value: value.value)
    high = max(headline.line, key=lambda value: value.value)
    return _("Lowest: %(low)s (%(low_period)s); highest: %(high)s (%(high_period)s).") % {
        "low": wording.amount_of(low),
        "low_period": wording.period_of(low),
        "high": wording.amount_of(high),
        "high_period": wording.period_of(high),
    }


def _gaps(headline: Headline) -> str:
    gaps = [_range(before.span, after.span) for before, after in gaps_in(headline.line)]
    return _("The line has a gap: %(gaps)s.") % {"gaps": wording.listed(gaps)} if gaps else ""


def _empty_periods(groups: Sequence[Group]) -> str:
    """Three sentences, because nothing recorded, nothing published and nothing to count are three things."""
    unrecorded = [group.span for group in groups if not group.rows]
    absent = [row.head for group in groups for row in group.rows if not row.is_number]
    missing = [value.span for value in absent if value.absence == Observation.Absence.MISSING]
    foreign = [value.span for value in absent if value.absence == Observation.Absence.NOT_APPLICABLE]
    return wording.together(
        _("No value here for %(periods)s.") % {"periods": _periods(unrecorded)} if unrecorded else "",
        _("No figure was published for %(periods)s.") % {"periods": _periods(missing)} if missing else "",
        _("Does not apply to %(periods)s.") % {"periods": _periods(foreign)} if foreign else "",
    )


def _rivals(groups: Sequence[Group]) -> str:
    """Periods with several numbers by one method; another method is told on its own."""
    spans = [group.span for group in groups if any(group.rivals_by(row.head.method) for row in group.rivals)]
    return _("Sources give rival values for %(periods)s.") % {"periods": _periods(spans)} if spans else ""


def _disputed(metric: Metric) -> str:
    count = sum(value.standing == Standing.DISPUTED for value in metric.current_observations)
    if not count:
        return ""
    return ngettext("%(count)d value is disputed.", "%(count)d values are disputed.", count) % {
        "count": count
    }


def _otherwise(metric: Metric, headline: Headline) -> str:
    """The newest value by each other method, which the line does not continue."""
    counted = [
        value
        for value in metric.current_observations
        if value.value is not None and value.release != FORECAST
    ]
    newest = {value.method: value for value in sorted(counted, key=lambda value: value.span.recency)}
    others = [
        _named(value) for method, value in sorted(newest.items()) if method != headline.observation.method
    ]
    return _("Counted in another way: %(values)s.") % {"values": wording.listed(others)} if others else ""


def _releases(metric: Metric) -> str:
    numbers = [value for value in metric.current_observations if value.value is not None]
    estimates = [_named(value) for value in numbers if value.release == ESTIMATE]
    forecasts = [_named(value) for value in numbers if value.release == FORECAST]
    return wording.together(
        _("Estimate: %(values)s.") % {"values": wording.listed(estimates)} if estimates else "",
        _("Forecast: %(values)s.") % {"values": wording.listed(forecasts)} if forecasts else "",
    )


def _scale(starts_at: str) -> str:
    return _("The scale begins at %(start)s, not at zero.") % {"start": starts_at} if starts_at else ""


def _named(value: Observation) -> str:
    """An amount with what it is about: 92,000 stations (February 2024)."""
    return _("%(amount)s (%(period)s)") % {
        "amount": wording.amount_of(value),
        "period": wording.listed(
            [part for part in (wording.period_of(value), wording.method_of(value)) if part]
        ),
    }


def _range(first: Period, last: Period) -> str:
    label = {"first": first.label(wording.language()), "last": last.label(wording.language())}
    return _("%(first)s to %(last)s") % label


def _periods(spans: Sequence[Period]) -> str:
    """An enumeration in which three and more years in a row are said as a range."""
    runs: list[list[Period]] = []
    for span in spans:
        if runs and _follows(runs[-1][-1], span):
            runs[-1].append(span)
        else:
            runs.append([span])
    return wording.listed([text for run in runs for text in _run(run)])


def _run(run: Sequence[Period]) -> list[str]:
    if len(run) > 2:
        return [_range(run[0], run[-1])]
    return [span.label(wording.language()) for span in run]


def _follows(before: Period, after: Period) -> bool:
    return before.kind == after.kind == "year" and after.start.year == before.start.year + 1
