"""The verbs that change what the public sees; nothing else writes a status or a date of publication."""

from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ecosystem.domain import figure_records, revisions, working_copies
from ecosystem.models import Metric, Observation, PublicSpan, Status, User, WorkingCopy
from ecosystem.models.publishing import Publishable


class PublishingError(ValidationError):
    """The item is not in a state from which this can be done; the message says what to do."""


def submit(item: Publishable, *, by: User) -> None:
    """Hand a draft, or the draft of an item's next version, to the reviewers."""
    note = _("submitted for review")
    _move(
        item, Status.DRAFT, Status.IN_REVIEW, _("Only a draft can be submitted for review."), by=by, note=note
    )


def return_to_draft(item: Publishable, *, by: User, note: str = "") -> None:
    """Give what is in review back to its author."""
    note, refusal = note or _("returned to draft"), _("Only an item in review can be returned.")
    _move(item, Status.IN_REVIEW, Status.DRAFT, refusal, by=by, note=note)


def publish(item: Publishable, *, by: User | None, at: datetime | None = None, note: str = "") -> None:
    """Make the item, or its next version, public now or at the given moment.

    Raises ValidationError when its content is not valid, and ConflictError when what readers see says something else
    by now than its next version began from.
    """
    is_next = working_copies.of(item) is not None
    if item.is_public and not is_next:
        raise PublishingError(_("It is public already."))
    if isinstance(item, Observation) and _shows_again(item, without=item):
        raise PublishingError(
            _(
                "A value between this one and an older one was withdrawn. Publish that one, or correct the older one."
            )
        )
    with transaction.atomic():
        if is_next:
            working_copies.put_in_place(item)
        if item.is_public:
            _write(item, by=by, note=note or _("next version published"))
            return
        item.full_clean()
        was_seen = item.status == Status.WITHDRAWN and item.published_at < item.withdrawn_at
        if isinstance(item, Observation) and was_seen:
            # Its first time in public is over and stays known; one that was called off before it began is none.
            PublicSpan.objects.create(observation=item, since=item.published_at, until=item.withdrawn_at)
        _write(item, by=by, note=note or _("published"), **_as_public(item, at or timezone.now()))


def publish_due() -> Iterator[tuple[Publishable, str]]:
    """Publish each next version whose moment has come; gives the item, and why it was refused, empty if it was not.

    A refused one keeps its reason and waits for an editor.
    """
    due = WorkingCopy.objects.filter(publish_at__lte=timezone.now(), refused="").order_by("publish_at", "pk")
    for copy in due.select_related("scheduled_by"):
        item = working_copies.item_of(copy)
        try:
            publish(item, by=copy.scheduled_by)
        except ValidationError as error:
            reason = " ".join(error.messages)
            WorkingCopy.objects.filter(pk=copy.pk).update(refused=reason)
            yield item, reason
        else:
            yield item, ""


def discard(item: Publishable, *, by: User) -> None:
    """Give up the next version of an item; it can be read and taken up again from the history."""
    copy = working_copies.of(item)
    if copy is None:
        raise PublishingError(_("It has no draft of a next version."))
    with transaction.atomic():
        revisions.record_draft(item, copy.latest.data, by=by, note=_("draft given up"))
        working_copies.discard(item)


def begin_public(item: Publishable, *, at: datetime) -> None:
    """Let an item that is not stored yet be public from that moment on; whoever loads many stores and records it."""
    if item.pk:
        raise PublishingError(_("It is stored already; publish it instead."))
    for name, value in _as_public(item, at).items():
        setattr(item, name, value)


def schedule(item: Publishable, *, by: User, at: datetime) -> None:
    """Publish the item, or its next version, at a coming moment; until then the public does not see it."""
    if at <= timezone.now():
        raise PublishingError(_("That moment has passed. Choose a later one, or publish now."))
    copy = working_copies.of(item) if item.is_public else None
    if copy is None:
        _require(item, {Status.DRAFT, Status.IN_REVIEW}, _("It is public already; withdraw it first."))
        publish(item, by=by, at=at, note=_("scheduled"))
        return
    state, conflicts = working_copies.next_state(item)
    if conflicts:
        raise working_copies.ConflictError(conflicts)
    with working_copies.in_place(item, state) as (next_version, _lost):
        next_version.full_clean()
    _schedule(item, copy, at, by=by, note=_("next version scheduled"))


def unschedule(item: Publishable, *, by: User) -> None:
    """Call off a publication whose moment has not come."""
    copy = working_copies.of(item)
    if copy and copy.publish_at:
        _schedule(item, copy, None, by=by, note=_("next version no longer scheduled"))
        return
    if not item.is_scheduled:
        raise PublishingError(_("Nothing is scheduled for it."))
    cleared = {"recorded_at": None} if isinstance(item, Observation) else {}
    _write(item, by=by, note=_("no longer scheduled"), status=Status.DRAFT, published_at=None, **cleared)


