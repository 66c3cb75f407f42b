"""Formulas that cannot be: what an editor is told, and what to change."""

import pytest

from ecosystem.domain.formula_checks import formula_errors, unseen_inputs
from ecosystem.models import Metric, Unit
from tests.factories import (
    DraftMetricFactory,
    FormulaInputFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

Formula, Nature = Metric.Formula, Metric.Nature


def unit(name: str, **columns) -> Unit:
    kinds = {
        "percent": {"pattern": "{number}%", "scales": False},
        "yuan": {"pattern": "{number} yuan", "currency": "CNY"},
        "billion yuan": {"pattern": "{number} yuan", "currency": "CNY", "factor": 10**9},
        "dollars": {"pattern": "{number} US dollars", "currency": "USD"},
        "yuan for 100 dollars": {"pattern": "{number} yuan for 100 dollars", "currency": "CNY"},
        "people": {"pattern": "{number} people"},
        "chips": {"pattern": "{number} chips"},
    }
    return UnitFactory(name=name, **kinds[name], **columns)


def metric(name: str, unit: Unit, **columns) -> Metric:
    return PublishedMetricFactory(name=name, unit=unit, **columns)


def computed(formula: str, unit: Unit, **columns) -> Metric:
    return Metric(name="Made", slug="made", unit=unit, formula=formula, **columns)


def test_formulas_that_fit_are_taken():
    yuan, billions, dollars, percent, people, chips = map(
        unit, ("yuan", "billion yuan", "dollars", "percent", "people", "chips")
    )
    rate = metric("Rate", unit("yuan for 100 dollars"), nature=Nature.RATE)
    flow = {"nature": Nature.FLOW}
    output, budget = metric("Output", billions, **flow), metric("Budget", yuan, **flow)
    residents, sold = metric("Residents", people), metric("Sold", chips, **flow)
    formulas = [
        (Formula.SUM, yuan, [output, budget]),
        (Formula.DIFFERENCE, billions, [output, budget]),
        (Formula.SHARE, percent, [budget, output]),
        (Formula.GROWTH, percent, [output]),
        (Formula.RATIO, yuan, [output, residents]),
        (Formula.PER_RESIDENTS, chips, [sold, residents]),
        (Formula.CURRENCY, dollars, [output, rate]),
    ]
    assert [formula_errors(computed(*wanted), inputs) for *wanted, inputs in formulas] == [[]] * 7


@pytest.mark.parametrize(
    ("formula", "count", "said"),
    [
        ("sum", 1, "A sum or a difference needs two inputs or more."),
        ("difference", 0, "A sum or a difference needs two inputs or more."),
        ("growth", 2, "Growth needs one input: the metric that grows."),
        (
            "share",
            3,
            "The formula “share: the first input in percent of the second” needs two inputs, and it has 3.",
        ),
        ("", 1, "Choose how the metric is computed, or remove its inputs."),
    ],
)
def test_number_of_inputs_is_that_of_the_formula(formula, count, said):
    percent = unit("percent")
    inputs = [metric(f"Input {n}", percent) for n in range(count)]
    assert formula_errors(computed(formula, percent), inputs) == [said]


def test_metric_without_formula_and_inputs_is_no_concern():
    assert formula_errors(computed("", unit("yuan")), []) == []


@pytest.mark.parametrize(
    ("formula", "result", "inputs", "said"),
    [
        (
            "sum",
            "yuan",
            ["billion yuan", "dollars"],
            "Only amounts of one kind can be added; not counted in yuan: Input 2.",
        ),
        (
            "share",
            "percent",
            ["billion yuan", "people"],
            "A share needs amounts of one kind, and these are billion yuan and people.",
        ),
        (
            "share",
            "people",
            ["billion yuan", "billion yuan"],
            "Its unit must be percent, and it is people.",
        ),
        (
            "growth",
            "yuan",
            ["yuan"],
            "Its unit must be percent, and it is yuan.",
        ),
        (
            "ratio",
            "dollars",
            ["billion yuan", "people"],
            "Its unit is an amount of USD, and the first input is not.",
        ),
        (
            "per-residents",
            "chips",
            ["chips", "yuan"],
            "The second input must count residents, and its unit is yuan.",
        ),
        (
            "currency",
            "billion yuan",
            ["yuan", "yuan"],
            "The first input and the metric must be amounts in two different currencies.",
        ),
        (
            "currency",
            "dollars",
            ["yuan", "people"],
            "The exchange rate must be counted in CNY or USD, and its unit is people.",
        ),
    ],
)
def test_units_that_do_not_fit_are_named(formula, result, inputs, said):
    units = {name: unit(name) for name in dict.fromkeys([result, *inputs])}
    found = [metric(f"Input {n}", units[name], nature=Nature.STOCK) for n, name in enumerate(inputs, 1)]
    assert formula_errors(computed(formula, units[result]), found) == [said]


def test_ranks_and_percentages_are_neither_added_nor_compared_in_percent():
    percent = unit("percent")
    share = metric("Share", percent, nature=Nature.RATE)
    place = metric("Place", percent, nature=Nature.RANK)
    assert [
        formula_errors(computed(Formula.SUM, percent), [share, place]),
        formula_errors(computed(Formula.GROWTH, percent), [share]),
        formula_errors(computed(Formula.RATIO, percent), [share, place]),
    ] == [
        ["Ranks and percentages cannot be added or subtracted."],
        ["Share is a rank or a percentage, whose change is not stated in percent."],
        ["Ranks cannot be divided."],
    ]


def test_stocks_and_flows_are_not_added():
    people = unit("people")
    inputs = [metric("There", people, nature=Nature.STOCK), metric("New", people, nature=Nature.FLOW)]
    assert formula_errors(computed(Formula.SUM, people), inputs) == [
        "Amounts at a moment (stocks) and over a period (flows) cannot be added."
    ]


def test_cycle_is_refused_with_the_way_that_it_takes():
    people = unit("people")
    made, between = (
        metric(name, people, formula=Formula.SUM, nature=Nature.STOCK) for name in ("Made", "Between")
    )
    FormulaInputFactory(metric=between, input=made)
    plain = metric("Plain", people, nature=Nature.STOCK)
    assert formula_errors(made, [plain, between]) == [
        "It would be computed from itself: Made ← Between ← Made. Remove one of these inputs."
    ]


def test_metric_with_values_or_with_a_promise_of_its_own_is_not_computed():
    yuan = unit("yuan")
    made = metric("Made", yuan, formula=Formula.GROWTH)
    Metric.objects.filter(pk=made.pk).update(formula="")
    PublishedObservationFactory(metric=Metric.objects.get(pk=made.pk))
    made.expected_lag_days = 60
    assert formula_errors(made, [metric("Input", yuan)]) == [
        "Its next value comes when those of its inputs have come: leave the expected lag empty.",
        "It has values of its own, and a computed metric has none. Make another metric for the formula.",
    ]


def test_inputs_that_readers_cannot_see_are_named():
    made = FormulaInputFactory(input=DraftMetricFactory(name="Hidden")).metric
    assert unseen_inputs(made) == ["It is computed from what readers cannot see: Hidden. Publish that first."]
    FormulaInputFactory(metric=made)
    Metric.objects.filter(name="Hidden").update(status="published", published_at="2020-01-01T00:00Z")
    assert unseen_inputs(made) == []
