"""Each hit says by what it was found, where its shown names do not: a name, a key, a text, a topic."""

import pytest
from django.utils.translation import override

from ecosystem.domain import search
from ecosystem.domain.found_pages import found_pages
from ecosystem.models import Identifier, OrganizationName
from ecosystem.values.queries import parse
from tests import factories as made

pytestmark = pytest.mark.django_db

Kind = OrganizationName.Kind


def reasons(question: str) -> dict[str, tuple[str, str]]:
    """The name of each page that was found, with what is quoted and what that is."""
    groups = [group.items for group in search.search(question).groups]
    hits = [hit for of_group in found_pages(groups, parse(question)) for hit in of_group]
    return {hit.item.name: (hit.label, hit.text) for hit in hits}


@pytest.mark.parametrize("question", ["yitu", "依图", "YITU tech", "yitu 科技", "y", "yt", "yituke"])
def test_shown_name_needs_no_reason(question):
    made.PublishedOrganizationFactory(name="Yitu Technology", name_zh="依图科技", summary="Of Yitu.")
    assert reasons(question) == {"Yitu Technology": ("", "")}


@pytest.mark.parametrize(
    ("kind", "label"),
    [(Kind.FORMER, "Former name"), (Kind.BRAND, "Brand or product"), (Kind.ACRONYM, "Acronym")],
)
def test_other_name_is_quoted_with_its_kind(kind, label):
    organization = made.PublishedOrganizationFactory(name="Shanghai Yitu")
    made.OrganizationNameFactory(organization=organization, text="Old Lamp", kind=Kind.OTHER)
    made.OrganizationNameFactory(organization=organization, text="Bright Lamp Works", kind=kind)
    assert reasons("bright lamp") == {"Shanghai Yitu": (label, "Bright Lamp Works")}


def test_other_name_that_sounds_so_is_quoted():
    organization = made.PublishedOrganizationFactory(name="MiniMax", name_zh="")
    made.OrganizationNameFactory(organization=organization, text="上海稀宇科技", kind=Kind.LEGAL)
    assert reasons("xiyu") == {"MiniMax": ("Legal name", "上海稀宇科技")}


def test_key_in_a_register_is_quoted():
    organization = made.PublishedOrganizationFactory(name="Foundry")
    made.IdentifierFactory(organization=organization, scheme=Identifier.Scheme.TICKER, value="HKEX:0981")
    assert reasons("0981") == {"Foundry": ("Stock exchange", "HKEX:0981")}


def test_text_is_quoted_in_the_language_of_the_reader_where_it_says_it_there():
    made.PublishedOrganizationFactory(
        name="Foundry",
        summary="Makes ASML masks.",
        summary_zh="生产ASML掩模。",
        description="<p>More ASML.</p>",
    )
    assert reasons("asml") == {"Foundry": ("", "Makes ASML masks.")}
    with override("zh-hans"):
        assert reasons("asml") == {"Foundry": ("", "生产ASML掩模。")}
        assert reasons("masks") == {"Foundry": ("", "Makes ASML masks.")}


def test_block_of_a_text_is_quoted_with_its_figures():
    metric = made.PublishedMetricFactory(slug="wafers")
    made.PublishedObservationFactory(metric=metric, period="2024", value=500)
    made.PublishedArticleFactory(
        title="Chips",
        body="<p>First &amp; foremost.</p><p>Some <strong>plants</strong> make"
        ' <figure-ref metric="wafers" period="2024"></figure-ref>.</p><p>Last.</p>',
    )
    assert reasons("plants") == {"Chips": ("", "Some plants make 500 companies.")}
    assert reasons("foremost") == {"Chips": ("", "First & foremost.")}


def test_text_that_has_all_words_goes_before_one_that_has_some():
    made.PublishedOrganizationFactory(
        name="Foundry", summary="Makes masks.", description="<p>No.</p><p>Sells masks and lenses.</p>"
    )
    assert reasons("masks lenses") == {"Foundry": ("", "Sells masks and lenses.")}


def test_best_text_of_many_is_quoted():
    some = "<p>Makes masks.</p>" * 9
    made.PublishedOrganizationFactory(
        name="Foundry", description=f"{some}<p>Sells masks and lenses.</p>{some}"
    )
    assert reasons("masks lenses") == {"Foundry": ("", "Sells masks and lenses.")}


def test_text_that_has_all_words_goes_before_a_name_that_has_some():
    organization = made.PublishedOrganizationFactory(name="Foundry", summary="Sells masks and lenses.")
    made.OrganizationNameFactory(organization=organization, text="Masks Co")
    assert reasons("masks lenses") == {"Foundry": ("", "Sells masks and lenses.")}


def test_text_is_quoted_for_the_words_that_the_name_lacks():
    made.PublishedOrganizationFactory(
        name="Foundry", summary="Foundry. Makes.", description="<p>Sells lenses.</p>"
    )
    assert reasons("foundry lenses") == {"Foundry": ("", "Sells lenses.")}


def test_what_an_organization_is_filed_under_is_quoted_in_the_language_of_the_reader():
    organization = made.PublishedOrganizationFactory(
        name="Foundry",
        district=made.PublishedDistrictFactory(name="Jiading", name_zh="嘉定区"),
    )
    organization.topics.add(made.TopicFactory(name="Chips", name_zh="芯片"))
    assert reasons("jiading")["Foundry"] == ("District", "Jiading")
    assert reasons("嘉定")["Foundry"] == ("District", "嘉定区")
    assert reasons("chips")["Foundry"] == ("Topic", "Chips")


def test_website_is_quoted():
    made.PublishedOrganizationFactory(name="Foundry", website="https://www.smics.example/en")
    assert reasons("smics") == {"Foundry": ("Website", "smics.example")}


def test_other_name_of_a_metric_and_the_series_of_an_event_are_quoted():
    made.PublishedMetricFactory(name="Gross product", other_names="Output\nGDP")
    made.PublishedEventFactory(name="Forum 2024", series=made.EventSeriesFactory(short_name="WAIC"))
    assert reasons("gdp") == {"Gross product": ("Other name", "GDP")}
    assert reasons("waic") == {"Forum 2024": ("Series", "WAIC")}


def test_number_of_queries_does_not_grow_with_the_hits(django_assert_num_queries):
    def found(number: int) -> list:
        for each in made.PublishedOrganizationFactory.create_batch(number):
            made.OrganizationNameFactory(organization=each, text="Bright Lamp")
        made.PublishedArticleFactory.create_batch(number, body="<p>Of the bright lamp.</p>")
        return [group.items for group in search.search("bright lamp").groups]

    few, many = found(1), found(5)
    for groups in (few, many):
        with django_assert_num_queries(3):  # topics, names, identifiers
            found_pages(groups, parse("bright lamp"))
