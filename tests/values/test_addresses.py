"""What a text names is found and moved wherever it stands, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.addresses import Address
from ecosystem.values.markup import sanitize

SITE = "https://tech.example"
FUDAN = Address("organization", "fudan", SITE)
GDP = Address("metric", "gdp", SITE)
slugs = st.sampled_from(["a", "ab", "a-b", "b"])


@pytest.mark.parametrize(
    ("href", "moved"),
    [
        ("/organizations/fudan/", "/organizations/new/"),
        ("/zh-hans/organizations/fudan/#names", "/zh-hans/organizations/new/#names"),
        ("/organizations/fudan?x=1", "/organizations/new?x=1"),
        ("https://tech.example/organizations/fudan/", "https://tech.example/organizations/new/"),
        ("/organizations/compare/?with=fudan&with=sjtu", "/organizations/compare/?with=new&with=sjtu"),
    ],
)
def test_link_to_the_page_leads_to_the_new_slug(href, moved):
    assert FUDAN.moved_link(href, "new") == moved


@pytest.mark.parametrize(
    ("href", "moved"),
    [
        ("/metrics/gdp/2024/", "/metrics/new/2024/"),
        ("/metrics/gdp.csv", "/metrics/new.csv"),
        ("/metrics/gdp/2024.json?known_on=2025-03-01", "/metrics/new/2024.json?known_on=2025-03-01"),
        ("/metrics/gdp/with/wafers/", "/metrics/new/with/wafers/"),
        ("/metrics/cars/with/gdp.csv", "/metrics/cars/with/new.csv"),
    ],
)
def test_parts_and_other_forms_of_a_metric_are_moved_with_it(href, moved):
    assert GDP.moved_link(href, "new") == moved


@pytest.mark.parametrize(
    "href",
    [
        "/organizations/fudan-hospital/",
        "/people/fudan/",
        "/news/organizations/fudan/",
        "https://other.example/organizations/fudan/",
        "//organizations/fudan/",
        "/articles/?with=fudan-hospital",
        "/metrics/gdp/with/fudan/",
    ],
)
def test_other_addresses_are_left_alone(href):
    assert FUDAN.moved_link(href, "new") == href
    assert not FUDAN.is_named_in(f'<p><a href="{href}">there</a></p>')


def test_lists_are_asked_for_places_and_topics_by_slug():
    pudong, chips = Address("place", "pudong"), Address("topic", "chips")
    href = "/organizations/?district=pudong&topic=chips&park=pudong&q=chips"
    moved = chips.moved_link(pudong.moved_link(href, "east"), "silicon")
    assert moved == "/organizations/?district=east&topic=silicon&park=east&q=chips"


def test_people_have_their_own_plural():
    assert Address("person", "li-wei").moved_link("/people/li-wei/", "li-w") == "/people/li-w/"


def test_elements_that_show_a_metric_are_moved():
    text = (
        '<p><figure-ref metric="gdp" form="share" of="gdp"></figure-ref> of '
        '<figure-ref metric="gdp-per-head"></figure-ref> and <strong>gdp</strong></p>'
    )
    assert GDP.moved_in(text, "output") == text.replace('"gdp"', '"output"')


def test_elements_that_name_a_source_or_a_ranking_are_moved():
    source, ranking = Address("source", "gdp"), Address("ranking", "gdp")
    text = (
        '<figure-ref metric="gdp" source="gdp" form="rank" ranking="gdp"></figure-ref>'
        '<cited-figure source="gdp" locator="gdp">4</cited-figure><source-note source="gdp">x</source-note>'
    )
    moved = ranking.moved_in(source.moved_in(text, "yearbook"), "order")
    assert moved == text.replace('source="gdp"', 'source="yearbook"').replace(
        'ranking="gdp"', 'ranking="order"'
    )


def test_text_that_does_not_name_it_is_left_letter_by_letter():
    text = "<p><a href='/organizations/sjtu/'>It’s &amp; theirs</a>"
    assert FUDAN.moved_in(text, "new") is text


def test_rest_of_a_text_stays_as_it_is():
    text = sanitize(
        "<p>A &amp; B’s <em>“x”</em> <a>no address</a> "
        '<a href="/organizations/fudan/?a=1&amp;b=2">F<figure-ref metric="m"></figure-ref></a></p>'
    )
    moved = text.replace("/fudan/", "/new/")
    assert (FUDAN.moved_in(text, "new"), sanitize(moved)) == (moved, moved)


@given(st.sampled_from(["organization", "metric", "source", "topic"]), slugs, slugs)
def test_every_text_that_names_it_has_one_of_its_traces(kind, slug, other):
    address = Address(kind, slug, SITE)
    text = "".join(
        f'<a href="/{folder}/{other}/">x</a><a href="/x/?topic={other}">y</a>'
        f'<figure-ref metric="{other}" source="{other}"></figure-ref>'
        for folder in ("organizations", "metrics", "sources", "topics")
    )
    assert address.is_named_in(text) == (slug == other)
    if slug == other:
        assert any(trace in text for trace in address.traces)
