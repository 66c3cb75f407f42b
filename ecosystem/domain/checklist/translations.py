"""Checks whether both languages say the same: one side missing, or the English changed after the Chinese."""

from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext as _

from ecosystem.domain.checklist.findings import Finding, Level
from ecosystem.domain.checklist.reading import Reading
from ecosystem.models import Revision, Source

# How far back it is looked for the last change of a text.
MOST_REVISIONS = 100
# A document is called what it is called.
UNTRANSLATED = {(Source, "title"), (Source, "publisher")}


def behind(reading: Reading) -> Iterator[Finding]:
    """Notes alone: a translation may come later, and often does."""
    both = []
    for english, chinese in reading.pairs:
        here, there = getattr(reading.item, english.name), getattr(reading.item, chinese.name)
        if (type(reading.item), english.name) in UNTRANSLATED:
            continue
        if here and there:
            both.append((english.name, chinese.name))
        elif here:
            yield Finding(Level.NOTE, _("The Chinese is missing."), chinese.name, about="missing")
        elif there:
            yield Finding(Level.NOTE, _("The English is missing."), english.name, about="missing")
    ages = _ages(reading.item, {name for pair in both for name in pair})
    for english_name, chinese_name in both:
        if ages.get(english_name, MOST_REVISIONS) < ages.get(chinese_name, MOST_REVISIONS):
            text = _(
                "The English was changed after the Chinese. See whether the Chinese still says the same."
            )
            yield Finding(Level.NOTE, text, chinese_name, about="outdated")


def _ages(item: Model, names: set[str]) -> dict[str, int]:
    """How many stored states ago each field was last changed; those that never were are left out."""
    kind, key = item._meta.model_name, " ".join(item.natural_key())
    rows = Revision.objects.filter(kind=kind, key=key).values_list("data", flat=True)[:MOST_REVISIONS]
    ages: dict[str, int] = {}
    left = set(names)
    for age, data in enumerate(rows.iterator(chunk_size=5) if names else ()):
        fields = data[0]["fields"] if data else {}
        changed = {name for name in left if fields.get(name, "") != getattr(item, name)}
        ages |= dict.fromkeys(changed, age)
        left -= changed
        if not left:
            break
    return ages
