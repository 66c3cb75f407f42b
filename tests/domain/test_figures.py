"""References in text find their values, say what is wrong with them, and are written down with their sentences."""

from decimal import Decimal

import pytest

from ecosystem.domain import figures
from ecosystem.models import FigureReference, Metric, Standing
from tests.factories import (
    DisputedObservationFactory,
    DraftArticleFactory,
    DraftMetricFactory,
    DraftObservationFactory,
    DraftSourceFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
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


def recorded(page) -> list[tuple[str, str, str, str, str, str]]:
    rows = FigureReference.objects.filter(**{page._meta.model_name: page}).select_related("shown")
    return [(r.shown.slug, r.period, r.source_slug, r.form, r.field, r.sentence) for r in rows]


def test_references_are_recorded_with_their_sentences(gdp):
    PublishedMetricFactory(slug="patents")
    article = PublishedArticleFactory(
        standfirst=f"It grew to {ref()}.",
        body=f"<h2>Growth</h2><p>First words. The city made {ref(period='2024', form='short')} with "
        f"<em>{ref('patents', source='office')}</em> patents! More.</p>",
        body_zh=f"<p>开头。全市生产总值{ref(period='2024')}。结尾。</p>",
    )
    figures.record_references(article)
    both = f"The city made {ref(period='2024', form='short')} with {ref('patents', source='office')} patents!"
    assert recorded(article) == [
        ("gdp", "latest", "", "unit", "standfirst", f"It grew to {ref()}."),
        ("gdp", "2024", "", "short", "body", both),
        ("patents", "latest", "office", "unit", "body", both),
        ("gdp", "2024", "", "unit", "body_zh", f"全市生产总值{ref(period='2024')}。"),
    ]


def test_recording_again_replaces_what_was_recorded(gdp):
    article, other = PublishedArticleFactory.create_batch(2, body=f"<p>{ref()}</p>")
    for page in (article, other, article):
        figures.record_references(page)
    assert FigureReference.objects.count() == 2
    article.body = "<p>None.</p>"
    figures.record_references(article)
    assert list(FigureReference.objects.values_list("article", flat=True)) == [other.pk]


def test_unknown_and_broken_references_are_not_recorded(gdp):
    organization = PublishedOrganizationFactory(
        summary=f"{ref('unknown')} and {ref(period='soon')} but {ref()} counts", description=""
    )
    figures.record_references(organization)
    assert [row[:2] for row in recorded(organization)] == [("gdp", "latest")]


def test_sentence_leaves_notes_out_and_escapes_stay(gdp):
    article = PublishedArticleFactory(
        body=f'<p>A &amp; B have {ref()}.<source-note source="x">Of &lt;all&gt;.</source-note> Next.</p>'
    )
    figures.record_references(article)
    assert [row[-1] for row in recorded(article)] == [f"A &amp; B have {ref()}."]


def test_headings_items_and_rows_are_sentences_of_their_own(gdp):
    article = PublishedArticleFactory(
        body=f"<h2>A heading</h2><p>Made {ref()} a year</p><ul><li>One</li><li>Two {ref()}</li></ul>"
        f"<table><tbody><tr><th>2023</th><td>less</td></tr><tr><th>2024</th><td>{ref()}</td></tr></tbody></table>"
    )
    figures.record_references(article)
    assert [row[-1] for row in recorded(article)] == [
        f"Made {ref()} a year",
        f"Two {ref()}",
        f"2024 {ref()}",
    ]
