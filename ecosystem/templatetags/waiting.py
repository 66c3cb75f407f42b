"""What waits for editors, as a panel for the first page of the admin."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django import template
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ecosystem.domain import review_queue
from ecosystem.domain.source_checks import lost_sources
from ecosystem.domain.staleness import overdue_metrics
from ecosystem.models import (
    Article,
    Event,
    Initiative,
    Metric,
    MissedSearch,
    Observation,
    Organization,
    Person,
    Place,
    Source,
    Standing,
    Status,
    User,
)

register = template.Library()

REVIEWED = (Article, Organization, Initiative, Place, Event, Person, Metric, Observation, Source)
Query = dict[str, Any]
CURRENT = {"public": "published", "superseded": "no"}


@register.inclusion_tag("admin/waiting.html", takes_context=True)
def what_waits(context: template.Context) -> dict[str, list[dict]]:
    """Every queue that is not empty: its name, how many wait, and the list of them."""
    queues = [*_evidence(), *_pages(), *_reviews()]
    rows = [
        {"name": name, "count": waiting.count(), "url": _list_url(waiting.model, query)}
        for name, waiting, query in queues
    ]
    rows.append(_all_reviews(context["user"]))
    return {"queues": [row for row in rows if row["count"]]}


def _list_url(model: type[Model], query: Query) -> str:
    return reverse(f"admin:ecosystem_{model._meta.model_name}_changelist") + "?" + urlencode(query)


def _evidence() -> Iterator[tuple[str, QuerySet, Query]]:
    """The work on figures: each queue with the same choice made in the list's filters."""
    values = Observation.objects.all()
    shown = values.published().filter(superseded_by=None)
    recalled = values.filter(status=Status.DRAFT, standing=Standing.UNVERIFIED)
    yield (
        _("Recalled values, not compared with their document"),
        recalled,
        {"public": "draft", "standing__exact": "unverified"},
    )
    yield (
        _("Disputed values"),
        shown.filter(standing=Standing.DISPUTED),
        CURRENT | {"standing__exact": "disputed"},
    )
    yield (
        _("Reported values, not yet verified in the primary source"),
        shown.filter(standing=Standing.REPORTED),
        CURRENT | {"standing__exact": "reported"},
    )
    yield _("Metrics whose next value is overdue"), overdue_metrics(), {"overdue": "yes"}
    yield _("Sources that are gone or have changed"), lost_sources(), {"lost": "yes"}
    yield (
        _("Values whose source is gone or has changed"),
        shown.filter(source__in=lost_sources()),
        CURRENT | {"lost": "yes"},
    )
    yield (
        _("Sources that nobody has opened"),
        Source.objects.filter(access=Source.Access.NOT_OPENED),
        {"access__exact": "not_opened"},
    )


def _pages() -> Iterator[tuple[str, QuerySet, Query]]:
    today = timezone.localdate()
    yield (
        _("Planned events whose days have passed"),
        Event.objects.past(today).filter(state=Event.State.PLANNED),
        {"state__exact": "planned", "passed": "yes"},
    )
    yield (
        _("Organizations without any source"),
        Organization.objects.published().filter(citations=None),
        {"public": "published", "citations__isnull": True},
    )
    yield _("Names that readers looked for in vain"), MissedSearch.objects.all(), {}


def _reviews() -> Iterator[tuple[str, QuerySet, Query]]:
    for model in REVIEWED:
        kind = capfirst(model._meta.verbose_name_plural)
        waiting = model.objects.filter(status=Status.IN_REVIEW)
        yield _("%(kind)s in review") % {"kind": kind}, waiting, {"public": "in_review"}


def _all_reviews(user: User) -> dict[str, Any]:
    """Everything in review, next versions too, with who submitted it and what was said about it."""
    url = reverse("admin:ecosystem_review_queue")
    return {"name": _("In review, of every kind"), "count": review_queue.count(user), "url": url}
