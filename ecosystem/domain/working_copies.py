"""The draft of the next version of what readers see: kept apart from it, and put in place when it is published."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ecosystem.domain import audit, figure_records, promises, revisions, source_checks
from ecosystem.domain.index import upkeep
from ecosystem.domain.restoring import UNWRITTEN, write_state
from ecosystem.models import (
    PAGE_KINDS,
    Act,
    ChangeNote,
    Comment,
    Correction,
    Metric,
    Observation,
    Revision,
    Source,
    User,
    WorkingCopy,
)
from ecosystem.models.publishing import Publishable
from ecosystem.values.states import Conflict, State, content, key_of, merged, numbered

_ANNOUNCEMENTS = {Correction._meta.label_lower, ChangeNote._meta.label_lower}


class ConflictError(ValidationError):
    """Two changes of the same thing, about which somebody must decide first."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__(
            _("Readers see something else by now than this draft began from. Decide about it first.")
        )
        self.conflicts = conflicts


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a change: the revision that holds it, or the conflicts for which it was not kept."""

    revision: Revision
    conflicts: tuple[Conflict, ...] = ()
    is_changed: bool = True


def has_copies(model: type[Model]) -> bool:
    """Whether items of a kind are edited in a draft of their next version once readers see them.

    A value is not: it is never edited, but superseded by another one.
    """
    return model in revisions.PARTS and issubclass(model, Publishable) and model is not Observation


def is_apart(item: Model) -> bool:
    """Whether a change of the item goes to a draft that readers do not see."""
    return has_copies(type(item)) and (item.is_public or of(item) is not None)


def of(item: Model) -> WorkingCopy | None:
    """The draft of the item's next version."""
    found = WorkingCopy.objects.filter(kind=item._meta.model_name, item_id=item.pk)
    return found.select_related("base", "latest").first() if has_copies(type(item)) else None


def item_of(copy: WorkingCopy) -> Publishable:
    """The item that it is the next version of."""
    return apps.get_model("ecosystem", copy.kind)._base_manager.get(pk=copy.item_id)


def title_of(copy: WorkingCopy) -> str:
    """What the next version calls itself."""
    fields = copy.latest.data[0]["fields"]
    return fields.get("title") or fields.get("name") or copy.latest.key


def shown(item: Model) -> Revision:
    """What somebody who edits the item is to see: its next version where there is one, else what it says."""
    copy = of(item)
    return copy.latest if copy else revisions.present(item, _stored(item))


@contextmanager
def in_place(item: Model, state: State | None = None) -> Iterator[tuple[Model, list[str]]]:
    """Let the item say for a while what a state says (its next version), and undo that and all that happens inside.

    Gives the item as it then is, and what could not be written because it is gone. The index notices nothing of it.
    """
    if state is None:
        state = shown(item).data
    with transaction.atomic(), upkeep.unnoticed():
        other = type(item)._base_manager.get(pk=item.pk)
        try:
            yield other, write_state(other, state)
        finally:
            transaction.set_rollback(True)


def as_next(item: Model, changed: State, seen: State) -> State:
    """A state that was read while the next version was in place, with keys of their own for rows that are new."""
    known = {key_of(row) for state in (_stored(item), seen) for row in state}
    return numbered(changed, known, [seen, shown(item).data])


def keep(
    item: Model,
    seen: State,
    mine: State,
    *,
    by: User,
    note: str = "",
    decided: Mapping[str, str] | None = None,
) -> Kept:
    """Add what somebody changed of the state that they saw to what others have changed since.

    It goes to the next version of an item that readers see, and to the item itself where they do not. Where both
    changed the same thing, nothing is stored but a revision of what they did, until it is decided.
    """
    with transaction.atomic():
        copy = _locked(item)
        theirs = copy.latest if copy else revisions.present(item, _stored(item))
        state, conflicts = merged(seen, mine, theirs.data, decided, UNWRITTEN)
        if conflicts:
            aside = revisions.record_draft(
                item, mine, by=by, note=_("not merged: somebody else changed the same")
            )
            return Kept(aside, tuple(conflicts))
        if content(state, UNWRITTEN) == content(theirs.data, UNWRITTEN):
            return Kept(theirs, is_changed=False)
        if not is_apart(item):
            return Kept(_overwritten(item, state, by, note))
        revision = revisions.record_draft(item, state, by=by, note=note)
        if copy is None:
            kind = item._meta.model_name
            WorkingCopy.objects.create(kind=kind, item_id=item.pk, base=theirs, latest=revision)
        else:
            copy.latest, copy.refused = revision, ""
            if settings.FOUR_EYES:  # another person has to see the change too
                copy.stage, copy.publish_at, copy.scheduled_by = WorkingCopy.Stage.DRAFT, None, None
            copy.save()
        return Kept(revision)


