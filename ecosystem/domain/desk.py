"""What an editor starts the day with: what waits for them, what they have begun, and what changed for readers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ecosystem.domain import four_eyes, revisions, roles
from ecosystem.domain.across_kinds import arm, last_act, last_actor, together
from ecosystem.models import Act, AuditEntry, Observation, Status, User, WorkingCopy
from ecosystem.models.audit import STEPS
from ecosystem.models.publishing import Publishable

DAYS = 7
MINE, DRAFTS, REVIEW, SCHEDULED, CORRECTIONS, CHANGES = (
    "mine",
    "drafts",
    "review",
    "scheduled",
    "corrections",
    "changes",
)
WRITING = (Act.ADD, Act.CHANGE)
SEEN_BY_READERS = (Act.PUBLISH, Act.REPUBLISH, Act.WITHDRAW, Act.CORRECT, Act.DECIDE)
HANDS = tuple(act for act in Act if act != Act.REVIEW)


@dataclass(frozen=True)
class Section:
    """A part of the desk; `rows` are (what, pk, moment) of items, drafts of next versions and acts."""

    name: str
    label: str
    rows: QuerySet
    nothing: str = ""  # what it says when it has nothing; a section without that is left out then
    help: str = ""

    @cached_property
    def count(self) -> int:
        return self.rows.count()


def sections(user: User) -> list[Section]:
    """The parts of the desk that concern this person, in the order in which they are shown."""
    mine, drafts, review, scheduled, changes = map(
        together,
        (_waiting_for(user), _drafts_of(user), _in_review(user), _scheduled(user), _changes(user)),
    )
    found = [
        Section(MINE, _("Waits for me"), mine.order_by("-moment", "what", "pk"), _("Nothing waits for you.")),
        Section(
            DRAFTS, _("My drafts"), drafts.order_by("-moment", "what", "pk"), _("You have no drafts open.")
        ),
        Section(REVIEW, _("In review, with somebody else"), review.order_by("-moment", "what", "pk")),
        Section(
            SCHEDULED,
            _("Scheduled"),
            scheduled.order_by("moment", "what", "pk"),
            help=_("In Shanghai’s time."),
        ),
        Section(CHANGES, _("Changed this week"), changes.order_by("-moment", "what", "pk")),
    ]
    if roles.may(user, Act.REVIEW, Observation):
        rows = together([arm(four_eyes.corrections_unseen(), "recorded_at")])
        unseen = Section(CORRECTIONS, _("Corrections to look at"), rows.order_by("-moment", "what", "pk"))
        found.insert(1, unseen)
    return found


def _kinds() -> Iterator[type[Publishable]]:
    return (model for model in revisions.PARTS if issubclass(model, Publishable))


def _copies(user: User) -> QuerySet:
    """The drafts of next versions of what this person may publish."""
    kinds = [model._meta.model_name for model in _kinds() if roles.may(user, Act.PUBLISH, model)]
    return WorkingCopy.objects.filter(kind__in=kinds)


def _waiting_for(user: User) -> Iterator[QuerySet]:
    """In review, where this person may publish it; returned to this person; and what was refused at its moment."""
    for model in _kinds():
        if roles.may(user, Act.PUBLISH, model):
            yield arm(_of_others(_items(model, Status.IN_REVIEW), user), "updated_at")
        yield arm(_returned(_items(model, Status.DRAFT), user), "updated_at")
    copies = _with_steps(_copies(user))
    refused = ~Q(refused="")
    yield arm(_of_others(copies.filter(stage=Status.IN_REVIEW, publish_at=None), user), "updated_at")
    yield arm(_returned(copies.filter(stage=Status.DRAFT, publish_at=None), user), "updated_at")
    yield arm(copies.filter(refused, publish_at__isnull=False), "updated_at")


def _drafts_of(user: User) -> Iterator[QuerySet]:
    """Drafts that this person has begun or changed last, without those that were returned, which wait for them."""
    for model in _kinds():
        kind = model._meta.model_name
        by_user = AuditEntry.objects.filter(kind=kind, actor_key=user.pk)
        written = by_user.filter(act__in=WRITING).values("number")
        began = Exists(by_user.filter(act=Act.ADD, number=OuterRef("pk")))
        drafts = _items(model, Status.DRAFT).filter(pk__in=written)
        own = drafts.annotate(writer=last_actor(kind, "pk", WRITING)).filter(Q(writer=user.pk) | began)
        yield arm(own.exclude(_is_returned(user)), "updated_at")
    copies = _with_steps(_copies(user)).filter(stage=Status.DRAFT, publish_at=None, latest__author=user)
    yield arm(copies.exclude(_is_returned(user)), "updated_at")


def _in_review(user: User) -> Iterator[QuerySet]:
    """What others have to publish: all that four eyes keep from an editor, and what an author has submitted."""
    for model in _kinds():
        reviewed = _items(model, Status.IN_REVIEW)
        if not roles.may(user, Act.PUBLISH, model):
            yield arm(reviewed.filter(submitter=user.pk), "updated_at")
        elif settings.FOUR_EYES:
            yield arm(reviewed.filter(_is_by(user)), "updated_at")
    copies = _with_steps(_copies(user)).filter(stage=Status.IN_REVIEW, publish_at=None)
    yield arm(copies.filter(_is_by(user)) if settings.FOUR_EYES else copies.none(), "updated_at")


def _scheduled(user: User) -> Iterator[QuerySet]:
    for model in _kinds():
        coming = model.objects.scheduled()
        if not roles.may(user, Act.PUBLISH, model):
            kind = model._meta.model_name
            by_user = AuditEntry.objects.filter(kind=kind, actor_key=user.pk, act__in=(Act.ADD, Act.SUBMIT))
            coming = coming.filter(pk__in=by_user.values("number"))
        yield arm(coming, "published_at")
    yield arm(_copies(user).filter(publish_at__isnull=False, refused=""), "publish_at")


def _changes(user: User) -> Iterator[QuerySet]:
    """Acts that readers saw the outcome of, and what the clock made public."""
    since = timezone.now() - timedelta(days=DAYS)
    kinds = [model for model in _kinds() if may_view(user, model)]
    names = [model._meta.model_name for model in kinds]
    yield arm(AuditEntry.objects.filter(at__gte=since, act__in=SEEN_BY_READERS, kind__in=names), "at")
    for model in kinds:
        kind = model._meta.model_name
        planned = AuditEntry.objects.filter(kind=kind, act=Act.SCHEDULE).values("number")
        come = model.objects.published().filter(published_at__gte=since, pk__in=planned)
        dated = come.annotate(step=last_act(kind, "pk", STEPS, until="published_at"))
        yield arm(dated.filter(~_was_published_by_hand(kind), step=Act.SCHEDULE), "published_at")


def _was_published_by_hand(kind: str) -> Exists:
    """Whether somebody did it at that moment, before what was scheduled; that act is listed by itself."""
    by_hand = AuditEntry.objects.filter(kind=kind, number=OuterRef("pk"), act=Act.PUBLISH)
    soon = OuterRef("published_at") + timedelta(minutes=1)
    return Exists(by_hand.filter(at__gte=OuterRef("published_at"), at__lt=soon))


def may_view(user: User, model: type) -> bool:
    """As Django's admin asks before it shows records of a kind."""
    rights = (f"{model._meta.app_label}.{act}_{model._meta.model_name}" for act in ("view", "change"))
    return any(map(user.has_perm, rights))


def _items(model: type[Publishable], status: Status) -> QuerySet:
    kind = model._meta.model_name
    return _annotated(model.objects.filter(status=status), kind, "pk")


def _with_steps(copies: QuerySet) -> QuerySet:
    return _annotated(copies, OuterRef("kind"), "item_id")


def _annotated(records: QuerySet, kind: object, number: str) -> QuerySet:
    return records.annotate(
        step=last_act(kind, number, STEPS),
        submitter=last_actor(kind, number, (Act.SUBMIT,)),
        hand=last_actor(kind, number, HANDS),
    )


def _is_by(user: User) -> Q:
    """As four eyes ask: submitted by this person, or touched last."""
    return Q(submitter=user.pk) | Q(hand=user.pk)


def _of_others(records: QuerySet, user: User) -> QuerySet:
    return records.exclude(_is_by(user)) if settings.FOUR_EYES else records


def _is_returned(user: User) -> Q:
    return Q(step=Act.RETURN, submitter=user.pk)


def _returned(records: QuerySet, user: User) -> QuerySet:
    return records.filter(_is_returned(user))