def withdraw(item: Publishable, *, by: User, notice: str) -> None:
    """Take a public item off the site; its address answers with the notice from now on."""
    _require(item, {Status.PUBLISHED}, _("Only a published item can be withdrawn."))
    if not notice.strip():
        raise PublishingError(_("Say in one sentence why it is withdrawn; readers see it."))
    is_value = isinstance(item, Observation)
    newer = Observation.objects.filter(pk=item.superseded_by_id).first() if is_value else None
    if newer and _shows_again(newer, without=item):
        raise PublishingError(
            _(
                "An older value would show again beside the one that has taken its place. Withdraw or correct that one."
            )
        )
    _write(
        item,
        by=by,
        note=_("withdrawn"),
        status=Status.WITHDRAWN,
        withdrawn_at=timezone.now(),
        withdrawn_notice=notice,
    )


def be_public_during(
    value: Observation, spans: list[tuple[datetime, datetime | None]], *, notice: str
) -> None:
    """Let a value have been public in these spans of time only, oldest first; an end of the last one withdraws it.

    For what happened to others: the value gives way to nothing, where it used to give way to one that was suppressed.
    """
    *past, (since, until) = spans or [(value.published_at, value.published_at)]
    with transaction.atomic():
        value.public_spans.all().delete()
        PublicSpan.objects.bulk_create(PublicSpan(observation=value, since=s, until=u) for s, u in past)
        state = {"status": Status.PUBLISHED, "withdrawn_at": None, "withdrawn_notice": ""}
        if until is not None and until == value.withdrawn_at:
            state = {"status": Status.WITHDRAWN}  # as before, by its own notice
        elif until is not None:
            state = {"status": Status.WITHDRAWN, "withdrawn_at": until, "withdrawn_notice": notice}
        _write(value, by=None, note=_("follows a suppression"), published_at=since, **state)


def reword_notice(item: Publishable, notice: str) -> None:
    """Say the notice of a withdrawal without words that were suppressed."""
    item.withdrawn_notice = notice
    item.save(update_fields=["withdrawn_notice", "updated_at"])


def _shows_again(newest: Observation, *, without: Observation) -> bool:
    """Whether readers see or will see an older value that led to this one, beside it, since one between is away.

    A value gives way to the next one only, and only while that is public.
    """
    if newest != without and newest.status != Status.PUBLISHED:
        return False
    waiting, seen = [(newest, True)], {newest.pk}
    while waiting:
        newer, is_there = waiting.pop()
        for older in newer.supersedes.exclude(pk__in=seen):
            seen.add(older.pk)
            is_public = older.status == Status.PUBLISHED and older != without
            if is_public and not is_there:
                return True
            waiting.append((older, is_public))
    return False


def _as_public(item: Publishable, moment: datetime) -> dict[str, object]:
    changes = {
        "status": Status.PUBLISHED,
        "published_at": moment,
        "withdrawn_at": None,
        "withdrawn_notice": "",
    }
    if isinstance(item, Observation):
        # A value that was public before keeps the moment when it first was; a scheduled one takes an earlier moment.
        changes["recorded_at"] = min(item.recorded_at or moment, moment)
    return changes


def _schedule(item: Publishable, copy: WorkingCopy, at: datetime | None, *, by: User, note: str) -> None:
    with transaction.atomic():
        copy.publish_at, copy.scheduled_by, copy.refused = at, by if at else None, ""
        copy.latest = revisions.record_draft(item, copy.latest.data, by=by, note=note)
        copy.save()


def _move(item: Publishable, before: Status, after: Status, refusal: str, *, by: User, note: str) -> None:
    """Take a draft from one of its stages to the other."""
    copy = working_copies.of(item)
    if copy is None:
        _require(item, {before}, refusal)
        _write(item, by=by, note=note, status=after)
        return
    if copy.stage != before.value:
        raise PublishingError(refusal)
    with transaction.atomic():
        copy.stage = after.value
        copy.latest = revisions.record_draft(item, copy.latest.data, by=by, note=note)
        copy.save()


def _require(item: Publishable, allowed: set[Status], message: str) -> None:
    if item.status not in allowed:
        raise PublishingError(message)


def _write(item: Publishable, *, by: User | None, note: str, **changes: object) -> None:
    with transaction.atomic():
        for name, value in changes.items():
            setattr(item, name, value)
        item.save()
        if isinstance(item, (Metric, Observation)):
            figure_records.refresh_last_texts([item if isinstance(item, Metric) else item.metric])
        revisions.record(item, by=by, note=note)
