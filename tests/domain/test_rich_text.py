"""Rich text on a page: figures resolved, notes numbered, headings addressable, links in the language."""

from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.utils.translation import override

from ecosystem.domain.figures import resolve
from ecosystem.domain.rich_text import Heading, Renderer, localized_path, texts_of
from ecosystem.models import Metric
from tests.factories import (
    DisputedObservationFactory,
    DraftArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedSourceFactory,
)

pytestmark = pytest.mark.django_db
FIGURE = '<figure-ref metric="gdp"></figure-ref>'


@pytest.fixture
def gdp() -> Metric:
    return PublishedMetricFactory(slug="gdp")


def rendered(html: str) -> str:
    return Renderer(resolve([html])).render(html)


class Tags(HTMLParser):
    """Opening tags with their attributes, and the text between."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def first(self, name: str) -> dict[str, str | None]:
        return next(attributes for tag, attributes in self.tags if tag == name)


def test_figure_links_its_value_to_the_evidence(gdp):
    PublishedObservationFactory(metric=gdp, value=Decimal(1200), qualifier="~")
    found = Tags(rendered(f"<p>The city has {FIGURE}.</p>"))
    assert found.text == "The city has about 1,200\u00a0companies."
    assert found.first("a")["href"] == "/metrics/gdp/2024/"
    assert found.first("data")["value"] == "1200"


def test_disputed_figure_says_so_in_words(gdp):
    DisputedObservationFactory(metric=gdp)
    assert Tags(rendered(FIGURE)).text.replace("\u2060", "") == "400\u00a0companies (Disputed)"


@pytest.mark.parametrize(
    "reference",
    [FIGURE, '<figure-ref metric=""></figure-ref>', '<figure-ref metric="gdp" period="soon"></figure-ref>'],
)
def test_figure_without_a_value_is_a_dash_and_never_an_error(reference):
    renderer = Renderer(resolve([reference]))
    assert Tags(renderer.render(f"<p>It has {reference} staff.</p>")).text == "It has – staff."
    assert renderer.words(f"<p>It has {reference} staff.</p>") == "It has – staff."


def test_figures_speak_the_language_of_the_page(gdp):
    PublishedObservationFactory(metric=gdp, value=Decimal(1200), qualifier="~")
    with override("zh-hans"):
        found = Tags(rendered(FIGURE))
    assert found.text == "约1200家"
    assert found.first("a")["href"] == "/zh-hans/metrics/gdp/2024/"


def test_words_are_the_text_with_its_figures_and_without_notes(gdp):
    PublishedObservationFactory(metric=gdp)
    PublishedSourceFactory(slug="yearbook")
    html = (
        f"Growth &amp; <em>work</em> of {FIGURE}."
        "<source-note source='yearbook'>A note.</source-note><p>And</p><p>more.</p>"
    )
    assert Renderer(resolve([html])).words(html) == "Growth & work of 400\u00a0companies. And more.".replace(
        "\u00a0", " "
    )


def test_cited_figure_links_to_its_source():
    PublishedSourceFactory(slug="yearbook")
    found = Tags(rendered('<cited-figure source="yearbook">about <em>400</em> &amp; more</cited-figure>'))
    assert found.text == "about 400 & more"
    assert found.first("a")["href"] == "/sources/yearbook/"


def test_cited_figure_without_a_public_source_is_its_words():
    assert rendered('<cited-figure source="unknown">400 &lt; 500</cited-figure>') == "400 &lt; 500"


def test_notes_are_numbered_through_all_texts_of_a_page():
    PublishedSourceFactory(slug="yearbook", publisher="Bureau of tests")
    note = '<source-note source="yearbook"></source-note>'
    html = f"<p>One.{note}</p>"
    renderer = Renderer(resolve([html]))
    ids = [Tags(renderer.render(html)).first("span")["id"] for _ in range(2)]
    assert ids == ["note-1", "note-2"]


def test_note_of_an_unknown_source_is_left_out_and_takes_no_number():
    PublishedSourceFactory(slug="yearbook")
    html = (
        '<p>A.<source-note source="no"></source-note> B.<source-note source="yearbook">Yes.</source-note></p>'
    )
    found = Tags(rendered(html))
    assert found.first("span")["id"] == "note-1"
    assert found.text.replace("\u2060", "").startswith("A. B.Note 1")


def test_note_may_hold_a_figure(gdp):
    PublishedObservationFactory(metric=gdp)
    PublishedSourceFactory(slug="yearbook")
    found = Tags(rendered(f'<p>A.<source-note source="yearbook">Of {FIGURE}.</source-note></p>'))
    assert "/metrics/gdp/2024/" in [attributes.get("href") for _tag, attributes in found.tags]


def test_headings_get_addresses_and_make_the_contents():
    renderer = Renderer(resolve([]))
    html = renderer.render("<h2>Chips &amp; <em>cars</em></h2><p>a</p><h2>浦东</h2><h3>Not here</h3>")
    assert (
        html
        == '<h2 id="chips-cars">Chips &amp; <em>cars</em></h2><p>a</p><h2 id="浦东">浦东</h2><h3>Not here</h3>'
    )
    assert renderer.headings == [Heading("chips-cars", "Chips & cars"), Heading("浦东", "浦东")]


def test_headings_of_the_same_words_have_different_addresses():
    renderer = Renderer(resolve([]))
    renderer.render("<h2>Chips</h2><h2>Chips</h2><h2>!</h2><h2>?</h2>")
    anchors = [heading.anchor for heading in renderer.headings]
    assert anchors == ["chips", "chips-2", "part", "part-2"]


@pytest.mark.parametrize("words", ["Sources", "Figures", "Note 1", "Main"])
def test_heading_never_takes_the_address_of_another_part_of_the_page(words):
    renderer = Renderer(resolve([]))
    renderer.render(f"<h2>{words}</h2>")
    assert [heading.anchor for heading in renderer.headings] == [f"part-{words.lower().replace(' ', '-')}"]


@pytest.mark.parametrize(
    ("href", "chinese"),
    [
        ("/metrics/gdp/", "/zh-hans/metrics/gdp/"),
        ("https://example.org/a/", "https://example.org/a/"),
        ("//example.org/a/", "//example.org/a/"),
        ("#part", "#part"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("", ""),
    ],
)
def test_links_within_the_site_stay_in_the_language(href, chinese):
    assert localized_path(href) == href
    with override("zh-hans"):
        assert localized_path(href) == chinese


def test_link_keeps_its_words_and_loses_what_could_break_out():
    assert rendered('<a href="/a/?b=1&amp;c=&quot;2">A <em>b</em></a>') == (
        '<a href="/a/?b=1&amp;c=&quot;2">A <em>b</em></a>'
    )


def test_table_scrolls_in_a_frame_that_a_keyboard_reaches():
    found = Tags(rendered("<table><tbody><tr><td>a</td></tr></tbody></table>"))
    assert found.tags[0][0] == "div"
    assert found.tags[0][1]["tabindex"] == "0"
    assert found.tags[1] == ("table", {})


@pytest.mark.parametrize(
    ("language", "english", "chinese", "expected"),
    [
        ("en", "One", "一", ("One", "en", False)),
        ("zh-hans", "One", "一", ("一", "zh-Hans", False)),
        ("zh-hans", "One", "", ("One", "en", True)),
        ("en", "", "一", ("一", "zh-Hans", True)),
        ("en", "", "", ("", "en", False)),
        ("zh-hans", "", "", ("", "zh-Hans", False)),
    ],
)
def test_text_falls_back_visibly_to_the_other_language(language, english, chinese, expected):
    page = DraftArticleFactory.build(body=english, body_zh=chinese)
    with override(language):
        text = Renderer(resolve([])).text(page, "body")
    assert (text.html, text.language, text.is_fallback) == expected


def test_texts_of_pages_come_in_both_languages():
    pages = [DraftArticleFactory.build(body="a", body_zh="b"), DraftArticleFactory.build(body="c")]
    assert texts_of(pages, "body") == ["a", "b", "c", ""]
