"""Facets count the rows of each value and keep the order of their choices."""

import pytest
from django.db.models.functions import Upper

from ecosystem.domain.facets import Facet, Option, counts, facet_of
from ecosystem.models import Organization
from tests.factories import PublishedOrganizationFactory, TopicFactory

CHOICES = [("company", "company"), ("university", "university"), ("investor", "investor")]


@pytest.mark.django_db
def test_rows_are_counted_for_each_value_in_one_query(django_assert_num_queries):
    PublishedOrganizationFactory.create_batch(3, kind="company")
    PublishedOrganizationFactory(kind="university")
    with django_assert_num_queries(1):
        assert counts(Organization.objects.all(), "kind") == {"company": 3, "university": 1}


@pytest.mark.django_db
def test_row_with_several_values_counts_once_for_each():
    both, one = TopicFactory(slug="chips"), TopicFactory(slug="robots")
    PublishedOrganizationFactory().topics.set([both, one])
    PublishedOrganizationFactory().topics.set([both])
    PublishedOrganizationFactory()
    assert counts(Organization.objects.all(), "topics__slug") == {"chips": 2, "robots": 1}


@pytest.mark.django_db
def test_rows_are_counted_by_an_expression():
    PublishedOrganizationFactory.create_batch(2, kind="company")
    assert counts(Organization.objects.order_by("name"), Upper("kind")) == {"COMPANY": 2}


def test_options_keep_the_order_of_the_choices_and_leave_out_what_finds_nothing():
    facet = facet_of("kind", "Kind", CHOICES, {"university": 2, "company": 1}, [])
    assert facet == Facet(
        "kind", "Kind", [Option("company", "company", 1, False), Option("university", "university", 2, False)]
    )
    assert facet.selected_count == 0


def test_selected_option_stays_when_it_finds_nothing():
    facet = facet_of("kind", "Kind", CHOICES, {"company": 1}, ["investor"])
    assert facet.options == [Option("company", "company", 1, False), Option("investor", "investor", 0, True)]
    assert facet.selected_count == 1
