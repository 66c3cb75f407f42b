"""What metrics are computed from: the inputs of their formulas, however deep, and the formula in words."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from ecosystem.models import FormulaInput, Metric
from ecosystem.values.languages import CHINESE, ENGLISH


class Formulas:
    """The metrics that were asked for together with everything that they are computed from.

    The inputs cost one query, and none where no metric is computed. A metric is the same object wherever it is named.
    """

    def __init__(self, metrics: Iterable[Metric]) -> None:
        asked = list(metrics)
        self._metrics = {metric.pk: metric for metric in asked}
        self._inputs: dict[int, list[Metric]] = {}
        if any(metric.formula for metric in asked):
            self._take_inputs(asked)

    @property
    def metrics(self) -> list[Metric]:
        """The metrics that were asked for, and their inputs."""
        return list(self._metrics.values())

    def inputs(self, metric: Metric) -> list[Metric]:
        """The direct inputs in the order of the formula."""
        return self._inputs.get(metric.pk, [])

    def below(self, metric: Metric) -> list[Metric]:
        """The metric and everything that it rests on, each once, inputs first; a cycle ends where it closes."""
        found: dict[int, Metric] = {}
        self._collect(metric, found, ())
        return list(found.values())

    def _collect(self, metric: Metric, found: dict[int, Metric], above: tuple[int, ...]) -> None:
        for one in self.inputs(metric):
            if one.pk not in found and one.pk not in (*above, metric.pk):
                self._collect(one, found, (*above, metric.pk))
        found[metric.pk] = metric

    def _take_inputs(self, asked: Sequence[Metric]) -> None:
        rows: dict[int, list[FormulaInput]] = {}
        for row in FormulaInput.objects.select_related("input__unit").order_by("metric", "position"):
            rows.setdefault(row.metric_id, []).append(row)
        waiting = list(asked)
        while waiting:
            metric = waiting.pop()
            if metric.pk in self._inputs or not metric.formula:
                continue
            inputs = [self._metrics.setdefault(row.input_id, row.input) for row in rows.get(metric.pk, ())]
            self._inputs[metric.pk] = inputs
            waiting += inputs


def computed_from(metrics: Iterable[Metric]) -> list[Metric]:
    """The metrics that are computed from any of these, directly or through others, in the order of their names."""
    uses: dict[int, set[int]] = {}
    for metric, one in FormulaInput.objects.values_list("metric", "input"):
        uses.setdefault(one, set()).add(metric)
    waiting, found = [metric.pk for metric in metrics], set()
    while waiting:
        fresh = uses.get(waiting.pop(), set()) - found
        found |= fresh
        waiting += fresh
    return list(Metric.objects.filter(pk__in=found)) if found else []


def phrases(metric: Metric, inputs: Sequence[Metric]) -> tuple[str, str]:
    """The formula in words, in English and in Chinese."""
    with override(ENGLISH):
        english = phrase(metric, [one.name for one in inputs])
    with override(CHINESE):
        return english, phrase(metric, [one.name_zh or one.name for one in inputs])


def phrase(metric: Metric, names: Sequence[str]) -> str:
    """The formula in words of the present language, with these names for its inputs."""
    signs = {Metric.Formula.SUM: " + ", Metric.Formula.DIFFERENCE: " − "}
    if metric.formula in signs or not names:
        return signs.get(metric.formula, "").join(names)
    patterns = {
        Metric.Formula.RATIO: _("%(first)s divided by %(second)s"),
        Metric.Formula.SHARE: _("%(first)s in percent of %(second)s"),
        Metric.Formula.GROWTH: _("Change of %(first)s over the period before, in percent"),
        Metric.Formula.PER_RESIDENTS: _("%(first)s per 10,000 residents (%(second)s)"),
        Metric.Formula.CURRENCY: _("%(first)s, converted at %(second)s"),
    }
    return patterns[metric.formula] % {"first": names[0], "second": "".join(names[1:2])}
