"""What became of the public state between two stored states, in one sentence."""

from datetime import UTC, datetime

import pytest
import time_machine

from ecosystem.domain import publishing, revisions
from ecosystem.domain.state_differences import compare, compare_each
from tests.domain.told import changed, told
from tests.factories import (
    DraftArticleFactory,
    DraftObservationFactory,
    PublishedObservationFactory,
)

pytestmark = pytest.mark.django_db

# Public state

MARCH = datetime(2026, 3, 1, 4, 30, tzinfo=UTC)


def test_public_state_is_told_in_one_sentence(editor):
    with time_machine.travel(MARCH, tick=False):
        article = DraftArticleFactory()
        publishing.submit(article, by=editor)
        publishing.return_to_draft(article, by=editor)
        publishing.publish(article, by=editor)
        publishing.withdraw(article, by=editor, notice="It was wrong.")
        publishing.publish(article, by=editor)
        states = [revision.data for revision in revisions.of(article)]
        found = [told(difference) for difference in compare_each([*states, None])]
    assert [lines[0] for lines in found[::-1]] == [
        "Submitted for review.",
        "Returned to draft.",
        "Published: readers see it from 1 March 2026, 12:30 on.",
        "Withdrawn on 1 March 2026, 12:30; readers are told “It was wrong.”",
        "Published again: readers see it from 1 March 2026, 12:30 on.",
    ]
    assert [len(lines) for lines in found[:-1]] == [1, 1, 1, 1]


def test_schedule_is_told_as_one_and_as_called_off(editor):
    article = DraftArticleFactory()
    moment = datetime(2999, 3, 1, 4, 30, tzinfo=UTC)
    before = revisions.snapshot(article)
    publishing.schedule(article, by=editor, at=moment)
    scheduled = revisions.snapshot(article)
    publishing.unschedule(article, by=editor)
    assert told(compare(before, scheduled)) == ["Scheduled: readers see it from 1 March 2999, 12:30 on."]
    assert told(compare(scheduled, revisions.snapshot(article))) == [
        "No longer scheduled: it is a draft again."
    ]


def test_publishing_a_value_is_one_sentence(editor):
    value = DraftObservationFactory()
    before = revisions.snapshot(value)
    with time_machine.travel(MARCH, tick=False):
        publishing.publish(value, by=editor)
    difference = compare(before, revisions.snapshot(value))
    assert told(difference) == ["Published: readers see it from 1 March 2026, 12:30 on."]
    assert difference.summary == "Public state"


@pytest.mark.parametrize(
    ("name", "after", "sentence"),
    [
        (
            "published_at",
            "2025-01-07T09:00:00Z",
            "It is public from 7 January 2025, 17:00 on, not from 6 January 2025, 17:00.",
        ),
        ("recorded_at", None, "It counts as known here from – on, not from 6 January 2025, 17:00."),
        ("withdrawn_notice", "New.", "The notice of its withdrawal says “New.” and no longer “–”."),
        ("withdrawn_at", "someday", "It was withdrawn on someday, not on –."),
        ("status", "lent", "Public state: lent."),
    ],
)  # fmt: skip
def test_other_change_of_the_public_state_is_told(name, after, sentence):
    state = revisions.snapshot(PublishedObservationFactory())
    assert told(compare(state, changed(state, **{name: after}))) == [sentence]
