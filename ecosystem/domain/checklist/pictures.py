"""Checks that a picture can be understood without seeing it, and says whose it is."""

from collections.abc import Iterator

from django.db.models import ForeignKey
from django.utils.translation import gettext as _

from ecosystem.domain.checklist.findings import Finding, Level
from ecosystem.domain.checklist.reading import Reading
from ecosystem.models import Image

NEEDED = ("alternative", "credit", "licence")


def incomplete(reading: Reading) -> Iterator[Finding]:
    fields = [field for field in reading.item._meta.fields if isinstance(field, ForeignKey)]
    for field in fields:
        image = getattr(reading.item, field.name) if field.related_model is Image else None
        if image is None:
            continue
        for name in NEEDED:
            if not getattr(image, name).strip():
                said = {"field": Image._meta.get_field(name).verbose_name}
                text = _("The picture has no %(field)s. Open the picture and add it.") % said
                yield Finding(Level.ERROR, text, field.name, about=f"{image.pk} {name}")
        if not image.alternative_zh.strip():
            text = _("The picture has no alternative text in Chinese.")
            yield Finding(Level.NOTE, text, field.name, image.alternative, about=str(image.pk))
