"""The page of a source lists everything public that rests on it, and says what became of the document."""

import pytest
from django.utils import timezone

from ecosystem.models import Source
from tests.factories import (
    LONG_AGO,
    CitationFactory,
    DraftArticleFactory,
    DraftMetricFactory,
    DraftObservationFactory,
    DraftOrganizationFactory,
    FigureReferenceFactory,
    PublishedArticleFactory,
    PublishedObservationFactory,
    PublishedSourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    return PublishedSourceFactory(slug="yearbook", archived_url="https://archive.example.org/yearbook")


def uses(client, source):
    return client.get(source.get_absolute_url()).context["uses"]


def html_of(client, source, prefix="") -> str:
    return client.get(prefix + source.get_absolute_url()).content.decode()


def cited_in(source, article, sentence, field="body"):
    return FigureReferenceFactory(
        shown=None, cited=source, article=article, sentence=sentence, form="value", field=field
    )


def test_current_and_superseded_values_stand_there_and_others_not(client, source):
    new = PublishedObservationFactory(period="2023")
    old = PublishedObservationFactory(metric=new.metric, period="2023", source=source, superseded_by=new)
    current = PublishedObservationFactory(metric=new.metric, period="2024", source=source)
    DraftObservationFactory(metric=new.metric, period="2025", source=source)
    PublishedObservationFactory(metric=DraftMetricFactory(), source=source)
    assert uses(client, source).values == [current, old]
    assert html_of(client, source).count("Superseded") == 1


def test_value_whose_successor_is_a_draft_is_current(client, source):
    value = PublishedObservationFactory(source=source)
    value.superseded_by = DraftObservationFactory(metric=value.metric)
    value.save()
    assert "Superseded" not in html_of(client, source)


def test_cited_figures_stand_with_their_sentences_in_the_language_of_the_page(client, source):
    article = PublishedArticleFactory()
    english = cited_in(source, article, "It has 400 rooms.")
    chinese = cited_in(source, article, "共400间。", field="body_zh")
    alone = cited_in(source, PublishedArticleFactory(), "Only in English.")
    cited_in(source, DraftArticleFactory(), "Nobody sees this.")
    assert uses(client, source).sentences == [english, alone]
    answer = client.get("/zh-hans" + source.get_absolute_url())
    assert answer.context["uses"].sentences == [chinese, alone]
    assert "<blockquote>It has 400 rooms.</blockquote>" in html_of(client, source)


def test_articles_that_cite_it_stand_first(client, source):
    organization = CitationFactory(source=source)
    article = CitationFactory(source=source, organization=None, article=PublishedArticleFactory())
    CitationFactory(source=source, organization=DraftOrganizationFactory())
    assert uses(client, source).citations == [article, organization]


def test_page_says_when_nothing_rests_on_it(client, source):
    assert "Nothing public rests on this source." in html_of(client, source)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("dead", "The address was found dead on 6 January 2025"),
        ("changed", "The page was found changed on 6 January 2025"),
        ("moved", "Moved, as found on 6 January 2025:"),
        ("unreachable", "It did not answer on 6 January 2025"),
        ("alive", "It answered as before on 6 January 2025"),
    ],
)
def test_page_says_what_became_of_the_address(client, condition, words):
    source = PublishedSourceFactory(
        condition=condition, checked_at=LONG_AGO, moved_to="https://example.org/new"
    )
    html = html_of(client, source)
    assert words in html
    assert ("https://example.org/new" in html) == (condition == "moved")


def test_archived_copy_comes_before_the_dead_address(client, source):
    def first() -> bool:
        html = html_of(client, source)
        return html.index(f'href="{source.archived_url}"') < html.index(f'href="{source.url}"')

    assert not first()
    source.condition, source.checked_at = Source.Condition.DEAD, timezone.now()
    source.save()
    assert first()


def test_yearbook_is_named_by_its_number_and_misses_no_address(client):
    book = PublishedSourceFactory(url="", medium="print", identifier="ISBN 978-7-5037-9600-5")
    html = html_of(client, book)
    assert html.count("ISBN 978-7-5037-9600-5") == 2
    assert "In print or otherwise offline" in html
    assert "none recorded" not in html
    assert "ISBN 978-7-5037-9600-5" in client.get("/sources/").content.decode()
