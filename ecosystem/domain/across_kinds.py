"""Records of several kinds in one list: which they are, and in what order, is one question to the database."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.db.models import CharField, Expression, F, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from ecosystem.models import Act, AuditEntry, User

Label = tuple[str, int]
# What their names, and what is said of them, are made of.
_RELATED = {"observation": ("metric__unit",), "workingcopy": ("latest",)}
_FURTHER = {"observation": ("supersedes__metric__unit",)}


def arm(records: QuerySet, moment: str | Expression) -> QuerySet:
    """The part of a list that is of one kind: (what, pk, moment), where `what` is the name of the model."""
    when = F(moment) if isinstance(moment, str) else moment
    what = Value(records.model._meta.model_name, output_field=CharField())
    rows = records.order_by().annotate(what=what, moment=when)
    return rows.values_list("what", "pk", "moment")


def together(arms: Iterable[QuerySet]) -> QuerySet:
    """One list of them all, to be ordered, counted and cut."""
    none = arm(User.objects.none(), "date_joined")
    found = list(arms) or [none]
    return found[0].union(*found[1:], all=True)


def loaded(labels: Iterable[Label]) -> dict[Label, Model]:
    """The records themselves: one query for each kind, and one for each relation that their names need."""
    keys: dict[str, set[int]] = defaultdict(set)
    for what, pk in labels:
        keys[what].add(pk)
    return {
        (what, pk): record
        for what, found in keys.items()
        for pk, record in _records(what).in_bulk(found).items()
    }


def _records(what: str) -> QuerySet:
    records = apps.get_model("ecosystem", what)._base_manager.all()
    related, further = _RELATED.get(what, ()), _FURTHER.get(what, ())
    return records.select_related(*related).prefetch_related(*further) if related else records


def last_actor(kind: object, number: str, acts: Iterable[Act]) -> Coalesce:
    """Who did one of these acts last on the item, by the key of the person; 0 where nobody did."""
    return Coalesce(Subquery(_entries(kind, number, acts).values("actor_key")[:1]), Value(0))


def last_act(kind: object, number: str, acts: Iterable[Act], *, until: str = "") -> Coalesce:
    """Which of these acts was done last on the item, or last before the moment in a column; empty where none was."""
    entries = _entries(kind, number, acts)
    entries = entries.filter(at__lt=OuterRef(until)) if until else entries
    return Coalesce(Subquery(entries.values("act")[:1]), Value(""))


def _entries(kind: object, number: str, acts: Iterable[Act]) -> QuerySet:
    """`kind` is a name, or a reference to a column with one; `number` the column with the item's key."""
    return AuditEntry.objects.filter(kind=kind, number=OuterRef(number), act__in=list(acts))
