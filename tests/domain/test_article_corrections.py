"""Corrections of articles that showed a wrong value: what is proposed, and what is stored."""

from decimal import Decimal
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from ecosystem.domain import article_corrections, figure_records, publishing, revisions, superseding
from ecosystem.domain import working_copies as copies
from ecosystem.domain.ripple import ripple_of
from ecosystem.domain.roles import NotAllowedError
from ecosystem.models import Article, AuditEntry, Correction, Observation, Revision
from tests.factories import (
    DraftArticleFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    ReaderOfTheAdminFactory,
)

pytestmark = pytest.mark.django_db
FIGURE = '<figure-ref metric="chips"></figure-ref>'
PINNED = '<figure-ref metric="chips" period="2023"></figure-ref>'


@pytest.fixture
def value() -> Observation:
    metric = PublishedMetricFactory(slug="chips", name="Chips", name_zh="芯片")
    PublishedObservationFactory(metric=metric, period="2023", value=Decimal(300))
    return PublishedObservationFactory(metric=metric, period="2024", value=Decimal(400))


def showing(text: str, factory=PublishedArticleFactory, **fields):
    made = factory(**{"standfirst": text, "body": ""} | fields)
    figure_records.record_references(made)
    return made


def proposed(value, editor, **changes) -> list[tuple[Article, str, str]]:
    act = partial(
        superseding.supersede,
        value,
        by=editor,
        reason=Observation.SupersedeReason.OUR_ERROR,
        explanation="Misread.",
        **changes or {"value": Decimal(500)},
    )
    found = article_corrections.proposals(value, ripple_of([value.metric], act))
    return [(one.article, one.text.replace("\u00a0", " "), one.text_zh) for one in found]


def test_article_is_proposed_what_it_says_now_instead_of_what_it_said(value, editor):
    article = showing(f"It made {FIGURE}.")
    assert proposed(value, editor) == [
        (
            article,
            "Chips, 2024: this article now says 500 companies instead of 400 companies.",
            "芯片，2024年：本文现改为500家（原为400家）。",
        )
    ]


def test_figures_that_read_alike_are_named_once_and_others_after_them(value, editor):
    share = '<figure-ref metric="chips" form="change" since="2023"></figure-ref>'
    showing(f"It made {FIGURE}. Again {FIGURE}. Up {share}.")
    ((_article, text, _text_zh),) = proposed(value, editor)
    assert text.count("500 companies instead of 400 companies") == 1
    assert text.count(" instead of ") == 2


def test_only_public_articles_whose_figures_change_are_proposed(value, editor):
    showing(f"Then it made {PINNED}.")
    showing(f"It made {FIGURE}.", DraftArticleFactory)
    organization = PublishedOrganizationFactory(summary=f"It made {FIGURE}.")
    figure_records.record_references(organization)
    assert proposed(value, editor) == []


def test_error_that_changes_no_number_in_the_text_proposes_nothing(value, editor):
    showing(f"It made {FIGURE}.")
    assert proposed(value, editor, locator="page 9") == []


def test_correction_is_public_at_once_with_state_and_act(value, editor):
    article = showing(f"It made {FIGURE}.")
    article_corrections.add_correction(article, text=" It said 400. ", text_zh="原为400。", by=editor)
    notice = Correction.objects.get()
    assert (notice.article, notice.text, notice.text_zh) == (article, "It said 400.", "原为400。")
    assert notice.happened_on == timezone.localdate()
    kept = Revision.objects.get(kind="article")
    assert (kept.author, kept.note, kept.data[-1]["model"]) == (
        editor,
        "correction added",
        "ecosystem.correction",
    )
    entry = AuditEntry.objects.get(kind="article")
    assert (entry.act, entry.number, entry.actor_name, entry.detail) == (
        "correct",
        article.pk,
        "editor",
        "It said 400.",
    )


def test_next_version_of_the_article_takes_the_correction_over(value, editor):
    article = showing(f"It made {FIGURE}.", title="Old title")
    state = revisions.snapshot(article)
    changed = [{**state[0], "fields": state[0]["fields"] | {"title": "New title"}}, *state[1:]]
    copies.keep(article, state, changed, by=editor)
    article_corrections.add_correction(article, text="It said 400.", by=editor)
    publishing.publish(article, by=editor)
    article.refresh_from_db()
    assert (article.title, [one.text for one in article.corrections.all()]) == ("New title", ["It said 400."])


@pytest.mark.parametrize("text", ["", "   ", "x" * 401])
def test_text_that_cannot_be_stored_is_refused(value, editor, text):
    article = showing(f"It made {FIGURE}.")
    with pytest.raises(ValidationError):
        article_corrections.add_correction(article, text=text, by=editor)
    assert (Correction.objects.count(), AuditEntry.objects.filter(kind="article").count()) == (0, 0)


def test_article_that_is_not_public_has_no_readers_to_tell(editor):
    with pytest.raises(ValidationError, match="is not public, so it has no readers to tell"):
        article_corrections.add_correction(DraftArticleFactory(), text="It said 400.", by=editor)


def test_who_may_not_correct_is_refused(value):
    article = showing(f"It made {FIGURE}.")
    with pytest.raises(NotAllowedError):
        article_corrections.add_correction(article, text="It said 400.", by=ReaderOfTheAdminFactory())
    assert not Correction.objects.exists()
