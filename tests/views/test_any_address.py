"""Whatever stands in an address, the site answers: a page, a page that says what is wrong, or not found."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.small_site import make_site

pytestmark = pytest.mark.django_db
LISTS = ["articles", "organizations", "initiatives", "places", "events", "metrics", "people", "sources"]
NAMES = [
    "q",
    "kind",
    "topic",
    "district",
    "park",
    "ownership",
    "decade",
    "listed",
    "evidence",
    "sort",
    "page",
    "year",
]
NAMES += ["series", "state", "trust", "access", "known_on", "utm_source"]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
GOOD = st.sampled_from(
    [
        "company",
        "chips",
        "pudong",
        "yes",
        "no",
        "checked",
        "name",
        "newest",
        "1",
        "2",
        "2025",
        "held",
        "2000s",
    ]
)
QUERIES = st.dictionaries(
    st.sampled_from(NAMES), st.lists(st.one_of(GOOD, TEXT), min_size=1, max_size=3), max_size=4
)
MANY = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=40,
    # The site is made once for all examples, which only read it.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def answers(client):
    make_site()
    return lambda path, data=None: client.get(path, data).status_code


@MANY
@given(st.sampled_from(LISTS), QUERIES)
def test_any_query_string_of_a_list_is_answered(answers, plural, data):
    assert answers(f"/{plural}/", data) in {200, 404}


@MANY
@given(TEXT)
def test_any_words_are_searched(answers, words):
    assert answers("/search/", {"q": words}) == 200


@MANY
@given(st.sampled_from(LISTS), TEXT, TEXT)
def test_any_path_is_answered(answers, plural, slug, period):
    for path in (f"/{plural}/{slug}/", f"/metrics/wafers/{period}/", f"/zh-hans/{slug}/{period}"):
        assert answers(path) in {200, 301, 404}


def test_examples_are_not_all_refused(answers):
    """Guards the property above: plain values give pages."""
    counted = Counter(answers(f"/{plural}/", {"topic": "chips", "q": "o"}) for plural in LISTS)
    assert counted == {200: len(LISTS)}
