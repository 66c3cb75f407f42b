"""Which page shows which figure is written down with its sentence and with what readers saw of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from ecosystem.domain import figure_records, figures, publishing, superseding
from ecosystem.domain.rich_text import Renderer
from ecosystem.models import FigureReference, Metric, Observation
from tests.factories import (
    DraftObservationFactory,
    EditorFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    PublishedSourceFactory,
    SuppressionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def gdp() -> Metric:
    return PublishedMetricFactory(slug="gdp")


def ref(slug="gdp", **attributes) -> str:
    said = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<figure-ref metric="{slug}"{said}></figure-ref>'


def recorded(page) -> list[tuple[str, str, str, str, str, str]]:
    rows = FigureReference.objects.filter(**{page._meta.model_name: page}).select_related("shown")
    return [(r.shown.slug, r.period, r.source_slug, r.form, r.field, r.sentence) for r in rows]


def test_references_are_recorded_with_their_sentences(gdp):
    PublishedMetricFactory(slug="patents")
    article = PublishedArticleFactory(
        standfirst=f"It grew to {ref()}.",
        body=f"<h2>Growth</h2><p>First words. The city made {ref(period='2024', form='short')} with "
        f"<em>{ref('patents', source='office')}</em> patents! More.</p>",
        body_zh=f"<p>开头。全市生产总值{ref(period='2024')}。结尾。</p>",
    )
    figure_records.record_references(article)
    both = f"The city made {ref(period='2024', form='short')} with {ref('patents', source='office')} patents!"
    assert recorded(article) == [
        ("gdp", "latest", "", "unit", "standfirst", f"It grew to {ref()}."),
        ("gdp", "2024", "", "short", "body", both),
        ("patents", "latest", "office", "unit", "body", both),
        ("gdp", "2024", "", "unit", "body_zh", f"全市生产总值{ref(period='2024')}。"),
    ]


def test_recording_again_replaces_what_was_recorded(gdp):
    article, other = PublishedArticleFactory.create_batch(2, body=f"<p>{ref()}</p>")
    for page in (article, other, article):
        figure_records.record_references(page)
    assert FigureReference.objects.count() == 2
    article.body = "<p>None.</p>"
    figure_records.record_references(article)
    assert list(FigureReference.objects.values_list("article", flat=True)) == [other.pk]


def test_unknown_and_broken_references_are_not_recorded(gdp):
    organization = PublishedOrganizationFactory(
        summary=f"{ref('unknown')} and {ref(period='soon')} but {ref()} counts", description=""
    )
    figure_records.record_references(organization)
    assert [row[:2] for row in recorded(organization)] == [("gdp", "latest")]


def test_sentence_leaves_notes_out_and_escapes_stay(gdp):
    article = PublishedArticleFactory(
        body=f'<p>A &amp; B have {ref()}.<source-note source="x">Of &lt;all&gt;.</source-note> Next.</p>'
    )
    figure_records.record_references(article)
    assert [row[-1] for row in recorded(article)] == [f"A &amp; B have {ref()}."]


def test_headings_items_and_rows_are_sentences_of_their_own(gdp):
    article = PublishedArticleFactory(
        body=f"<h2>A heading</h2><p>Made {ref()} a year</p><ul><li>One</li><li>Two {ref()}</li></ul>"
        f"<table><tbody><tr><th>2023</th><td>less</td></tr><tr><th>2024</th><td>{ref()}</td></tr></tbody></table>"
    )
    figure_records.record_references(article)
    assert [row[-1] for row in recorded(article)] == [
        f"Made {ref()} a year",
        f"Two {ref()}",
        f"2024 · {ref()}",
    ]


def test_every_attribute_of_a_reference_is_recorded_and_makes_the_same_reference(gdp):
    texts = [
        ref(form="change", since="2020"),
        ref(form="share", of="gdp", period="2024"),
        ref(known_on="2025-03-01", source="bureau"),
    ]
    article = PublishedArticleFactory(body=f"<p>{' '.join(texts)}</p>")
    figure_records.record_references(article)
    rows = figure_records.records_of(article)
    assert [figures.reference_of(row) for row in rows] == list(figures.references(article.body))


def test_figure_in_a_note_is_recorded_with_the_sentence_of_the_note(gdp):
    note = f'<source-note source="x">A note. It counts {ref()}.</source-note>'
    article = PublishedArticleFactory(body=f"<p>A sentence.{note} Another.</p>")
    figure_records.record_references(article)
    assert [row[-1] for row in recorded(article)] == [f"It counts {ref()}."]


def test_cited_figure_is_recorded_with_its_source_words_and_place():
    source = PublishedSourceFactory(slug="yearbook")
    cited = '<cited-figure source="yearbook" locator="p. 3">22.5 <em>billion</em> yuan</cited-figure>'
    article = PublishedArticleFactory(
        body_zh=f"<p>开头。共{cited}。</p>", body=f"<p>It cost {cited}. More.</p>"
    )
    figure_records.record_references(article)
    rows = figure_records.records_of(article)
    assert [(row.cited, row.locator, row.last_text, row.field, row.sentence) for row in rows] == [
        (source, "p. 3", "22.5 billion yuan", "body", "It cost 22.5 billion yuan."),
        (source, "p. 3", "22.5 billion yuan", "body_zh", "共22.5 billion yuan。"),
    ]


def last_texts() -> list[str]:
    rows = FigureReference.objects.order_by("position")
    return [row.last_text.replace("\u00a0", " ") for row in rows]


@pytest.fixture
def article(gdp):
    PublishedObservationFactory(metric=gdp, value=Decimal(1200))
    article = PublishedArticleFactory(body=f"<p>It has {ref()}.</p>", body_zh=f"<p>共有{ref()}。</p>")
    figure_records.record_references(article)
    return article


def seen(article, *, language: str = "en", **options) -> str:
    """The words of the article's text as a reader of that language sees them."""
    with override(language):
        renderer = Renderer(figures.resolve_page(article, "body"), **options)
        return renderer.words(article.body if language == "en" else article.body_zh, language).replace(
            "\u00a0", " "
        )


