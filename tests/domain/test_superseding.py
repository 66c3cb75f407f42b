"""Correcting a value keeps the old one and says so."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from ecosystem.domain import publishing
from ecosystem.domain.superseding import SupersedingError, supersede
from ecosystem.models import ChangeNote, Correction, Observation, Revision
from tests.factories import (
    SCHEDULED,
    DraftObservationFactory,
    PublishedObservationFactory,
    PublishedSourceFactory,
    UnopenedSourceFactory,
)

pytestmark = pytest.mark.django_db
Reason = Observation.SupersedeReason


@pytest.fixture
def old() -> Observation:
    return PublishedObservationFactory(value=Decimal(400), locator="page 3")


def text_of(notice) -> str:
    """What it says, with the spaces that keep a number and its unit on one line made ordinary."""
    return notice.text.replace("\u00a0", " ")


def correct(old, editor, **changes) -> Observation:
    words = {"reason": Reason.SOURCE_REVISED, "explanation": "The bureau revised the year."}
    return supersede(old, by=editor, **words | changes)


def test_new_value_takes_the_place_of_the_old_one(editor, old):
    new = correct(old, editor, value=Decimal(420))
    old.refresh_from_db()
    assert list(Observation.objects.current()) == [new]
    assert (old.superseded_by, old.value, old.status) == (new, 400, "published")
    assert (new.value, new.superseded_by, new.status) == (420, None, "published")
    assert new.published_at == new.recorded_at > old.recorded_at


def test_what_is_not_changed_is_carried_over(editor, old):
    new = correct(old, editor, value=Decimal(420))
    assert (new.metric, new.period, new.period_end) == (old.metric, "2024", old.period_end)
    assert (new.source, new.locator, new.standing) == (old.source, "page 3", "reported")


def test_note_of_the_value_itself_can_change(editor, old):
    new = correct(old, editor, note="Without branches.")
    assert (new.note, new.supersede_note) == ("Without branches.", "The bureau revised the year.")


def test_reason_and_note_stand_on_the_new_value(editor, old):
    new = correct(old, editor, value=Decimal(420))
    assert (new.supersede_reason, new.supersede_note) == ("source-revised", "The bureau revised the year.")


def test_change_is_noted_on_the_metric(editor, old):
    correct(old, editor, value=Decimal(420))
    note = ChangeNote.objects.get()
    assert note.metric == old.metric
    assert text_of(note) == (
        "2024: 420 companies instead of 400 companies (the source revised it). The bureau revised the year."
    )
    assert "420家" in note.text_zh and not Correction.objects.exists()


def test_our_error_is_a_correction(editor, old):
    correct(old, editor, value=Decimal(420), reason=Reason.OUR_ERROR, explanation="Read from the wrong line.")
    assert text_of(Correction.objects.get()) == (
        "2024: 420 companies instead of 400 companies (our error). Read from the wrong line."
    )
    assert not ChangeNote.objects.exists()


def test_changed_standing_is_noted_as_such(editor, old):
    correct(old, editor, standing="verified", reason=Reason.CHECKED, explanation="Found in table 2.")
    assert text_of(ChangeNote.objects.get()) == (
        "2024: 400 companies is now Verified, was Reported. Found in table 2."
    )


def test_changed_locator_is_noted_as_particulars(editor, old):
    correct(old, editor, locator="page 4", reason=Reason.OUR_ERROR, explanation="The page was wrong.")
    assert text_of(Correction.objects.get()) == (
        "2024: 400 companies, with other particulars (our error). The page was wrong."
    )


def test_both_values_and_the_metric_get_revisions_by_the_editor(editor, old):
    new = correct(old, editor, value=Decimal(420))
    kept = {(revision.kind, revision.key, revision.author) for revision in Revision.objects.all()}
    assert kept == {
        ("observation", str(old.uid), editor),
        ("observation", str(new.uid), editor),
        ("metric", old.metric.slug, editor),
    }


def test_value_is_corrected_only_once(editor, old):
    new = correct(old, editor, value=Decimal(420))
    with pytest.raises(SupersedingError, match="Correct the newer one") as refused:
        correct(old, editor, value=Decimal(430))
    assert refused.value.newer == new
    assert Observation.objects.count() == 2


def test_stale_copy_in_another_editors_hands_is_read_again(editor, old):
    stale = Observation.objects.get(pk=old.pk)
    correct(old, editor, value=Decimal(420))
    assert stale.superseded_by is None
    with pytest.raises(SupersedingError, match="corrected already"):
        correct(stale, editor, value=Decimal(430))


def test_newer_value_can_be_corrected_again(editor, old):
    new = correct(old, editor, value=Decimal(420))
    newest = correct(new, editor, value=Decimal(430))
    assert list(Observation.objects.current()) == [newest]


def test_value_whose_replacement_was_withdrawn_points_to_it(editor, old):
    new = correct(old, editor, value=Decimal(420))
    publishing.withdraw(new, by=editor, notice="Wrong table.")
    with pytest.raises(SupersedingError, match="Publish that one, and correct it") as refused:
        correct(old, editor, value=Decimal(430))
    assert refused.value.newer == new


@pytest.mark.parametrize("state", [{}, SCHEDULED])
def test_value_that_is_not_public_is_not_corrected(editor, state):
    with pytest.raises(SupersedingError, match="Only a public value is corrected"):
        correct(DraftObservationFactory(**state), editor, value=Decimal(420))


def test_nothing_changed_is_refused(editor, old):
    with pytest.raises(SupersedingError, match="Nothing was changed"):
        correct(old, editor, value=Decimal("400.000000"))


@pytest.mark.parametrize("words", [{"explanation": " "}, {"reason": "whim"}, {"reason": ""}])
def test_reason_and_note_are_required(editor, old, words):
    with pytest.raises(SupersedingError, match="Say why it is corrected"):
        correct(old, editor, value=Decimal(420), **words)


def test_metric_and_period_cannot_be_changed(editor, old):
    with pytest.raises(TypeError, match="cannot change period"):
        correct(old, editor, period="2023")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"standing": "disputed"}, "Say why the value is disputed"),
        ({"low": Decimal(500)}, "outside its bounds"),
    ],
)
def test_invalid_value_is_refused_and_nothing_is_half_done(editor, old, changes, message):
    with pytest.raises(ValidationError, match=message):
        correct(old, editor, **changes)
    old.refresh_from_db()
    assert (old.superseded_by, Observation.objects.count(), Revision.objects.count()) == (None, 1, 0)


def test_unopened_source_cannot_carry_a_reported_value(editor, old):
    with pytest.raises(ValidationError, match="Nobody has opened this source"):
        correct(old, editor, source=UnopenedSourceFactory())


def test_correction_cannot_take_the_place_of_another_sources_value(editor, old):
    rival = PublishedObservationFactory(metric=old.metric, source=PublishedSourceFactory())
    with pytest.raises(ValidationError, match="This source already has a value"):
        correct(old, editor, source=rival.source)
    old.refresh_from_db()
    assert (old.superseded_by, Observation.objects.count()) == (None, 2)
