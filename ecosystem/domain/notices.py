"""Corrections and change notes as readers meet them: whether they were shown, and how the page read before."""

from datetime import timedelta

from django.db.models import Model

from ecosystem.domain.observations import end_of
from ecosystem.models import (
    Article,
    ChangeNote,
    Correction,
    Event,
    Initiative,
    Metric,
    Organization,
    Person,
    Place,
)

# Pages that can be read as they were on a past day.
WITH_PAST = (Article, Event, Initiative, Metric, Organization, Person, Place)


def is_shown(page: Model) -> bool:
    """Whether readers have seen the notices of the page, or will when a moment has come."""
    return page.published_at is not None


def address_before(notice: Correction | ChangeNote) -> str:
    """Where the page can be read as it was at the end of the day before; empty where it cannot, or was not public."""
    page, day = notice.page, notice.happened_on - timedelta(days=1)
    if not isinstance(page, WITH_PAST) or page.published_at is None or page.published_at > end_of(day):
        return ""
    return f"{page.get_absolute_url()}?known_on={day.isoformat()}"
