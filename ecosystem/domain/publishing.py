"""The verbs that change what the public sees; nothing else writes a status or a date of publication."""

from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ecosystem.domain import (
    audit,
    comments,
    figure_records,
    four_eyes,
    revisions,
    roles,
    set_members,
    working_copies,
)
from ecosystem.models import Act, Metric, Observation, PublicSpan, Status, User, WorkingCopy
from ecosystem.models.publishing import Publishable


class PublishingError(ValidationError):
    """The item is not in a state from which this can be done; the message says what to do."""


def submit(item: Publishable, *, by: User) -> None:
    """Hand a draft, or the draft of an item's next version, to the reviewers."""
    refusal = _("Only a draft can be submitted for review.")
    note = _("submitted for review")
    _move(item, Act.SUBMIT, Status.DRAFT, Status.IN_REVIEW, refusal, by=by, note=note)


def return_to_draft(item: Publishable, *, by: User, note: str = "") -> None:
    """Give what is in review back to its author; the note to the author is a comment on the whole too."""
    refusal = _("Only an item in review can be returned.")
    said = note.strip() or _("returned to draft")
    with transaction.atomic():
        _move(item, Act.RETURN, Status.IN_REVIEW, Status.DRAFT, refusal, by=by, note=said)
        if note.strip():
            comments.comment(item, note, by=by)


def publish(
    item: Publishable,
    *,
    by: User | None,
    at: datetime | None = None,
    note: str = "",
    act: Act = Act.PUBLISH,
) -> None:
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
    _allow(item, act, by=by)
    with transaction.atomic():
        if is_next:
            working_copies.put_in_place(item)
        if item.is_public:
            _keep(item, act, by=by, note=note or _("next version published"))
            return
        item.full_clean()
        was_seen = item.status == Status.WITHDRAWN and item.published_at < item.withdrawn_at
        if isinstance(item, Observation) and was_seen:
            # Its first time in public is over and stays known; one that was called off before it began is none.
            PublicSpan.objects.create(observation=item, since=item.published_at, until=item.withdrawn_at)
        act = Act.REPUBLISH if was_seen and act == Act.PUBLISH else act
        _write(item, act, by=by, note=note or _("published"), **_as_public(item, at or timezone.now()))


def publish_due() -> Iterator[tuple[Publishable, str]]:
    """Publish each next version whose moment has come; gives the item, and why it was refused, empty if it was not.

    A refused one keeps its reason and waits for an editor.
    """
    due = WorkingCopy.objects.filter(publish_at__lte=timezone.now(), refused="").order_by("publish_at", "pk")
    for copy in due.select_related("scheduled_by"):
        item = working_copies.item_of(copy)
        try:
            _publish_scheduled(item, by=copy.scheduled_by)
        except (ValidationError, PermissionDenied) as error:
            reason = " ".join(getattr(error, "messages", [str(error)]))
            WorkingCopy.objects.filter(pk=copy.pk).update(refused=reason)
            yield item, reason
        else:
            yield item, ""


def _publish_scheduled(item: Publishable, *, by: User | None) -> None:
    """That four eyes have seen it was asked when it was scheduled; whoever did that must still have the right."""
    roles.require(by, Act.PUBLISH, item)
    with transaction.atomic():
        working_copies.put_in_place(item)
        _keep(item, Act.PUBLISH, by=by, note=_("next version published"))


def discard(item: Publishable, *, by: User) -> None:
    """Give up the next version of an item; it can be read and taken up again from the history."""
    copy = working_copies.of(item)
    if copy is None:
        raise PublishingError(_("It has no draft of a next version."))
    _allow(item, Act.DISCARD, by=by)
    with transaction.atomic():
        revisions.record_draft(item, copy.latest.data, by=by, note=_("draft given up"))
        working_copies.discard(item)
        audit.note(Act.DISCARD, item, by=by)


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
        publish(item, by=by, at=at, note=_("scheduled"), act=Act.SCHEDULE)
        return
    state, conflicts = working_copies.next_state(item)
    if conflicts:
        raise working_copies.ConflictError(conflicts)
    with working_copies.in_place(item, state) as (next_version, _lost):
        next_version.full_clean()
    _schedule(item, copy, Act.SCHEDULE, at, by=by, note=_("next version scheduled"))


def unschedule(item: Publishable, *, by: User) -> None:
    """Call off a publication whose moment has not come."""
    copy = working_copies.of(item)
    if copy and copy.publish_at:
        note = _("next version no longer scheduled")
        _schedule(item, copy, Act.UNSCHEDULE, None, by=by, note=note)
        return
    if not item.is_scheduled:
        raise PublishingError(_("Nothing is scheduled for it."))
    cleared = {"recorded_at": None} if isinstance(item, Observation) else {}
    note = _("no longer scheduled")
    _write(item, Act.UNSCHEDULE, by=by, note=note, status=Status.DRAFT, published_at=None, **cleared)


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
        Act.WITHDRAW,
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
        note = _("follows a suppression")
        _write(value, Act.SUPPRESS, by=None, note=note, published_at=since, **state)


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


def _schedule(
    item: Publishable, copy: WorkingCopy, act: Act, at: datetime | None, *, by: User, note: str
) -> None:
    _allow(item, act, by=by)
    copy.publish_at, copy.scheduled_by, copy.refused = at, by if at else None, ""
    _store(item, copy, act, by=by, note=note)


def _move(
    item: Publishable, act: Act, before: Status, after: Status, refusal: str, *, by: User, note: str
) -> None:
    """Take a draft from one of its stages to the other."""
    copy = working_copies.of(item)
    if copy is None:
        _require(item, {before}, refusal)
        _write(item, act, by=by, note=note, status=after)
        return
    if copy.stage != before.value:
        raise PublishingError(refusal)
    _allow(item, act, by=by)
    copy.stage = after.value
    _store(item, copy, act, by=by, note=note)


def _store(item: Publishable, copy: WorkingCopy, act: Act, *, by: User, note: str) -> None:
    """Keep where a next version stands, with a state that says who has brought it there."""
    with transaction.atomic():
        copy.latest = revisions.record_draft(item, copy.latest.data, by=by, note=note)
        copy.save()
        audit.note(act, item, by=by, detail=note)


def _allow(item: Publishable, act: Act, *, by: User | None) -> None:
    """Raise unless the person has the right to it, and nobody else has to do it."""
    roles.require(by, act, item)
    set_members.require_free(item, act)
    four_eyes.check(item, act, by=by)


def _require(item: Publishable, allowed: set[Status], message: str) -> None:
    if item.status not in allowed:
        raise PublishingError(message)


def _write(item: Publishable, act: Act, *, by: User | None, note: str, **changes: object) -> None:
    """Where every verb passes that changes an item: the right to it is asked for here, and the act is noted."""
    _allow(item, act, by=by)
    _keep(item, act, by=by, note=note, **changes)


def _keep(item: Publishable, act: Act, *, by: User | None, note: str, **changes: object) -> None:
    with transaction.atomic():
        for name, value in changes.items():
            setattr(item, name, value)
        item.save()
        if isinstance(item, (Metric, Observation)):
            figure_records.refresh_last_texts([item if isinstance(item, Metric) else item.metric])
        revisions.record(item, by=by, note=note)
        is_plain = note in {act.label, Act.PUBLISH.label}
        audit.note(act, item, by=by, detail="" if is_plain else note)
