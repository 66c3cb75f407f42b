"""Who has made the present draft of an item, and who handed it to the reviewers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from ecosystem.domain import revisions
from ecosystem.domain.publishables import Label, label_of
from ecosystem.models import Act, AuditEntry, Revision, User, WorkingCopy
from ecosystem.models.publishing import Publishable

# Each of these leaves one stored state in the name of whoever does it, and no word of it is theirs.
VERBS = (
    Act.SUBMIT,
    Act.RETURN,
    Act.PUBLISH,
    Act.SCHEDULE,
    Act.UNSCHEDULE,
    Act.WITHDRAW,
    Act.REPUBLISH,
)


@dataclass(frozen=True, slots=True)
class Making:
    """The people behind a draft, by their keys. last_hand: whose is its newest stored state."""

    writers: frozenset[int] = frozenset()
    submitted: AuditEntry | None = None
    last_hand: int | None = None

    @property
    def hands(self) -> set[int | None]:
        """Those who may not publish it alone where four eyes are asked for."""
        return {self.submitted and self.submitted.actor_key, self.last_hand}


def making_of(item: Publishable, copy: WorkingCopy | None) -> Making:
    label = label_of(item)
    return makings_of([item], {label: copy} if copy else {})[label]


def makings_of(items: Iterable[Publishable], copies: Mapping[Label, WorkingCopy]) -> dict[Label, Making]:
    """How the draft of each of these items came to be: two queries, however many they are."""
    items = list(items)
    states, acts = _states(items), _acts(items)
    return {
        label_of(item): _making(
            item,
            copies.get(label_of(item)),
            states[item._meta.model_name, revisions.key_of(item)],
            acts[label_of(item)],
        )
        for item in items
    }


def people(keys: Iterable[int]) -> QuerySet:
    return User.objects.filter(pk__in=keys).order_by("username")


def _making(
    item: Publishable, copy: WorkingCopy | None, states: list[Revision], acts: list[AuditEntry]
) -> Making:
    """A state of which somebody has more than verbs of theirs explain was written by them."""
    began = _beginning(item, copy, states)
    written = Counter(
        one.author_id
        for one in states
        if one.author_id and one.created_at >= began and (one.of_working_copy or not copy)
    )
    explained = Counter(one.actor_key for one in acts if one.at >= began and one.act in VERBS)
    submitted = [one for one in acts if one.act == Act.SUBMIT]
    return Making(
        writers=frozenset(key for key, count in written.items() if count > explained[key]),
        submitted=submitted[0] if submitted else None,
        last_hand=states[0].author_id if states else None,
    )


def _beginning(item: Publishable, copy: WorkingCopy | None, states: list[Revision]) -> datetime:
    """Since when this draft is written: its first state is stored just before the record of it."""
    if copy:
        first = (
            one.created_at for one in states if one.of_working_copy and one.created_at <= copy.created_at
        )
        return next(first, copy.created_at)
    return item.withdrawn_at or datetime.min.replace(tzinfo=item.created_at.tzinfo)


def _states(items: list[Publishable]) -> dict[tuple[str, str], list[Revision]]:
    keys: dict[str, list[str]] = defaultdict(list)
    for item in items:
        keys[item._meta.model_name].append(revisions.key_of(item))
    found: dict[tuple[str, str], list[Revision]] = defaultdict(list)
    for one in Revision.objects.filter(_any(kind_and_keys(keys, "key"))).defer("data", "note"):
        found[one.kind, one.key].append(one)
    return found


def _acts(items: list[Publishable]) -> dict[Label, list[AuditEntry]]:
    numbers: dict[str, list[int]] = defaultdict(list)
    for item in items:
        numbers[item._meta.model_name].append(item.pk)
    found: dict[Label, list[AuditEntry]] = defaultdict(list)
    for one in AuditEntry.objects.filter(_any(kind_and_keys(numbers, "number")), act__in=VERBS):
        found[one.kind, one.number].append(one)
    return found


def kind_and_keys(keys: Mapping[str, list], name: str) -> list[Q]:
    return [Q(**{"kind": kind, f"{name}__in": some}) for kind, some in keys.items()]


def _any(conditions: list[Q]) -> Q:
    """One of the conditions; of none nothing is found."""
    found = Q(pk__in=[])
    for one in conditions:
        found |= one
    return found
