"""A renamed item keeps what names it, what is kept of it, and every address that it had."""

import json

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import given
from hypothesis import settings as search
from hypothesis import strategies as st

from ecosystem.domain import figure_records
from ecosystem.domain.addresses import AddressError, FormerlyAnothersError, moved_item, moved_slugs
from ecosystem.domain.renaming import rename
from ecosystem.models import FigureReference, FormerAddress, Organization, Revision
from ecosystem.values.figure_references import Reference
from tests.factories import (
    WITHDRAWN,
    DraftArticleFactory,
    DraftOrganizationFactory,
    EditorFactory,
    ParticipationFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    PublishedPlaceFactory,
    PublishedRankingFactory,
    PublishedSourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return EditorFactory()


def link(slug: str) -> str:
    return f'<p>See <a href="/organizations/{slug}/">them</a>.</p>'


def former(item) -> list[str]:
    return list(item.former_addresses.values_list("slug", flat=True))


def refused(item, slug: str, **options) -> list[str]:
    with pytest.raises(AddressError) as caught:
        rename(item, slug, by=None, **options)
    return caught.value.messages


# Addresses


def test_old_slug_leads_to_the_item(editor):
    item = PublishedOrganizationFactory(slug="fudan")
    assert rename(item, " fudan-university ", by=editor) == []
    assert item.slug == "fudan-university"
    assert moved_item("organization", "fudan") == item
    assert FormerAddress.objects.get().left_by == editor


def test_every_former_slug_leads_to_the_item_itself(editor):
    item = PublishedOrganizationFactory(slug="one")
    for slug in ("two", "three"):
        rename(item, slug, by=editor)
    assert former(item) == ["one", "two"]
    assert [moved_item("organization", slug) for slug in ("one", "two", "three")] == [item, item, None]


def test_item_takes_its_former_slug_back(editor):
    item = PublishedOrganizationFactory(slug="one")
    rename(item, "two", by=editor)
    rename(item, "one", by=editor)
    assert (item.slug, former(item)) == ("one", ["two"])
    assert moved_item("organization", "one") is None


def test_slug_that_leads_to_another_item_is_taken_only_on_purpose(editor):
    first, second = PublishedOrganizationFactory(slug="one", name="First"), PublishedOrganizationFactory()
    rename(first, "two", by=editor)
    with pytest.raises(FormerlyAnothersError, match="“one” is a former address of “First” and leads there"):
        rename(second, "one", by=editor)
    rename(second, "one", by=editor, frees=True)
    assert (second.slug, former(first)) == ("one", [])


def test_same_slug_is_free_for_another_kind(editor):
    rename(PublishedOrganizationFactory(slug="zhangjiang"), "zhangjiang-group", by=editor)
    place = PublishedPlaceFactory()
    rename(place, "zhangjiang", by=editor)
    assert (place.slug, moved_item("place", "zhangjiang")) == ("zhangjiang", None)


def test_slugs_that_cannot_be_are_refused_with_what_to_do():
    item = PublishedOrganizationFactory(slug="one")
    PublishedOrganizationFactory(slug="taken")
    form = ["Write small letters, digits and hyphens, such as fudan-university."]
    assert [refused(item, slug) for slug in ("", "Fudan", "a_b", "复旦", "-a", "a--b", "a/b")] == [form] * 7
    assert refused(item, "one") == ["This is its address already."]
    assert refused(item, "taken") == ["Organization with this Slug already exists."]
    assert refused(item, "compare") == [
        "The page that compares organizations has this address; choose another slug."
    ]
    assert refused(item, "a" * 101) == [
        "Ensure this value has at most 100 characters (it has 101).",
    ]
    assert (Organization.objects.get(pk=item.pk).slug, Revision.objects.count()) == ("one", 0)


def test_what_is_no_slug_is_not_looked_up_among_former_ones(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert moved_slugs("topic", ["\0", "\ud800", "", "Old Topic", "老"]) == {}


def test_draft_is_no_place_to_lead_readers_to(editor):
    draft, gone = (
        DraftOrganizationFactory(slug="draft"),
        PublishedOrganizationFactory(slug="gone", **WITHDRAWN),
    )
    rename(draft, "draft-2", by=editor)
    rename(gone, "gone-2", by=editor)
    assert (moved_item("organization", "draft"), moved_item("organization", "gone")) == (None, gone)
    assert moved_item("organization", "draft", for_editors=True) == draft


def test_deleted_item_takes_its_former_addresses_along(editor):
    item = DraftOrganizationFactory(slug="one")
    rename(item, "two", by=editor)
    item.delete()
    assert not FormerAddress.objects.exists()


# What names it


def test_texts_of_every_state_name_the_new_slug_and_keep_a_revision(editor):
    item = PublishedOrganizationFactory(slug="fudan", description=link("fudan"))
    draft = DraftArticleFactory(body=link("fudan"), body_zh=link("fudan-hospital"))
    published = PublishedArticleFactory(
        standfirst=f'<a href="{settings.SITE_URL}/zh-hans/organizations/fudan/">x</a>'
    )
    other = DraftArticleFactory(body=link("fudan-hospital"))
    before = published.updated_at
    assert set(rename(item, "fu-dan", by=editor)) == {item, draft, published}
    for each in (draft, published, other):
        each.refresh_from_db()
    assert item.description == draft.body == link("fu-dan")
    assert draft.body_zh == other.body == link("fudan-hospital")
    assert f'href="{settings.SITE_URL}/zh-hans/organizations/fu-dan/"' in published.standfirst
    assert published.updated_at == before
    assert set(Revision.objects.values_list("kind", "key", "note", "author")) == {
        ("organization", "fu-dan", "address changed from fudan to fu-dan", editor.pk),
        ("article", draft.slug, "follows the address of fu-dan, before fudan", editor.pk),
        ("article", published.slug, "follows the address of fu-dan, before fudan", editor.pk),
    }
    own = Revision.objects.get(kind="organization").data[0]["fields"]
    assert (own["slug"], own["description"]) == ("fu-dan", link("fu-dan"))


def test_figures_show_the_renamed_metric_and_remember_what_readers_saw(editor):
    metric = PublishedMetricFactory(slug="gdp")
    PublishedObservationFactory(metric=metric, period="2024", value=7)
    article = PublishedArticleFactory(
        body='<p>It is <figure-ref metric="gdp" period="2024"></figure-ref>.</p>'
    )
    figure_records.record_references(article)
    FigureReference.objects.update(last_text="what readers saw")
    metric.observations.all().delete()
    rename(metric, "output", by=editor)
    article.refresh_from_db()
    assert article.body == '<p>It is <figure-ref metric="output" period="2024"></figure-ref>.</p>'
    row = FigureReference.objects.get()
    assert (row.shown, row.last_text) == (metric, "what readers saw")
    assert 'metric="output"' in row.sentence
    assert figure_records.differences(article) == []


def test_recorded_figures_follow_a_renamed_source_and_ranking(editor):
    ranking = PublishedRankingFactory(slug="order")
    metric = ranking.metrics.first()
    source = PublishedSourceFactory(slug="yearbook")
    PublishedObservationFactory(metric=metric, source=source)
    article = DraftArticleFactory(
        body=f'<p><figure-ref metric="{metric.slug}" source="yearbook"></figure-ref> '
        f'<figure-ref metric="{metric.slug}" form="rank" ranking="order"></figure-ref> '
        '<cited-figure source="yearbook">4</cited-figure><source-note source="yearbook">n</source-note></p>'
    )
    figure_records.record_references(article)
    rename(source, "almanac", by=editor)
    rename(ranking, "league", by=editor)
    article.refresh_from_db()
    assert ("yearbook" in article.body, article.body.count('source="almanac"')) == (False, 3)
    assert 'ranking="league"' in article.body
    assert set(FigureReference.objects.filter(shown=metric).values_list("source_slug", flat=True)) == {
        "almanac",
        "",
    }
    assert figure_records.differences(article) == []


def test_figure_of_a_renamed_source_remembers_what_readers_saw(editor):
    metric, source = PublishedMetricFactory(slug="gdp"), PublishedSourceFactory(slug="yearbook")
    article = PublishedArticleFactory(body='<p><figure-ref metric="gdp" source="yearbook"></figure-ref></p>')
    figure_records.record_references(article)
    FigureReference.objects.update(last_text="what readers saw")
    rename(source, "almanac", by=editor)
    row = FigureReference.objects.get()
    assert (row.shown, row.source_slug, row.last_text) == (metric, "almanac", "what readers saw")


# What points to it


def test_records_that_point_to_it_stay(editor):
    part = ParticipationFactory(organization__slug="fudan")
    rename(part.organization, "fd", by=editor)
    part.refresh_from_db()
    assert part.natural_key() == (part.initiative.slug, "fd", "lead")


def test_reference_of_the_new_slug_is_the_one_that_was_recorded(editor):
    metric = PublishedMetricFactory(slug="gdp")
    rename(metric, "output", by=editor)
    assert [*Reference("output").metrics] == [metric.slug]


STEPS = st.tuples(st.integers(0, 2), st.sampled_from(["a", "b", "c", "d"]), st.booleans())


@search(max_examples=40, deadline=None)
@given(st.lists(STEPS, max_size=12))
def test_every_former_slug_leads_in_one_step_to_the_last_item_that_had_it(steps):
    """Random renames of three items among few slugs; one that is refused changes nothing."""
    with transaction.atomic():
        items = [PublishedOrganizationFactory() for _ in range(3)]
        last = {item.slug: item for item in items}
        for number, slug, frees in steps:
            try:
                rename(items[number], slug, by=None, frees=frees)
            except AddressError:
                continue
            last[slug] = items[number]
        present = {item.slug for item in items}
        for slug, item in last.items():
            assert moved_item("organization", slug) == (None if slug in present else item)
        assert present.isdisjoint(FormerAddress.objects.values_list("slug", flat=True))
        transaction.set_rollback(True)


def test_lists_and_search_answer_by_the_new_slug(client, editor):
    topic = TopicFactory(slug="chips", name="Chips")
    PublishedOrganizationFactory(name="Foundry").topics.add(topic)
    rename(topic, "silicon", by=editor)
    found = [client.get("/organizations.json", {"topic": slug}) for slug in ("silicon", "chips")]
    assert [answer.status_code for answer in found] == [200, 301]
    assert [row["name"] for row in json.loads(found[0].getvalue())["results"]] == ["Foundry"]
    assert 'href="/topics/silicon/"' in client.get("/search/", {"q": "Chips"}).content.decode()
