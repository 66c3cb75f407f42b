"""What is said about values, in the language of the reader: amounts, periods, changes, reasons."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ecosystem.domain.headlines import Headline, Rule
from ecosystem.domain.staleness import Expectation
from ecosystem.models import Metric, Observation, Suppression
from ecosystem.values.arithmetic import ARITHMETIC
from ecosystem.values.languages import is_chinese
from ecosystem.values.periods import parse_period
from ecosystem.values.quantities import (
    NO_BREAK,
    amount,
    grouped_number,
    ordinal,
    plain_number,
    qualifier_word,
    scaled_number,
    significant,
)


def language() -> str:
    return get_language() or "en"


def together(*sentences: str) -> str:
    """Sentences one after the other; Chinese sets no space between them."""
    return ("" if is_chinese(language()) else " ").join(filter(None, sentences))


def amount_of(observation: Observation, form: str = "unit") -> str:
    """The value as a sentence says it, in the given form; where there is none, why."""
    if observation.value is None:
        return observation.get_absence_display()
    unit = observation.metric.unit.measure
    return amount(observation.value, unit, observation.qualifier, language(), form)


def table_number(observation: Observation) -> str:
    """The number as a table shows it, in the unit of its heading, every digit kept; where there is none, why."""
    if observation.value is None:
        return observation.get_absence_display()
    return grouped_number(in_table_unit(observation.value, observation.metric), language())


def qualified_number(observation: Observation) -> str:
    """The number as a table shows it, with the word before it: "about 4,720", "约47200"."""
    if observation.value is None:
        return table_number(observation)
    space = "" if is_chinese(language()) else " "
    return f"{qualifier_of(observation)}{space}{table_number(observation)}".strip()


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


def period_label(period: str) -> str:
    return parse_period(period).label(language())


def notice_of(stone: Suppression) -> str:
    """What a tombstone says."""
    return (stone.notice_zh if is_chinese(language()) else "") or stone.notice


def day_of(day: date) -> str:
    """A day as a reader says it."""
    return parse_period(day.isoformat()).label(language())


def next_value(expected: Expectation) -> str:
    """When the next value comes, or since when it is overdue."""
    words = {"period": expected.period.label(language()), "day": day_of(expected.due)}
    if expected.is_overdue:
        return _("Next value (%(period)s) overdue since %(day)s") % words
    return _("Next value (%(period)s) expected by %(day)s") % words


def method_of(observation: Observation) -> str:
    return (observation.method_zh if is_chinese(language()) else "") or observation.method


def named(page: Any) -> str:
    """The name of a page in the reader's language, or in the other one where it has none."""
    return (page.name_zh if is_chinese(language()) else "") or page.name


def publisher_of(observation: Observation) -> str:
    source = observation.source
    return (source.publisher_zh if is_chinese(language()) else "") or source.publisher


def big_number(observation: Observation) -> tuple[str, str]:
    """The number for a tile and what stands small beside it: ("5.67", "trillion yuan"), ("4.5%", "of GDP")."""
    unit, chinese = observation.metric.unit, is_chinese(language())
    pattern = unit.pattern_zh if chinese else unit.pattern
    if observation.metric.nature == Metric.Nature.RANK:
        return ordinal(observation.value, language()), pattern.replace("{ordinal}", "").strip()
    digits = 3 if _is_scaled(observation) else 6
    number = scaled_number(observation.value, unit.measure, language(), digits=digits)
    figure = number.rstrip("万亿") if chinese else number.partition(NO_BREAK)[0]
    scale = number.removeprefix(figure).strip(NO_BREAK)
    # A phrase that begins with words (每万人38座) has no place beside a number; the table's unit has: 座/万人.
    rest = (
        pattern.removeprefix("{number}") if pattern.startswith("{number}") else table_unit(observation.metric)
    )
    if rest.startswith("%"):
        figure, rest = f"{figure}%", rest.removeprefix("%")
    return figure, (f"{scale}{rest}" if chinese else f"{scale} {rest.strip()}").strip()


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
    up = ngettext("up %(count)d place since %(since)s", "up %(count)d places since %(since)s", abs(places))
    down = ngettext(
        "down %(count)d place since %(since)s", "down %(count)d places since %(since)s", abs(places)
    )
    return (up if places < 0 else down) % {"count": abs(places), "since": since}


def _point_change(headline: Headline, since: str) -> str:
    if "%" not in headline.metric.unit.pattern:
        return _relative_change(headline, since)
    exact = _("%(change)s points since %(since)s")
    about = _("about %(change)s points since %(since)s")
    change = _signed(headline.change or Decimal(0))
    return (exact if _is_exact(headline) else about) % {"change": change, "since": since}


