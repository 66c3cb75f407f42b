"""The promised next value is never silently moved: readers are told by a change note in both languages."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from ecosystem.domain import promises, publishing, working_copies
from ecosystem.models import ChangeNote, Metric, Revision
from tests.admin.forms import filled
from tests.factories import DraftMetricFactory, PublishedMetricFactory, PublishedObservationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def metric() -> Metric:
    metric = PublishedMetricFactory(frequency="year", expected_lag_days=31)
    PublishedObservationFactory(metric=metric, period="2024")
    return metric


def save_in_admin(client, metric: Metric, **changes) -> None:
    address = reverse("admin:ecosystem_metric_change", args=[metric.pk])
    response = client.post(address, filled(client.get(address), **changes))
    assert response.status_code == 302
    metric = Metric.objects.get(pk=metric.pk)
    if working_copies.of(metric):
        publishing.publish(metric, by=None)


def notes() -> list[tuple[str, str]]:
    return [(note.text, note.text_zh) for note in ChangeNote.objects.order_by("pk")]


def test_longer_lag_is_announced_on_the_metric(admin_client, metric):
    save_in_admin(admin_client, metric, expected_lag_days="59")
    assert notes() == [
        (
            "Next value now expected by 28 February 2026 instead of 31 January 2026.",
            "下一个数值现预计于2026年2月28日前发布，原为2026年1月31日。",
        )
    ]
    note = ChangeNote.objects.get()
    assert (note.metric, note.happened_on) == (metric, timezone.localdate())
    assert note.text in admin_client.get(metric.get_absolute_url()).content.decode()
    kept = Revision.objects.filter(kind="metric", key=metric.slug).first()
    assert "ecosystem.changenote" in {row["model"] for row in kept.data}


def test_other_frequency_is_announced(admin_client, metric):
    save_in_admin(admin_client, metric, frequency="quarter")
    assert notes()[0][0] == "Next value now expected by 1 May 2025 instead of 31 January 2026."


def test_end_of_a_promise_and_a_new_promise_are_announced(admin_client, metric):
    save_in_admin(admin_client, metric, state="discontinued")
    save_in_admin(admin_client, metric, state="active")
    assert [text for text, _ in notes()] == [
        "No next value is expected any more; it was expected by 31 January 2026.",
        "Next value now expected by 31 January 2026.",
    ]


def test_change_that_moves_no_day_is_not_announced(admin_client, metric):
    save_in_admin(admin_client, metric, other_names="Another")
    assert notes() == []


def test_draft_promises_nothing(admin_client):
    metric = DraftMetricFactory(frequency="year", expected_lag_days=31)
    PublishedObservationFactory(metric=metric)
    save_in_admin(admin_client, metric, expected_lag_days="10")
    assert notes() == []


def test_new_value_moves_the_promise_without_a_note(metric):
    """It kept its promise."""
    before = promises.promise_of(metric)
    PublishedObservationFactory(metric=metric, period="2025")
    assert (before.due, promises.promise_of(metric).due) == (date(2026, 1, 31), date(2027, 1, 31))
    assert notes() == []
