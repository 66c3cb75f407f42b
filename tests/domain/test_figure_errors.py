"""What is wrong with references in a text is said to editors in a sentence each, with what to write instead."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import override

from ecosystem.domain import figure_errors
from ecosystem.domain.figure_errors import reference_errors
from ecosystem.models import Metric
from ecosystem.values import figure_references
from ecosystem.values.figure_references import FigureReferenceError
from tests.factories import (
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedSourceFactory,
    UnitFactory,
    UnopenedSourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def gdp() -> Metric:
    return PublishedMetricFactory(slug="gdp")


def ref(slug="gdp", **attributes) -> str:
    said = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<figure-ref metric="{slug}"{said}></figure-ref>'


def test_good_references_have_no_errors(gdp):
    value = PublishedObservationFactory(metric=gdp, period="2024")
    PublishedObservationFactory(metric=gdp, period="2023", source=value.source)
    note = f'<source-note source="{value.source.slug}">Of {ref()}.</source-note>'
    texts = [
        ref(),
        ref(period="2024", source=value.source.slug),
        ref(form="change"),
        ref(form="change", since="2023"),
        ref(form="share", of="gdp"),
        ref(known_on="2025-03-01"),
        note,
    ]
    assert reference_errors(f"<p>{''.join(texts)}</p>") == []


def test_errors_of_references_say_what_to_do(gdp):
    PublishedObservationFactory(metric=gdp, period="2023")
    value = PublishedObservationFactory(metric=gdp, period="2024-Q1")
    PublishedObservationFactory(metric=gdp, period="2024-Q1", source=PublishedSourceFactory(slug="bureau"))
    source = UnopenedSourceFactory(slug="named")
    text = (
        ref(period="2022")
        + ref(source="named", period="2023")
        + ref(form="long")
        + ref(form="share", of="gdp", since="2020")
        + ref(period="2024-13")
        + '<figure-ref period="2024"></figure-ref><cited-figure source="nowhere">4</cited-figure>'
        + f'<source-note source="{source.slug}"></source-note><source-note source="burea"></source-note>'
    )
    other = Metric.objects.get(slug="gdp").observations.get(period="2023").source.slug
    assert value.source.slug != other
    assert reference_errors(text) == [
        "figure-ref metric=gdp period=2022: no public value. Periods with one: 2023, 2024-Q1.",
        f"figure-ref metric=gdp period=2023 source=named: no public value from that source. Sources with one: {other}.",
        "figure-ref metric=gdp: form “long” is not one of unit, value, short, change, share, rank.",
        "figure-ref metric=gdp: since belongs to form “change”, and the form is “share”.",
        "figure-ref metric=gdp: “2024-13” names a month or day that does not exist.",
        'A figure-ref names no metric. Write metric="gdp", for example.',
        "There is no public source “burea”. Did you mean bureau?",
        "There is no public source “nowhere”. Look its slug up in the list of sources.",
    ]


def test_unknown_metric_is_answered_with_the_nearest_ones(gdp):
    PublishedMetricFactory(slug="gdp-growth")
    assert reference_errors(ref("gdpp") + ref("zzz")) == [
        "figure-ref metric=gdpp period=latest: there is no public metric “gdpp”. Did you mean gdp?",
        "figure-ref metric=zzz period=latest: there is no public metric “zzz”. "
        "Look its slug up in the list of metrics.",
    ]
    assert reference_errors(ref("gd")) == [
        "figure-ref metric=gd period=latest: there is no public metric “gd”. Did you mean gdp, gdp-growth?"
    ]


def test_period_without_value_is_answered_with_the_nearest_five(gdp):
    for year in range(2010, 2020):
        PublishedObservationFactory(metric=gdp, period=str(year))
    assert reference_errors(ref(period="2023")) == [
        "figure-ref metric=gdp period=2023: no public value. Periods with one: 2015, 2016, 2017, 2018, 2019."
    ]


def test_metric_without_any_public_value_says_so(gdp):
    assert reference_errors(ref()) == ["figure-ref metric=gdp period=latest: no public value."]


def test_day_of_knowledge_must_have_come(gdp):
    PublishedObservationFactory(metric=gdp)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert reference_errors(ref(known_on=tomorrow)) == [
        f"figure-ref metric=gdp period=latest known-on={tomorrow}: that day has not come yet. Choose a past day."
    ]
    assert reference_errors(ref(known_on="2001-01-01")) == [
        "figure-ref metric=gdp period=latest known-on=2001-01-01: no public value."
    ]


def test_change_needs_an_earlier_value_that_it_can_be_compared_with(gdp):
    PublishedObservationFactory(metric=gdp, period="2024")
    alone = "figure-ref metric=gdp period=latest form=change"
    assert reference_errors(ref(form="change") + ref(form="change", since="2019")) == [
        f"{alone}: no earlier value that 2024 can be compared with, in the same method.",
        f"{alone} since=2019: no earlier public value for 2019. Periods with one: none.",
    ]
    PublishedObservationFactory(metric=gdp, period="2020", method="outdoor only")
    assert reference_errors(ref(form="change", since="2020")) == [
        f"{alone} since=2020: 2020 and 2024 differ in method or length and cannot be compared."
    ]


def test_share_needs_amounts_of_one_kind_and_one_period(gdp):
    PublishedObservationFactory(metric=gdp, period="2024", value=Decimal(5))
    staff = PublishedMetricFactory(slug="staff", unit=UnitFactory(name="people", pattern="{number} people"))
    PublishedObservationFactory(metric=staff, period="2024")
    everyone = PublishedMetricFactory(slug="everyone", unit=gdp.unit)
    PublishedObservationFactory(metric=everyone, period="2023")
    assert reference_errors(ref(form="share", of="staff") + ref(form="share", of="everyone")) == [
        "figure-ref metric=gdp period=latest form=share of=staff: a share needs amounts of one kind, "
        f"and these are {gdp.unit.name} and people.",
        "figure-ref metric=gdp period=latest form=share of=everyone: everyone has no public value for 2024. "
        "Periods with one: 2023.",
    ]
    assert reference_errors(ref(form="share", of="everyon")) == [
        "figure-ref metric=gdp period=latest form=share of=everyon: there is no public metric “everyon”. "
        "Did you mean everyone?"
    ]


CITED = '<cited-figure source="yearbook">4</cited-figure>'


@pytest.mark.parametrize(
    ("html", "pair"),
    [
        (f'<p><figure-ref metric="gdp">{ref()}</figure-ref></p>', ("figure-ref", "figure-ref")),
        (f'<p><figure-ref metric="gdp"> and {ref()} more.</p>', ("figure-ref", "figure-ref")),
        (f'<p><figure-ref metric="gdp"/> and {CITED}</p>', ("figure-ref", "cited-figure")),
        (f'<p><a href="/x/">the <em>{ref()}</em></a></p>', ("a", "figure-ref")),
        (f'<p><a href="/x/">the {CITED}</a></p>', ("a", "cited-figure")),
        ('<cited-figure source="yearbook"><a href="/x/">4</a></cited-figure>', ("cited-figure", "a")),
        (f'<cited-figure source="yearbook">{ref()}</cited-figure>', ("cited-figure", "figure-ref")),
        (f'<cited-figure source="yearbook">{CITED}</cited-figure>', ("cited-figure", "cited-figure")),
    ],
)
def test_figures_and_links_do_not_stand_inside_each_other(html, pair, gdp):
    PublishedObservationFactory(metric=gdp)
    PublishedSourceFactory(slug="yearbook")
    assert reference_errors(html) == [str(figure_errors.NESTINGS[pair])]


def test_neighbours_are_not_inside_each_other(gdp):
    PublishedObservationFactory(metric=gdp)
    PublishedSourceFactory(slug="yearbook")
    assert reference_errors(f'<p>{ref()}{CITED}<a href="/x/">x</a>{ref()}</p><p><a>y</a> {ref()}</p>') == []


def test_words_between_the_tags_are_refused_since_they_would_be_lost(gdp):
    PublishedObservationFactory(metric=gdp)
    assert reference_errors('<p><figure-ref metric="gdp">400</figure-ref></p>') == [
        "figure-ref metric=gdp period=latest: words stand between its tags. Write </figure-ref> right after it."
    ]


def test_sentences_are_those_of_the_values_and_can_be_translated():
    """The pure layer and the translated sentences must say the same, code by code."""
    for code, sentence in figure_references.SENTENCES.items():
        if sentence != "%(problem)s":
            assert str(figure_errors.SENTENCES[code]) == sentence
    assert figure_errors.SENTENCES.keys() == figure_references.SENTENCES.keys()


@pytest.mark.parametrize("text", ["last year", "2024-13"])
def test_bad_period_is_said_in_the_language_of_the_editor(text):
    with pytest.raises(FigureReferenceError) as refused:
        figure_references.reference_from_attributes({"metric": "gdp", "period": text})
    assert figure_errors.sentence_of(refused.value) == str(refused.value)
    with override("zh-hans"):
        assert figure_errors.sentence_of(refused.value) != str(refused.value)
