"""What people have typed and not saved: kept for them alone, until it is saved, discarded or a month old."""

import secrets
from collections.abc import Callable, Collection, Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from ecosystem.models import UnsavedForm, User

State = UnsavedForm.State
Typed = dict[str, list[str]]

KEPT_FOR = timedelta(days=30)
# How long what is over is remembered, for what a browser still had under way.
SETTLED_FOR = timedelta(days=1)
MOST = 50  # kept for a person; the oldest make room


def new_key() -> str:
    """The key of a form that is opened now."""
    return secrets.token_urlsafe(12)


def kept_by(user: User, model: type[Model], item: Model | None) -> QuerySet[UnsavedForm]:
    """What the person typed into forms of the item, or of a new one of the kind, and did not save; newest first."""
    kept = UnsavedForm.objects.filter(user=user, kind=model._meta.model_name, state=State.KEPT)
    return kept.filter(item_id=item.pk if item else None, updated_at__gt=timezone.now() - KEPT_FOR)


def keep(
    model: type[Model],
    item: Model | None,
    *,
    by: User,
    key: str,
    shown: str,
    typed: Typed,
    age: timedelta = timedelta(),
) -> UnsavedForm:
    """Keep what was typed so long ago, unless the form has become something else since or holds newer words.

    Answers with what became of the form: its state says whether it was saved, discarded or emptied meanwhile.
    """
    typed_at = timezone.now() - max(age, timedelta())
    opening = {"kind": model._meta.model_name, "item_id": item.pk if item else None}
    with transaction.atomic():
        form, is_new = UnsavedForm.objects.select_for_update().get_or_create(
            user=by,
            key=key,
            defaults={**opening, "shown": shown, "data": typed, "begun_at": typed_at, "updated_at": typed_at},
        )
        if is_new:
            _make_room(by)
        elif form.state == State.KEPT and form.updated_at < typed_at:
            form.shown, form.data, form.updated_at = shown, typed, typed_at
            form.save(update_fields=["shown", "data", "updated_at"])
    return form


def settle(key: str, *, by: User, model: type[Model], item: Model | None, state: State = State.SAVED) -> None:
    """Let the words go: the form was saved, or what was typed into it is given up."""
    now = timezone.now()
    gone = {"state": state, "data": {}, "updated_at": now}
    opening = {"kind": model._meta.model_name, "item_id": item.pk if item else None, "begun_at": now}
    UnsavedForm.objects.update_or_create(user=by, key=key, defaults=gone, create_defaults={**opening, **gone})


def forget(is_meant: Callable[[str], bool]) -> int:
    """Empty every form in which this is true of a value; what is typed into it from then on is not kept either."""
    kept = UnsavedForm.objects.filter(state=State.KEPT)
    gone = [form.pk for form in kept.iterator() if any(map(is_meant, _words(form.data)))]
    return UnsavedForm.objects.filter(pk__in=gone).update(state=State.EMPTIED, data={})


def only_known(typed: Typed, names: Collection[str], rows: Iterable[str]) -> Typed:
    """What was typed into fields that the form has: `names` of its own, `rows` as prefix and name of its rows."""
    known, known_rows = set(names), set(rows)
    return {
        name: values for name, values in typed.items() if name in known or _without_number(name) in known_rows
    }


def _without_number(name: str) -> str:
    """names-3-text as names-text, which stands for all rows."""
    rest, _, field = name.rpartition("-")
    prefix, _, number = rest.rpartition("-")
    return f"{prefix}-{field}" if number.isdecimal() else name


def _words(data: Typed) -> Iterable[str]:
    return (value for values in data.values() for value in values)


def _make_room(user: User) -> None:
    """What is old goes, of everybody; and of a person with very many forms the oldest."""
    now = timezone.now()
    old = Q(updated_at__lt=now - KEPT_FOR) | (~Q(state=State.KEPT) & Q(updated_at__lt=now - SETTLED_FOR))
    UnsavedForm.objects.filter(old).delete()
    kept = UnsavedForm.objects.filter(user=user, state=State.KEPT)
    surplus = list(kept.values_list("pk", flat=True)[MOST:])
    UnsavedForm.objects.filter(pk__in=surplus).delete()
