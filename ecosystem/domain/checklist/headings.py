"""Checks of the outline that the headings of a text make."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ecosystem.domain.checklist.findings import Finding, Level
from ecosystem.domain.checklist.reading import Reading
from ecosystem.values.headings import Fault, HeadingFault, heading_faults
from ecosystem.values.paragraphs import FIGURE


def faulty(reading: Reading) -> Iterator[Finding]:
    """Errors: an empty heading is an entry of the contents that leads nowhere, and a leap loses who listens."""
    for text in reading.texts:
        for fault in heading_faults(text.paragraphs):
            quote = fault.text.replace(FIGURE, "…")
            about = f"{fault.fault} {fault.level} {fault.text or fault.place}"
            yield Finding(Level.ERROR, _said(fault), text.field, quote, about=about)


def _said(fault: HeadingFault) -> str:
    words = {"level": f"h{fault.level}", "allowed": f"h{fault.allowed}", "place": fault.place}
    if fault.fault is Fault.EMPTY:
        return _("Heading %(place)d is empty. Write its words, or take it out.") % words
    if fault.fault is Fault.FIRST:
        return (
            _("The text begins with a heading %(level)s. Make it h2; the title of the page is the h1.")
            % words
        )
    return _("A heading %(level)s follows where at most %(allowed)s can. Do not skip a level.") % words
