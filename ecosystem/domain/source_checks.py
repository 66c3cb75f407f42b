"""What became of the addresses of sources: asked, judged, stored, and what rests on those that are lost."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic, sleep
from urllib.parse import urlsplit

from django.db.models import F, QuerySet
from django.utils import timezone

from ecosystem.domain.fetching import Answer, Bounds, Refused, Unreachable, fetch
from ecosystem.models import Observation, Source
from ecosystem.values.page_text import content_digest

Condition = Source.Condition
LOST = (Condition.DEAD, Condition.CHANGED)
GONE = {404, 410}
BUSY = {429, 503}

# What a check writes down about a source, as it is before the first one.
FOUND = {"condition": "", "condition_code": None, "checked_at": None, "content_digest": "", "moved_to": ""}


@dataclass(frozen=True, slots=True)
class Finding:
    """What an address answered at a moment; whether its content changed is judged when it is stored."""

    slug: str
    url: str
    condition: str
    code: int | None
    checked_at: datetime
    content_digest: str = ""
    moved_to: str = ""
    reason: str = ""


@dataclass(slots=True)
class Round:
    """One round through the addresses: one host at a time, with a pause, and no more of a host that asks to wait."""

    bounds: Bounds
    delay: float = 2
    refused: list[tuple[Source, str]] = field(default_factory=list)
    skipped: list[Source] = field(default_factory=list)
    _asked: dict[str, float] = field(default_factory=dict)
    _closed: set[str] = field(default_factory=set)

    def findings(self, sources: QuerySet) -> Iterator[Finding]:
        for source in sources:
            host = urlsplit(source.url).hostname or ""
            if host in self._closed:
                self.skipped.append(source)
                continue
            try:
                yield self._check(source, host)
            except Refused as error:
                self.refused.append((source, str(error)))

    def _check(self, source: Source, host: str) -> Finding:
        now = timezone.now()
        try:
            answer = self._ask(source.url, host)
        except Unreachable as error:
            return Finding(source.slug, source.url, Condition.UNREACHABLE, error.code, now, reason=str(error))
        condition, moved_to = _condition(answer)
        digest = content_digest(answer.body, answer.content_type) if answer.body is not None else ""
        return Finding(source.slug, source.url, condition, answer.code, now, digest, moved_to)

    def _ask(self, url: str, host: str) -> Answer:
        """HEAD first; the whole document only where its size allows and the host did not ask to be left alone."""
        self._pause(host)
        answer = fetch("HEAD", url, self.bounds)
        if answer.retry_after or answer.code in BUSY:
            self._closed.add(host)
            return answer
        if answer.code == 200 and (answer.length or 0) > self.bounds.max_bytes:
            return answer
        # Many hosts answer HEAD with an error although the page is there, so none is believed.
        self._pause(host)
        answer = fetch("GET", url, self.bounds)
        if answer.retry_after or answer.code in BUSY:
            self._closed.add(host)
        return answer

    def _pause(self, host: str) -> None:
        if host in self._asked:
            sleep(max(0.0, self._asked[host] + self.delay - monotonic()))
        self._asked[host] = monotonic()


def _condition(answer: Answer) -> tuple[str, str]:
    if answer.code in GONE:
        return Condition.DEAD, ""
    if answer.code != 200:
        return Condition.UNREACHABLE, ""
    longest = Source._meta.get_field("moved_to").max_length
    is_moved = bool(answer.moved_to) and len(answer.moved_to) <= longest
    return (Condition.MOVED, answer.moved_to) if is_moved else (Condition.ALIVE, "")


def checkable() -> QuerySet:
    """The public sources with an address, those that were not checked for the longest time first."""
    return Source.objects.published().exclude(url="").order_by(F("checked_at").asc(nulls_first=True), "pk")


def judged(source: Source, finding: Finding) -> str:
    """The condition that the finding means for the source, whose digest is that of the content that was read."""
    is_seen = finding.condition in {Condition.ALIVE, Condition.MOVED}
    known, found = source.content_digest, finding.content_digest
    if is_seen and known and found and known != found:
        return Condition.CHANGED
    return finding.condition


def store(source: Source, finding: Finding) -> str:
    """Write down the condition of the source; what was found lost stays so while there is no answer.

    The digest stays that of the content which was read, so a change is reported until an editor has read the page.
    """
    condition = judged(source, finding)
    if condition == Condition.UNREACHABLE and source.is_lost:
        return source.condition
    Source.objects.filter(pk=source.pk).update(
        condition=condition,
        condition_code=finding.code,
        checked_at=finding.checked_at,
        content_digest=source.content_digest or finding.content_digest,
        moved_to=finding.moved_to,
    )
    return condition


def forget(source: Source) -> None:
    """Begin anew: the address is another one, or an editor has read what it shows now."""
    Source.objects.filter(pk=source.pk).update(**FOUND)
    source.refresh_from_db(fields=list(FOUND))


def lost_sources() -> QuerySet:
    """Public sources whose address is gone, or shows something else than what was read there."""
    return Source.objects.published().filter(condition__in=LOST)


def values_on_lost_sources() -> QuerySet:
    """Current values whose source is gone or has changed."""
    return Observation.objects.current().filter(source__in=lost_sources())
