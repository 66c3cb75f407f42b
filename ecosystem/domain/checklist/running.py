"""The registry of checks, and what they find together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from ecosystem.domain.checklist import (
    advertising,
    figures,
    foundations,
    headings,
    links,
    names,
    numbers,
    pictures,
    relations,
    summaries,
    translations,
)
from ecosystem.domain.checklist.findings import Finding
from ecosystem.domain.checklist.reading import Reading


@dataclass(frozen=True, slots=True)
class Check:
    """One check, by the name under which its findings are known, as editors see it."""

    name: str
    label: Any
    find: Callable[[Reading], Iterator[Finding]]


# In the order in which their findings are shown. A name stays what it is: signatures are kept under it.
CHECKS: dict[str, Check] = {
    check.name: check
    for check in (
        Check("references", _("References to figures and sources"), figures.references),
        Check("figures", _("Figures in the texts"), figures.shown),
        Check("values", _("Values"), figures.values),
        Check("foundations", _("What it rests on"), foundations.hidden),
        Check("summary", _("Summary"), summaries.missing),
        Check("numbers", _("Numbers without a record"), numbers.stray),
        Check("advertising", _("Pasted advertising"), advertising.inserted),
        Check("links", _("Links"), links.dead),
        Check("relations", _("Related items"), relations.hidden),
        Check("pictures", _("Pictures"), pictures.incomplete),
        Check("headings", _("Headings"), headings.faulty),
        Check("translations", _("Translations"), translations.behind),
        Check("names", _("Names that could be linked"), names.unlinked),
    )
}


def findings(item: Model) -> list[Finding]:
    """Everything that the checks find in the item as it stands in memory, with its relations as they are stored."""
    reading = Reading(item)
    return [replace(found, check=check.name) for check in CHECKS.values() for found in check.find(reading)]
