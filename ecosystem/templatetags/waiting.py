"""The editors' desk, for the first page of the admin: what waits, what was begun, and what changed."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django import template
from django.apps import apps
from django.db.models import Model, QuerySet
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ecosystem.domain import reports, review_queue, roles
from ecosystem.domain.desk import Section, may_view, sections
from ecosystem.domain.desk_lines import Line, lines_of
from ecosystem.domain.source_checks import lost_sources
from ecosystem.domain.staleness import overdue_metrics
from ecosystem.models import (
    Act,
    Event,
    MissedSearch,
    Observation,
    Organization,
    ReaderReport,
    Source,
    Standing,
    Status,
    User,
)

register = template.Library()

FIRST = 5
Query = dict[str, Any]
CURRENT = {"public": "published", "superseded": "no"}


@register.inclusion_tag("admin/waiting.html", takes_context=True)
def what_waits(context: Context) -> dict[str, Any]:
    """The sections of the desk, each with its first lines, the queues of editors, and missed searches."""
    user = context["request"].user
    is_editor = roles.may(user, Act.DECIDE, Observation)
    may_see_reports = roles.may(user, Act.CHANGE, ReaderReport)
    return {
        "sections": _sections(user),
        "queues": _queues(user) if is_editor else [],
        "is_editor": is_editor,
        "reports": reports.unsettled()[:FIRST] if may_see_reports else [],
        "reported": reports.unsettled().count() if may_see_reports else 0,
        "missed": MissedSearch.objects.all()[:FIRST] if may_view(user, MissedSearch) else [],
    }


@register.filter
def change_url(line: Line) -> str:
    """The form of the item that a line of the desk is about."""
    return reverse(f"admin:ecosystem_{line.kind}_change", args=[line.number])


@register.filter
def kind_of(line: Line) -> str:
    return capfirst(apps.get_model("ecosystem", line.kind)._meta.verbose_name)


def _sections(user: User) -> list[tuple[Section, list[Line]]]:
    """Those that have something, or say that they have nothing."""
    found = [(section, list(section.rows[:FIRST])) for section in sections(user)]
    lines = lines_of(found, user)
    return [(section, lines[section.name]) for section, rows in found if rows or section.nothing]


def _queues(user: User) -> list[dict[str, Any]]:
    """Every queue that is not empty: its name, how many wait, and the list of them."""
    rows = [
        {"name": name, "count": waiting.count(), "url": _list_url(waiting.model, query)}
        for name, waiting, query in (*_evidence(), *_pages())
    ]
    rows.append(_all_reviews(user))
    return [row for row in rows if row["count"]]


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


def _all_reviews(user: User) -> dict[str, Any]:
    """Everything in review, next versions too, with who submitted it and what was said about it."""
    url = reverse("admin:ecosystem_review_queue")
    return {"name": _("In review, of every kind"), "count": review_queue.count(user), "url": url}