def test_words_that_readers_see_are_recorded_in_the_language_of_the_text(article):
    assert last_texts() == ["1,200 companies", "1200家"]


def test_correction_brings_the_recorded_words_up_to_date(article, gdp):
    superseding.supersede(
        gdp.observations.get(),
        by=EditorFactory(),
        reason=Observation.SupersedeReason.OUR_ERROR,
        explanation="A digit was lost.",
        value=Decimal(1300),
    )
    assert last_texts() == ["1,300 companies", "1300家"]


def test_publication_of_a_value_brings_the_recorded_words_up_to_date(article, gdp):
    newer = DraftObservationFactory(metric=gdp, period="2025", value=Decimal(1400), standing="reported")
    assert last_texts() == ["1,200 companies", "1200家"]
    publishing.publish(newer, by=EditorFactory())
    assert last_texts() == ["1,400 companies", "1400家"]


def test_withdrawn_figure_is_shown_as_it_was_last_and_never_as_evidence(article, gdp):
    publishing.withdraw(gdp.observations.get(), by=EditorFactory(), notice="It was of another city.")
    assert last_texts() == ["1,200 companies", "1200家"]
    assert (seen(article), seen(article, language="zh-hans")) == ("It has 1,200 companies.", "共有1200家。")
    html = Renderer(figures.resolve_page(article, "body")).render(article.body)
    assert html.replace("\u00a0", " ") == (
        '<p>It has <span class="past" title="No longer available as a record">1,200 companies'
        '<span class="hide"> (no longer available as a record)</span></span>.</p>'
    )


def test_figure_of_a_withdrawn_metric_is_shown_as_it_was_last(article, gdp):
    publishing.withdraw(gdp, by=EditorFactory(), notice="It is not counted any more.")
    assert seen(article) == "It has 1,200 companies."


def test_missing_figure_is_shown_to_editors_by_its_code(article, gdp):
    publishing.withdraw(gdp, by=EditorFactory(), notice="It is not counted any more.")
    renderer = Renderer(figures.resolve_page(article, "body"), marks_missing=True)
    assert renderer.render(article.body) == (
        '<p>It has <mark class="missing" title="This figure cannot be resolved.">'
        "<code>figure-ref metric=&quot;gdp&quot;</code>"
        '<span class="hide"> (cannot be resolved)</span></mark>.</p>'
    )


