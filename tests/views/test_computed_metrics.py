"""Computed metrics as readers meet them: pages, evidence, past days, files and the feed."""

import csv
import io
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from ecosystem.domain.changes import changes
from ecosystem.models import Metric, Observation
from tests.factories import (
    LONG_AGO,
    WITHDRAWN,
    FormulaInputFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedSourceFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
LATER = LONG_AGO + timedelta(days=10)


@pytest.fixture
def share() -> Metric:
    """65 of 437 companies in 2024."""
    percent = UnitFactory(pattern="{number}%", pattern_one="", pattern_zh="{number}%", scales=False)
    made = PublishedMetricFactory(slug="share", name="Share", formula="share", unit=percent)
    unit = UnitFactory()
    for position, (slug, number) in enumerate([("part", 65), ("whole", 437)], 1):
        one = PublishedMetricFactory(slug=slug, name=slug.title(), unit=unit)
        FormulaInputFactory(metric=made, input=one, position=position)
        PublishedObservationFactory(metric=one, period="2024", value=Decimal(number))
    return made


def corrected(slug: str, number: int) -> None:
    """A newer value, public since a later day."""
    old = Observation.objects.get(metric__slug=slug)
    new = PublishedObservationFactory(
        metric=old.metric,
        period=old.period,
        value=Decimal(number),
        published_at=LATER,
        supersede_reason="our-error",
        supersede_note="Read in the wrong row.",
    )
    Observation.objects.filter(pk=old.pk).update(superseded_by=new)


def context(client, path, **query) -> dict:
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.context


def numbers(values) -> list[Decimal | None]:
    return [value.value for value in values]


def test_page_shows_computed_values_and_what_they_are_made_from(client, share):
    shown = context(client, "/metrics/share/")
    assert (shown["headline"].amount, numbers(shown["observations"])) == ("14.9%", [Decimal("14.9")])
    page = client.get("/metrics/share/").content.decode()
    assert '<a href="/metrics/part/">Part</a> in percent of <a href="/metrics/whole/">Whole</a>' in page


def test_page_shows_what_stood_there_before_an_input_was_corrected(client, share):
    corrected("part", 93)
    shown = context(client, "/metrics/share/")
    assert numbers(shown["observations"]) == [Decimal("21.3")]
    [old] = shown["superseded"]
    assert (old.value, old.superseded_by.value, old.superseded_by.supersede_note) == (
        Decimal("14.9"),
        Decimal("21.3"),
        "Read in the wrong row.",
    )


def test_evidence_page_shows_the_inputs_with_their_values(client, share):
    [value] = context(client, "/metrics/share/2024/")["values"]
    assert [str(one.metric) for one in value.inputs] == ["Part", "Whole"]
    page = client.get("/metrics/share/2024/").content.decode()
    assert '<a href="/metrics/part/2024/">Part, 2024</a>' in page
    assert '<a href="/method/#computed">' in page


def test_evidence_page_of_a_period_that_could_never_be_computed_is_not_there(client, share):
    PublishedObservationFactory(metric=Metric.objects.get(slug="part"), period="2023")
    assert client.get("/metrics/share/2023/").status_code == 404
    assert client.get("/metrics/share/2023/", {"known_on": "2025-01-01"}).status_code == 404


def test_past_day_before_the_inputs_shows_no_value_and_the_page_stays(client, share):
    early = (LONG_AGO - timedelta(days=1)).date().isoformat()
    Metric.objects.update(published_at=LONG_AGO - timedelta(days=3))
    answer = client.get("/metrics/share/2024/", {"known_on": early})
    assert (answer.status_code, answer.templates[0].name) == (200, "metrics/evidence_unknown.html")


def test_past_day_shows_the_value_of_that_day(client, share):
    corrected("part", 93)
    day = LONG_AGO.date().isoformat()
    assert numbers(context(client, "/metrics/share/", known_on=day)["observations"]) == [Decimal("14.9")]


def test_value_whose_input_was_withdrawn_is_gone_with_its_notice(client, share):
    part = Observation.objects.get(metric__slug="part")
    Observation.objects.filter(pk=part.pk).update(**WITHDRAWN)
    answer = client.get("/metrics/share/2024/")
    assert (answer.status_code, answer.context["page"].withdrawn_notice) == (
        410,
        "It described something else.",
    )


def test_source_page_lists_what_is_computed_from_its_values(client, share):
    source = PublishedSourceFactory(slug="yearbook")
    Observation.objects.filter(metric__slug="part").update(source=source)
    assert context(client, "/sources/yearbook/")["uses"].computed == [share]


def test_files_name_formula_and_inputs(client, share):
    text = client.get("/metrics/share.csv").content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text, newline=""))
    site = row["address"].removesuffix("/metrics/share/2024/")
    assert row["computed_from"] == f"{site}/metrics/part/2024/ {site}/metrics/whole/2024/"
    document = json.loads(client.get("/metrics/share.json").content)
    assert (document["metric"]["formula"], document["metric"]["inputs"]) == ("share", ["part", "whole"])
    assert document["values"][0]["number"] == "14.9"


def test_feed_tells_of_new_and_changed_computed_values(share):
    corrected("part", 93)
    assert [(change.title, change.text, change.address) for change in changes(share)] == [
        (
            "Share, 2024",
            "21.3% instead of 14.9% (our error). Read in the wrong row.",
            "/metrics/share/2024/",
        ),
        (
            "Share, 2024",
            "14.9%, Reported. Source: Computed by Shanghai Tech.",
            "/metrics/share/2024/",
        ),
    ]


def test_lost_source_of_an_input_is_marked_on_the_computed_value(client, share):
    source = PublishedSourceFactory(condition="dead", checked_at=timezone.now(), url="https://example.org/a")
    Observation.objects.filter(metric__slug="whole").update(source=source)
    page = client.get("/metrics/share/2024/").content.decode()
    assert "The source of an input was found gone or changed on" in page
