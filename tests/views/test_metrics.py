"""Metrics: the list by topic, the page of a metric, the evidence page of a period."""

import re
from decimal import Decimal

import pytest

from ecosystem.domain import figure_records
from ecosystem.models import Metric, Observation, Standing
from tests.factories import (
    DisputedObservationFactory,
    DraftArticleFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def wafers() -> Metric:
    return PublishedMetricFactory(slug="wafers", name="Wafers", nature=Metric.Nature.STOCK)


def value(metric, period, number=400, **particulars) -> Observation:
    return PublishedObservationFactory(metric=metric, period=period, value=Decimal(number), **particulars)


def used(metric, factory=PublishedArticleFactory, period="latest", **texts):
    reference = f'<figure-ref metric="{metric.slug}" period="{period}"></figure-ref>'
    article = factory(**({"body": f"<p>It makes {reference}.</p>"} | texts))
    figure_records.record_references(article)
    return article


def context(client, path) -> dict:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.context


def test_list_stands_by_first_topic_and_without_topic_last(client):
    chips, medicine = TopicFactory(name="Chips"), TopicFactory(name="Medicine")
    for name, topics in (("B", [chips]), ("A", [medicine, chips]), ("D", []), ("C", [medicine])):
        PublishedMetricFactory(name=name).topics.set(topics)
    groups = context(client, "/metrics/")["groups"]
    assert [(topic, [tile.metric.name for tile in tiles]) for topic, tiles in groups] == [
        (chips, ["A", "B"]),
        (medicine, ["C"]),
        (None, ["D"]),
    ]


def test_page_shows_headline_values_and_chart(client, wafers):
    older, newer = value(wafers, "2023", 300), value(wafers, "2024", 400, standing=Standing.VERIFIED)
    disputed = DisputedObservationFactory(metric=wafers, period="2024", value=Decimal(900))
    shown = context(client, "/metrics/wafers/")
    assert shown["headline"].observation == newer
    assert shown["headline"].rivals == (disputed,)
    assert shown["observations"] == [newer, disputed, older]
    assert [point.kind for point in shown["chart"].points] == ["reported", "verified", "disputed"]
    assert shown["chart_description"].startswith("Latest value: 400")


def test_page_without_values_answers(client, wafers):
    shown = context(client, "/metrics/wafers/")
    assert (shown["headline"].observation, shown["chart"], shown["observations"]) == (None, None, [])


def test_page_says_how_far_each_value_is_trusted(client, wafers):
    value(wafers, "2023", standing=Standing.VERIFIED), value(wafers, "2024")
    DisputedObservationFactory(metric=wafers, period="2025", standing_reason="Nobody counted.")
    html = client.get("/metrics/wafers/").content.decode()
    for word in ("Verified", "Reported", "Disputed", "Nobody counted.", "Bureau of tests"):
        assert word in html


def test_superseded_value_stays_readable_with_its_reason(client, wafers):
    newer = value(wafers, "2024", 420, supersede_reason="source-revised")
    old = value(wafers, "2024", 400, source=newer.source, superseded_by=newer)
    shown = context(client, "/metrics/wafers/")
    assert (shown["observations"], list(shown["superseded"])) == ([newer], [old])
    assert "The source revised it" in client.get("/metrics/wafers/").content.decode()


def test_page_lists_public_pages_that_show_the_metric(client, wafers):
    value(wafers, "2024")
    article = used(wafers)
    used(wafers, factory=DraftArticleFactory)
    assert [use.page for use in context(client, "/metrics/wafers/")["uses"]] == [article]


def test_sentence_is_shown_in_the_language_of_the_page(client, wafers):
    value(wafers, "2024")
    reference = '<figure-ref metric="wafers"></figure-ref>'
    used(wafers, body=f"<p>It makes {reference}.</p>", body_zh=f"<p>生产{reference}。</p>")
    for path, field in (("/metrics/wafers/", "body"), ("/zh-hans/metrics/wafers/", "body_zh")):
        assert [use.field for use in context(client, path)["uses"]] == [field]


def test_sentence_without_a_translation_is_shown_in_the_other_language(client, wafers):
    value(wafers, "2024")
    used(wafers)
    assert [use.field for use in context(client, "/zh-hans/metrics/wafers/")["uses"]] == ["body"]


def test_figures_in_the_definition_are_shown(client, wafers):
    value(PublishedMetricFactory(slug="fabs"), "2024", 7)
    value(wafers, "2024")
    wafers.definition = 'Made in <figure-ref metric="fabs"></figure-ref>.'
    wafers.save()
    for path in ("/metrics/wafers/", "/metrics/wafers/2024/"):
        assert re.search(
            r"Made in <a [^>]*><data [^>]*>7\xa0companies</data></a>\.", client.get(path).content.decode()
        )


def test_related_metrics_share_a_topic(client, wafers):
    topic = TopicFactory()
    near = PublishedMetricFactory()
    for metric in (wafers, near):
        metric.topics.add(topic)
    PublishedMetricFactory()
    assert list(context(client, "/metrics/wafers/")["related"]) == [near]


def test_evidence_shows_the_values_of_its_period_best_first(client, wafers):
    disputed = DisputedObservationFactory(metric=wafers, period="2024", value=Decimal(900))
    verified = value(wafers, "2024", standing=Standing.VERIFIED)
    value(wafers, "2023")
    shown = context(client, "/metrics/wafers/2024/")
    assert (shown["values"], shown["main"]) == ([verified, disputed], verified)
    assert (shown["span"].text, shown["is_headline"]) == ("2024", True)
    assert context(client, "/metrics/wafers/2023/")["is_headline"] is False


def test_evidence_of_a_period_whose_value_was_superseded(client, wafers):
    newer = value(wafers, "2024", 420)
    old = value(wafers, "2024", 400, source=newer.source, superseded_by=newer)
    value(wafers, "2025")
    shown = context(client, "/metrics/wafers/2024/")
    assert (shown["values"], shown["superseded"]) == ([newer], [old])


def test_evidence_lists_uses_of_its_period_and_of_the_headline(client, wafers):
    value(wafers, "2023"), value(wafers, "2024")
    live, pinned = used(wafers), used(wafers, period="2023")
    assert [use.page for use in context(client, "/metrics/wafers/2024/")["uses"]] == [live]
    assert [use.page for use in context(client, "/metrics/wafers/2023/")["uses"]] == [pinned]


@pytest.mark.parametrize("period", ["2019", "soon", "2024-13", "latest", "２０２４", "2024%20"])
def test_period_without_a_public_value_is_not_found(client, wafers, period):
    value(wafers, "2024")
    assert client.get(f"/metrics/wafers/{period}/").status_code == 404


def test_card_of_the_figure_stands_in_the_evidence_page(client, wafers):
    value(wafers, "2024", 1200, qualifier="~")
    html = client.get("/metrics/wafers/2024/").content.decode()
    card = re.search(r"<div [^>]*\bdata-card\b.*?</div>", html, re.DOTALL)[0]
    assert "about 1,200\u00a0companies" in card
    assert "As of 2024" in card


def test_subject_of_a_metric_may_be_an_organization(client, wafers):
    wafers.subject_organization = PublishedOrganizationFactory(name="Foundry")
    wafers.save()
    assert client.get("/metrics/wafers/").status_code == 200


def test_caption_is_punctuated_in_the_language_of_the_page(client, wafers):
    value(wafers, "2023"), value(wafers, "2024")
    captions = {
        path: re.search(r"<figcaption>(.*?)</figcaption>", client.get(path).content.decode(), re.DOTALL)[
            1
        ].strip()
        for path in ("/metrics/wafers/", "/zh-hans/metrics/wafers/")
    }
    unit = wafers.unit
    assert captions["/metrics/wafers/"].startswith(f"Wafers, {unit.name}.")
    assert f"，{unit.name_zh or unit.name}。" in captions["/zh-hans/metrics/wafers/"]
