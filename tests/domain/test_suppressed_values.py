"""A suppressed value goes with all that told its number, and nothing that it had replaced comes back."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.domain import publishing, suppression
from ecosystem.domain.observations import attach_values
from ecosystem.domain.superseding import supersede
from ecosystem.domain.suppressed_values import without
from ecosystem.domain.tombstones import AdministratorsOnlyError, SuppressionError
from ecosystem.models import ChangeNote, Observation, Revision, SeededKey, Suppression
from tests.factories import (
    ChangeNoteFactory,
    DraftArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedSourceFactory,
    ReaderOfTheAdminFactory,
)

pytestmark = pytest.mark.django_db
ORDER = {
    "ground": "court-order",
    "reference": "order 7",
    "notice": "A value was removed by order of a court.",
}
DAYS = [datetime(2025, month, 1, tzinfo=UTC) for month in range(1, 8)]


@pytest.fixture
def metric():
    return PublishedMetricFactory(slug="wafers")


def chain(metric, *numbers, **particulars) -> list[Observation]:
    """Values that replaced one another, one each month of 2025."""
    values = [
        PublishedObservationFactory(
            metric=metric, value=Decimal(number), published_at=DAYS[n], method=str(n), **particulars
        )
        for n, number in enumerate(numbers)
    ]
    for old, new in pairwise(values):
        old.superseded_by = new
        old.save()
    Observation.objects.update(method="")
    return values


def suppress(value, editor, **more) -> Suppression:
    return suppression.suppress_value(value, by=editor, **ORDER | more)


def current(metric, at=None) -> list[int]:
    [metric] = attach_values([metric], at)
    return [int(value.value) for value in metric.current_observations]


def test_value_leaves_a_tombstone_and_no_row(metric, editor):
    value = PublishedObservationFactory(metric=metric)
    stone = suppress(value, editor, notice_zh="依法院命令删除。")
    assert not Observation.objects.exists()
    assert (stone.subject, stone.metric, stone.period, stone.suppressed_by) == (
        "value", metric, "2024", editor,
    )  # fmt: skip
    assert [(note.text, note.text_zh) for note in ChangeNote.objects.filter(metric=metric)] == [
        ("2024: A value was removed by order of a court.", "2024年：依法院命令删除。")
    ]


def test_older_value_does_not_become_current_again(metric, editor):
    old, new = chain(metric, 300, 400)
    suppress(new, editor)
    old.refresh_from_db()
    assert current(metric) == []
    assert (old.status, old.withdrawn_at, old.withdrawn_notice) == ("withdrawn", DAYS[1], ORDER["notice"])
    assert [current(metric, day) for day in DAYS[:3]] == [[300], [], []]


def test_value_in_the_middle_leaves_a_hole_in_time(metric, editor):
    first, middle, last = chain(metric, 300, 400, 500)
    suppress(middle, editor)
    first.refresh_from_db()
    assert (first.superseded_by, first.status) == (last, "published")
    assert [current(metric, day) for day in DAYS[:4]] == [[300], [], [500], [500]]


def test_last_of_three_leaves_nothing_after_its_day(metric, editor):
    *_older, last = chain(metric, 300, 400, 500)
    suppress(last, editor)
    assert [current(metric, day) for day in DAYS[:4]] == [[300], [400], [], []]


def test_first_value_takes_nothing_with_it(metric, editor):
    first, _second = chain(metric, 300, 400)
    suppress(first, editor)
    assert [current(metric, day) for day in DAYS[:3]] == [[], [400], [400]]


def test_two_values_with_one_successor_follow_each_other_when_it_goes(metric, editor):
    source = PublishedSourceFactory()
    first, second, third = chain(metric, 300, 400, 500, source=source)
    first.superseded_by = third
    first.save()
    suppress(third, editor)
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.superseded_by, second.superseded_by) == (second, None)
    assert current(metric) == []


def test_value_whose_source_has_a_newer_one_stays_replaced(metric, editor):
    source = PublishedSourceFactory()
    old = PublishedObservationFactory(metric=metric, value=300, source=source)
    better = PublishedObservationFactory(metric=metric, value=400)
    old.superseded_by = better
    old.save()
    newest = PublishedObservationFactory(metric=metric, value=500, source=source)
    suppress(better, editor)
    old.refresh_from_db()
    assert (old.superseded_by, current(metric)) == (newest, [500])


def test_other_values_that_say_the_same_go_with_it(metric, editor):
    value = PublishedObservationFactory(metric=metric, value=400)
    PublishedObservationFactory(metric=metric, value=400)
    rival = PublishedObservationFactory(metric=metric, value=300)
    other_year = PublishedObservationFactory(metric=metric, value=400, period="2023")
    suppress(value, editor)
    assert set(Observation.objects.all()) == {rival, other_year}


def test_announcements_lose_the_number(metric, editor):
    old = PublishedObservationFactory(metric=metric, value=41234)
    new = supersede(
        old, by=editor, reason="our-error", explanation="It was 41,234, read wrongly.", value=Decimal(500)
    )
    suppress(old, editor)
    new.refresh_from_db()
    assert new.supersede_note == "It was […], read wrongly."
    assert [each.text.replace("\u00a0", " ") for each in metric.corrections.all()] == [
        "2024: 500 companies instead of […] (our error). It was […], read wrongly."
    ]
    assert current(metric) == [500]


def test_states_and_log_of_the_value_go(metric, editor):
    value = PublishedObservationFactory(metric=metric)
    Revision.objects.create(
        kind="observation",
        key=value.uid,
        data=[{"model": "ecosystem.observation", "pk": value.pk, "fields": {}}],
    )
    LogEntry.objects.log_actions(editor.pk, [value], CHANGE, "changed", single_object=True)
    suppress(value, editor)
    assert not Revision.objects.filter(kind="observation").exists()
    assert not LogEntry.objects.exists()


def test_value_that_was_never_seeded_is_kept_out_of_the_seed_too(metric, editor):
    value = PublishedObservationFactory(metric=metric, uid="wafers/2024/yearbook")
    suppress(value, editor)
    assert SeededKey.objects.filter(kind="observation", key="wafers/2024/yearbook").exists()


def test_other_pages_lose_the_number_where_the_administrator_says_so(metric, editor):
    value = PublishedObservationFactory(metric=metric, value=41234)
    told, untold = DraftArticleFactory(body="<p>Of 41,234 all.</p>"), DraftArticleFactory(title="All 41,234")
    places = suppression.places_of_value(value)
    assert [str(place) for place in places] == [
        f"article “{told}”: body",
        "article “All 41,234”: title",
    ]
    suppress(value, editor, also=places[:1])
    told.refresh_from_db(), untold.refresh_from_db()
    assert (told.body, untold.title) == ("<p>Of […] all.</p>", "All 41,234")


def test_short_number_is_no_word_of_its_own(metric, editor):
    """A 3 by itself stands in any text; with its unit it is the value."""
    value = PublishedObservationFactory(metric=metric, value=3)
    article = DraftArticleFactory(body="<p>On page 3: 3 companies.</p>")
    suppress(value, editor, also=suppression.places_of_value(value))
    article.refresh_from_db()
    assert article.body == "<p>On page 3: […].</p>"


def test_year_in_a_text_is_not_taken_for_the_value(metric, editor):
    value = PublishedObservationFactory(metric=metric, value=2023)
    note = ChangeNoteFactory(organization=None, metric=metric, text="In 2023 it had 2,023.")
    suppress(value, editor)
    note.refresh_from_db()
    assert note.text == "In 2023 it had […]."


def test_bounds_of_the_value_are_taken_out_too(metric, editor):
    value = PublishedObservationFactory(metric=metric, value=41234, low=40100, high=42200)
    note = ChangeNoteFactory(organization=None, metric=metric, text="Between 40,100 and 42200.")
    suppress(value, editor)
    note.refresh_from_db()
    assert note.text == "Between […] and […]."


def test_value_without_a_number_can_go_too(metric, editor):
    value = PublishedObservationFactory(metric=metric, value=None, absence="missing")
    PublishedObservationFactory(metric=metric, value=None, absence="missing")
    assert suppression.places_of_value(value) == []
    suppress(value, editor)
    assert Observation.objects.count() == 1


def test_older_value_that_was_withdrawn_by_itself_keeps_its_notice(metric, editor):
    old, new = chain(metric, 300, 400)
    old.refresh_from_db()
    publishing.withdraw(old, by=editor, notice="It was of another city.")
    Observation.objects.filter(pk=new.pk).update(
        status="withdrawn", withdrawn_at=DAYS[3], withdrawn_notice="Doubted."
    )
    suppress(new, editor)
    old.refresh_from_db()
    assert (old.status, old.withdrawn_notice) == ("withdrawn", "It was of another city.")
    assert [current(metric, day) for day in DAYS[:5]] == [[300], [], [], [300], [300]]
    assert current(metric) == []


def test_only_administrators_suppress(metric):
    value = PublishedObservationFactory(metric=metric)
    with pytest.raises(AdministratorsOnlyError):
        suppress(value, ReaderOfTheAdminFactory())
    assert Observation.objects.get() == value


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ground": "whim"}, "Choose the ground on which it is taken off."),
        ({"reference": " "}, "Name the order or request, and say one sentence to readers."),
        ({"notice": " "}, "Name the order or request, and say one sentence to readers."),
        ({"notice": "It was 400 companies."}, "The reference and the notice stay: say them without what is taken off."),
    ],
)  # fmt: skip
def test_bad_order_changes_nothing(metric, editor, wrong, sentence):
    value = PublishedObservationFactory(metric=metric, value=400)
    with pytest.raises(SuppressionError) as error:
        suppress(value, editor, **wrong)
    assert (error.value.messages, Observation.objects.get()) == ([sentence], value)


def test_value_that_is_gone_cannot_be_suppressed_again(metric, editor):
    value = PublishedObservationFactory(metric=metric)
    suppress(value, editor)
    with pytest.raises(SuppressionError, match="This value is gone already"):
        suppress(value, editor)


spans = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8)), max_size=4).map(
    lambda pairs: [(start, start + length) for start, length in pairs]
)


@given(spans, spans)
def test_time_that_is_left_lies_in_the_one_and_not_in_the_other(ours, others):
    left = without(ours, others)
    for hour in range(30):
        is_ours = any(since <= hour < until for since, until in ours)
        is_others = any(since <= hour < until for since, until in others)
        assert any(since <= hour < until for since, until in left) == (is_ours and not is_others)


def test_open_span_ends_where_another_begins():
    assert without([(1, None)], [(4, None)]) == [(1, 4)]
    assert without([(1, None)], [(4, 6)]) == [(1, 4), (6, None)]
