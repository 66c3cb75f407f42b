"""Who else has a form open: said by browsers every 20 seconds, and forgotten soon."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Model, QuerySet
from django.utils import timezone

from ecosystem.domain import revisions
from ecosystem.models import OpenForm, User

# Browsers wake hidden pages once a minute only, so two of their pings may be more than a minute apart.
SEEN_FOR = timedelta(seconds=90)
# A ping within this time of the one before writes nothing; browsers send one every 20 seconds.
UNWRITTEN_FOR = timedelta(seconds=19)
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody else who has the form open, since when, and when they last saved the item, if they have."""

    name: str
    since: datetime
    saved_at: datetime | None


def see(item: Model, *, user: User) -> None:
    """Note that the person has the form of the item open."""
    now = timezone.now()
    mine = _of(item).filter(user=user)
    seen_at = mine.values_list("seen_at", flat=True).first()
    if seen_at is None:
        OpenForm.objects.filter(seen_at__lt=now - FORGOTTEN_AFTER).delete()
        key = {"kind": item._meta.model_name, "item_id": item.pk, "user": user}
        OpenForm.objects.get_or_create(**key, defaults={"opened_at": now, "seen_at": now})
    elif seen_at < now - SEEN_FOR:  # it was closed in between
        mine.update(opened_at=now, seen_at=now)
    elif seen_at < now - UNWRITTEN_FOR:
        mine.update(seen_at=now)


def leave(item: Model, *, user: User) -> None:
    """Note that the person has closed the form of the item."""
    _of(item).filter(user=user).delete()


def others(item: Model, *, user: User) -> list[Presence]:
    """Who else has the form of the item open, by the time since when."""
    seen = _of(item).filter(seen_at__gt=timezone.now() - SEEN_FOR).exclude(user=user)
    found = list(seen.select_related("user").order_by("opened_at", "pk"))
    saved = _last_saved(item, [one.user for one in found])
    return [Presence(_name(one.user), one.opened_at, saved.get(one.user_id)) for one in found]


def _of(item: Model) -> QuerySet[OpenForm]:
    return OpenForm.objects.filter(kind=item._meta.model_name, item_id=item.pk)


def _last_saved(item: Model, people: list[User]) -> dict[int, datetime]:
    if not people or type(item) not in revisions.PARTS:
        return {}
    by_person = revisions.of(item).filter(author__in=people).order_by().values("author")
    return dict(by_person.annotate(at=Max("created_at")).values_list("author", "at"))


def _name(user: User) -> str:
    return user.get_full_name() or user.get_username()
