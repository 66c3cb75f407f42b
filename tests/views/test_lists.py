"""Every list: bad values, unknown parameters, pages, chips, and what it says when nothing is there."""

import re

import pytest
from django.urls import reverse

from ecosystem.models import Topic
from tests.factories import PUBLISHED, TopicFactory

pytestmark = pytest.mark.django_db
FACTORIES = {model._meta.model_name: factory for model, factory in PUBLISHED.items()}
KINDS = ["article", "organization", "initiative", "place", "event", "metric", "person", "source"]
# A parameter of each list with a value that it cannot have, and what the page says of it.
BAD = {
    "article": ("topic=nowhere", "Topic"),
    "organization": ("kind=castle", "Kind"),
    "initiative": ("kind=castle", "Kind"),
    "place": ("district=nowhere", "District"),
    "event": ("state=asleep", "State"),
    "metric": ("topic=nowhere", "Topic"),
    "source": ("trust=blind", "Trust"),
}
PAGED = [kind for kind in KINDS if kind != "metric"]
# The directory is written by a template of another kind, and turns its pages in tests/views/test_directory.py.
BY_FILTER_SET = [kind for kind in PAGED if kind != "organization"]


@pytest.fixture(params=KINDS)
def listed(request, client):
    """A kind with two public records, and a way to ask for its list."""
    kind = request.param
    rows = FACTORIES[kind].create_batch(2)

    def ask(query: str = "", status: int = 200) -> str:
        answer = client.get(f"{reverse(f'{kind}_list')}?{query}")
        assert answer.status_code == status
        return answer.content.decode()

    return kind, rows, ask


def names_on(html: str, rows) -> list[str]:
    return [row.name for row in rows if re.search(rf"\b{row.name}\b", html)]


def test_list_shows_every_public_row(listed):
    _kind, rows, ask = listed
    assert names_on(ask(), rows) == [row.name for row in rows]


@pytest.mark.parametrize("kind", BAD)
def test_bad_value_says_so_and_shows_no_rows(client, kind):
    query, label = BAD[kind]
    rows = FACTORIES[kind].create_batch(2)
    answer = client.get(f"{reverse(f'{kind}_list')}?{query}")
    html = answer.content.decode()
    problem = f"{label}: Select a valid choice. {query.split('=')[1]} is not one of the available choices."
    assert answer.status_code == 200
    assert re.findall(r'<p class="problem" role="alert">([^<]+)</p>', html) == [problem]
    assert names_on(html, rows) == []


def test_too_long_words_say_so_and_show_no_rows(listed):
    _kind, rows, ask = listed
    html = ask("q=" + "a" * 201)
    assert "Ensure this value has at most 200 characters (it has 201)." in html
    assert names_on(html, rows) == []


@pytest.mark.parametrize("query", ["colour=blue", "q=", "topic=", "utm_source=letter&q=&page="])
def test_unknown_parameters_and_empty_values_change_nothing(listed, query):
    _kind, rows, ask = listed
    html = ask(query)
    assert names_on(html, rows) == [row.name for row in rows]
    assert "problem" not in re.findall(r'class="([^"]+)"', html)


@pytest.mark.parametrize("page", ["0", "-1", "2", "99999999999999999999", "one", "1.5"])
@pytest.mark.parametrize("kind", PAGED)
def test_impossible_page_is_not_found(client, kind, page):
    FACTORIES[kind]()
    assert client.get(f"{reverse(f'{kind}_list')}?page={page}").status_code == 404


def test_address_over_60_kb_is_refused(listed):
    _kind, _rows, ask = listed
    assert ask("q=" + "a" * 61_440, status=414).startswith("414 ")


def test_words_narrow_the_list_and_can_be_taken_away(listed):
    _kind, rows, ask = listed
    html = ask(f"q={rows[1].name.replace(' ', '+')}")
    assert names_on(html, rows) == [rows[1].name]
    assert 'href="?"' in html


def test_list_without_rows_says_so(listed):
    _kind, _rows, ask = listed
    html = ask("q=nothing+has+this+name")
    assert 'class="empty"' in html


@pytest.mark.parametrize("kind", BY_FILTER_SET)
def test_pages_keep_the_filters(client, kind, monkeypatch):
    view = client.get(reverse(f"{kind}_list")).resolver_match.func.view_class
    monkeypatch.setattr(view, "paginate_by", 2)
    rows = FACTORIES[kind].create_batch(5)
    path = reverse(f"{kind}_list")
    first = client.get(f"{path}?page=1&q=%20&colour=blue&q={rows[0].name[:3]}").content.decode()
    assert f'<a rel="next" href="?q={rows[0].name[:3]}&amp;page=2">' in first
    shown = [
        row for number in (1, 2, 3) for row in client.get(f"{path}?page={number}").context["object_list"]
    ]
    assert sorted(shown, key=str) == sorted(rows, key=str)


def test_chips_take_away_one_value_each(client):
    topics = [TopicFactory(slug=slug, name=slug.capitalize()) for slug in ("chips", "robots")]
    organization = FACTORIES["organization"](kind="company")
    organization.topics.set(topics)
    html = client.get(
        "/organizations/?topic=robots&sort=name&q=org&topic=chips&page=1&kind=company"
    ).content.decode()
    chips = re.findall(r'<a class="chip" href="([^"]+)">.*?</span>\s*(.*?)\s*<span', html)
    rest = "?q=org&amp;kind=company&amp;topic=robots&amp;topic=chips&amp;sort=name"
    assert chips == [
        (rest.replace("q=org&amp;", ""), "“org”"),
        (rest.replace("kind=company&amp;", ""), "Company"),
        (rest.replace("topic=robots&amp;", ""), "Robots"),
        (rest.replace("topic=chips&amp;", ""), "Chips"),
    ]


def test_form_shows_what_is_selected(client):
    FACTORIES["organization"](kind="company"), FACTORIES["organization"](kind="university")
    html = client.get("/organizations/?kind=university&sort=newest&q=org").content.decode()
    boxes = re.findall(r'<input type="checkbox" name="kind" value="([^"]+)"( checked)?>', html)
    assert boxes == [("company", ""), ("university", " checked")]
    assert re.findall(r'<option value="([^"]+)" selected>', html) == ["newest"]
    assert re.findall(r'<input type="search"[^>]* value="([^"]*)"', html) == ["org"]


def test_what_readers_type_is_only_text(client):
    html = client.get('/organizations/?q="><script>alert(1)</script>').content.decode()
    assert "<script>alert(1)" not in html


def test_topics_are_counted_without_what_is_not_public(client):
    topic = TopicFactory(slug="chips")
    for kind in ("article", "organization", "initiative", "event", "metric"):
        FACTORIES[kind]().topics.add(topic)
        FACTORIES[kind](status="draft", published_at=None).topics.add(topic)
    (row,) = client.get("/topics/").context["object_list"]
    counts = {name: getattr(row, name) for name in vars(row) if name.endswith("_count")}
    assert counts == {
        f"{kind}_count": 1 for kind in ("organization", "initiative", "event", "article", "metric")
    }
    assert Topic.objects.count() == 1
