"""What editors should look at among the values, the most used first."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ecosystem.models import Observation, Source, Standing, Status

# What can still be decided: superseded and withdrawn values cannot.
OPEN = Q(superseded_by=None) & ~Q(status=Status.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of work, and the values that wait for it."""

    name: str
    label: str
    advice: str
    values: Callable[[], QuerySet]


def _open() -> QuerySet:
    """Values to decide about; `uses` counts the sentences that show their metric."""
    return (
        Observation.objects.filter(OPEN)
        .select_related("metric__unit", "source")
        .annotate(uses=Count("metric__shown_in"))
        .order_by("-uses", "metric__name", "-period_end", "pk")
    )


SECTIONS = (
    Section(
        "unverified",
        _("Unverified values"),
        _("Open the document that is named, and verify, correct or dispute the value."),
        lambda: _open().filter(standing=Standing.UNVERIFIED),
    ),
    Section(
        "disputed",
        _("Disputed values"),
        _("Find the source that settles it, and supersede the value or end the dispute."),
        lambda: _open().filter(standing=Standing.DISPUTED),
    ),
    Section(
        "reported",
        _("Reported values, not yet verified in the primary source"),
        _("Look the value up in the primary source."),
        lambda: _open().published().filter(standing=Standing.REPORTED),
    ),
    Section(
        "lost",
        _("Values whose source is gone or has changed"),
        _("Find an archived copy or another source."),
        lambda: _open().filter(source__condition__in=[Source.Condition.DEAD, Source.Condition.CHANGED]),
    ),
    Section(
        "unopened",
        _("Values whose source nobody has opened"),
        _("Open the source, and say so in its form."),
        lambda: _open().filter(source__access=Source.Access.NOT_OPENED),
    ),
)
