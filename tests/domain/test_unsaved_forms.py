"""What is typed and not saved lives for a month at most, in bounds, and no suppressed word outlives its suppression."""

from datetime import UTC, datetime, timedelta

import pytest

from ecosystem.domain import suppression, unsaved_forms
from ecosystem.models import Topic, UnsavedForm
from tests.desk_factories import UnsavedFormFactory
from tests.factories import EditorFactory, TopicFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 29, 6, 0, tzinfo=UTC)
State = UnsavedForm.State


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW, tick=False)


def keep(user, key="a", **options) -> UnsavedForm:
    said = {"by": user, "key": key, "shown": "", "typed": {"name": ["Chips"]}}
    return unsaved_forms.keep(Topic, None, **said | options)


def ago(**time) -> dict:
    return {"begun_at": NOW - timedelta(**time), "updated_at": NOW - timedelta(**time)}


def test_keeping_again_keeps_the_newer_words_and_the_first_moment(editor, time_machine):
    keep(editor)
    time_machine.move_to(NOW + timedelta(minutes=1), tick=False)
    form = keep(editor, typed={"name": ["Chips and"]})
    form.refresh_from_db()
    assert (form.data, form.begun_at, form.updated_at) == (
        {"name": ["Chips and"]},
        NOW,
        NOW + timedelta(minutes=1),
    )


def test_words_kept_in_a_browser_are_as_old_as_they_are(editor):
    assert keep(editor, age=timedelta(hours=2)).updated_at == NOW - timedelta(hours=2)


@pytest.mark.parametrize("state", [State.SAVED, State.DISCARDED, State.EMPTIED])
def test_form_that_is_over_takes_no_more_words(editor, state):
    UnsavedFormFactory(user=editor, key="a", state=state, data={}, **ago(minutes=1))
    form = keep(editor)
    form.refresh_from_db()
    assert (form.state, form.data) == (state, {})


def test_same_key_of_two_people_is_two_forms(editor):
    keep(editor)
    keep(EditorFactory(), typed={"name": ["Theirs"]})
    assert [one.data for one in unsaved_forms.kept_by(editor, Topic, None)] == [{"name": ["Chips"]}]


def test_old_words_go_when_something_is_kept(editor):
    UnsavedFormFactory(key="month", **ago(days=31))
    UnsavedFormFactory(key="young", **ago(days=29))
    UnsavedFormFactory(key="over", state=State.SAVED, data={}, **ago(days=2))
    UnsavedFormFactory(key="just over", state=State.SAVED, data={}, **ago(hours=2))
    keep(editor)
    assert set(UnsavedForm.objects.values_list("key", flat=True)) == {"a", "young", "just over"}


def test_words_older_than_a_month_are_not_offered(editor):
    UnsavedFormFactory(user=editor, **ago(days=31))
    assert not unsaved_forms.kept_by(editor, Topic, None).exists()


def test_oldest_of_very_many_makes_room(editor, monkeypatch):
    monkeypatch.setattr(unsaved_forms, "MOST", 2)
    UnsavedFormFactory(user=editor, key="oldest", **ago(days=2))
    UnsavedFormFactory(user=editor, key="older", **ago(days=1))
    other = UnsavedFormFactory(**ago(days=3))
    keep(editor)
    assert set(UnsavedForm.objects.values_list("key", flat=True)) == {"older", "a", other.key}


def test_suppressed_words_are_emptied_out_of_what_anybody_typed(editor):
    topic = TopicFactory(name="By Zheng Qiaoyun")
    hit = UnsavedFormFactory(data={"name": ["By <em>Zheng</em> Qiaoyun"], "slug": ["zheng"]})
    miss = UnsavedFormFactory(data={"name": ["By Zheng He"]})
    said = {"ground": "court-order", "reference": "order 7", "notice": "Something was removed.", "by": editor}
    suppression.suppress_text(topic, "Zheng Qiaoyun", **said)
    hit.refresh_from_db()
    miss.refresh_from_db()
    assert (hit.state, hit.data) == (State.EMPTIED, {})
    assert (miss.state, miss.data) == (State.KEPT, {"name": ["By Zheng He"]})


def test_names_with_numbers_are_known_by_what_stands_around_them():
    typed = {name: ["x"] for name in ("name", "names-0-text", "names-2-11-text", "names-x-text", "other")}
    known = unsaved_forms.only_known(typed, {"name"}, {"names-text", "names-2-text"})
    assert list(known) == ["name", "names-0-text", "names-2-11-text"]