def _overwritten(item: Model, state: State, by: User, note: str) -> Revision:
    """The revision of an item that readers do not see, after it says what the state says."""
    with upkeep.gathered():
        item.refresh_from_db()
        if lost := write_state(item, state, checked=True):
            raise ValidationError(lost)
        if item._meta.model_name in PAGE_KINDS:
            figure_records.record_references(item)
        return revisions.record(item, by=by, note=note)


def take_up(item: Model, revision: Revision, *, by: User) -> Kept:
    """Let the next version say what a stored state says, or the item itself where readers do not see it.

    Corrections and change notes stay: what was announced to readers is not taken back by rolling back.
    """
    with transaction.atomic():
        now = shown(item).data
        old = as_next(item, [row for row in revision.data if row["model"] not in _ANNOUNCEMENTS], now)
        announced = [row for row in now if row["model"] in _ANNOUNCEMENTS]
        moment = date_format(timezone.localtime(revision.created_at), "j F Y, H:i")
        return keep(
            item, now, [*old, *announced], by=by, note=_("as it was on %(moment)s") % {"moment": moment}
        )


def restore(revision: Revision, *, by: User) -> Model:
    """Store a deleted item again as a draft that says what a stored state says, with what was said about it.

    Raises ValidationError where that is not possible any more, such as when another item has its address.
    """
    model = apps.get_model("ecosystem", revision.kind)
    item = model()
    with transaction.atomic(), upkeep.gathered():
        if lost := write_state(item, [{**row, "pk": -1} for row in revision.data], checked=True):
            raise ValidationError(lost)
        if revision.kind in PAGE_KINDS:
            figure_records.record_references(item)
        _take_over_comments(revision, item)
        revisions.record(item, by=by, note=_("restored"))
        audit.note(Act.ADD, item, by=by, detail=_("restored"))
    return item


def _take_over_comments(revision: Revision, item: Model) -> None:
    """The item has another number than before; comments name it by its number."""
    old = revision.data[0]["pk"]
    if not type(item)._base_manager.filter(pk=old).exists():
        Comment.objects.filter(kind=revision.kind, item_id=old).update(item_id=item.pk)


def next_state(item: Model) -> tuple[State, list[Conflict]]:
    """What publishing the next version would make of what readers see now, and what must be decided first."""
    copy = of(item)
    return merged(copy.base.data, copy.latest.data, _stored(item), None, UNWRITTEN)


def decide(item: Publishable, decided: Mapping[str, str], *, by: User) -> Kept:
    """Take into the next version what readers see by now, with what was decided where both say something else."""
    with transaction.atomic():
        copy = _locked(item)
        live = revisions.present(item, _stored(item))
        state, conflicts = merged(copy.base.data, copy.latest.data, live.data, decided, UNWRITTEN)
        if conflicts:
            return Kept(copy.latest, tuple(conflicts))
        copy.base = live
        copy.latest = revisions.record_draft(item, state, by=by, note=_("brought up to date"))
        copy.save()
        return Kept(copy.latest)


def put_in_place(item: Publishable) -> None:
    """Let the item say what its next version says, for good; there is none afterwards.

    Raises ConflictError, or ValidationError for content that is not valid any more; then nothing has changed.
    """
    with transaction.atomic(), upkeep.gathered():
        copy = _locked(item)
        state, conflicts = next_state(item)
        if conflicts:
            raise ConflictError(conflicts)
        item.refresh_from_db()
        before = promises.promise_of(item) if isinstance(item, Metric) else None
        address = item.url if isinstance(item, Source) else ""
        if lost := write_state(item, state, checked=True):
            raise ValidationError([*lost, _("Open the draft, choose something else there, and save it.")])
        if isinstance(item, Metric):
            promises.announce_moved(item, before)
        if isinstance(item, Source) and item.url != address:
            source_checks.forget(item)
        if item._meta.model_name in PAGE_KINDS:
            figure_records.record_references(item)
        copy.delete()


def discard(item: Publishable) -> None:
    """Give up the next version; its states stay among the revisions."""
    WorkingCopy.objects.filter(kind=item._meta.model_name, item_id=item.pk).delete()


def locked(item: Model) -> Model:
    """The item as it is stored; whoever else would change it waits until this transaction is done."""
    return type(item)._base_manager.select_for_update().get(pk=item.pk)


def _locked(item: Model) -> WorkingCopy | None:
    """The draft of the item's next version; others who would change it, or begin one, wait until we are done."""
    locked(item)
    found = WorkingCopy.objects.filter(kind=item._meta.model_name, item_id=item.pk)
    return found.select_related("base", "latest").select_for_update(of=("self",)).first()


def _stored(item: Model) -> State:
    """What the item says in the database; what the caller holds of it may be older."""
    return revisions.snapshot(type(item)._base_manager.get(pk=item.pk))
