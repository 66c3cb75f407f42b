"""The editors' search: records of every kind by any form of their names, public or not, and values of metrics."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from ecosystem.domain import answering, roles, search, suggesting, wording
from ecosystem.domain.across_kinds import arm, loaded, together
from ecosystem.domain.desk import may_view
from ecosystem.models import (
    Act,
    Article,
    Event,
    EventSeries,
    Initiative,
    Metric,
    Observation,
    Organization,
    OrganizationName,
    Person,
    Place,
    Ranking,
    Source,
    Topic,
    Unit,
    User,
)
from ecosystem.values.questions import Question, parse_question

LONGEST = 200
# How many of each kind while somebody types, and on the page of results.
FEW, MANY = 5, 20
NEWEST = 3
# In the order in which they are shown; values come first, users last.
KINDS: tuple[type[Model], ...] = (
    Metric,
    Organization,
    Article,
    Place,
    Initiative,
    Event,
    Person,
    Ranking,
    Source,
    Topic,
    Unit,
    EventSeries,
)
# Small tables of words that have no public state; of these the index knows topics only.
WITHOUT_STATE = (Unit, EventSeries)
NAMES = ("name", "name_zh", "title", "title_zh", "slug")
PEOPLE = ("username__icontains", "first_name__icontains", "last_name__icontains", "email__icontains")


@dataclass(frozen=True, slots=True)
class Found:
    """A record with the names that it is shown by; `note` is another one by which it was found."""

    record: Model
    label: str
    other: str = ""
    note: str = ""
    may_correct: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind, what readers see first."""

    model: type[Model]
    found: list[Found]


def find(words: str, user: User, *, is_typing: bool = False) -> list[Group]:
    """What the words find of each kind that the person may see; while typing, few and by their names alone."""
    words = " ".join(words.split())[:LONGEST]
    if not words:
        return []
    limit = FEW if is_typing else MANY
    kinds = [model for model in KINDS if may_view(user, model)]
    public = _suggested(words, limit) if is_typing else _searched(words, limit)
    hidden = _hidden(words, kinds, limit)
    values = _values(words, user, limit)
    groups = [(model, [*public.get(model, []), *hidden.get(model, [])][:limit]) for model in kinds]
    found = [(Observation, values), *groups, (User, _users(words, user))]
    return [Group(model, records) for model, records in found if records]


def _suggested(words: str, limit: int) -> dict[type[Model], list[Found]]:
    most = (*suggesting.MOST, (Person, 2))
    kinds = {model._meta.model_name: model for model in KINDS}
    found: dict[type[Model], list[Found]] = {}
    suggestions = suggesting.suggest(words, 2 * limit, most)
    records = loaded((one.kind, one.key) for one in suggestions)
    for one in suggestions:
        if record := records.get((one.kind, one.key)):
            row = Found(record, one.label, one.label_zh, one.note)
            found.setdefault(kinds[one.kind], []).append(row)
    return found


def _searched(words: str, limit: int) -> dict[type[Model], list[Found]]:
    return {
        type(group.items[0]): [_found(item) for item in group.items]
        for group in search.search(words, limit).groups
        if group.items
    }


def _found(record: Model) -> Found:
    name = "title" if hasattr(record, "title") else "name"
    return Found(record, str(record), getattr(record, f"{name}_zh", ""))


def _hidden(words: str, kinds: Iterable[type[Model]], limit: int) -> dict[type[Model], list[Found]]:
    """What the index does not know: few enough records for the database to look at the names of all of them."""
    rows = together(one for model in kinds for one in _named(model, words))
    cut = list(rows.order_by("-moment", "what", "pk")[: 2 * limit])
    records = loaded((what, pk) for what, pk, _moment in cut)
    found: dict[type[Model], list[Found]] = {}
    for what, pk, _moment in cut:
        if record := records.get((what, pk)):
            found.setdefault(type(record), []).append(_found(record))
    return found


def _named(model: type[Model], words: str) -> Iterator[QuerySet]:
    """Of what readers do not see: the names of public records are the index's, however many there are."""
    condition = _name_has(model, words)
    if model in WITHOUT_STATE:
        yield arm(model.objects.filter(condition), Now())
    elif model is not Topic:
        yield arm(model.objects.hidden().filter(condition), "updated_at")


def _name_has(model: type[Model], words: str) -> Q:
    """That each of the words stands in one of its names."""
    columns = [field.name for field in model._meta.fields if field.name in NAMES]
    return reduce(and_, (_has(model, columns, word) for word in words.split()))


def _has(model: type[Model], columns: Iterable[str], word: str) -> Q:
    found = reduce(or_, (Q(**{f"{column}__icontains": word}) for column in columns))
    if model is Organization:
        found |= Q(Exists(OrganizationName.objects.filter(organization=OuterRef("pk"), text__icontains=word)))
    return found


def _metrics(question: Question) -> list[Metric]:
    """The metrics that are named: public ones, which the index knows, and then others."""
    subject = question.subject or question.named
    if not subject:
        return []
    others = Metric.objects.hidden().filter(_name_has(Metric, subject))[:NEWEST]
    return [*answering.metrics_named(question), *others]


def _values(words: str, user: User, limit: int) -> list[Found]:
    """The values of the metrics that the words name, of the period that they name, or the newest."""
    if not may_view(user, Observation):
        return []
    question = parse_question(words)
    values = Observation.objects.filter(metric__in=_metrics(question))
    values = values.select_related("metric__unit", "source", "superseded_by")
    ordered = values.order_by(F("superseded_by").asc(nulls_first=True), "-period_end", "-pk")
    asked = list(ordered.filter(period=question.period)[:limit]) if question.period else []
    return [_value(one, user) for one in asked or ordered.filter(superseded_by=None)[:NEWEST]]


def _value(value: Observation, user: User) -> Found:
    label = f"{value.metric}, {wording.period_of(value)}: {wording.amount_of(value)}"
    is_open = value.is_public and not value.superseded_by_id
    may_correct = is_open and roles.may(user, Act.CORRECT, value)
    return Found(value, label, note=str(value.source), may_correct=may_correct)


def _users(words: str, user: User) -> list[Found]:
    """For administrators alone."""
    if not (roles.may(user, Act.ADMINISTER) and may_view(user, User)):
        return []
    conditions = (reduce(or_, (Q(**{name: word}) for name in PEOPLE)) for word in words.split())
    people = User.objects.filter(reduce(and_, conditions)).order_by("username")[:FEW]
    return [Found(one, one.get_username(), note=one.get_full_name()) for one in people]
