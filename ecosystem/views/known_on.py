"""`?known_on=2025-03-01`: a page with the values and standings that were public at the end of that day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from ecosystem.domain.observations import end_of

PARAMETER = "known_on"


@dataclass(frozen=True, slots=True)
class KnownOn:
    """The day that a reader asked for, or what is wrong with it; neither where nothing was asked."""

    day: date | None = None
    problem: str = ""

    @property
    def moment(self) -> datetime | None:
        """The last moment of that day, or now while the day lasts; None for the present."""
        return min(end_of(self.day), timezone.now()) if self.day else None

    @property
    def query(self) -> str:
        """What an address needs to be asked for the same day."""
        return f"?{PARAMETER}={self.day.isoformat()}" if self.day else ""

    def __bool__(self) -> bool:
        return self.day is not None or bool(self.problem)


def known_on(request: HttpRequest) -> KnownOn:
    """What the request asks for; an empty value asks for nothing."""
    text = request.GET.get(PARAMETER, "").strip()
    if not text:
        return KnownOn()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return KnownOn(problem=_("“%(text)s” is no day. Write known_on=2025-03-01.") % {"text": text[:40]})
    if day > timezone.localdate():
        return KnownOn(problem=_("%(day)s has not come yet. Choose a past day.") % {"day": day.isoformat()})
    return KnownOn(day)
