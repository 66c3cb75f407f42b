"""Articles that showed a wrong value and have told their readers of nothing since it was corrected."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from ecosystem.domain import article_corrections, figure_records, publishing, revisions, superseding
from ecosystem.models import Article, Observation
from tests.factories import (
    LONG_AGO,
    DraftArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
)

pytestmark = pytest.mark.django_db
CORRECTED = LONG_AGO + timedelta(days=30)
FIGURE = '<figure-ref metric="chips"></figure-ref>'
Reason = Observation.SupersedeReason


@pytest.fixture
def value() -> Observation:
    return PublishedObservationFactory(
        metric=PublishedMetricFactory(slug="chips", name="Chips", name_zh="芯片"),
        period="2024",
        value=Decimal(400),
    )


def published(editor, at=LONG_AGO, **texts) -> Article:
    article = DraftArticleFactory(**{"standfirst": f"It made {FIGURE}.", "body": ""} | texts)
    figure_records.record_references(article)
    with time_machine.travel(at, tick=False):
        publishing.publish(article, by=editor)
    return article


def corrected(value, editor, reason=Reason.OUR_ERROR, number=500) -> Observation:
    with time_machine.travel(CORRECTED, tick=False):
        superseding.supersede(value, by=editor, reason=reason, explanation="Misread.", value=Decimal(number))
    return Observation.objects.select_related("superseded_by", "metric").get(pk=value.pk)


def proposed(value) -> list[tuple[str, str, str]]:
    return [
        (one.article.title, one.text.replace("\u00a0", " "), one.text_zh)
        for one in article_corrections.late_proposals(value)
    ]


def test_article_that_showed_it_is_proposed_what_it_has_said_since(value, editor):
    published(editor, title="Story")
    assert proposed(corrected(value, editor)) == [
        (
            "Story",
            "Chips, 2024: this article now says 500 companies instead of 400 companies.",
            "芯片，2024年：本文现改为500家（原为400家）。",
        )
    ]


def test_revised_value_was_no_error(value, editor):
    published(editor)
    assert proposed(corrected(value, editor, Reason.SOURCE_REVISED)) == []


def test_present_value_has_nothing_to_tell(value, editor):
    published(editor)
    assert proposed(value) == []


def test_article_that_has_told_its_readers_since_is_left_out(value, editor):
    told, earlier = published(editor, title="Told"), published(editor, title="Told earlier")
    with time_machine.travel(CORRECTED - timedelta(days=2), tick=False):
        article_corrections.add_correction(earlier, text="Another error.", by=editor)
    old = corrected(value, editor)
    article_corrections.add_correction(told, text="It said 400.", by=editor)
    assert [title for title, *_texts in proposed(old)] == ["Told earlier"]


def test_article_that_came_after_the_correction_never_showed_it(value, editor):
    old = corrected(value, editor)
    published(editor, at=CORRECTED + timedelta(days=1))
    DraftArticleFactory(standfirst=f"It made {FIGURE}.")
    assert proposed(old) == []


def test_figure_that_was_written_after_the_correction_never_showed_it(value, editor):
    article = published(editor, standfirst="It made many.")
    old = corrected(value, editor)
    article.standfirst = f"It made {FIGURE}."
    article.save()
    revisions.record(article, by=editor)
    figure_records.record_references(article)
    assert proposed(old) == []


def test_figure_that_the_article_has_left_out_since_says_nothing_now(value, editor):
    article = published(editor)
    old = corrected(value, editor)
    article.standfirst = "It made many."
    article.save()
    figure_records.record_references(article)
    assert proposed(old) == []
    article.body = '<p>Up <figure-ref metric="chips" form="value"></figure-ref>.</p>'
    article.save()
    figure_records.record_references(article)
    assert proposed(old) == []


def test_figure_that_says_something_else_by_now_is_left_to_the_editor(value, editor):
    """A newer year has taken its place: what the article says now is no correction of what it said."""
    published(editor)
    old = corrected(value, editor)
    later = CORRECTED + timedelta(days=1)
    PublishedObservationFactory(
        metric=value.metric, period="2025", value=Decimal(600), published_at=later, recorded_at=later
    )
    assert proposed(old) == []


def test_figures_of_other_metrics_are_not_told_of(value, editor):
    other = PublishedMetricFactory(slug="cars", name="Cars")
    cars = PublishedObservationFactory(metric=other, period="2024", value=Decimal(7))
    published(editor, standfirst=f'It made {FIGURE} and <figure-ref metric="cars"></figure-ref>.')
    old = corrected(value, editor)
    corrected(cars, editor, number=8)
    ((_title, text, _text_zh),) = proposed(old)
    assert text == "Chips, 2024: this article now says 500 companies instead of 400 companies."


def test_pinned_figure_says_what_it_said(value, editor):
    day = (LONG_AGO + timedelta(days=5)).date().isoformat()
    published(editor, standfirst=f'It made <figure-ref metric="chips" known-on="{day}"></figure-ref>.')
    assert proposed(corrected(value, editor)) == []
