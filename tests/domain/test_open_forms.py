"""Who has a form open: seen while their browser says so, written rarely, gone when they leave."""

from datetime import UTC, datetime, timedelta

import pytest

from ecosystem.domain import open_forms, revisions
from ecosystem.models import OpenForm
from tests.desk_factories import OpenFormFactory
from tests.factories import EditorFactory, TopicFactory

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 29, 6, 0, tzinfo=UTC)


@pytest.fixture
def topic(time_machine):
    time_machine.move_to(START, tick=False)
    return TopicFactory()


@pytest.fixture
def lin():
    return EditorFactory(username="lin", first_name="Lin", last_name="Yue")


def names(topic, user) -> list[str]:
    return [other.name for other in open_forms.others(topic, user=user)]


def test_others_see_who_has_the_form_open_and_since_when(topic, lin, editor, time_machine):
    open_forms.see(topic, user=lin)
    time_machine.move_to(START + timedelta(seconds=20), tick=False)
    open_forms.see(topic, user=lin)
    assert open_forms.others(topic, user=editor) == [open_forms.Presence("Lin Yue", START, None)]
    assert (names(topic, lin), names(TopicFactory(), editor)) == ([], [])


def test_others_see_when_a_person_last_saved(topic, lin, editor, time_machine):
    for minute in (1, 2):
        time_machine.move_to(START + timedelta(minutes=minute), tick=False)
        revisions.record(topic, by=lin)
    open_forms.see(topic, user=lin)
    assert [one.saved_at for one in open_forms.others(topic, user=editor)] == [START + timedelta(minutes=2)]


def test_person_without_a_name_is_named_as_they_sign_in(topic, editor, lin):
    open_forms.see(topic, user=editor)
    assert names(topic, lin) == ["editor"]


def test_who_leaves_is_gone_at_once(topic, lin, editor):
    open_forms.see(topic, user=lin)
    open_forms.leave(topic, user=lin)
    assert names(topic, editor) == []


@pytest.mark.parametrize(("seconds", "seen"), [(89, ["Lin Yue"]), (90, [])])
def test_who_is_silent_is_gone_after_a_while(topic, lin, editor, time_machine, seconds, seen):
    open_forms.see(topic, user=lin)
    time_machine.move_to(START + timedelta(seconds=seconds), tick=False)
    assert names(topic, editor) == seen


def test_who_comes_back_has_it_open_since_then(topic, lin, editor, time_machine):
    open_forms.see(topic, user=lin)
    back = START + timedelta(minutes=5)
    time_machine.move_to(back, tick=False)
    open_forms.see(topic, user=lin)
    assert [one.since for one in open_forms.others(topic, user=editor)] == [back]


@pytest.mark.parametrize(("seconds", "queries"), [(10, 1), (20, 2)])
def test_pings_close_together_write_nothing(
    topic, lin, time_machine, django_assert_num_queries, seconds, queries
):
    open_forms.see(topic, user=lin)
    time_machine.move_to(START + timedelta(seconds=seconds), tick=False)
    with django_assert_num_queries(queries):
        open_forms.see(topic, user=lin)


def test_forms_that_were_left_without_a_word_are_forgotten_after_a_day(topic, lin):
    old = OpenFormFactory(opened_at=START - timedelta(days=2), seen_at=START - timedelta(days=2))
    open_forms.see(topic, user=lin)
    assert not OpenForm.objects.filter(pk=old.pk).exists()
