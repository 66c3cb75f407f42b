"""Whether the headings of a text make an outline that readers of every kind can follow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ecosystem.values.paragraphs import Paragraph

FIRST_LEVEL = 2  # the title of the page is the first one


class Fault(StrEnum):
    EMPTY = "empty"
    FIRST = "first"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class HeadingFault:
    """What is wrong with a heading: it has no words, or not the level that follows the one before it."""

    fault: Fault
    text: str
    level: int
    allowed: int  # the lowest level that may stand there
    place: int  # which heading of the text, from 1


def heading_faults(read: Iterable[Paragraph]) -> Iterator[HeadingFault]:
    """The faults in the order of the text; a heading with two is named for the first."""
    before = FIRST_LEVEL - 1
    for place, heading in enumerate((one for one in read if one.level), start=1):
        allowed = before + 1
        if not heading.text:
            yield HeadingFault(Fault.EMPTY, "", heading.level, allowed, place)
            continue
        if heading.level > allowed or heading.level < FIRST_LEVEL:
            fault = Fault.FIRST if place == 1 or heading.level < FIRST_LEVEL else Fault.SKIPPED
            yield HeadingFault(fault, heading.text, heading.level, allowed, place)
        before = max(heading.level, FIRST_LEVEL)
