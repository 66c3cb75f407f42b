"""Formulas in the admin: written with the metric, checked as a whole, fixed once it has been public."""

import pytest
from django.urls import reverse

from ecosystem.domain import publishing, revisions
from ecosystem.models import FormulaInput, Metric, Revision
from tests.admin.forms import filled
from tests.factories import (
    DraftMetricFactory,
    FormulaInputFactory,
    PublishedMetricFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def percent():
    return UnitFactory(pattern="{number}%", pattern_zh="{number}%", scales=False)


@pytest.fixture
def parts():
    unit = UnitFactory()
    return [PublishedMetricFactory(name=name, unit=unit, nature="stock") for name in ("Part", "Whole")]


def address(metric, page="change") -> str:
    return reverse(f"admin:ecosystem_metric_{page}", args=[metric.pk])


def rows(*inputs, **more) -> dict:
    named = {f"formula_inputs-{n}-input": one.pk for n, one in enumerate(inputs)}
    return {"formula_inputs-TOTAL_FORMS": len(inputs)} | named | more


def inputs_of(metric) -> list[tuple[int, str]]:
    return list(metric.formula_inputs.values_list("position", "input__name"))


def errors(response) -> list[str]:
    [formset] = [
        each for each in response.context["inline_admin_formsets"] if each.opts.model is FormulaInput
    ]
    return formset.non_form_errors()


def test_formula_is_written_with_its_metric_and_kept_in_its_revision(admin_client, percent, parts):
    metric = DraftMetricFactory(unit=percent)
    typed = rows(*parts, formula="share")
    admin_client.post(address(metric), filled(admin_client.get(address(metric)), **typed))
    assert inputs_of(metric) == [(1, "Part"), (2, "Whole")]
    kept = [row["model"] for row in Revision.objects.first().data]
    assert kept == ["ecosystem.metric", "ecosystem.formulainput", "ecosystem.formulainput"]


def test_inputs_change_places(admin_client, percent, parts):
    metric = DraftMetricFactory(unit=percent, formula="share")
    for position, one in enumerate(parts, 1):
        FormulaInputFactory(metric=metric, input=one, position=position)
    typed = {"formula_inputs-0-position": 2, "formula_inputs-1-position": 1}
    admin_client.post(address(metric), filled(admin_client.get(address(metric)), **typed))
    assert inputs_of(metric) == [(1, "Whole"), (2, "Part")]


def test_removed_input_leaves_no_gap(admin_client, parts):
    third = PublishedMetricFactory(name="Third", unit=parts[0].unit, nature="stock")
    metric = DraftMetricFactory(unit=third.unit, formula="sum")
    for position, one in enumerate([*parts, third], 1):
        FormulaInputFactory(metric=metric, input=one, position=position)
    typed = {"formula_inputs-0-DELETE": "on"}
    admin_client.post(address(metric), filled(admin_client.get(address(metric)), **typed))
    assert inputs_of(metric) == [(1, "Whole"), (2, "Third")]


def test_formula_that_cannot_be_is_refused_and_nothing_is_stored(admin_client, parts):
    metric = DraftMetricFactory(unit=parts[0].unit)
    typed = rows(*parts, formula="share", name="Renamed")
    response = admin_client.post(address(metric), filled(admin_client.get(address(metric)), **typed))
    assert errors(response) == [f"Its unit must be percent, and it is {metric.unit.name}."]
    metric.refresh_from_db()
    assert (metric.formula, metric.name == "Renamed", inputs_of(metric)) == ("", False, [])


def test_formula_of_a_metric_that_was_public_stays_and_the_rest_is_edited(admin_client, percent, parts):
    metric = PublishedMetricFactory(unit=percent, formula="share")
    for position, one in enumerate(parts, 1):
        FormulaInputFactory(metric=metric, input=one, position=position)
    typed = filled(admin_client.get(address(metric)), name="Renamed", formula="ratio")
    admin_client.post(address(metric), typed | {"formula_inputs-0-DELETE": "on"})
    publishing.publish(metric, by=None)
    metric.refresh_from_db()
    assert (metric.name, metric.formula, inputs_of(metric)) == (
        "Renamed",
        "share",
        [(1, "Part"), (2, "Whole")],
    )


def test_promise_is_not_given_to_a_public_computed_metric(admin_client, percent, parts):
    metric = PublishedMetricFactory(unit=percent, formula="share")
    for position, one in enumerate(parts, 1):
        FormulaInputFactory(metric=metric, input=one, position=position)
    typed = filled(admin_client.get(address(metric)), expected_lag_days=60)
    assert errors(admin_client.post(address(metric), typed)) == [
        "Its next value comes when those of its inputs have come: leave the expected lag empty."
    ]


def test_metric_computed_from_a_draft_is_not_published(admin_client, percent, parts):
    metric = DraftMetricFactory(unit=percent, formula="growth")
    FormulaInputFactory(metric=metric, input=DraftMetricFactory(name="Hidden", unit=parts[0].unit))
    page = reverse("admin:ecosystem_metric_verb", args=[metric.pk, "publish"])
    response = admin_client.post(page, follow=True)
    assert [row.finding.message for row in response.context["rows"].errors] == [
        "It is computed from what readers cannot see: Hidden. Publish that first."
    ]
    assert not Metric.objects.get(pk=metric.pk).is_public


def test_withdrawing_an_input_names_what_is_computed_from_it(admin_client, parts):
    metric = PublishedMetricFactory(name="Growth of part", formula="growth")
    FormulaInputFactory(metric=metric, input=parts[0])
    page = reverse("admin:ecosystem_metric_verb", args=[parts[0].pk, "withdraw"])
    ((item, _said, groups),) = admin_client.get(page).context["uses"]
    assert (item, [(group.label, group.items) for group, _found in groups]) == (
        parts[0],
        [("Metrics computed from it", [metric])],
    )


def test_inputs_are_part_of_the_snapshot_of_a_metric(parts):
    row = FormulaInputFactory(input=parts[0])
    assert [each["model"] for each in revisions.snapshot(row.metric)] == [
        "ecosystem.metric",
        "ecosystem.formulainput",
    ]
