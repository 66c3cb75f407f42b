"""Pinning a figure to what readers see of it today, so that a change of its value leaves it as it is."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from ecosystem.domain import audit, figure_records, revisions, roles
from ecosystem.domain.figure_records import text_in
from ecosystem.domain.figures import FigureSet
from ecosystem.models import Act, User
from ecosystem.values.figure_references import ELEMENT, Reference
from ecosystem.values.markup import Attributes, opening_tag, transform


def last_whole_day() -> date:
    """Yesterday: the values of its end do not change any more, whatever is done today."""
    return timezone.localdate() - timedelta(days=1)


def pinned(references: Iterable[Reference]) -> list[Reference]:
    """Live references as they would be if they were tied to the last whole day."""
    return [replace(reference, known_on=last_whole_day()) for reference in references]


def reads_the_same(references: Sequence[Reference], now: FigureSet, then: FigureSet, language: str) -> bool:
    """Whether there are live references and all would show what they show now; `then` has resolved the pinned ones."""
    pairs = zip(references, pinned(references), strict=True)
    return bool(references) and all(
        text_in(then, tied, language) == text_in(now, live, language) != "" for live, tied in pairs
    )


def pin(page: Model, field: str, indexes: Sequence[int], *, by: User) -> None:
    """Tie these references of a field, counted from its beginning, to what was known at the end of the last whole day.

    The page keeps a revision, and its references are recorded anew.
    """
    roles.require(by, Act.CHANGE, page)
    numbers, day = count(), last_whole_day().isoformat()

    def tied(attributes: Attributes, inner: str) -> str:
        more = {"known-on": day} if next(numbers) in indexes else {}
        return opening_tag(ELEMENT, {**attributes, **more}) + f"{inner}</{ELEMENT}>"

    with transaction.atomic():
        setattr(page, field, transform(getattr(page, field), {ELEMENT: tied}))
        page.save(update_fields=[field, "updated_at"])
        figure_records.record_references(page)
        note = _("figure pinned to what was known on %(day)s") % {"day": day}
        revisions.record(page, by=by, note=note)
        audit.note(Act.CHANGE, page, by=by, detail=note)
