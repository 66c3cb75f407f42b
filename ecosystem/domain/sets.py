"""Sets: several items that are reviewed together and published at one moment, all of them or none."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecosystem.domain import audit, checklist, publishing, roles, set_members, working_copies
from ecosystem.domain.checklist import ChecklistError, Finding
from ecosystem.domain.index import upkeep
from ecosystem.domain.publishing import PublishingError
from ecosystem.domain.ripple import Ripple, ripple_of
from ecosystem.domain.set_members import acting_on, items_of, token_of
from ecosystem.models import Act, Metric, Observation, PublishingSet, SetMember, Status, User
from ecosystem.models.publishing import Publishable

Stage = PublishingSet.Stage


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one item stands in the way of its set; findings: where it is the checklist that forbids it."""

    item: Publishable
    why: str
    findings: tuple[Finding, ...] = ()

    def __str__(self) -> str:
        return f"{self.item}: {self.why}"


class SetError(PublishingError):
    """Items stand in the way, so that nothing was done; `refusals` says which, and why."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = list(refusals)
        super().__init__(list(map(str, self.refusals)))


# Putting together


def begin(title: str, *, by: User, note: str = "") -> PublishingSet:
    """A new set without items."""
    roles.require(by, Act.ADD, PublishingSet)
    begun = PublishingSet(title=title.strip(), note=note, author=by)
    begun.full_clean()
    with transaction.atomic():
        begun.save()
        audit.note(Act.ADD, begun, by=by)
    return begun


def add(publishing_set: PublishingSet, items: Iterable[Publishable], *, by: User) -> None:
    """Add drafts, and public items with a next version; what is in the set already stays.

    Raises SetError, and adds none, where one of them cannot be published with a set.
    """
    items = list(items)
    with _locked(publishing_set, Act.CHANGE, by=by) as found:
        _require_open_to_change(found)
        _raise(_tried(items, lambda item: _add(found, item)))
        _note_items(found, _("added: %(items)s"), items, by=by)


def remove(publishing_set: PublishingSet, member: SetMember, *, by: User) -> None:
    """Take an item out of the set; the item stays as it is."""
    with _locked(publishing_set, Act.CHANGE, by=by) as found:
        _require_open_to_change(found)
        for row, item in items_of(found.members.filter(pk=member.pk)):
            row.delete()
            _note_items(found, _("taken out: %(items)s"), [item or row], by=by)


def give_up(publishing_set: PublishingSet, *, by: User) -> None:
    """Dissolve the set; its items stay as they are, each on its own again."""
    with _locked(publishing_set, Act.DISCARD, by=by) as found:
        _require_not_scheduled(found)
        _note_items(found, "%(items)s", [item or row for row, item in items_of(found.members.all())], by=by)
        audit.note(Act.DISCARD, found, by=by)
        found.delete()


# Review


def submit(publishing_set: PublishingSet, *, by: User) -> None:
    """Hand the set to the reviewers, with every item of it that is still a draft."""
    with _locked(publishing_set, Act.SUBMIT, by=by) as found:
        _require(found, Stage.DRAFT, _("Only a draft can be submitted for review."))
        _require_not_scheduled(found)
        items = _present_items(found)
        _require_to_wait(items)
        drafts = [item for item in items if stage_of(item) == Status.DRAFT]
        _raise(_tried(drafts, lambda item: publishing.submit(item, by=by)))
        found.stage = Stage.IN_REVIEW
        _store(found, Act.SUBMIT, by=by)


def return_to_draft(publishing_set: PublishingSet, *, by: User, note: str = "") -> None:
    """Give the set back to its authors, with every item of it that is in review."""
    with _locked(publishing_set, Act.RETURN, by=by) as found:
        _require(found, Stage.IN_REVIEW, _("Only a set in review can be returned."))
        _require_not_scheduled(found)
        items = [item for _row, item in items_of(found.members.all()) if item]
        reviewed = [item for item in items if stage_of(item) == Status.IN_REVIEW]
        _raise(_tried(reviewed, lambda item: publishing.return_to_draft(item, by=by, note=note)))
        found.stage = Stage.DRAFT
        _store(found, Act.RETURN, by=by, detail=note)


# Publishing


def publish(publishing_set: PublishingSet, *, by: User | None, seen: str = "") -> None:
    """Make all items public at this moment, or none.

    seen: the state of the set, by `state_of`, that the person was shown. Raises SetError with every item that stands
    in the way: it is not valid, in conflict, refused by the checklist, or not for this person to publish.
    """
    with _locked(publishing_set, Act.PUBLISH, by=by) as found:
        items = _present_items(found)
        if seen and seen != state_of(found):
            raise PublishingError(_("Something has changed since you looked. Look at the set again."))
        _raise(_put_in_place(found, items, by=by))
        found.members.update(is_open=False)
        found.stage, found.done_at = Stage.PUBLISHED, timezone.now()
        _schedule(found, None, by=None)
        count = ngettext("%(count)d item", "%(count)d items", len(items)) % {"count": len(items)}
        _store(found, Act.PUBLISH, by=by, detail=count)


def ripple(publishing_set: PublishingSet, *, by: User | None) -> Ripple:
    """What changes for readers with all values and metrics of the set; raises what publishing it would raise."""
    found = PublishingSet.objects.get(pk=publishing_set.pk)
    items = _present_items(found)
    metrics = {getattr(one, "metric", one) for one in items if isinstance(one, Metric | Observation)}

    def act() -> None:
        with upkeep.unnoticed(), acting_on(found):
            _raise(_put_in_place(found, _present_items(found), by=by))

    return ripple_of(metrics, act)


@contextmanager
def in_place(
    publishing_set: PublishingSet, *, by: User | None = None, is_checked: bool = True
) -> Iterator[list[Refusal]]:
    """Let the database say for a while what it will say when the set is public, and undo it; gives what refuses.

    An item that refuses is left as it is, and the others are in place. Whoever only looks needs no checklist.
    """
    items = [item for _row, item in items_of(publishing_set.members.all()) if item]
    put = _put_in_place if is_checked else _publish_each
    with transaction.atomic(), upkeep.unnoticed(), acting_on(publishing_set):
        try:
            yield put(publishing_set, items, by=by)
        finally:
            transaction.set_rollback(True)


@contextmanager
def others_in_place(item: Model) -> Iterator[None]:
    """Let the database say for a while what the other items of its set will say, for who writes about them."""
    found = set_members.set_of(item) if item.pk else None
    if found is None:
        yield
        return
    others = [other for _row, other in items_of(found.members.all()) if other and other != item]
    with transaction.atomic(), upkeep.unnoticed(), acting_on(found):
        try:
            _publish_each(found, others, by=None)
            yield
        finally:
            transaction.set_rollback(True)


def schedule(publishing_set: PublishingSet, *, by: User, at: datetime, seen: str = "") -> None:
    """Publish the set at a coming moment as a whole; nothing of it is public before, and it cannot change until then.

    Raises what publishing it now would raise: who schedules a set has seen it complete.
    """
    if at <= timezone.now():
        raise PublishingError(_("That moment has passed. Choose a later one, or publish now."))
    with _locked(publishing_set, Act.SCHEDULE, by=by) as found:
        _require_to_wait(_present_items(found))
        if seen and seen != state_of(found):
            raise PublishingError(_("Something has changed since you looked. Look at the set again."))
        with in_place(found, by=by) as refusals:
            _raise(refusals)
        for member, item in items_of(found.members.all()):
            SetMember.objects.filter(pk=member.pk).update(approved=token_of(item))
        _schedule(found, at, by=by)
        _store(found, Act.SCHEDULE, by=by)


def unschedule(publishing_set: PublishingSet, *, by: User) -> None:
    """Call off a publication whose moment has not come, or that was refused at its moment."""
    with _locked(publishing_set, Act.UNSCHEDULE, by=by) as found:
        if not found.publish_at:
            raise PublishingError(_("Nothing is scheduled for it."))
        _schedule(found, None, by=None)
        _store(found, Act.UNSCHEDULE, by=by)


def publish_due() -> Iterator[tuple[Publishable | PublishingSet, str]]:
    """Publish every set, then every next version, whose moment has come; gives each with why it was refused, if it was.

    A refused one keeps its reason and waits for an editor.
    """
    due = PublishingSet.objects.filter(publish_at__lte=timezone.now(), refused="")
    for found in due.order_by("publish_at", "pk").select_related("scheduled_by"):
        try:
            _publish_scheduled(found)
        except (ValidationError, PermissionDenied) as error:
            reason = " ".join(_messages(error))
            PublishingSet.objects.filter(pk=found.pk).update(refused=reason)
            yield found, reason
        else:
            yield found, ""
    yield from publishing.publish_due()


def _publish_scheduled(found: PublishingSet) -> None:
    """As it was when somebody scheduled it, who must still have the right; four eyes are asked again."""
    with transaction.atomic():
        approved = items_of(found.members.all())
        why = _("It has changed since the set was scheduled. Look at it, and schedule the set again.")
        _raise(Refusal(item, why) for row, item in approved if item and token_of(item) != row.approved)
        publish(found, by=found.scheduled_by)


# Questions


def state_of(publishing_set: PublishingSet) -> str:
    """What tells whether items, or what they say, have changed since somebody looked."""
    found = items_of(publishing_set.members.all())
    return "-".join(f"{row.pk}.{token_of(item) if item else ''}" for row, item in found)


def stage_of(item: Publishable) -> str:
    """Where the item stands, or its next version where it has one."""
    copy = working_copies.of(item)
    return copy.stage if copy else item.status


def why_not_in_a_set(item: Publishable) -> str:
    """Why there is nothing of the item to be published with a set; empty where there is."""
    copy = working_copies.of(item)
    if item.is_scheduled or (copy and copy.publish_at):
        return _("It is scheduled by itself. Call off that schedule first.")
    if item.is_public and copy is None:
        return _(
            "Readers see it as it is. Change it first, then its next version can be published with a set."
        )
    return ""


# Steps


@contextmanager
def _locked(publishing_set: PublishingSet, act: Act, *, by: User | None) -> Iterator[PublishingSet]:
    """The set as it is stored, for an act on it and its items in one transaction; others wait until we are done."""
    roles.require(by, act, publishing_set)
    with transaction.atomic(), upkeep.gathered(), acting_on(publishing_set):
        found = PublishingSet.objects.select_for_update().filter(pk=publishing_set.pk).first()
        if found is None:
            raise PublishingError(_("The set was given up meanwhile."))
        if not found.is_open:
            raise PublishingError(_("The set is published already."))
        yield found
    if found.pk:
        publishing_set.refresh_from_db()


def _schedule(found: PublishingSet, at: datetime | None, *, by: User | None) -> None:
    found.publish_at, found.scheduled_by, found.refused = at, by, ""


def _store(found: PublishingSet, act: Act, *, by: User | None, detail: str = "") -> None:
    found.save()
    audit.note(act, found, by=by, detail=detail)


def _note_items(found: PublishingSet, text: str, items: Iterable[object], *, by: User) -> None:
    audit.note(Act.CHANGE, found, by=by, detail=text % {"items": "; ".join(map(str, items))})


def _present_items(found: PublishingSet) -> list[Publishable]:
    """The items, in the order in which they are published; raises where there are none, or one was deleted."""
    rows = items_of(found.members.all())
    if not rows:
        raise PublishingError(_("The set is empty. Add what belongs together first."))
    if any(item is None for _row, item in rows):
        raise PublishingError(_("An item of the set was deleted. Take it out of the set first."))
    return [item for _row, item in rows]


def _put_in_place(found: PublishingSet, items: list[Publishable], *, by: User | None) -> list[Refusal]:
    """Publish the items one after the other, and ask the checklist when all are there; answers with what refuses."""
    refusals = _publish_each(found, items, by=by)
    refused = [refusal.item for refusal in refusals]
    return refusals + _tried([item for item in items if item not in refused], _look_over)


def _publish_each(found: PublishingSet, items: list[Publishable], *, by: User | None) -> list[Refusal]:
    moment, note = timezone.now(), _("published with the set “%(set)s”") % {"set": found}
    return _tried(items, lambda item: publishing.publish(item, by=by, at=moment, note=note))


def _look_over(item: Publishable) -> None:
    """By its stored state: what the item in memory knows of others is from before they were published."""
    checklist.require(type(item)._base_manager.get(pk=item.pk))


def _tried(items: Iterable[Publishable], act: Callable[[Publishable], object]) -> list[Refusal]:
    """Do it to each item; answers with those that refuse, of which nothing is done."""
    refusals = []
    for item in items:
        try:
            with transaction.atomic():
                act(item)
        except ChecklistError as error:
            refusals.append(Refusal(item, " ".join(error.messages), tuple(error.findings)))
        except (ValidationError, PermissionDenied) as error:
            refusals.append(Refusal(item, " ".join(_messages(error, item))))
    return refusals


def _messages(error: Exception, item: Publishable | None = None) -> list[str]:
    """What an error says; where it is about fields of an item, with their names."""
    if item is None or not hasattr(error, "error_dict"):
        return getattr(error, "messages", None) or [str(error)]
    names = {field.name: str(field.verbose_name) for field in item._meta.concrete_fields}
    return [
        f"{names[name]}: {text}" if name in names else text
        for name, texts in error.message_dict.items()
        for text in texts
    ]


def _raise(refusals: Iterable[Refusal]) -> None:
    if refusals := list(refusals):
        raise SetError(refusals)


def _add(found: PublishingSet, item: Publishable) -> None:
    kind = item._meta.model_name
    if found.members.filter(kind=kind, item_id=item.pk).exists():
        return
    if why := why_not_in_a_set(item):
        raise PublishingError(why)
    other = set_members.set_of(item)
    member = SetMember(publishing_set=found, kind=kind, item_id=item.pk)
    try:
        if other is None:
            with transaction.atomic():
                member.save(force_insert=True)
            return
    except IntegrityError:  # somebody else was quicker
        other = set_members.set_of(item)
    raise PublishingError(_("It is in the set “%(set)s” already. Take it out there first.") % {"set": other})


def _require(found: PublishingSet, stage: Stage, message: str) -> None:
    if found.stage != stage:
        raise PublishingError(message)


def _require_to_wait(items: Iterable[Publishable]) -> None:
    """None of them has been published, or scheduled, by itself since it was put into the set."""
    refusals = (Refusal(item, why_not_in_a_set(item)) for item in items)
    _raise(refusal for refusal in refusals if refusal.why)


def _require_open_to_change(found: PublishingSet) -> None:
    _require(
        found, Stage.DRAFT, _("The set is in review. Return it to draft before you change what is in it.")
    )
    _require_not_scheduled(found)


def _require_not_scheduled(found: PublishingSet) -> None:
    if found.publish_at:
        raise PublishingError(_("The set is scheduled. Call off its schedule first."))
