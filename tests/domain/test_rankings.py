"""Rankings put metrics in the order of their values of one period, and change with them."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.domain import figure_records, figures, superseding
from ecosystem.domain.figure_errors import reference_errors
from ecosystem.domain.rankings import (
    hidden_metrics,
    periods_of,
    public_rankings,
    rank_all,
    ranked,
    ranking_errors,
)
from ecosystem.models import FigureReference, Metric, Observation, Ranking, Source, Unit
from tests.factories import (
    LONG_AGO,
    DisputedObservationFactory,
    DraftMetricFactory,
    DraftRankingFactory,
    EditorFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedRankingFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

CORRECTED = LONG_AGO + timedelta(days=30)


@pytest.fixture
def chips() -> Metric:
    return PublishedMetricFactory(slug="chips", name="Chips")


@pytest.fixture
def drugs(chips) -> Metric:
    return PublishedMetricFactory(slug="drugs", name="Drugs", unit=chips.unit)


@pytest.fixture
def ranking(chips, drugs) -> Ranking:
    return PublishedRankingFactory(slug="industries", metrics=[chips, drugs])


def value(metric, number, period="2024", **fields) -> Observation:
    return PublishedObservationFactory(metric=metric, value=Decimal(number), period=period, **fields)


def places(period="latest", at=None) -> list[tuple[str, int | None]]:
    [found] = rank_all(public_rankings().values(), at, period)
    return [(rank.metric.slug, rank.place) for rank in found.ranks]


def rank(slug="chips", ranking="industries", **attributes) -> str:
    said = "".join(f' {name.replace("_", "-")}="{text}"' for name, text in attributes.items())
    return f'<figure-ref metric="{slug}" form="rank" ranking="{ranking}"{said}></figure-ref>'


def test_highest_comes_first_and_where_less_is_better_the_lowest(ranking, chips, drugs):
    value(chips, 300), value(drugs, 400)
    assert places() == [("drugs", 1), ("chips", 2)]
    Ranking.objects.update(first=Ranking.First.LOWEST)
    assert places() == [("chips", 1), ("drugs", 2)]


def test_equal_values_share_a_place_and_the_next_one_is_left_out(ranking, chips, drugs):
    third = PublishedMetricFactory(slug="cars", name="Cars", unit=chips.unit)
    ranking.metrics.add(third)
    value(chips, 400), value(drugs, 400), value(third, 300)
    assert places() == [("chips", 1), ("drugs", 1), ("cars", 3)]


def test_period_is_the_newest_for_which_most_have_a_number(ranking, chips, drugs):
    value(chips, 300, "2023"), value(drugs, 400, "2023"), value(chips, 500, "2024")
    assert places() == [("drugs", 1), ("chips", 2)]
    assert places("2024") == [("chips", None), ("drugs", None)]
    value(drugs, 450, "2024")
    assert (places(), places("2023")) == ([("chips", 1), ("drugs", 2)], [("drugs", 1), ("chips", 2)])


def test_metric_without_a_number_has_no_place(ranking, chips, drugs):
    absent = PublishedMetricFactory(slug="cars", name="Cars", unit=chips.unit)
    forecast = PublishedMetricFactory(slug="dyes", name="Dyes", unit=chips.unit)
    ranking.metrics.add(absent, forecast)
    PublishedObservationFactory(metric=absent, value=None, absence=Observation.Absence.MISSING)
    value(forecast, 900, release=Observation.Release.FORECAST)
    value(chips, 300), value(drugs, 400)
    assert places() == [("drugs", 1), ("chips", 2), ("cars", None), ("dyes", None)]


def test_one_number_is_no_order(ranking, chips):
    value(chips, 300)
    [found] = rank_all(public_rankings().values())
    assert (found.period, places()) == (None, [("chips", None), ("drugs", None)])


def test_of_rival_values_the_trusted_one_counts(ranking, chips, drugs):
    value(chips, 300), value(drugs, 200)
    DisputedObservationFactory(metric=drugs, period="2024", value=Decimal(900))
    assert places() == [("chips", 1), ("drugs", 2)]


def test_units_of_one_thing_are_compared_by_what_they_stand_for(ranking, chips, drugs):
    yuan = {"currency": "CNY", "scales": True}
    Unit.objects.filter(pk=chips.unit_id).update(factor=Decimal(10) ** 9, **yuan)
    drugs.unit = UnitFactory(factor=Decimal(10) ** 6, **yuan)
    drugs.save()
    value(chips, 2), value(drugs, 1900)
    assert places() == [("chips", 1), ("drugs", 2)]


def test_bars_are_in_percent_of_the_longest_and_fall_away_below_zero(ranking, chips, drugs):
    value(chips, 300), value(drugs, 400)
    [found] = rank_all(public_rankings().values())
    assert [one.length for one in found.ranks] == [100, 75]
    value(chips, -1, "2025"), value(drugs, 4, "2025")
    [found] = rank_all(public_rankings().values())
    assert [one.length for one in found.ranks] == [None, None]


def test_order_of_a_past_day_is_made_from_what_was_public_then(ranking, chips, drugs):
    old = value(chips, 300)
    value(drugs, 400)
    with time_machine.travel(CORRECTED, tick=False):
        superseding.supersede(
            old,
            by=EditorFactory(),
            reason=Observation.SupersedeReason.OUR_ERROR,
            explanation="Read in the wrong row.",
            value=Decimal(500),
        )
    assert places() == [("chips", 1), ("drugs", 2)]
    assert places(at=CORRECTED - timedelta(days=1)) == [("drugs", 1), ("chips", 2)]


@given(st.lists(st.integers(0, 5), min_size=2, max_size=6))
def test_place_is_one_more_than_the_number_of_better_values(numbers):
    unit = Unit(slug="each", factor=Decimal(1))
    metrics = [Metric(pk=n, slug=f"m{n}", name=f"M{n}", unit=unit) for n in range(len(numbers))]
    of_one_source = {
        "source": Source(trust=Source.Trust.PRIMARY),
        "standing": "reported",
        "recorded_at": LONG_AGO,
    }
    values = {
        metric: [Observation(metric=metric, period="2024", value=Decimal(number), **of_one_source)]
        for metric, number in zip(metrics, numbers, strict=True)
    }
    found = ranked(Ranking(first=Ranking.First.HIGHEST), values)
    assert {one.metric: one.place for one in found.ranks} == {
        metric: 1 + sum(other > number for other in numbers)
        for metric, number in zip(metrics, numbers, strict=True)
    }
    assert [one.place for one in found.ranks] == sorted(one.place for one in found.ranks)


def test_periods_that_can_be_compared_have_two_numbers(chips, drugs):
    values = [[value(chips, 1, "2023"), value(chips, 2, "2024")], [value(drugs, 1, "2024")]]
    assert periods_of(values) == ["2024"]


def test_what_cannot_be_compared_is_named(chips, drugs):
    percent = PublishedMetricFactory(
        name="Percent", unit=UnitFactory(pattern="{number}%", pattern_zh="{number}%")
    )
    place = PublishedMetricFactory(name="Place", nature=Metric.Nature.RANK)
    assert [ranking_errors(them) for them in ([chips, drugs], [chips], [chips, place])] == [
        [],
        ["A ranking needs two metrics or more."],
        ["A rank cannot be ranked again. Choose metrics that count something."],
    ]
    assert ranking_errors([chips, drugs, percent]) == [
        "Only metrics of one kind can be compared; not counted like Chips: Percent."
    ]


def test_metrics_that_readers_cannot_see_are_named_and_not_ranked(ranking, chips, drugs):
    hidden = DraftMetricFactory(name="Hidden", unit=chips.unit)
    ranking.metrics.add(hidden)
    assert hidden_metrics(ranking) == ["It ranks what readers cannot see: Hidden. Publish that first."]
    value(chips, 3), value(drugs, 4), value(hidden, 5)
    assert places() == [("drugs", 1), ("chips", 2)]


def test_rank_in_a_sentence_is_an_ordinal_and_leads_to_the_ranking(ranking, chips, drugs):
    value(chips, 300), value(drugs, 400)
    [reference] = figures.references(rank(period="2024"))
    figure = figures.resolve([rank(period="2024")]).figure(reference)
    assert (figure.text, figure.machine, figure.address) == ("2nd", "2", "/rankings/industries/?period=2024")
    with override("zh-hans"):
        assert figure.text == "第2位"


def test_doubtful_rival_makes_the_place_doubtful(ranking, chips, drugs):
    value(chips, 300)
    DisputedObservationFactory(metric=drugs, period="2024", value=Decimal(200))
    [reference] = figures.references(rank())
    assert figures.resolve([rank()]).figure(reference).mark == "disputed"


def test_last_text_of_a_rank_follows_its_rivals(ranking, chips, drugs):
    value(chips, 300)
    rival = value(drugs, 400)
    figure_records.record_references(PublishedArticleFactory(standfirst=f"It is {rank()}.", body=""))
    assert FigureReference.objects.get().last_text == "2nd"
    superseding.supersede(
        rival,
        by=EditorFactory(),
        reason=Observation.SupersedeReason.SOURCE_REVISED,
        explanation="Revised by the bureau.",
        value=Decimal(200),
    )
    assert FigureReference.objects.get().last_text == "1st"


def test_errors_of_a_rank_name_what_there_is(ranking, chips, drugs):
    value(chips, 300), value(drugs, 400), value(chips, 500, "2025")
    PublishedMetricFactory(slug="cars")
    DraftRankingFactory(slug="secret")
    begin = "figure-ref metric="
    assert reference_errors(rank() + rank(ranking="industry") + rank(ranking="zzz") + rank("cars")) == [
        f"{begin}chips period=latest form=rank ranking=industry: there is no public ranking “industry”. "
        "Did you mean industries?",
        f"{begin}chips period=latest form=rank ranking=zzz: there is no public ranking “zzz”. "
        "Look its slug up in the list of rankings.",
        f"{begin}cars period=latest form=rank ranking=industries: “cars” is not in the ranking “industries”, "
        "which has chips, drugs.",
    ]
    assert reference_errors(rank(period="2025") + rank(ranking="secret")) == [
        f"{begin}chips period=2025 form=rank ranking=industries: it has no place for that period. "
        "Periods that can be ranked: 2024.",
        f"{begin}chips period=latest form=rank ranking=secret: there is no public ranking “secret”. "
        "Look its slug up in the list of rankings.",
    ]
    assert reference_errors(
        rank(source="yearbook") + '<figure-ref metric="chips" form="rank"></figure-ref>'
    ) == [
        "figure-ref metric=chips: source cannot be used with form “rank”. Remove it.",
        'figure-ref metric=chips: form “rank” needs ranking. Write ranking="leading-industries", for example.',
    ]
