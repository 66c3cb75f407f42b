"""Which set an item waits in, and that it goes its own way no longer once that set is in review or scheduled."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from ecosystem.domain import revisions, working_copies
from ecosystem.models import Act, Observation, PublishingSet, SetMember
from ecosystem.models.audit import STEPS
from ecosystem.models.publishing import Publishable

# In this order references hold while one item after the other becomes public: what is referred to comes first.
ORDER = (
    "person",
    "place",
    "source",
    "metric",
    "observation",
    "organization",
    "initiative",
    "event",
    "ranking",
    "article",
)

_acting: ContextVar[int | None] = ContextVar("acting", default=None)


class HeldError(ValidationError):
    """The item waits for an act of its set, which is in review or scheduled."""


@contextmanager
def acting_on(publishing_set: PublishingSet) -> Iterator[None]:
    """Let the verbs inside act on the items of the set, for the set."""
    token = _acting.set(publishing_set.pk)
    try:
        yield
    finally:
        _acting.reset(token)


def set_of(item: Model) -> PublishingSet | None:
    """The set in which the item waits to be published."""
    return PublishingSet.objects.filter(members__in=_waiting(item)).first()


def require_free(item: Publishable, act: Act) -> None:
    """Raise HeldError, naming the set, for an act on one item that is now an act of its set."""
    if act not in STEPS or item.pk is None:
        return
    found = set_of(item)
    if found is None or not found.is_held or found.pk == _acting.get():
        return
    text = _("It is in the set “%(set)s”. Act on the set, or return the set to draft and take it out.")
    if found.publish_at:
        text = _("It is in the set “%(set)s”, which is scheduled. Call off that schedule first.")
    raise HeldError(text % {"set": found})


def token_of(item: Publishable) -> int:
    """What tells whether the item, or its next version, still says what it said; 0 while no state of it is stored."""
    copy = working_copies.of(item)
    newest = revisions.newest(item)
    return max(newest.pk if newest else 0, copy.latest_id if copy else 0)


def items_of(members: Iterable[SetMember]) -> list[tuple[SetMember, Publishable | None]]:
    """The members with their items, in the order in which those are published; None for one that was deleted."""
    ordered = sorted(members, key=lambda one: (ORDER.index(one.kind), one.item_id))
    found = {kind: _of_kind(kind, ordered) for kind in {one.kind for one in ordered}}
    return [(member, found[member.kind].get(member.item_id)) for member in ordered]


def _of_kind(kind: str, members: Iterable[SetMember]) -> dict[int, Publishable]:
    model = apps.get_model("ecosystem", kind)
    rows = model._base_manager.filter(pk__in=[one.item_id for one in members if one.kind == kind])
    if model is Observation:
        rows = rows.select_related("metric", "source")
    return {item.pk: item for item in rows}


def _waiting(item: Model) -> QuerySet:
    return SetMember.objects.filter(kind=item._meta.model_name, item_id=item.pk, is_open=True)
