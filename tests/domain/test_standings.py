"""Deciding how far a value can be trusted: with a reason, by a person, at a moment, and said to readers."""

from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError

from ecosystem.domain import figure_records, standings
from ecosystem.domain.evidence_queue import SECTIONS
from ecosystem.models import (
    ChangeNote,
    FigureReference,
    Observation,
    Revision,
    Source,
    Standing,
    StandingChange,
)
from tests.factories import (
    WITHDRAWN,
    DraftObservationFactory,
    EditorFactory,
    FigureReferenceFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedSourceFactory,
    UnopenedSourceFactory,
)

pytestmark = pytest.mark.django_db

PRIMARY = {"trust": Source.Trust.PRIMARY, "access": Source.Access.READ}


@pytest.fixture
def editor():
    return EditorFactory(first_name="Ada", last_name="Editor")


@pytest.fixture
def value():
    return PublishedObservationFactory(source=PublishedSourceFactory(**PRIMARY), value=Decimal(400))


def verified(value, editor, **particulars) -> Observation:
    said = {"locator": "table 2", "reason": "Found in table 2.", "reason_zh": "见表2。"}
    return standings.verify(value, by=editor, **said | particulars)


def refusal(act, *args, **options) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        act(*args, **options)
    return refused.value.messages


def test_verified_value_says_where_it_was_found_and_why(value, editor):
    verified(value, editor)
    value.refresh_from_db()
    assert (value.standing, value.locator, value.standing_reason, value.standing_reason_zh) == (
        "verified",
        "table 2",
        "Found in table 2.",
        "见表2。",
    )


def test_decision_is_recorded_with_what_stood_before(value, editor):
    with time_machine.travel("2026-05-03T10:00:00+08:00", tick=False):
        verified(value, editor)
    change = StandingChange.objects.get()
    assert (change.standing_before, change.standing, change.locator_before, change.locator) == (
        "reported",
        "verified",
        "",
        "table 2",
    )
    assert (change.decided_by, change.decided_at.isoformat()) == (editor, "2026-05-03T02:00:00+00:00")
    assert Revision.objects.filter(kind="observation").count() == 1


def test_readers_of_the_metric_are_told_in_both_languages(value, editor):
    verified(value, editor)
    notice = ChangeNote.objects.get(metric=value.metric)
    assert notice.text == "2024: 400\u00a0companies is now Verified, was Reported. Found in table 2."
    assert notice.text_zh.endswith("见表2。")


def test_verifying_from_another_source_supersedes_the_value(value, editor):
    yearbook = PublishedSourceFactory(**PRIMARY)
    new = verified(value, editor, source=yearbook)
    value.refresh_from_db()
    assert (value.superseded_by, value.standing) == (new, "reported")
    assert (new.source, new.standing, new.locator, new.value) == (
        yearbook,
        "verified",
        "table 2",
        Decimal(400),
    )
    assert new.supersede_reason == "better-source"


def test_verified_means_found_in_the_primary_source(editor):
    value = PublishedObservationFactory(source=PublishedSourceFactory(trust=Source.Trust.EDITED))
    assert refusal(verified, value, editor) == [
        "Verified means found in the primary source, and this one is not primary. Choose the primary source."
    ]
    assert StandingChange.objects.count() == 0


def test_source_that_nobody_opened_verifies_nothing(editor):
    value = DraftObservationFactory(source=UnopenedSourceFactory(trust=Source.Trust.PRIMARY))
    advice = ["Nobody has opened this source yet. Open it, and say so in the form of the source."]
    assert refusal(verified, value, editor) == advice
    assert refusal(standings.report, value, by=editor, reason="Read.") == advice


def test_locator_is_asked_for(value, editor):
    assert refusal(verified, value, editor, locator=" ") == [
        "Say where in the primary source it stands: page 3, table 2."
    ]


@pytest.mark.parametrize("act", [standings.dispute, standings.report])
def test_reason_is_asked_for(value, editor, act):
    assert refusal(act, value, by=editor, reason="  ") == ["Say why the standing changes."]


def test_second_of_two_editors_is_told_that_it_is_done(value, editor):
    standings.dispute(value, by=editor, reason="The bulletin says 300.")
    assert refusal(standings.dispute, value, by=editor, reason="I think so too.") == [
        "It has this standing already: Disputed."
    ]
    assert StandingChange.objects.count() == 1


def test_superseded_and_withdrawn_values_are_not_decided_about(value, editor):
    new = verified(value, editor, source=PublishedSourceFactory(**PRIMARY))
    assert new.superseded_by is None
    assert refusal(standings.dispute, value, by=editor, reason="Wrong.") == [
        "A newer value has taken the place of this one. Decide about that one."
    ]
    gone = PublishedObservationFactory(**WITHDRAWN)
    assert refusal(standings.dispute, gone, by=editor, reason="Wrong.") == [
        "This value was withdrawn. Publish it again before you decide about it."
    ]


def test_dispute_ends_by_a_report(value, editor):
    standings.dispute(value, by=editor, reason="The bulletin says 300.")
    standings.report(value, by=editor, reason="The bulletin was corrected.")
    value.refresh_from_db()
    assert (value.standing, value.standing_reason) == ("reported", "The bulletin was corrected.")
    assert [change.standing for change in StandingChange.objects.all()] == ["disputed", "reported"]


def test_last_texts_follow_the_headline_when_a_dispute_moves_it(value, editor):
    earlier = PublishedObservationFactory(metric=value.metric, period="2023", value=Decimal(300))
    text = f'<p>It has <figure-ref metric="{value.metric.slug}"></figure-ref>.</p>'
    article = PublishedArticleFactory(body=text, body_zh="")
    figure_records.record_references(article)
    standings.dispute(value, by=editor, reason="The bulletin says 300.")
    assert earlier.metric == value.metric
    assert FigureReference.objects.get(article=article).last_text == "300\u00a0companies"


def test_draft_is_verified_without_telling_readers(editor):
    draft = DraftObservationFactory(source=PublishedSourceFactory(**PRIMARY))
    verified(draft, editor)
    draft.refresh_from_db()
    assert (draft.standing, ChangeNote.objects.count()) == ("verified", 0)


def queue(name: str) -> list[Observation]:
    return list(next(section for section in SECTIONS if section.name == name).values())


def test_queue_has_the_most_used_first():
    quiet, busy = (
        PublishedObservationFactory(standing=Standing.UNVERIFIED, metric=PublishedMetricFactory())
        for _ in range(2)
    )
    FigureReferenceFactory(shown=busy.metric)
    assert queue("unverified") == [busy, quiet]


def test_queue_of_lost_sources_names_what_rests_on_them():
    condition = {"condition": "dead", "checked_at": "2026-05-03T10:00:00+08:00"}
    lost = PublishedObservationFactory(source=PublishedSourceFactory(**condition))
    PublishedObservationFactory()
    assert queue("lost") == [lost]


def test_queue_leaves_out_what_cannot_be_decided(value, editor):
    verified(value, editor, source=PublishedSourceFactory(**PRIMARY))
    PublishedObservationFactory(**WITHDRAWN)
    assert [queue(section.name) for section in SECTIONS] == [[], [], [], [], []]
