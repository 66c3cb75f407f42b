"""References in text find their values, say what is wrong with them, and are written down with their sentences."""

from decimal import Decimal

import pytest

from ecosystem.domain import figures
from ecosystem.models import Metric, Standing
from tests.factories import (
    DisputedObservationFactory,
    DraftArticleFactory,
    DraftMetricFactory,
    DraftObservationFactory,
    DraftSourceFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedSourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def gdp() -> Metric:
    return PublishedMetricFactory(slug="gdp")


def ref(slug="gdp", **attributes) -> str:
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<figure-ref metric="{slug}"{said}></figure-ref>'


def shown(text: str):
    """The value that the only reference of a text means."""
    (reference,) = figures.references(text)
    return figures.resolve([text]).observation(reference)


def test_live_reference_follows_the_headline(gdp):
    PublishedObservationFactory(metric=gdp, period="2023")
    assert shown(ref()).period == "2023"
    newest = PublishedObservationFactory(metric=gdp, period="2024")
    assert shown(ref()) == shown(ref(period="latest")) == newest


def test_pinned_reference_stays_with_its_period(gdp):
    pinned = PublishedObservationFactory(metric=gdp, period="2023")
    PublishedObservationFactory(metric=gdp, period="2024")
    assert shown(ref(period="2023")) == pinned


def test_pinned_reference_shows_the_most_trusted_of_rivals(gdp):
    DisputedObservationFactory(metric=gdp, value=Decimal(900))
    reported = PublishedObservationFactory(metric=gdp, value=Decimal(500))
    verified = PublishedObservationFactory(metric=gdp, value=Decimal(501), standing=Standing.VERIFIED)
    assert shown(ref(period="2024")) == verified
    assert shown(ref(period="2024", source=reported.source.slug)) == reported


def test_reference_may_choose_the_source_of_a_disputed_rival(gdp):
    disputed = DisputedObservationFactory(metric=gdp, value=Decimal(900))
    PublishedObservationFactory(metric=gdp, value=Decimal(500))
    slug = disputed.source.slug
    assert shown(ref(period="2024", source=slug)) == shown(ref(source=slug)) == disputed


def test_reference_without_a_public_value_shows_none(gdp):
    DraftObservationFactory(metric=gdp, period="2024")
    assert shown(ref()) is None
    assert shown(ref(period="2024")) is None
    assert shown(ref(slug="unknown")) is None


def test_values_of_a_draft_metric_are_not_shown():
    PublishedObservationFactory(metric=DraftMetricFactory(slug="gdp"))
    assert shown(ref()) is None


def test_superseded_value_is_not_shown(gdp):
    newer = PublishedObservationFactory(metric=gdp, period="2024")
    PublishedObservationFactory(metric=gdp, period="2024", value=Decimal(9), superseded_by=newer)
    assert shown(ref(period="2024")) == newer


@pytest.mark.parametrize("bad", ['<figure-ref metric=""></figure-ref>', ref(period="soon"), ref(form="long")])
def test_reference_that_cannot_be_understood_is_passed_over(bad, gdp):
    assert list(figures.references(f"<p>{bad} {ref()}</p>")) == list(figures.references(ref()))


def test_texts_are_resolved_in_three_queries_whatever_their_number(django_assert_num_queries):
    values = PublishedObservationFactory.create_batch(6)
    one = ref(values[0].metric.slug) + f'<source-note source="{values[0].source.slug}"></source-note>'
    many = "".join(
        ref(v.metric.slug) + f'<cited-figure source="{v.source.slug}">1</cited-figure>' for v in values
    )
    for texts in ([one], [many, one, many]):
        with django_assert_num_queries(3):
            found = figures.resolve(texts)
            assert all(found.observation(each) for text in texts for each in figures.references(text))
            assert all(
                value.metric.unit and value.source.slug
                for m in found.metrics.values()
                for value in m.current_observations
            )


def test_texts_without_references_cost_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert figures.resolve(["<p>Plain.</p>", ""]) == figures.FigureSet()


def test_figures_are_numbered_once_for_each_value(gdp):
    first = PublishedObservationFactory(metric=gdp, period="2023")
    second = PublishedObservationFactory(metric=gdp, period="2024")
    text = ref(period="2024") + ref(period="2023", form="short") + ref()
    found = figures.resolve([text])
    numbers = [(f.observation, f.number, f.form) for f in map(found.figure, figures.references(text))]
    assert numbers == [(second, 1, "unit"), (first, 2, "short"), (second, 1, "unit")]
    assert [(figure.observation, figure.number) for figure in found.shown] == [(second, 1), (first, 2)]


@pytest.mark.parametrize(
    ("standing", "mark"),
    [(Standing.VERIFIED, ""), (Standing.REPORTED, ""), (Standing.UNVERIFIED, "unverified")],
)
def test_only_doubtful_figures_carry_a_mark(gdp, standing, mark):
    PublishedObservationFactory(metric=gdp, standing=standing)
    found = figures.resolve([ref()])
    assert found.figure(next(figures.references(ref()))).mark == mark


def test_disputed_figure_carries_its_mark(gdp):
    DisputedObservationFactory(metric=gdp)
    assert figures.resolve([ref()]).figure(next(figures.references(ref()))).mark == "disputed"


def test_cited_figure_is_numbered_with_its_source():
    source = PublishedSourceFactory(slug="yearbook")
    found = figures.resolve(['<cited-figure source="yearbook" locator="p. 3">400</cited-figure>'])
    assert found.cite("400", "yearbook", "p. 3") == figures.CitedFigure("400", source, "p. 3", 1)
    assert found.cite("7", "unknown", "") is None
    assert [cited.text for cited in found.cited] == ["400"]


def test_draft_source_is_not_cited():
    DraftSourceFactory(slug="yearbook")
    assert figures.resolve(['<source-note source="yearbook"></source-note>']).sources == {}


def test_page_is_resolved_in_both_languages():
    english, chinese = PublishedObservationFactory.create_batch(2)
    page = DraftArticleFactory(body=ref(english.metric.slug), body_zh=ref(chinese.metric.slug))
    assert set(figures.resolve_page(page, "body").metrics) == {english.metric.slug, chinese.metric.slug}
