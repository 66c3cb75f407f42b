"""Citations of values, as plain text to copy."""

from datetime import date

from django.utils.translation import gettext as _

from ecosystem.domain.wording import amount_of, day_of, language, period_of, publisher_of
from ecosystem.models import Observation
from ecosystem.values.languages import is_chinese
from ecosystem.values.quantities import NO_BREAK


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


def _in_language(english: str, chinese: str) -> str:
    return (chinese if is_chinese(language()) else "") or english or chinese
