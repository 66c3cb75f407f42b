"""The labels of a chart: which values are named beside their marks, what is said, and at which side."""

from collections.abc import Sequence
from dataclasses import dataclass

from ecosystem.domain.chart_marks import kind_of
from ecosystem.domain.chart_scales import Scale, axis_number
from ecosystem.domain.headlines import TRUSTED, Headline
from ecosystem.domain.value_groups import ESTIMATE, FORECAST, Group
from ecosystem.domain.wording import in_table_unit, listed, method_of, period_of
from ecosystem.models import Metric, Observation, Standing
from ecosystem.values.labels import Box, Side, Wish, placed, text_width
from ecosystem.values.quantities import significant

LABEL_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Label:
    """A direct label beside a point."""

    x: float
    y: float
    text: str
    anchor: str
    kind: str


def labels_of(
    scale: Scale, groups: Sequence[Group], main: Sequence[Observation], headline: Headline
) -> list[Label]:
    """The newest value of each line, and every value that is off the lines, in words beside its mark.

    The drawing is made narrower where the texts need room at its right.
    """
    heads = [row.head for group in groups for row in group.rows if row.is_number]
    rivals = [row.head for group in groups for row in group.rivals if row in group.rivals_by(row.head.method)]
    chosen = _labelled(heads, main, headline, rivals)
    several = len({value.method for value in heads}) > 1
    labelled = [(value, _texts(value, in_line=value in main, names_method=several)) for value in chosen]
    scale.make_room((value, text_width(texts[0])) for value, texts in labelled)
    wishes = [
        Wish(*scale.point(value), texts, _sides(scale, value, heads, main)) for value, texts in labelled
    ]
    paper = Box(0, 0, scale.frame.width, scale.foot + 4)
    places = placed(wishes, [scale.point(value) for value in heads], paper)
    return [
        Label(place.x, place.y, place.text, place.anchor, "main" if value in main else kind_of(value))
        for value, place in zip(chosen, places, strict=True)
    ]


def _labelled(
    heads: Sequence[Observation],
    main: Sequence[Observation],
    headline: Headline,
    rivals: Sequence[Observation],
) -> list[Observation]:
    """The headline first, since the first labels find the best places."""
    chosen = [headline.observation] if headline.observation else []
    last_of_method = {value.method: value for value in sorted(heads, key=lambda value: value.span.recency)}
    for value in heads:
        is_doubtful = value.standing not in TRUSTED or value.release in {FORECAST, ESTIMATE}
        is_aside = is_doubtful or value is last_of_method[value.method] or value in rivals
        if value not in main and value not in chosen and is_aside:
            chosen.append(value)
    return chosen


def _sides(
    scale: Scale, value: Observation, values: Sequence[Observation], main: Sequence[Observation]
) -> Sequence[Side]:
    """Right of the mark; within the drawing a value of the line has its label where the line does not come from."""
    if value not in main or value.span.recency == max(one.span.recency for one in values):
        return (Side.RIGHT, Side.ABOVE, Side.BELOW, Side.LEFT)
    is_falling = len(main) > 1 and scale.point(main[-2])[1] < scale.point(value)[1]
    first, second = (Side.BELOW, Side.ABOVE) if is_falling else (Side.ABOVE, Side.BELOW)
    return (first, Side.RIGHT, second, Side.LEFT)


def _texts(value: Observation, *, in_line: bool, names_method: bool) -> tuple[str, ...]:
    """What a label may say: the number and why it is off the line, or the number alone."""
    number = axis_number(significant(in_table_unit(value.value, value.metric), LABEL_DIGITS))
    words = [] if value.standing in TRUSTED else [str(Standing(value.standing).label).lower()]
    words += [value.get_release_display()] if value.release in {FORECAST, ESTIMATE} else []
    is_part_of_flow = value.span.is_part_of_year and value.metric.nature == Metric.Nature.FLOW
    if not words and is_part_of_flow and not in_line:
        words = [period_of(value)]
    if not words and value.method and names_method:
        words = [method_of(value)]
    return (f"{number} {listed(words)}", number) if words else (number,)