def test_suppressed_value_is_not_remembered_by_any_text(article, gdp):
    publishing.withdraw(gdp.observations.get(), by=EditorFactory(), notice="By order of a court.")
    SuppressionFactory(metric=gdp)
    assert seen(article) == "It has –."
    figure_records.refresh_last_texts([gdp])
    assert last_texts() == ["", ""]
    call_command("references", "rebuild")
    assert last_texts() == ["", ""]


def test_last_words_are_asked_for_once_and_only_where_a_figure_is_missing(
    article, gdp, django_assert_num_queries
):
    renderer = Renderer(figures.resolve_page(article, "body"))
    with django_assert_num_queries(0):
        renderer.words(article.body)
    publishing.withdraw(gdp, by=EditorFactory(), notice="It is not counted any more.")
    renderer = Renderer(figures.resolve([article.body, article.body_zh]))
    with django_assert_num_queries(1):
        renderer.words(article.body * 3)
        renderer.words(article.body_zh, "zh-hans")


def test_share_and_change_follow_the_metric_that_they_are_of(gdp):
    PublishedObservationFactory(metric=gdp, value=Decimal(50))
    whole = PublishedMetricFactory(slug="all", unit=gdp.unit)
    PublishedObservationFactory(metric=whole, value=Decimal(200))
    figure_records.record_references(PublishedArticleFactory(body=f"<p>{ref(form='share', of='all')}</p>"))
    assert last_texts() == ["25%"]
    whole.observations.update(value=Decimal(100))
    figure_records.refresh_last_texts([whole])
    assert last_texts() == ["50%"]


def test_figure_pinned_to_a_day_keeps_its_words_when_a_value_is_corrected(gdp):
    value = PublishedObservationFactory(metric=gdp, value=Decimal(50))
    day = date(2025, 2, 1).isoformat()
    figure_records.record_references(PublishedArticleFactory(body=f"<p>{ref(known_on=day)} {ref()}</p>"))
    superseding.supersede(
        value,
        by=EditorFactory(),
        reason=Observation.SupersedeReason.SOURCE_REVISED,
        explanation="The office counted again.",
        value=Decimal(60),
    )
    assert last_texts() == ["50 companies", "60 companies"]


def test_check_is_silent_about_records_that_are_as_the_texts_make_them(article, capsys):
    call_command("references", "check")
    assert capsys.readouterr().out == "2 references on 1 page, all as their texts say.\n"


def test_check_names_what_differs_and_rebuild_mends_it(article, gdp, capsys):
    gdp.observations.update(value=Decimal(7))
    FigureReference.objects.filter(field="body_zh").update(sentence="别的。")
    slug = f"article {article.slug}"
    with pytest.raises(CommandError, match="Run manage.py references rebuild") as refused:
        call_command("references", "check")
    assert refused.value.returncode == 1
    assert capsys.readouterr().out.replace("\u00a0", " ").splitlines() == [
        f"{slug}: not recorded: body, figure-ref metric=gdp period=latest, “7 companies”",
        f"{slug}: not recorded: body_zh, figure-ref metric=gdp period=latest, “7家”",
        f"{slug}: out of date: body, figure-ref metric=gdp period=latest, “1,200 companies”",
        f"{slug}: out of date: body_zh, figure-ref metric=gdp period=latest, “1200家”",
    ]
    call_command("references", "rebuild")
    assert capsys.readouterr().out == "2 references on 1 page recorded anew.\n"
    call_command("references", "check")


def test_rebuild_keeps_the_last_words_of_a_withdrawn_figure_and_brings_none_back(article, gdp):
    publishing.withdraw(gdp.observations.get(), by=EditorFactory(), notice="It was of another city.")
    call_command("references", "rebuild")
    assert last_texts() == ["1,200 companies", "1200家"]
    FigureReference.objects.all().delete()
    call_command("references", "rebuild")
    assert last_texts() == ["", ""]


def test_rebuild_removes_records_of_figures_that_a_text_has_lost(article):
    type(article).objects.update(body="<p>None.</p>", body_zh="")
    call_command("references", "rebuild")
    assert FigureReference.objects.count() == 0
