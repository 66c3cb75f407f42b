"""Values know their days, their evidence page, and which of them stand."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from ecosystem.models import Observation, Standing
from tests.factories import (
    LONG_AGO,
    SCHEDULED,
    WITHDRAWN,
    DraftObservationFactory,
    PublishedObservationFactory,
    UnopenedSourceFactory,
)

pytestmark = pytest.mark.django_db


def test_days_are_filled_from_the_period():
    value = PublishedObservationFactory(period="2024-Q3")
    value.refresh_from_db()
    assert (value.period_start, value.period_end) == (date(2024, 7, 1), date(2024, 9, 30))
    assert value.span.text == "2024-Q3"


def test_value_is_named_by_metric_period_and_number():
    value = PublishedObservationFactory(metric__name="Patents", value=Decimal("1200.50"))
    assert str(value) == "Patents 2024: 1200.5"


def test_address_is_the_evidence_page_of_the_period():
    value = PublishedObservationFactory(metric__slug="patents", period="2024-H1")
    assert value.get_absolute_url() == "/metrics/patents/2024-H1/"
    with override("zh-hans"):
        assert value.get_absolute_url() == "/zh-hans/metrics/patents/2024-H1/"


@pytest.mark.parametrize("standing", [Standing.VERIFIED, Standing.REPORTED])
def test_trusted_value_needs_an_opened_source(standing):
    value = DraftObservationFactory(source=UnopenedSourceFactory())
    value.standing = standing
    with pytest.raises(ValidationError) as refused:
        value.full_clean()
    assert refused.value.message_dict == {
        "standing": ["Nobody has opened this source yet, so the value is unverified."]
    }


def test_untrusted_value_needs_none():
    value = DraftObservationFactory(source=UnopenedSourceFactory())
    value.full_clean()
    value.standing, value.standing_reason = Standing.DISPUTED, "Another office counts fewer."
    value.full_clean()


@pytest.mark.parametrize("period", ["soon", "2024-13", ""])
def test_bad_period_is_an_error_in_the_form_and_nothing_else_breaks(period):
    value = DraftObservationFactory.build(period=period)
    with pytest.raises(ValidationError) as refused:
        value.full_clean()
    assert "period" in refused.value.message_dict


def test_current_values_are_public_and_nothing_public_supersedes_them():
    newer = PublishedObservationFactory()
    PublishedObservationFactory(metric=newer.metric, source=newer.source, superseded_by=newer)
    (
        DraftObservationFactory(),
        PublishedObservationFactory(**SCHEDULED),
        PublishedObservationFactory(**WITHDRAWN),
    )
    assert list(Observation.objects.current()) == [newer]


@pytest.mark.parametrize("state", [{}, SCHEDULED, WITHDRAWN], ids=["draft", "scheduled", "withdrawn"])
def test_value_stands_while_its_successor_is_not_public(state):
    successor = DraftObservationFactory(**state)
    old = PublishedObservationFactory(metric=successor.metric, superseded_by=successor)
    assert list(Observation.objects.current()) == [old]
    assert old.is_superseded is False


def test_values_can_be_read_as_they_stood_at_a_moment():
    newer = PublishedObservationFactory(published_at=datetime(2025, 6, 1, tzinfo=UTC))
    old = PublishedObservationFactory(metric=newer.metric, published_at=LONG_AGO, superseded_by=newer)
    assert list(Observation.objects.current(at=datetime(2025, 5, 1, tzinfo=UTC))) == [old]
    assert list(Observation.objects.current()) == [newer]
    assert old.is_superseded is True
