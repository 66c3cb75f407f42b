"""Every kind of item, changed in most of its fields: what differs is told in plain words."""

import copy
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Model

from ecosystem.domain import revisions
from ecosystem.domain.state_differences import compare
from ecosystem.models import Article, Metric
from tests.domain.told import told
from tests.factories import (
    DRAFTS,
    OTHERS,
    ChangeNoteFactory,
    CitationFactory,
    ContributionFactory,
    CorrectionFactory,
    EventSeriesFactory,
    FormulaInputFactory,
    IdentifierFactory,
    ImageFactory,
    OrganizationNameFactory,
    OrganizationRelationshipFactory,
    ParticipationFactory,
    PublishedMetricFactory,
    PublishedOrganizationFactory,
    PublishedPersonFactory,
    PublishedPlaceFactory,
    PublishedSourceFactory,
    TopicFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

Edit = Callable[[Model], None]


def change_article(article):
    """Text, subjects, cover, authors."""
    article.title, article.body = "Chips", '<h3>First</h3><p>A <a href="/about/">paragraph</a> more.</p>'
    article.body_zh, article.kind = "<p>上海有五千家企业。</p>", Article.Kind.STORY
    article.topics.set([TopicFactory(name="Semiconductors")])
    article.cover = ImageFactory(alternative="A wafer")
    ContributionFactory(article=article, person=PublishedPersonFactory(name="Li Na"), position=2)


def change_event(event):
    event.starts_on, event.ends_on, event.state = date(2024, 7, 5), None, "postponed"
    event.series = EventSeriesFactory(name="World forum")
    CitationFactory(
        organization=None,
        event=event,
        source=PublishedSourceFactory(title="Programme"),
        field="starts_on",
        standing="reported",
    )


def change_series(series):
    series.short_name, series.website = "WF", "https://example.org/forum"


def change_initiative(initiative):
    initiative.started, initiative.kind = "2021-04", "plan"
    initiative.places.set([PublishedPlaceFactory(name="Lingang")])
    ParticipationFactory(
        initiative=initiative,
        organization=PublishedOrganizationFactory(name="Port"),
        role="partner",
        note="Builds.",
    )


def change_metric(metric):
    metric.unit, metric.expected_lag_days = UnitFactory(name="billion yuan"), 1500
    metric.definition, metric.formula = "All of it, <em>counted</em>.", Metric.Formula.SUM
    metric.subject_place = PublishedPlaceFactory(name="Pudong")
    FormulaInputFactory(metric=metric, input=PublishedMetricFactory(name="Exports"), position=1)


def change_observation(value):
    value.value, value.low, value.qualifier, value.release = Decimal(4720), Decimal(4700), "~", "estimate"
    value.period, value.standing, value.standing_reason = "2024-Q3", "disputed", "Another office differs."
    value.source, value.locator = PublishedSourceFactory(title="Yearbook"), "table 2"


def change_organization(organization):
    organization.founded, organization.ownership = "1990-04", "state"
    organization.district = PublishedPlaceFactory(name="Xuhui")
    OrganizationNameFactory(organization=organization, text="SH Lab", kind="short")
    IdentifierFactory(organization=organization, scheme="ror", value="013q1eq08")
    other = PublishedOrganizationFactory(name="Holding")
    OrganizationRelationshipFactory(organization=organization, other=other, since="2020")
    CorrectionFactory(organization=organization)
    ChangeNoteFactory(organization=organization)


def change_person(person):
    person.summary, person.name_zh = "Writes <strong>here</strong>.", "李娜"


def change_place(place):
    place.kind, place.latitude, place.longitude = "zone", Decimal("31.23"), Decimal("121.47")
    place.located_in.set([PublishedPlaceFactory(name="Minhang")])


def change_ranking(ranking):
    ranking.first = "lowest"
    ranking.metrics.add(PublishedMetricFactory(name="Third"))


def change_source(source):
    source.accessed_on, source.trust, source.url = date(2025, 1, 3), "edited", "https://example.org/new"
    source.note = "Reads otherwise now."


def change_topic(topic):
    topic.description, topic.description_zh = "What is made.", "所制造的。"


def change_unit(unit):
    unit.factor, unit.scales, unit.pattern_one = Decimal(1000), False, ""


# For every kind: how it is changed, what it was made with, and what is told.
TABLE: dict[str, tuple[Edit, Callable[[], dict[str, object]], list[str]]] = {
    "article": (
        change_article,
        lambda: {"title": "Story", "body_zh": "<p>上海有四千家企业。</p>"},
        [
            "Title: [-Story][+Chips]",
            "Kind: topic article -> story",
            "Body: First\nA paragraph[+ more].",
            "  “First” is now a lower heading, no longer a heading.",
            "  “paragraph” is now a link to /about/.",
            "Body in Chinese: 上海有[-四][+五]千家企业。",
            "Cover: – -> A wafer",
            "Topics: [+Semiconductors]",
            "Contributions, added: Li Na, author",
            "  Position: – -> 2",
        ],
    ),
    "event": (
        change_event,
        lambda: {},
        [
            "Series: – -> World forum",
            "Starts on: 4 July 2024 -> 5 July 2024",
            "Ends on: 6 July 2024 -> –",
            "State: held -> postponed",
            "Citations, added: Programme, starts on",
            "  Note: [+What it does.]",
            "  Standing: – -> Reported",
            "  Position: – -> 1",
        ],
    ),
    "eventseries": (
        change_series,
        lambda: {},
        ["Short name: [+WF]", "Website: – -> https://example.org/forum"],
    ),
    "initiative": (
        change_initiative,
        lambda: {},
        [
            "Kind: programme -> plan",
            "Started: 2020 -> April 2021",
            "Places: [+Lingang]",
            "Participations, added: Port, partner",
            "  Note: [+Builds.]",
        ],
    ),
    "metric": (
        change_metric,
        lambda: {"unit": UnitFactory(name="companies"), "definition": "All of it, counted."},
        [
            "Unit: companies -> billion yuan",
            "Expected lag in days: – -> 1,500",
            "Formula: – -> sum of the inputs",
            "Subject place: – -> Pudong",
            "Definition: All of it, counted.",
            "  “counted” is now emphasized.",
            "Inputs of a formula, added: Exports",
            "  Position: – -> 1",
        ],
    ),
    "observation": (
        change_observation,
        lambda: {
            "metric": PublishedMetricFactory(unit=UnitFactory(name="companies")),
            "source": PublishedSourceFactory(title="Report"),
        },
        [
            "Period: 2024 -> Q3 2024",
            "Value: 400 companies -> about 4,720 companies",
            "Lower bound: – -> 4,700 companies",
            "Release: final -> estimate",
            "Standing: Unverified -> Disputed",
            "Reason for the standing: [+Another office differs.]",
            "Source: Report -> Yearbook",
            "Locator: [+table 2]",
        ],
    ),
    "organization": (
        change_organization,
        lambda: {"founded": "1990"},
        [
            "Founded: 1990 -> April 1990",
            "Ownership: – -> state-owned",
            "District: – -> Xuhui",
            "Names, added: short name, SH Lab",
            "  Language: – -> English or Latin letters",
            "Identifiers, added: ROR, 013q1eq08",
            "Relationships, added: parent, Holding",
            "  Since: – -> 2020",
            "Corrections, added: 3 February 2025, An earlier version gave the wrong year.",
            "Change notes, added: 3 February 2025, Its new address was added.",
        ],
    ),
    "person": (
        change_person,
        lambda: {"summary": "Writes here."},
        ["Name in Chinese: [+李娜]", "Summary: Writes here.", "  “here” is now strong."],
    ),
    "place": (
        change_place,
        lambda: {},
        [
            "Kind: park -> zone",
            "Latitude: – -> 31.23",
            "Longitude: – -> 121.47",
            "Located in: [+Minhang]",
        ],
    ),
    "ranking": (
        change_ranking,
        lambda: {},
        ["Order: the highest value first -> the lowest value first", "Metrics: [+Third]"],
    ),
    "source": (
        change_source,
        lambda: {"url": "https://example.org/old"},
        [
            "Accessed on: 2 January 2025 -> 3 January 2025",
            "Address: https://example.org/old -> https://example.org/new",
            "Trust: primary: who made the number or the fact published it"
            " -> edited: a named press or research body reports it",
            "Note: [+Reads otherwise now.]",
        ],
    ),
    "topic": (
        change_topic,
        lambda: {},
        ["Description: [+What is made.]", "Description in Chinese: [+所制造的。]"],
    ),
    "unit": (
        change_unit,
        lambda: {"pattern_one": "one"},
        ["Factor: 1 -> 1,000", "Large-number words: yes -> no", "Phrase for one: [-one]"],
    ),
}


@pytest.mark.parametrize("model", revisions.PARTS, ids=lambda model: model.__name__)
def test_change_of_every_kind_is_told_in_plain_words(model):
    edit, made_with, lines = TABLE[model._meta.model_name]
    item = (DRAFTS | OTHERS)[model](**made_with())
    before = revisions.snapshot(item)
    edit(item)
    item.save()
    item = model.objects.get(pk=item.pk)
    after = revisions.snapshot(item)
    assert told(compare(before, after)) == lines


@pytest.mark.parametrize("model", revisions.PARTS, ids=lambda model: model.__name__)
def test_state_does_not_differ_from_itself(model):
    item = (DRAFTS | OTHERS)[model]()
    TABLE[model._meta.model_name][0](item)
    state = revisions.snapshot(item)
    same = compare(state, copy.deepcopy(state))
    assert (bool(same), told(same), same.summary) == (False, [], "Nothing changed")


@pytest.mark.parametrize("model", revisions.PARTS, ids=lambda model: model.__name__)
def test_whole_state_and_a_lost_one_are_told_without_an_error(model):
    state = revisions.snapshot((DRAFTS | OTHERS)[model]())
    first, last = compare(None, state), compare(state, None)
    assert (first.summary, first.is_whole, last.is_whole) == ("First stored state", True, False)
    assert [change.label for change in first.fields] == [change.label for change in last.fields]
