"""Rankings in the admin: checked as a whole, published with what they rank, fixed once they have been public."""

import pytest
from django.urls import reverse

from ecosystem.models import Ranking
from tests.admin.forms import filled
from tests.factories import (
    DraftMetricFactory,
    DraftRankingFactory,
    PublishedMetricFactory,
    PublishedRankingFactory,
)

pytestmark = pytest.mark.django_db


def address(ranking, page="change") -> str:
    return reverse(f"admin:ecosystem_ranking_{page}", args=[ranking.pk])


def send(client, ranking, **typed):
    page = address(ranking)
    return client.post(page, filled(client.get(page), **typed), follow=True)


def test_metrics_of_unlike_kinds_are_refused_and_nothing_is_stored(admin_client):
    ranking = DraftRankingFactory(name="Before")
    first = ranking.metrics.first()
    other = PublishedMetricFactory(name="Other", unit__pattern="{number}%", unit__pattern_zh="{number}%")
    answer = send(admin_client, ranking, metrics=[first.pk, other.pk], name="After")
    assert answer.context["adminform"].form.errors == {
        "metrics": [f"Only metrics of one kind can be compared; not counted like {first.name}: Other."]
    }
    assert Ranking.objects.get().name == "Before"


def test_ranking_is_published_with_what_it_ranks(admin_client):
    ranking = DraftRankingFactory()
    hidden = DraftMetricFactory(name="Hidden", unit=ranking.metrics.first().unit)
    ranking.metrics.add(hidden)
    answer = send(admin_client, ranking, _verb_publish="1")
    assert "It ranks what readers cannot see: Hidden. Publish that first." in answer.content.decode()
    ranking.metrics.remove(hidden)
    send(admin_client, ranking, _verb_publish="1")
    assert Ranking.objects.get().is_public


def test_what_has_been_public_keeps_its_metrics_and_its_order(admin_client):
    ranking = PublishedRankingFactory(first="highest")
    before = set(ranking.metrics.values_list("pk", flat=True))
    send(admin_client, ranking, metrics=[], first="lowest", name="Renamed", _verb_publish="Publish")
    found = Ranking.objects.get()
    assert (found.name, found.first) == ("Renamed", "highest")
    assert set(found.metrics.values_list("pk", flat=True)) == before
