"""What rests on a source is found wherever it is, before the source is deleted or withdrawn."""

import pytest
from django.urls import reverse

from ecosystem.domain.source_uses import naming, rests_on
from ecosystem.models import Citation, FigureReference, Observation, Source, Status
from tests.admin.forms import filled
from tests.factories import (
    CitationFactory,
    DraftArticleFactory,
    DraftObservationFactory,
    DraftSourceFactory,
    FigureReferenceFactory,
    PublishedArticleFactory,
    PublishedObservationFactory,
    PublishedSourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("admin:ecosystem_source_changelist")


def note(slug: str) -> str:
    return f'<p>Said.<source-note source="{slug}">There.</source-note></p>'


def test_texts_name_it_by_its_whole_slug_in_either_language():
    source = DraftSourceFactory(slug="yearbook")
    in_body = DraftArticleFactory(body=note("yearbook"))
    in_chinese = PublishedArticleFactory(body_zh=note("yearbook"))
    rival = PublishedArticleFactory(standfirst='<figure-ref metric="gdp" source="yearbook"></figure-ref>')
    DraftArticleFactory(body=note("yearbook-2024"))
    TopicFactory(description="Of the yearbook.")
    assert set(naming(source)) == {in_body, in_chinese, rival}


def test_everything_rests_on_it_once_whatever_its_state():
    source = DraftSourceFactory(slug="yearbook")
    value = DraftObservationFactory(source=source)
    article = DraftArticleFactory(body=note("yearbook"))
    CitationFactory(source=source, organization=None, article=article)
    FigureReferenceFactory(shown=None, cited=source, article=article)
    cited = CitationFactory(source=source)
    assert list(rests_on(source)) == [value, article, cited.organization]


# Deleting and withdrawing in the admin


@pytest.mark.parametrize("kind", ["value", "citation", "figure", "note"])
def test_source_in_use_is_not_deleted_and_the_page_lists_what_rests_on_it(admin_client, kind):
    source = DraftSourceFactory(slug="yearbook")
    article = DraftArticleFactory(title="Rests on it", body=note("yearbook") if kind == "note" else "")
    name = str(DraftObservationFactory(source=source)) if kind == "value" else "Rests on it"
    if kind == "citation":
        CitationFactory(source=source, organization=None, article=article)
    if kind == "figure":
        FigureReferenceFactory(shown=None, cited=source, article=article)
    before = [model.objects.count() for model in (Source, Observation, Citation, FigureReference)]
    address = reverse("admin:ecosystem_source_delete", args=[source.pk])
    assert name in admin_client.get(address).content.decode()
    admin_client.post(address, {"post": "yes"})
    admin_client.post(LIST, {"action": "delete_selected", "_selected_action": [source.pk], "post": "yes"})
    assert [model.objects.count() for model in (Source, Observation, Citation, FigureReference)] == before


def test_source_on_which_nothing_rests_is_deleted(admin_client):
    source = DraftSourceFactory()
    admin_client.post(reverse("admin:ecosystem_source_delete", args=[source.pk]), {"post": "yes"})
    assert not Source.objects.exists()


def test_withdrawing_a_source_in_use_lists_what_rests_on_it_first(admin_client):
    source = PublishedSourceFactory()
    value = PublishedObservationFactory(source=source)
    address = reverse("admin:ecosystem_source_verb", args=[source.pk, "withdraw"])
    page = admin_client.get(address)
    assert list(page.context["rests_on"]) == [value]
    assert str(value) in page.content.decode()
    admin_client.post(address, filled(page, notice="It was a forgery."))
    source.refresh_from_db()
    assert source.status == Status.WITHDRAWN
    assert Observation.objects.get().source == source


def test_withdrawing_several_lists_what_rests_on_each(admin_client):
    source = PublishedSourceFactory()
    value = PublishedObservationFactory(source=source)
    page = admin_client.post(LIST, {"action": "withdraw_selected", "_selected_action": [source.pk]})
    assert str(value) in page.content.decode()


def test_source_without_uses_is_withdrawn_without_a_list(admin_client):
    source = PublishedSourceFactory()
    page = admin_client.get(reverse("admin:ecosystem_source_verb", args=[source.pk, "withdraw"]))
    assert "rests on" not in page.content.decode()
