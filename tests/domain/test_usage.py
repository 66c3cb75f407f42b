"""Whatever uses an item is found, in a number of queries that does not grow with it."""

import pytest

from ecosystem.domain.revisions import PARTS
from ecosystem.domain.usage import NAMED, NOT_FOLLOWED, count_of, followed, uses_of
from ecosystem.models import ADDRESSED_KINDS, Image, Observation
from tests.factories import (
    CitationFactory,
    ContributionFactory,
    DraftArticleFactory,
    DraftEventFactory,
    DraftInitiativeFactory,
    DraftMetricFactory,
    DraftOrganizationFactory,
    DraftPlaceFactory,
    DraftSourceFactory,
    EventSeriesFactory,
    FigureReferenceFactory,
    FormulaInputFactory,
    OrganizationRelationshipFactory,
    ParticipationFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedRankingFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def found(item) -> dict[str, list]:
    return {group.label: group.items for group in uses_of(item)}


def test_nothing_uses_a_new_item():
    assert uses_of(DraftOrganizationFactory()) == []


def test_texts_name_it_by_its_whole_slug_in_either_language_and_any_state():
    source = DraftSourceFactory(slug="yearbook")
    note = '<p>Said.<source-note source="{}">There.</source-note></p>'
    articles = [
        DraftArticleFactory(title="A", body=note.format("yearbook")),
        PublishedArticleFactory(title="B", body_zh=note.format("yearbook")),
        PublishedArticleFactory(
            title="C", standfirst='<figure-ref metric="gdp" source="yearbook"></figure-ref>'
        ),
    ]
    DraftArticleFactory(body=note.format("yearbook-2024"))
    DraftSourceFactory(note="Of the yearbook.")
    assert found(source) == {"Texts that name it": articles}


def test_text_that_names_it_by_link_and_figure_is_one_place():
    metric = PublishedMetricFactory(slug="gdp")
    article = DraftArticleFactory(
        body='<p><a href="/metrics/gdp/2024/">G</a><figure-ref metric="gdp"></figure-ref></p>'
    )
    FigureReferenceFactory(shown=metric, article=article)
    assert found(metric) == {"Texts that name it": [article]}


def test_its_own_texts_are_no_use():
    metric = PublishedMetricFactory(slug="gdp", definition='<p><a href="/metrics/gdp/">This</a></p>')
    assert uses_of(metric) == []


def test_uses_of_an_organization():
    item = DraftOrganizationFactory(slug="fudan")
    article = DraftArticleFactory()
    article.organizations.add(item)
    part = ParticipationFactory(organization=item)
    ParticipationFactory(organization=item, initiative=part.initiative, role="funder")
    relationship = OrganizationRelationshipFactory(other=item)
    OrganizationRelationshipFactory(organization=item)
    metric = DraftMetricFactory(subject_organization=item)
    CitationFactory(organization=item)
    assert found(item) == {
        "Articles (organizations)": [article],
        "Participations": [part.initiative],
        "Metrics (subject organization)": [metric],
        "Relationships": [relationship.organization],
    }


def test_uses_of_a_place_and_a_series():
    place, series = DraftPlaceFactory(slug="zhangjiang"), EventSeriesFactory()
    event = DraftEventFactory(place=place, series=series)
    organization = DraftOrganizationFactory(park=place)
    within = DraftPlaceFactory()
    within.located_in.add(place)
    assert found(place) == {
        "Events (place)": [event],
        "Organizations (park)": [organization],
        "Places (located in)": [within],
    }
    assert found(series) == {"Events (series)": [event]}


def test_uses_of_a_source_and_a_person():
    value = PublishedObservationFactory()
    citation = CitationFactory(source=value.source)
    part = ContributionFactory()
    assert found(value.source) == {"Citations": [citation.page], "Observations (source)": [value]}
    assert found(part.person) == {"Contributions": [part.article]}


def test_uses_of_a_metric_go_as_far_as_formulas_do_and_leave_out_its_values():
    value = PublishedObservationFactory()
    growth = FormulaInputFactory(input=value.metric, metric__name="A").metric
    ratio = FormulaInputFactory(input=growth, metric__name="B").metric
    ranking = PublishedRankingFactory()
    ranking.metrics.add(value.metric)
    assert found(value.metric) == {
        "Metrics computed from it": [growth, ratio],
        "Rankings (metrics)": [ranking],
    }


def test_many_uses_are_counted_and_the_first_are_named(
    django_assert_num_queries, django_assert_max_num_queries
):
    topic = TopicFactory()
    DraftInitiativeFactory().topics.add(topic)
    with django_assert_max_num_queries(15) as few:
        assert count_of(uses_of(topic)) == 1
    for _ in range(NAMED):
        DraftOrganizationFactory().topics.add(topic)
    with django_assert_num_queries(len(few)):
        initiatives, organizations = uses_of(topic)
    assert (initiatives.count, organizations.count, organizations.rest) == (1, NAMED, 0)
    for _ in range(3):
        DraftOrganizationFactory().topics.add(topic)
    with django_assert_num_queries(len(few) + 1):
        _initiatives, organizations = uses_of(topic)
    assert (organizations.count, len(organizations.items), organizations.rest) == (NAMED + 3, NAMED, 3)


@pytest.mark.parametrize("kind", ["source", "metric", "organization"])
def test_uses_of_many_kinds_cost_as_much_as_those_of_one(django_assert_num_queries, kind):
    item = {
        "source": DraftSourceFactory,
        "metric": PublishedMetricFactory,
        "organization": DraftOrganizationFactory,
    }[kind](slug="used")
    text = f'<p><a href="/{kind}s/used/">x</a></p>'

    def use():
        DraftArticleFactory(body=text)
        if kind == "source":
            CitationFactory(source=item)
            CitationFactory(source=item, organization=None, article=DraftArticleFactory())
            PublishedObservationFactory(source=item)
        if kind == "organization":
            ParticipationFactory(organization=item)

    use()
    budget = {"source": 10, "metric": 11, "organization": 11}[kind]
    with django_assert_num_queries(budget):
        [list(map(str, group.items)) for group in uses_of(item)]
    use()
    use()
    with django_assert_num_queries(budget):
        [list(map(str, group.items)) for group in uses_of(item)]


def test_no_relation_is_forgotten():
    """Every record that points to an item is a part of it, a use, or left out on purpose."""
    for model in (*PARTS, Image):
        names = {relation.get_accessor_name() for relation in followed(model)}
        for relation in model._meta.related_objects:
            name = relation.get_accessor_name()
            is_through = relation.many_to_many and not relation.through._meta.auto_created
            known = name in PARTS.get(model, ()) or relation.related_model in NOT_FOLLOWED or is_through
            assert known or name in names or relation.related_model is Observation, (model, name)


def test_every_kind_with_an_address_can_be_asked():
    assert {model._meta.model_name for model in PARTS} >= set(ADDRESSED_KINDS)
