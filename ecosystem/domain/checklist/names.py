"""Checks for names of the directory that stand in a text without a link; only the first mention of each."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ecosystem.domain.checklist.findings import Finding, Level
from ecosystem.domain.checklist.known_names import KnownName
from ecosystem.domain.checklist.reading import Reading, Text
from ecosystem.values.paragraphs import NOTE


def unlinked(reading: Reading) -> Iterator[Finding]:
    for text in reading.texts:
        seen = {reading.item.get_absolute_url()} | {
            link.href for read in text.paragraphs for link in read.links
        }
        for name in _mentioned(text, reading):
            address = name.organization.get_absolute_url()
            if address not in seen:
                seen.add(address)
                message = _("“%(name)s” stands in the directory and could be linked.") % {"name": name.words}
                code = f'<a href="{address}">{name.words}</a>'
                yield Finding(Level.NOTE, message, text.field, code=code, about=address)


def _mentioned(text: Text, reading: Reading) -> Iterator[KnownName]:
    """The names in running text, in their order; not those in headings, and in notes, which name documents."""
    for read in text.paragraphs:
        if read.level or read.tag == NOTE:
            continue
        linked = [link.words for link in read.links]
        places = {read.text.find(words): name for words, name in reading.names.items() if words in read.text}
        for _place, name in sorted(places.items()):
            if not any(name.words in words for words in linked):
                yield name