def _relative_change(headline: Headline, since: str) -> str:
    before = headline.previous.value if headline.previous else Decimal(0)
    if not before:
        return ""
    percent = (headline.change or Decimal(0)) / abs(before) * 100  # a smaller loss is a rise
    exact, about = _("%(change)s%% since %(since)s"), _("about %(change)s%% since %(since)s")
    text = exact if _is_exact(headline) else about
    return text % {"change": _signed(significant(percent, 2)), "since": since}


def _is_exact(headline: Headline) -> bool:
    """Whether both compared values are exact; what is computed from "more than" is about that much."""
    values = (headline.observation, headline.previous)
    return all(value is not None and value.qualifier == Observation.Qualifier.EXACT for value in values)


def _signed(number: Decimal) -> str:
    return plain_number(number) if number < 0 else ("+" if number else "±") + plain_number(number)


def place_in_words(place: int) -> str:
    """A place in a ranking: "2nd", "第2位"."""
    text = ordinal(Decimal(place), language())
    return f"{text}位" if is_chinese(language()) else text


def change_amount(before: Observation, now: Observation) -> str:
    """The change between two values in a sentence: "3.1%", "−0.2 percentage points", "2 places"; a fall is negative."""
    change = change_between(before, now)
    written = {"number": grouped_number(change, language())}
    plural = 1 if abs(change) == 1 else 2
    if now.metric.nature == Metric.Nature.RANK:
        return ngettext("%(number)s place", "%(number)s places", plural) % written
    if is_in_points(now.metric):
        points = ngettext("%(number)s percentage point", "%(number)s percentage points", plural)
        return _about(points % written, before, now)
    return _about(f"{written['number']}%", before, now)


def change_between(before: Observation, now: Observation) -> Decimal:
    """In places for ranks, up being more; in points for percentages; in percent, rounded, for the rest."""
    difference = now.value - before.value
    if now.metric.nature == Metric.Nature.RANK:
        return -difference  # a smaller place is a better one
    if is_in_points(now.metric):
        return difference
    growth = ARITHMETIC[Metric.Formula.GROWTH]
    return growth.rounded(growth.compute([now.value, before.value]))


def is_in_points(metric: Metric) -> bool:
    """Whether the metric is a percentage, whose change is stated in points."""
    return metric.nature == Metric.Nature.RATE and "%" in metric.unit.pattern


def share_amount(part: Observation, whole: Observation) -> str:
    """One value in percent of another: "12.3%", "about 40%"."""
    return _about(f"{grouped_number(share_of(part, whole), language())}%", part, whole)


def share_of(part: Observation, whole: Observation) -> Decimal:
    """One value in percent of another, both counted in base units, to three digits."""
    share = ARITHMETIC[Metric.Formula.SHARE]
    return share.rounded(share.compute([one.value * one.metric.unit.factor for one in (part, whole)]))


def _about(text: str, *inputs: Observation) -> str:
    """With "about" where an input is not exact."""
    if all(value.qualifier == Observation.Qualifier.EXACT for value in inputs):
        return text
    word = qualifier_word(Observation.Qualifier.ABOUT, language())
    return word + ("" if is_chinese(language()) else " ") + text


def why(headline: Headline) -> str:
    """Why this value is the headline, as the page states it."""
    if headline.rule is Rule.NONE:
        return _("There is no public value yet.")
    if headline.rule is Rule.MARKED:
        marked = _("No verified or reported value exists, so the newest other value is shown with its mark.")
        return together(marked, _tie(headline))
    reason = together(_("The newest period with a verified or reported value."), _tie(headline))
    passed_over = sorted({value.span for value in headline.newer}, key=lambda span: span.recency)
    if not passed_over:
        return reason
    periods = listed([span.label(language()) for span in passed_over])
    skipped = _("Passed over, because disputed, unverified, forecast or part of a year: %(periods)s.")
    return together(reason, skipped % {"periods": periods})


def _tie(headline: Headline) -> str:
    """That another value has the same rank, and that the source decided between them."""
    if not headline.ties:
        return ""
    rivals = listed([f"{amount_of(value)} ({publisher_of(value)})" for value in headline.ties])
    return _(
        "A rival of equal rank exists: %(rivals)s; the more trusted source decided, then the first entry."
    ) % {"rivals": rivals}


def listed(parts: Sequence[str]) -> str:
    """Parts of an enumeration, one after the other."""
    return ("、" if is_chinese(language()) else ", ").join(parts)
