"""Search finds public items of every kind by the words of their names."""

import pytest

from ecosystem.domain.search import KINDS, search
from tests.factories import (
    DRAFTS,
    PUBLISHED,
    SCHEDULED,
    WITHDRAWN,
    IdentifierFactory,
    OrganizationNameFactory,
    PublishedArticleFactory,
    PublishedEventFactory,
    PublishedMetricFactory,
    PublishedOrganizationFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
NAMED = [model for model, _label in KINDS if model in PUBLISHED]


def found(query: str, **options) -> dict[str, list[str]]:
    return {group.kind: [str(item) for item in group.items] for group in search(query, **options).groups}


def titled(factory, words: str, **particulars):
    field = "title" if "title" in {f.name for f in factory._meta.model._meta.fields} else "name"
    return factory(**{field: words} | particulars)


@pytest.mark.parametrize("model", NAMED, ids=lambda model: model.__name__)
def test_every_kind_is_found_by_its_name_or_title(model):
    item = titled(PUBLISHED[model], "Lujiazui Quarterly")
    assert found("lujiazui") == {model._meta.model_name: [str(item)]}


@pytest.mark.parametrize("model", NAMED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("state", [{}, SCHEDULED, WITHDRAWN], ids=["draft", "scheduled", "withdrawn"])
def test_what_is_not_public_is_not_found(model, state):
    titled(DRAFTS[model], "Lujiazui Quarterly", **state)
    assert found("lujiazui") == {}


def test_topic_is_found():
    TopicFactory(name="Robotics", name_zh="机器人")
    assert found("机器") == {"topic": ["Robotics"]}


def test_name_is_found_in_chinese_and_by_its_other_names():
    organization = PublishedOrganizationFactory(name="Fudan University", name_zh="复旦大学")
    OrganizationNameFactory(organization=organization, text="FDU")
    IdentifierFactory(organization=organization, value="Q495015")
    for query in ("复旦", "fdu", "q495015", "UNIVERSITY", "ｆｕｄａｎ"):
        assert found(query) == {"organization": ["Fudan University"]}


def test_metric_is_found_by_its_other_names():
    PublishedMetricFactory(name="Research spending", other_names="R&D intensity\n研发强度")
    assert found("研发强度") == found("r&d") == {"metric": ["Research spending"]}


def test_article_is_found_by_its_standfirst():
    PublishedArticleFactory(title="Chips", standfirst="About lithography.")
    assert found("lithography") == {"article": ["Chips"]}


def test_every_word_must_stand_somewhere_in_the_item():
    both = PublishedOrganizationFactory(name="Fudan University")
    OrganizationNameFactory(organization=both, text="Jiangwan")
    PublishedOrganizationFactory(name="Tongji University")
    assert found("university jiangwan") == {"organization": ["Fudan University"]}
    assert found("university nowhere") == {}


def test_item_is_found_once_however_many_names_match():
    organization = PublishedOrganizationFactory(name="Fudan University")
    OrganizationNameFactory.create_batch(3, organization=organization)
    assert found("other") == {"organization": [organization.name]}


@pytest.mark.parametrize("query", ["", "   ", "\t\n", "　"])
def test_nothing_is_found_for_nothing(query):
    PublishedOrganizationFactory()
    assert search(query).groups == []


@pytest.mark.parametrize("query", ["%", "_", "'", '"', "\\", "a%b", "(", "*", "\x00", "🙂", "' OR 1=1 --"])
def test_signs_with_a_meaning_elsewhere_are_only_signs(query):
    PublishedOrganizationFactory(name="Plain name", name_zh="")
    assert search(query).groups == []


def test_longest_query_is_answered():
    PublishedOrganizationFactory(name="Plain name", name_zh="")
    assert found("plain " * 33) == {"organization": ["Plain name"]}
    assert search("p" * 200).groups == []


def test_group_counts_what_it_does_not_show():
    PublishedEventFactory.create_batch(5, name="Forum")
    (group,) = search("forum", limit=3).groups
    assert (len(group.items), group.count, group.kind, group.label) == (3, 5, "event", "Events")


def test_groups_come_in_the_order_of_the_kinds():
    for model in reversed(NAMED):
        titled(PUBLISHED[model], "Lujiazui")
    TopicFactory(name="Lujiazui")
    assert list(found("lujiazui")) == [model._meta.model_name for model, _label in KINDS]
