"""Columns of our own: rich text is clean when it is stored, dates and periods are checked in forms."""

import pytest
from django.core.exceptions import ValidationError

from ecosystem.models import Article, Metric, Organization
from ecosystem.models.fields import RichTextField
from tests.factories import DraftArticleFactory, DraftOrganizationFactory

pytestmark = pytest.mark.django_db
HOSTILE = '<p onclick="alert(1)">a<script>alert(1)</script></p>'


def test_rich_text_is_cleaned_by_the_form():
    article = DraftArticleFactory.build(body=HOSTILE, standfirst=HOSTILE)
    article.full_clean()
    assert (article.body, article.standfirst) == ("<p>a</p>", "a")


def test_rich_text_is_cleaned_when_it_is_stored_without_a_form():
    article = DraftArticleFactory(body=HOSTILE, standfirst=HOSTILE)
    stored = Article.objects.get()
    assert (article.body, stored.body, stored.standfirst) == ("<p>a</p>", "<p>a</p>", "a")


def test_rich_text_is_cleaned_by_a_bulk_insert():
    Organization.objects.bulk_create([DraftOrganizationFactory.build(description=HOSTILE)])
    assert Organization.objects.get().description == "<p>a</p>"


def test_migrations_know_whether_a_text_is_inline():
    for name, is_inline in (("body", False), ("standfirst", True)):
        _name, path, args, options = Article._meta.get_field(name).deconstruct()
        assert path == "ecosystem.models.fields.RichTextField"
        assert RichTextField(*args, **options).inline is is_inline


@pytest.mark.parametrize("text", ["1990", "1990-04", "1990-04-18", ""])
def test_partial_dates_are_taken(text):
    DraftOrganizationFactory.build(founded=text).full_clean()


def test_year_of_three_digits_is_kept_with_four_as_it_sorts():
    """Hunan University was founded in 976."""
    organizations = [
        DraftOrganizationFactory.build(founded=text) for text in ("976", "976-05", "0976", "1976")
    ]
    for one in organizations:
        one.full_clean()
    assert [one.founded for one in organizations] == ["0976", "0976-05", "0976", "1976"]


@pytest.mark.parametrize("text", ["April 1990", "1990-13", "90"])
def test_other_dates_are_refused_with_the_reason(text):
    with pytest.raises(ValidationError) as refused:
        DraftOrganizationFactory.build(founded=text).full_clean()
    (message,) = refused.value.message_dict["founded"]
    assert message.startswith(f"“{text}” ")


def test_texts_that_may_hold_figures_are_rich_texts():
    rich = {
        f"{model.__name__}.{field.name}"
        for model in (Article, Metric, Organization)
        for field in model._meta.fields
        if isinstance(field, RichTextField)
    }
    names = ["Article.standfirst", "Article.body", "Metric.definition", "Metric.comparability_note"]
    names += ["Organization.summary", "Organization.description"]
    assert rich == {*names, *(f"{name}_zh" for name in names)}
