"""Checks for what was pasted along with a text: advertising, contacts, farms of links."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecosystem.domain.checklist.findings import Finding, Level
from ecosystem.domain.checklist.reading import Reading, Text
from ecosystem.domain.wording import listed, together
from ecosystem.models import Organization, Source
from ecosystem.values.advertising import Kind, farmed_hosts, host_of, suspicions
from ecosystem.values.paragraphs import FIGURE, Paragraph

SENTENCES = {
    Kind.SCRIPT: gettext_lazy("Words in another script or language stand in the paragraph: %(words)s."),
    Kind.MIXED: gettext_lazy("A word mixes letters of two alphabets: %(words)s."),
    Kind.TRADE: gettext_lazy("Words of advertising stand in the paragraph: %(words)s."),
    Kind.CONTACT: gettext_lazy("A contact on a messenger stands in the paragraph: %(words)s."),
    Kind.TELEPHONE: gettext_lazy("A telephone number stands in the paragraph: %(words)s."),
    Kind.LINKS: gettext_lazy("The paragraph links to many hosts that no source of ours has: %(words)s."),
}
LONGEST_QUOTE = 300


def inserted(reading: Reading) -> Iterator[Finding]:
    """One finding a paragraph, so that one reason signs it. Names that the directory knows count in no language."""
    for text in reading.texts:
        for read in text.paragraphs:
            yield from _of_paragraph(text, read, reading)


def _of_paragraph(text: Text, read: Paragraph, reading: Reading) -> Iterator[Finding]:
    found: dict[Kind, list[str]] = {}
    # Without the names first: most paragraphs have nothing to look names up for.
    if suspicions(read, text.language):
        for one in suspicions(read, text.language, reading.names):
            found.setdefault(one.kind, []).append(one.words)
    hosts = _unknown(farmed_hosts(read))
    if hosts:
        found[Kind.LINKS] = hosts
    if found:
        said = [
            SENTENCES[kind] % {"words": listed([f"“{one[:LONGEST_QUOTE]}”" for one in words])}
            for kind, words in found.items()
        ]
        advice = _("Take it out if it came along when the text was pasted.")
        quote = _shortened(read.text.replace(FIGURE, "…"))
        yield Finding(Level.WARNING, together(*said), text.field, quote, advice, about=read.text)


def _unknown(hosts: list[str]) -> list[str]:
    """Those of many hosts that are neither ours nor those of a source or an organization; none where few are left."""
    if not hosts:
        return []
    known = {host_of(settings.SITE_URL)}
    for model, name in ((Source, "url"), (Organization, "website")):
        condition = reduce(or_, (Q(**{f"{name}__contains": f"{host}/"}) for host in hosts))
        rows = model.objects.published().filter(condition).values_list(name, flat=True)[:1000]
        known |= {host_of(address) for address in rows}
    left = [host for host in hosts if host not in known]
    return left if len(left) * 2 > len(hosts) else []


def _shortened(text: str) -> str:
    return (
        text
        if len(text) <= LONGEST_QUOTE
        else f"{text[:LONGEST_QUOTE].rpartition(' ')[0] or text[:LONGEST_QUOTE]}…"
    )
