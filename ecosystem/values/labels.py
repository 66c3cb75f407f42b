"""Where the labels of a chart find room between its marks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

# For type of 13 pixels.
SIGN, WIDE_SIGN, ASCENT, DESCENT = 7.6, 13, 11, 3
MARK = 6  # half the size of a mark
WIDE_SIGNS = "\u2e80"  # from here on signs are as wide as they are high


class Side(Enum):
    """A side of a mark: offset of the text, and the part of the text that stands there."""

    RIGHT = (10, 4.5, "start")
    LEFT = (-10, 4.5, "end")
    ABOVE = (0, -12, "middle")
    BELOW = (0, 21, "middle")


@dataclass(frozen=True, slots=True)
class Wish:
    """A label for the mark at x and y: what it may say and where it may stand, the best first."""

    x: float
    y: float
    texts: Sequence[str]
    sides: Sequence[Side]


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A text and the point that its anchor stands on."""

    x: float
    y: float
    text: str
    anchor: str

    @property
    def box(self) -> Box:
        width = text_width(self.text)
        left = self.x - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        return Box(left, self.y - ASCENT, left + width, self.y + DESCENT)


def text_width(text: str, sign_width: float = SIGN) -> float:
    """The width of the text, rather too much than too little unless signs are said to be narrower."""
    return sum(WIDE_SIGN if sign >= WIDE_SIGNS else sign_width for sign in text)


def placed(wishes: Iterable[Wish], marks: Iterable[tuple[float, float]], paper: Box) -> Iterator[Place]:
    """A place on the paper for each wish, clear of marks and of earlier labels where there is one."""
    taken = [Box(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in marks]
    for wish in wishes:
        found = _free(wish, taken, paper)
        taken.append(found.box)
        yield found


def _free(wish: Wish, taken: Sequence[Box], paper: Box) -> Place:
    inside = [place for place in _places(wish) if paper.holds(place.box)]
    free = (place for place in inside if not any(place.box.meets(box) for box in taken))
    return next(free, inside[0] if inside else next(_places(wish)))


def _places(wish: Wish) -> Iterator[Place]:
    for text in wish.texts:
        for side in wish.sides:
            across, down, anchor = side.value
            yield Place(round(wish.x + across, 1), round(wish.y + down, 1), text, anchor)
