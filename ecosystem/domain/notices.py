"""Corrections and change notes as readers meet them: whether they were shown, and how the page read before."""

from datetime import timedelta

from django.db.models import Model

from ecosystem.domain.observations import end_of
from ecosystem.models import ChangeNote, Correction


def is_shown(page: Model) -> bool:
    """Whether readers have seen the notices of the page, or will when a moment has come."""
    return page.published_at is not None


def address_before(notice: Correction | ChangeNote) -> str:
    """Where the page can be read as it was at the end of the day before; empty where it was not public then."""
    page, day = notice.page, notice.happened_on - timedelta(days=1)
    if page.published_at is None or page.published_at > end_of(day):
        return ""
    return f"{page.get_absolute_url()}?known_on={day.isoformat()}"
