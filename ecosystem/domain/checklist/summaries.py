"""Checks that a page says in a sentence or two what it is about."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ecosystem.domain.checklist.findings import Finding, Level
from ecosystem.domain.checklist.reading import Reading
from ecosystem.models import Article, Event, Initiative, Metric, Organization, Person, Place

# The text that lists, feeds and search results show of each kind.
SHOWN_IN_LISTS = {
    Article: "standfirst",
    Event: "summary",
    Initiative: "summary",
    Metric: "definition",
    Organization: "summary",
    Person: "summary",
    Place: "summary",
}


def missing(reading: Reading) -> Iterator[Finding]:
    name = SHOWN_IN_LISTS.get(type(reading.item))
    if name and not any(text.field in {name, f"{name}_zh"} for text in reading.texts):
        label = reading.item._meta.get_field(name).verbose_name
        text = _("It has no %(field)s, which lists, feeds and search results show.") % {"field": label}
        yield Finding(Level.WARNING, text, name, about="missing")
