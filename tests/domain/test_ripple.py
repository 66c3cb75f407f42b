"""What changes for readers is known before it does: every place as it is and as it will be, and nothing is stored."""

import re
from datetime import timedelta
from decimal import Decimal
from functools import partial
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ecosystem.domain import figure_records, pinning, publishing, standings, superseding
from ecosystem.domain.ripple import CHART, RANKING, SENTENCE, TILE, Ripple, ripple_of
from ecosystem.models import Article, FigureReference, Metric, Observation, Ranking, Revision
from tests.factories import (
    DraftArticleFactory,
    DraftObservationFactory,
    EditorFactory,
    FormulaInputFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedRankingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def chips() -> Metric:
    return PublishedMetricFactory(slug="chips", name="Chips", name_zh="芯片")


@pytest.fixture
def value(chips) -> Observation:
    return PublishedObservationFactory(metric=chips, period="2024", value=Decimal(400))


def article(text: str, factory=PublishedArticleFactory, **fields) -> Article:
    made = factory(standfirst=text, body="", **fields)
    figure_records.record_references(made)
    return made


def ref(**attributes) -> str:
    said = {"metric": "chips", **attributes}
    return (
        "<figure-ref"
        + "".join(f' {name.replace("_", "-")}="{text}"' for name, text in said.items())
        + "></figure-ref>"
    )


def corrected(value: Observation, number: int):
    return partial(
        superseding.supersede,
        value,
        by=EditorFactory(),
        reason=Observation.SupersedeReason.OUR_ERROR,
        explanation="Read in the wrong row.",
        value=Decimal(number),
    )


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ").split())


def sentences(ripple: Ripple) -> list[tuple[str, str]]:
    return [(words(one.before), words(one.after)) for one in ripple.changes if one.kind == SENTENCE]


def places(ripple: Ripple, kind: str) -> list[tuple[str, str]]:
    return [(str(one.owner), one.language) for one in ripple.changes if one.kind == kind]


def test_sentences_are_shown_as_they_are_and_as_they_will_be(chips, value):
    article(f"It made {ref()}.", standfirst_zh=f"共{ref()}。")
    article(f"In 2024 {ref(period='2024', form='value')}.")
    assert sentences(ripple_of([chips], corrected(value, 500))) == [
        ("It made 400 companies .", "It made 500 companies ."),
        ("共 400家 。", "共 500家 。"),
        ("In 2024 400 .", "In 2024 500 ."),
    ]


def test_nothing_is_stored(chips, value):
    article(f"It made {ref()}.")
    before = {model: list(model.objects.values()) for model in (Observation, Article, Metric, Revision)}
    records = list(FigureReference.objects.values())
    ripple_of([chips], corrected(value, 500))
    assert {model: list(model.objects.values()) for model in before} == before
    assert list(FigureReference.objects.values()) == records


def test_pinned_sentences_stay_and_say_why(chips, value):
    PublishedObservationFactory(metric=chips, period="2023", value=Decimal(300))
    article(f"Then {ref(period='2023')}.", title="A")
    article(f"As known {ref(known_on='2025-03-01')}.", title="B")
    ripple = ripple_of([chips], corrected(value, 500))
    assert (sentences(ripple), [(words(html), why) for _one, html, why in ripple.unaffected]) == (
        [],
        [
            ("Then 300 companies .", "pinned to 2023"),
            ("As known 400 companies .", "pinned to what was known on 1 March 2025"),
        ],
    )


def test_tile_and_chart_are_shown_in_both_languages(chips, value):
    ripple = ripple_of([chips], corrected(value, 500))
    both = [("Chips", "en"), ("Chips", "zh-hans")]
    assert (places(ripple, TILE), places(ripple, CHART)) == (both, both)
    [english, chinese] = [one for one in ripple.changes if one.kind == CHART]
    assert "Latest value: 500 companies, 2024." in words(english.after)
    assert "最新数值：2024年，500家。" in words(chinese.after)


def test_ranking_is_shown_with_its_new_order(chips, value):
    drugs = PublishedMetricFactory(slug="drugs", name="Drugs", unit=chips.unit)
    PublishedObservationFactory(metric=drugs, period="2024", value=Decimal(450))
    ranking = PublishedRankingFactory(name="Industries", metrics=[chips, drugs])
    article(f"Drugs are {ref(metric='drugs', form='rank', ranking=ranking.slug)}.")
    ripple = ripple_of([chips], corrected(value, 500))
    assert sentences(ripple) == [("Drugs are 1st .", "Drugs are 2nd .")]
    assert places(ripple, RANKING) == [("Industries", "en"), ("Industries", "zh-hans")]
    [english] = [one for one in ripple.changes if (one.kind, one.language) == (RANKING, "en")]
    assert [words(side)[:7] for side in (english.before, english.after)] == ["1 Drugs", "1 Chips"]


def test_what_is_computed_from_the_metric_changes_with_it(chips, value):
    half = PublishedMetricFactory(slug="half", name="Half", unit=chips.unit, nature="stock", formula="sum")
    other = PublishedMetricFactory(slug="other", unit=chips.unit)
    PublishedObservationFactory(metric=other, period="2024", value=Decimal(1))
    for position, one in enumerate((chips, other), 1):
        FormulaInputFactory(metric=half, input=one, position=position)
    article(f"Together {ref(metric='half')}.")
    ripple = ripple_of([chips], corrected(value, 500))
    assert sentences(ripple) == [("Together 401 companies .", "Together 501 companies .")]
    assert {str(one.owner) for one in ripple.changes if one.kind == TILE} == {"Chips", "Half"}


def test_share_of_the_metric_changes_with_it(chips, value):
    part = PublishedMetricFactory(slug="part", unit=chips.unit)
    PublishedObservationFactory(metric=part, period="2024", value=Decimal(100))
    article(f"That is {ref(metric='part', form='share', of='chips')}.")
    assert sentences(ripple_of([chips], corrected(value, 500))) == [("That is 25% .", "That is 20% .")]


def test_new_value_withdrawal_and_decision_are_acts_like_any(chips, value):
    article(f"It made {ref()}.")
    draft = DraftObservationFactory(metric=chips, period="2025", value=Decimal(900), standing="reported")

    def publish():
        publishing.publish(Observation.objects.get(pk=draft.pk), by=EditorFactory())

    def withdraw():
        publishing.withdraw(Observation.objects.get(pk=value.pk), by=EditorFactory(), notice="Wrong table.")

    dispute = partial(standings.dispute, value, by=EditorFactory(), reason="The bulletin says 300.")
    assert sentences(ripple_of([chips], publish)) == [("It made 400 companies .", "It made 900 companies .")]
    [(_now, then)] = sentences(ripple_of([chips], withdraw))
    assert then == "It made 400 companies (no longer available as a record) ."
    assert sentences(ripple_of([chips], dispute)) == [
        ("It made 400 companies .", "It made 400 companies (Disputed) .")
    ]


def test_act_that_cannot_be_done_says_so(chips, value):
    with pytest.raises(ValidationError, match="Nothing was changed"):
        ripple_of([chips], corrected(value, 400))


def test_same_changes_have_the_same_digest_and_others_another(chips, value):
    article(f"It made {ref()}.")
    one, again, other = (ripple_of([chips], corrected(value, number)).digest for number in (500, 500, 501))
    assert (one == again, one == other) == (True, False)


def test_number_of_queries_does_not_grow_with_the_sentences(chips, value):
    article(f"It made {ref()}.")
    act = corrected(value, 500)
    counted = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            ripple = ripple_of([chips], act)
        counted.append((len(sentences(ripple)), len(queries)))
        article(" ".join(f"Once more {ref(form=form)}." for form in ("unit", "value", "short")))
    [(one, few), (four, many)] = counted
    assert (one, four, many) == (1, 4, few)


def test_sentence_may_stay_where_readers_saw_the_same_yesterday(chips, value):
    article(f"It made {ref()}.")
    [change] = [one for one in ripple_of([chips], corrected(value, 500)).changes if one.kind == SENTENCE]
    assert change.may_stay
    publishing.withdraw(value, by=EditorFactory(), notice="Wrong table.")
    fresh = PublishedObservationFactory(
        metric=chips, period="2024", value=Decimal(420), published_at=timezone.now()
    )
    [change] = [one for one in ripple_of([chips], corrected(fresh, 500)).changes if one.kind == SENTENCE]
    assert not change.may_stay


def test_pinned_sentence_keeps_what_it_showed_and_the_page_a_revision(chips, value):
    made = article(f"It made {ref()} and {ref(form='value')}. Again {ref()}.")
    [first, _second] = [
        one for one in ripple_of([chips], corrected(value, 500)).changes if one.kind == SENTENCE
    ]
    pinning.pin(made, first.sentence.field, first.sentence.indexes, by=EditorFactory())
    corrected(value, 500)()
    day = (timezone.localdate() - timedelta(days=1)).isoformat()
    made.refresh_from_db()
    assert made.standfirst == (
        f"It made {ref(known_on=day)} and {ref(form='value', known_on=day)}. Again {ref()}."
    )
    assert list(FigureReference.objects.values_list("last_text", flat=True)) == [
        "400\u00a0companies",
        "400",
        "500\u00a0companies",
    ]
    assert Revision.objects.filter(kind="article").count() == 1


def test_draft_pages_are_shown_too_since_they_will_be_read(chips, value):
    article(f"It made {ref()}.", DraftArticleFactory)
    [change] = [one for one in ripple_of([chips], corrected(value, 500)).changes if one.kind == SENTENCE]
    assert not change.owner.is_public


def test_metric_that_nobody_can_see_changes_nothing():
    hidden = DraftObservationFactory(metric__status="draft", metric__published_at=None)
    ripple = ripple_of(
        [hidden.metric],
        lambda: publishing.publish(Observation.objects.get(pk=hidden.pk), by=EditorFactory()),
    )
    assert (ripple.changes, ripple.unaffected) == ((), ())


def test_ranking_that_nobody_can_see_is_not_shown(chips, value):
    Ranking.objects.all().delete()
    assert places(ripple_of([chips], corrected(value, 500)), RANKING) == []
