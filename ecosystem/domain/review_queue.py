"""Everything that waits for a reviewer, of all kinds: new items, and next versions of what readers see."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ecosystem.domain import comments, drafts, four_eyes, roles, working_copies
from ecosystem.domain.publishables import KINDS, Label, label_of, with_names
from ecosystem.models import Act, Comment, Status, User, WorkingCopy
from ecosystem.models.publishing import Publishable


class Choice(StrEnum):
    """What of the queue somebody asks for."""

    ALL = "all"
    TO_PUBLISH = "to-publish"
    MINE = "mine"
    MENTIONS = "mentions"


LABELS = {
    Choice.ALL: _("Everything"),
    Choice.TO_PUBLISH: _("I may publish it"),
    Choice.MINE: _("I wrote it"),
    Choice.MENTIONS: _("Mentions me"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One draft in review. is_next: of something that readers see already; comments: how many are open."""

    item: Publishable
    title: str
    is_next: bool
    submitted_at: datetime
    submitted_by: str
    comments: int
    choices: frozenset[Choice]

    @property
    def kind(self) -> str:
        return str(capfirst(self.item._meta.verbose_name))


def entries(user: User) -> list[Entry]:
    """What waits among all that the person may see, the oldest first; a constant number of queries."""
    copies = {(one.kind, one.item_id): one for one in _copies().select_related("latest")}
    items = [
        item for model in KINDS.values() if roles.may(user, Act.COMMENT, model) for item in _in_review(model)
    ]
    makings = drafts.makings_of(items, copies)
    counts, mentioned = _open_comments(), _mentions(user)
    found = []
    for item in items:
        label, copy = label_of(item), copies.get(label_of(item))
        making = makings[label]
        chosen = {Choice.ALL}
        if _may_publish(user, item, making):
            chosen.add(Choice.TO_PUBLISH)
        if user.pk in making.writers:
            chosen.add(Choice.MINE)
        if label in mentioned:
            chosen.add(Choice.MENTIONS)
        found.append(
            Entry(
                item=item,
                title=working_copies.title_of(copy) if copy else str(item),
                is_next=copy is not None,
                submitted_at=making.submitted.at if making.submitted else (copy or item).updated_at,
                submitted_by=making.submitted.actor_name if making.submitted else "",
                comments=counts.get(label, 0),
                choices=frozenset(chosen),
            )
        )
    return sorted(found, key=lambda one: (one.submitted_at, one.item.pk))


def count(user: User) -> int:
    """How many drafts in review the person may see."""
    seen = [model for model in KINDS.values() if roles.may(user, Act.COMMENT, model)]
    return sum(_in_review(model).count() for model in seen)


def _copies() -> QuerySet:
    return WorkingCopy.objects.filter(stage=WorkingCopy.Stage.IN_REVIEW)


def _in_review(model: type[Publishable]) -> QuerySet:
    next_versions = _copies().filter(kind=model._meta.model_name).values("item_id")
    return with_names(model.objects.filter(Q(status=Status.IN_REVIEW) | Q(pk__in=next_versions)))


def _may_publish(user: User, item: Publishable, making: drafts.Making) -> bool:
    return roles.may(user, Act.PUBLISH, item) and not four_eyes.holds_up(making.hands, by=user)


def _open_comments() -> dict[Label, int]:
    found = Comment.objects.filter(answers=None, resolved_at=None).order_by()
    counted = found.values("kind", "item_id").annotate(count=Count("pk"))
    return {(one["kind"], one["item_id"]): one["count"] for one in counted}


def _mentions(user: User) -> set[Label]:
    found = Comment.objects.filter(comments.OPEN, mentioned=user).order_by()
    return set(found.values_list("kind", "item_id"))
