"""Pages have an address and a key; records about a page know which one it is."""

import pytest
from django.utils.translation import override

from ecosystem.models import PAGE_KINDS, Citation
from tests.factories import PUBLISHED, CitationFactory, CorrectionFactory, TopicFactory

pytestmark = pytest.mark.django_db
PAGES = {model._meta.model_name: factory for model, factory in PUBLISHED.items()}


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_record_knows_its_page_of_every_kind(kind):
    page = PAGES[kind]()
    citation = CitationFactory(**{"organization": None, kind: page})
    assert citation.page == page
    assert list(page.citations.all()) == [citation]


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_page_is_found_by_its_key_and_has_its_address(kind):
    page = PAGES[kind](slug="one")
    plural = "people" if kind == "person" else f"{kind}s"
    assert type(page).objects.get_by_natural_key(*page.natural_key()) == page
    assert page.get_absolute_url() == f"/{plural}/one/"
    with override("zh-hans"):
        assert page.get_absolute_url() == f"/zh-hans/{plural}/one/"


def test_record_without_a_slug_is_found_by_its_key():
    citation = CitationFactory(uid="foundry-1")
    assert Citation.objects.get_by_natural_key("foundry-1") == citation
    assert citation.natural_key() == ("foundry-1",)


def test_items_are_called_by_their_names():
    assert [str(TopicFactory(name="Chips")), str(CorrectionFactory(text="Wrong year."))] == [
        "Chips",
        "Wrong year.",
    ]


def test_titles_serve_as_names_where_kinds_are_mixed():
    article, source = PAGES["article"](title="Story", title_zh="故事"), PAGES["source"](title="Yearbook")
    assert (article.name, article.name_zh, source.name, source.name_zh) == ("Story", "故事", "Yearbook", "")
