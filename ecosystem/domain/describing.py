"""A chart in words, made from its data, for those who cannot see it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecosystem.domain import wording
from ecosystem.domain.headlines import Headline
from ecosystem.models import Metric, Standing


def describe(metric: Metric, headline: Headline) -> str:
    """The latest value, the first of its line, the extremes, and what is disputed or forecast."""
    if headline.observation is None:
        return ""
    return wording.together(_latest(headline), _course(headline), _extremes(headline), _disputed(metric))


def _latest(headline: Headline) -> str:
    value = headline.observation
    return _("Latest value: %(amount)s, %(period)s.") % {
        "amount": wording.amount_of(value),
        "period": wording.period_of(value),
    }


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


def _disputed(metric: Metric) -> str:
    count = sum(value.standing == Standing.DISPUTED for value in metric.current_observations)
    if not count:
        return ""
    return ngettext("%(count)d value is disputed.", "%(count)d values are disputed.", count) % {
        "count": count
    }
