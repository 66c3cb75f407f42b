"""How well a page is supported: by citations of public sources, and of opened ones."""

import pytest

from ecosystem.domain.evidence import citations_of, is_checked, public_citations, with_evidence
from ecosystem.models import Organization
from tests.factories import (
    SCHEDULED,
    WITHDRAWN,
    CitationFactory,
    DraftOrganizationFactory,
    DraftSourceFactory,
    PublishedOrganizationFactory,
    PublishedPlaceFactory,
    PublishedSourceFactory,
    UnopenedSourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> Organization:
    return PublishedOrganizationFactory()


def said_by_list_and_page(page) -> tuple[bool, bool]:
    """Whether the page is checked, as its row in a list has it and as the page itself says."""
    row = with_evidence(type(page).objects.filter(pk=page.pk)).get()
    return row.is_checked, is_checked(citations_of(page))


def test_page_without_citations_is_not_checked(page):
    assert said_by_list_and_page(page) == (False, False)


def test_page_that_cites_an_opened_source_is_checked(page):
    CitationFactory(organization=page)
    CitationFactory(organization=page, source=UnopenedSourceFactory())
    assert said_by_list_and_page(page) == (True, True)


def test_page_that_cites_only_unopened_sources_is_not_checked(page):
    CitationFactory(organization=page, source=UnopenedSourceFactory())
    assert said_by_list_and_page(page) == (False, False)


def test_list_and_page_agree_on_sources_that_are_not_public(page):
    """A source that readers cannot see supports nothing that they see."""
    CitationFactory(organization=page, source=DraftSourceFactory())
    CitationFactory(organization=page, source=PublishedSourceFactory(**WITHDRAWN))
    assert said_by_list_and_page(page) == (False, False)


def test_citations_of_other_pages_do_not_count(page):
    place = PublishedPlaceFactory()
    CitationFactory(organization=None, place=place)
    assert said_by_list_and_page(page) == (False, False)
    assert said_by_list_and_page(place) == (True, True)


def test_citations_are_public_where_their_page_is():
    shown = CitationFactory()
    CitationFactory(organization=DraftOrganizationFactory())
    CitationFactory(organization=PublishedOrganizationFactory(**SCHEDULED))
    CitationFactory(organization=PublishedOrganizationFactory(**WITHDRAWN))
    of_a_place = CitationFactory(organization=None, place=PublishedPlaceFactory())
    assert set(public_citations()) == {shown, of_a_place}


def test_citations_come_in_their_order_with_their_sources(page, django_assert_num_queries):
    last, first = (
        CitationFactory(organization=page, position=2),
        CitationFactory(organization=page, position=1),
    )
    with django_assert_num_queries(1):
        assert [citation.source for citation in citations_of(page)] == [first.source, last.source]
