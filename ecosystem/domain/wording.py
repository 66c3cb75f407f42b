"""What is said about values, in the language of the reader: amounts, periods, changes, reasons."""

from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ecosystem.domain.headlines import Headline, Rule
from ecosystem.models import Metric, Observation
from ecosystem.values.languages import is_chinese
from ecosystem.values.quantities import (
    amount,
    ordinal,
    plain_number,
    qualifier_word,
    scaled_number,
    significant,
)


def language() -> str:
    return get_language() or "en"


def amount_of(observation: Observation, form: str = "unit") -> str:
    """The value as a sentence says it, in the given form."""
    unit = observation.metric.unit.measure
    return amount(observation.value, unit, observation.qualifier, language(), form)


def table_number(observation: Observation) -> str:
    """The number as a table shows it, in the unit of its heading, every digit kept."""
    return plain_number(in_table_unit(observation.value, observation.metric))


def in_table_unit(value: Decimal, metric: Metric) -> Decimal:
    """A stored value counted in the unit that tables and charts of this language use."""
    unit = metric.unit
    return value * unit.factor / (unit.factor_zh if is_chinese(language()) else unit.factor)


def table_unit(metric: Metric) -> str:
    """The heading of such a table: "billion yuan", "亿元"."""
    return (metric.unit.name_zh if is_chinese(language()) else "") or metric.unit.name


def qualifier_of(observation: Observation) -> str:
    return qualifier_word(observation.qualifier, language())


def period_of(observation: Observation) -> str:
    return observation.span.label(language())


def method_of(observation: Observation) -> str:
    return (observation.method_zh if is_chinese(language()) else "") or observation.method


def big_number(observation: Observation) -> tuple[str, str]:
    """The number for a tile and what stands small beside it: ("5.67", "trillion yuan")."""
    metric = observation.metric
    if metric.nature == Metric.Nature.RANK:
        return ordinal(observation.value, language()), ""
    unit = metric.unit.measure
    number = scaled_number(observation.value, unit, language(), digits=3 if _is_scaled(observation) else 6)
    phrase = amount(observation.value, unit, "=", language(), "unit")
    digits, _space, word = number.partition("\u00a0")
    rest = phrase.replace(number, "", 1).replace("\u00a0", " ").strip()
    if is_chinese(language()):
        digits = number.rstrip("万亿")
        word = number[len(digits) :]
        return digits, f"{word}{rest}"
    return (
        (f"{digits}%", rest.removeprefix("%").strip())
        if rest.startswith("%")
        else (digits, f"{word} {rest}".strip())
    )


def _is_scaled(observation: Observation) -> bool:
    base = observation.value * observation.metric.unit.factor
    return observation.metric.unit.scales and abs(base) >= 10**6


def change_phrase(headline: Headline) -> str:
    """How the headline differs from the period before, without judging it; empty when there is nothing to compare."""
    if headline.previous is None or headline.observation is None:
        return ""
    since = period_of(headline.previous)
    return {
        Metric.Nature.RANK: _rank_change,
        Metric.Nature.RATE: _point_change,
    }.get(headline.metric.nature, _relative_change)(headline, since)


def _rank_change(headline: Headline, since: str) -> str:
    places = int(headline.change or 0)
    if not places:
        return _("same place as in %(since)s") % {"since": since}
    text = _("%(count)d up from %(since)s") if places < 0 else _("%(count)d down from %(since)s")
    return text % {"count": abs(places), "since": since}


def _point_change(headline: Headline, since: str) -> str:
    change = headline.change or Decimal(0)
    if "%" not in headline.metric.unit.pattern:
        return _relative_change(headline, since)
    return _("%(change)s points since %(since)s") % {"change": _signed(change), "since": since}


def _relative_change(headline: Headline, since: str) -> str:
    before = headline.previous.value if headline.previous else Decimal(0)
    if not before:
        return ""
    percent = (headline.change or Decimal(0)) / before * 100
    exact = headline.observation.qualifier == headline.previous.qualifier == Observation.Qualifier.EXACT
    text = _("%(change)s%% since %(since)s") if exact else _("about %(change)s%% since %(since)s")
    return text % {"change": _signed(significant(percent, 2)), "since": since}


def _signed(number: Decimal) -> str:
    # A real minus sign: screen readers say it, and it has the width of a plus.
    return ("+" if number > 0 else "\u2212" if number < 0 else "\u00b1") + plain_number(abs(number))


def why(headline: Headline) -> str:
    """Why this value is the headline, as the page states it."""
    if headline.rule is Rule.NONE:
        return _("There is no public value yet.")
    if headline.rule is Rule.MARKED:
        return _("No verified or reported value exists, so the newest other value is shown with its mark.")
    reason = _("The newest period with a verified or reported value.")
    passed_over = sorted({value.span for value in headline.newer}, key=lambda span: span.recency)
    if not passed_over:
        return reason
    periods = (_("、") if is_chinese(language()) else ", ").join(
        span.label(language()) for span in passed_over
    )
    return (
        reason
        + " "
        + _("Passed over, because disputed, unverified, forecast or part of a year: %(periods)s.")
        % {"periods": periods}
    )
