"""What the evidence page says of each value beside the value itself: who decided what, and how rivals differ."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from ecosystem.domain.differences import difference
from ecosystem.models import Observation, StandingChange


@dataclass(frozen=True, slots=True)
class Proof:
    """A value with the decisions on its standing, oldest first, and its relation to the leading value in words."""

    value: Observation
    difference: str = ""
    decisions: tuple[StandingChange, ...] = ()

    @property
    def first(self) -> StandingChange | None:
        """The decision that says what stood there before any."""
        return self.decisions[0] if self.decisions else None

    @property
    def decision(self) -> StandingChange | None:
        """The decision that gave the value the standing it has; None where it has had that from the beginning."""
        return self.decisions[-1] if self.decisions else None

    @property
    def decided_by(self) -> str:
        """Who decided: by full name, where the editor has given one."""
        editor = self.decision.decided_by if self.decision else None
        return (editor.get_full_name() if editor else "") or _("an editor")


def proofs_of(values: Sequence[Observation], at: datetime | None = None) -> list[Proof]:
    """Proofs of the values of one period, best first, as known at that moment (now); the first number leads."""
    leading = next((value for value in values if value.value is not None), None)
    decisions = _decisions(values, at or timezone.now())
    return [
        Proof(value, difference(value, leading) if leading else "", tuple(decisions[value.pk]))
        for value in values
    ]


def _decisions(values: Sequence[Observation], at: datetime) -> dict[int | None, list[StandingChange]]:
    keys = [value.pk for value in values if value.pk is not None]  # a computed value is not stored
    changes = StandingChange.objects.filter(observation__in=keys, decided_at__lte=at)
    found: dict[int | None, list[StandingChange]] = defaultdict(list)
    for change in changes.select_related("decided_by"):
        found[change.observation_id].append(change)
    return found
