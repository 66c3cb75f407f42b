"""Figures stand in every rich text of every page, and cost the same number of queries however many there are."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    LONG_AGO,
    PublishedArticleFactory,
    PublishedEventFactory,
    PublishedInitiativeFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    PublishedPersonFactory,
    PublishedPlaceFactory,
)

pytestmark = pytest.mark.django_db

FIGURE = '<figure-ref metric="wafers"></figure-ref>'
WRITTEN = [
    (PublishedArticleFactory, "standfirst"),
    (PublishedOrganizationFactory, "summary"),
    (PublishedInitiativeFactory, "summary"),
    (PublishedPlaceFactory, "summary"),
    (PublishedPersonFactory, "summary"),
]
ON_THEIR_PAGE = [
    *WRITTEN,
    (PublishedArticleFactory, "body"),
    (PublishedOrganizationFactory, "description"),
    (PublishedInitiativeFactory, "description"),
    (PublishedPlaceFactory, "description"),
    (PublishedEventFactory, "summary"),
    (PublishedMetricFactory, "definition"),
    (PublishedMetricFactory, "comparability_note"),
]


@pytest.fixture
def wafers():
    metric = PublishedMetricFactory(slug="wafers")
    PublishedObservationFactory(metric=metric, value=Decimal(1234))
    return metric


def seen(client, path: str) -> str:
    return client.get(path).content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize(("factory", "name"), ON_THEIR_PAGE)
def test_figure_is_resolved_on_the_page_of_its_text(client, wafers, factory, name):
    page = factory(**{name: f"It has {FIGURE}.", f"{name}_zh": f"共{FIGURE}。"})
    assert '<data value="1234">1,234 companies</data>' in seen(client, page.get_absolute_url())
    assert '<data value="1234">1234家</data>' in seen(client, f"/zh-hans{page.get_absolute_url()}")


@pytest.mark.parametrize(("factory", "name"), ON_THEIR_PAGE)
def test_figure_is_written_in_the_language_of_the_text_that_a_page_falls_back_to(
    client, wafers, factory, name
):
    page = factory(**{name: f"It has {FIGURE}."})
    shown = seen(client, f"/zh-hans{page.get_absolute_url()}")
    assert '<data value="1234">1,234 companies</data>' in shown
    assert 'href="/zh-hans/metrics/wafers/2024/"' in shown


@pytest.mark.parametrize(("factory", "name"), WRITTEN)
def test_figure_is_resolved_in_lists(client, wafers, factory, name):
    page = factory(**{name: f"It has {FIGURE}."})
    assert "1,234 companies" in seen(client, reverse(f"{page._meta.model_name}_list"))


def test_feed_writes_figures_in_the_language_of_each_text(client, wafers):
    PublishedArticleFactory(standfirst=f"It has {FIGURE}.")
    assert "It has 1,234 companies." in seen(client, "/zh-hans" + reverse("article_feed"))


def references(number: int) -> str:
    """Some of each kind: live, pinned, known on many days, changes and shares."""
    kinds = []
    for each in range(number):
        day = (LONG_AGO + timedelta(days=1 + each)).date().isoformat()
        kinds += [
            f'<figure-ref metric="m-{each % 7}" known-on="{day}"></figure-ref>',
            f'<figure-ref metric="m-{each % 7}" form="change" known-on="{day}"></figure-ref>',
            f'<figure-ref metric="m-{each % 7}" period="2023" form="share" of="m-{each % 5}"></figure-ref>',
            f'<figure-ref metric="m-{each % 7}" form="change" since="2023"></figure-ref>',
        ]
    return "".join(f"<p>It has {kind}.</p>" for kind in kinds)


def test_page_with_two_hundred_figures_asks_as_often_as_one_with_few(client):
    first = PublishedMetricFactory(slug="m-0")
    metrics = [first, *(PublishedMetricFactory(slug=f"m-{n}", unit=first.unit) for n in range(1, 7))]
    for metric in metrics:
        for year in ("2023", "2024"):
            PublishedObservationFactory(metric=metric, period=year, value=Decimal(int(year) - 1000))
    asked = []
    for number in (1, 50):
        page = PublishedArticleFactory(body=references(number))
        with CaptureQueriesContext(connection) as queries:
            shown = seen(client, page.get_absolute_url())
        assert shown.count('<a class="fig') == 4 * number
        asked.append(len(queries))
    assert asked[0] == asked[1]
