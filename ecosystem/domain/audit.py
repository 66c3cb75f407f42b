"""Writing the audit log: one entry for each act, in the transaction of the act."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice

from django.db.models import Model

from ecosystem.domain import origins
from ecosystem.models import Act, AuditEntry, User

LONGEST_KEY = AuditEntry._meta.get_field("key").max_length
LONGEST_LABEL = AuditEntry._meta.get_field("label").max_length
AT_ONCE = 500


def note(act: Act, item: Model | None = None, *, by: User | None, detail: str = "") -> AuditEntry:
    """Add an entry; `by` is None for the site itself. To be called in the transaction of the act, which may undo it."""
    origin = origins.present()
    entry = AuditEntry(
        act=act,
        actor_key=by.pk if by else None,
        actor_name=by.get_username() if by else "",
        detail=str(detail),
        address=origin.address,
        request=origin.request,
        **_named(item),
    )
    entry.save()
    return entry


def begun_by(item: Model, user: User) -> bool:
    """Whether this person has added the item; the log cannot be changed, and keys of records are not given twice."""
    added = AuditEntry.objects.filter(act=Act.ADD, kind=item._meta.model_name, number=item.pk)
    return item.pk is not None and added.filter(actor_key=user.pk).exists()


def forget_words(is_meant: Callable[[str], bool]) -> int:
    """Empty the words of every entry in which this is true of a key, a label or particulars; answers of how many."""
    entries = AuditEntry.objects.exclude(key="", label="", detail="").values_list(
        "pk", "key", "label", "detail"
    )
    found = (pk for pk, *words in entries.iterator() if any(map(is_meant, words)))
    return _in_batches(list(found), lambda some: some.empty_words())


def forget_items(items: Iterable[Model]) -> int:
    """Empty the words of every entry about one of these records."""
    found = [
        pk
        for item in items
        for pk in AuditEntry.objects.filter(kind=item._meta.model_name, number=item.pk).values_list(
            "pk", flat=True
        )
    ]
    return _in_batches(found, lambda some: some.empty_words())


def forget_addresses(before: datetime) -> int:
    """Empty the addresses of all entries that are older; answers of how many."""
    return AuditEntry.objects.filter(at__lt=before, address__isnull=False).empty_addresses()


def _named(item: Model | None) -> dict[str, object]:
    if item is None:
        return {}
    key = item.natural_key() if hasattr(item, "natural_key") else ()
    return {
        "kind": item._meta.model_name,
        "number": item.pk,
        "key": " ".join(map(str, key))[:LONGEST_KEY],
        "label": str(item)[:LONGEST_LABEL],
    }


def _in_batches(keys: list[int], empty: Callable[[object], int]) -> int:
    """Few at a time: databases bound how many keys a statement names."""
    rows = iter(keys)
    count = 0
    while some := list(islice(rows, AT_ONCE)):
        count += empty(AuditEntry.objects.filter(pk__in=some))
    return count
