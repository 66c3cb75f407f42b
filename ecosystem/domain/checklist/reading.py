"""An item as the checks read it: its texts in pieces, its figures, the names in it, each fetched once."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Field, Model

from ecosystem.domain.checklist.known_names import KnownName, known_names
from ecosystem.domain.figures import FigureSet, resolve, rich_text_fields
from ecosystem.values.languages import CHINESE, ENGLISH
from ecosystem.values.paragraphs import Paragraph, paragraphs


@dataclass(frozen=True)
class Text:
    """A rich text of the item."""

    field: str
    html: str

    @property
    def language(self) -> str:
        return CHINESE if self.field.endswith("_zh") else ENGLISH

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        return paragraphs(self.html)


class Reading:
    """The item as it stands in memory, with its relations as they are stored."""

    def __init__(self, item: Model) -> None:
        self.item = item

    @cached_property
    def texts(self) -> list[Text]:
        """The rich texts that hold something."""
        written = ((name, getattr(self.item, name)) for name in rich_text_fields(self.item))
        return [Text(name, html) for name, html in written if html.strip()]

    @cached_property
    def figures(self) -> FigureSet:
        return resolve([text.html for text in self.texts])

    @cached_property
    def names(self) -> dict[str, KnownName]:
        """The names in the texts by which the directory knows one public organization, as they are written."""
        return known_names(read.text for text in self.texts for read in text.paragraphs)

    @cached_property
    def pairs(self) -> list[tuple[Field, Field]]:
        """The fields that stand in both languages, English first."""
        fields = {field.name: field for field in self.item._meta.concrete_fields}
        return [(field, fields[f"{name}_zh"]) for name, field in fields.items() if f"{name}_zh" in fields]
