"""What is wrong with a formula, in sentences for the editor that say what to change."""

from collections.abc import Iterator, Sequence
from itertools import chain

from django.utils.translation import gettext as _

from ecosystem.domain.figure_values import count_the_same, is_relative, may_be_share
from ecosystem.domain.formulas import Formulas
from ecosystem.domain.wording import listed
from ecosystem.models import Metric

SEVERAL = {Metric.Formula.SUM, Metric.Formula.DIFFERENCE}
IN_PERCENT = {Metric.Formula.SHARE, Metric.Formula.GROWTH}


def formula_errors(metric: Metric, inputs: Sequence[Metric]) -> list[str]:
    """What forbids that the metric, stored or not, is computed from these inputs in this order."""
    if not metric.formula:
        return [_("Choose how the metric is computed, or remove its inputs.")] if inputs else []
    found = chain(_count_errors(metric, inputs), _own_errors(metric), _cycle_errors(metric, inputs))
    return list(found) or list(_unit_errors(metric, inputs))


def unseen_inputs(metric: Metric) -> list[str]:
    """What forbids that readers see a computed metric: inputs that they cannot see."""
    hidden = [one.name for one in Formulas([metric]).inputs(metric) if not one.is_public]
    if not hidden:
        return []
    text = _("It is computed from what readers cannot see: %(inputs)s. Publish that first.")
    return [text % {"inputs": listed(hidden)}]


def _count_errors(metric: Metric, inputs: Sequence[Metric]) -> Iterator[str]:
    count = len(inputs)
    if metric.formula in SEVERAL:
        if count < 2:
            yield _("A sum or a difference needs two inputs or more.")
    elif metric.formula == Metric.Formula.GROWTH:
        if count != 1:
            yield _("Growth needs one input: the metric that grows.")
    elif count != 2:
        text = _("The formula “%(formula)s” needs two inputs, and it has %(count)d.")
        yield text % {"formula": metric.get_formula_display(), "count": count}


def _own_errors(metric: Metric) -> Iterator[str]:
    if metric.expected_lag_days is not None:
        yield _("Its next value comes when those of its inputs have come: leave the expected lag empty.")
    if metric.pk and metric.observations.exists():
        yield _(
            "It has values of its own, and a computed metric has none. Make another metric for the formula."
        )


def _cycle_errors(metric: Metric, inputs: Sequence[Metric]) -> Iterator[str]:
    formulas = Formulas(inputs)
    for one in inputs:
        if path := _path_to(metric, one, formulas, ()):
            text = _("It would be computed from itself: %(path)s. Remove one of these inputs.")
            yield text % {"path": " ← ".join(step.name for step in (metric, *path))}


def _path_to(
    metric: Metric, one: Metric, formulas: Formulas, walked: tuple[Metric, ...]
) -> tuple[Metric, ...]:
    """The way from an input down to the metric itself; empty where it does not lead there."""
    path = (*walked, one)
    if metric.pk is not None and one.pk == metric.pk:
        return path
    if one in walked:
        return ()
    ways = (_path_to(metric, deeper, formulas, path) for deeper in formulas.inputs(one))
    return next(filter(None, ways), ())


def _unit_errors(metric: Metric, inputs: Sequence[Metric]) -> Iterator[str]:
    if metric.formula in IN_PERCENT and "%" not in metric.unit.pattern:
        yield _("Its unit must be percent, and it is %(unit)s.") % {"unit": metric.unit.name}
    if metric.formula in SEVERAL:
        yield from _sum_errors(metric, inputs)
    elif metric.formula == Metric.Formula.GROWTH:
        yield from _growth_errors(inputs[0])
    elif metric.formula == Metric.Formula.CURRENCY:
        yield from _currency_errors(metric, *inputs)
    else:
        yield from _quotient_errors(metric, *inputs)


def _sum_errors(metric: Metric, inputs: Sequence[Metric]) -> Iterator[str]:
    if unlike := [one.name for one in inputs if not count_the_same(one.unit, metric.unit)]:
        text = _("Only amounts of one kind can be added; not counted in %(unit)s: %(inputs)s.")
        yield text % {"unit": metric.unit.name, "inputs": listed(unlike)}
    if not all(is_relative(one) for one in inputs):
        yield _("Ranks and percentages cannot be added or subtracted.")
    elif len({one.nature for one in inputs}) > 1:
        yield _("Amounts at a moment (stocks) and over a period (flows) cannot be added.")


def _growth_errors(one: Metric) -> Iterator[str]:
    if not is_relative(one):
        text = _("%(input)s is a rank or a percentage, whose change is not stated in percent.")
        yield text % {"input": one.name}


def _currency_errors(metric: Metric, amount: Metric, rate: Metric) -> Iterator[str]:
    currencies = (amount.unit.currency, metric.unit.currency)
    if not all(currencies) or currencies[0] == currencies[1]:
        yield _("The first input and the metric must be amounts in two different currencies.")
    elif rate.unit.currency not in currencies:
        text = _("The exchange rate must be counted in %(one)s or %(other)s, and its unit is %(unit)s.")
        yield text % {"one": currencies[0], "other": currencies[1], "unit": rate.unit.name}


def _quotient_errors(metric: Metric, first: Metric, second: Metric) -> Iterator[str]:
    if metric.formula == Metric.Formula.SHARE and not may_be_share(first, second):
        text = _("A share needs amounts of one kind, and these are %(unit)s and %(other)s.")
        yield text % {"unit": first.unit.name, "other": second.unit.name}
    if Metric.Nature.RANK in {first.nature, second.nature}:
        yield _("Ranks cannot be divided.")
    if metric.formula == Metric.Formula.PER_RESIDENTS and (second.unit.currency or not second.unit.scales):
        text = _("The second input must count residents, and its unit is %(unit)s.")
        yield text % {"unit": second.unit.name}
    if metric.unit.currency and metric.unit.currency != first.unit.currency:
        text = _("Its unit is an amount of %(currency)s, and the first input is not.")
        yield text % {"currency": metric.unit.currency}
