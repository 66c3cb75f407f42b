"""Signatures under warnings: who gave which reason, and when they lapse."""

import pytest
from django.core.exceptions import ValidationError

from ecosystem.domain import checklist
from ecosystem.domain.checklist import ChecklistError
from ecosystem.domain.suppressed_records import places_of
from ecosystem.domain.suppressed_texts import cut_out
from ecosystem.models import SignedWarning
from ecosystem.values.cutting import Cutter
from tests.factories import DraftArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return DraftArticleFactory(body="<p>It sold 3,400 cars. It has one shop.</p><p>It sold 5,600 boats.</p>")


def test_item_without_findings_is_free():
    checklist.require(DraftArticleFactory())


def test_errors_and_unsigned_warnings_forbid_publishing(article, editor):
    article.body += "<h2></h2><p>x</p>"
    with pytest.raises(ChecklistError) as refused:
        checklist.require(article)
    assert refused.value.messages == [
        "Heading 1 is empty. Write its words, or take it out.",
        "Typed without a record or a source: 3,400.",
        "Typed without a record or a source: 5,600.",
    ]


def test_signed_warnings_forbid_nothing(article, editor):
    first, second = checklist.unsigned(article)
    signed = checklist.sign(article, first.key, " The maker says so. ", by=editor)
    assert (signed.kind, signed.key, signed.check_name, signed.reason, signed.signed_by) == (
        "article",
        article.slug,
        "numbers",
        "The maker says so.",
        editor,
    )
    assert checklist.unsigned(article) == [second]
    checklist.sign(article, second.key, "Quoted.", by=editor)
    checklist.require(article)


def test_signature_lapses_with_the_sentence_and_stays_with_the_rest(article, editor):
    for warning in checklist.unsigned(article):
        checklist.sign(article, warning.key, "Quoted.", by=editor)
    article.body = article.body.replace("one shop", "two shops")
    assert checklist.unsigned(article) == []
    article.body = article.body.replace("3,400", "3,500")
    assert [one.message for one in checklist.unsigned(article)] == [
        "Typed without a record or a source: 3,500."
    ]
    assert SignedWarning.objects.count() == 2


def test_signature_of_one_item_or_field_is_none_of_another(article, editor):
    other = DraftArticleFactory(body=article.body)
    checklist.sign_all(article, {one.key: "Quoted." for one in checklist.unsigned(article)}, by=editor)
    assert len(checklist.unsigned(other)) == 2
    article.standfirst = "It sold 3,400 cars."
    assert [one.field for one in checklist.unsigned(article)] == ["standfirst"]


def test_reason_is_required(article, editor):
    (warning, _other) = checklist.unsigned(article)
    with pytest.raises(ValidationError, match="Say why it may stay"):
        checklist.sign(article, warning.key, "  ", by=editor)


def test_what_is_no_warning_cannot_be_signed(article, editor):
    article.body += "<h2></h2><p>x</p>"
    (error,) = [one for one in checklist.findings(article) if one.level == "error"]
    for key in ("0" * 32, error.key):
        with pytest.raises(ValidationError, match="Something has changed since you looked"):
            checklist.sign(article, key, "Quoted.", by=editor)


def test_all_are_signed_or_none(article, editor):
    first, second = checklist.unsigned(article)
    with pytest.raises(ValidationError):
        checklist.sign_all(article, {first.key: "Quoted.", second.key: "x" * 301}, by=editor)
    assert not SignedWarning.objects.exists()


def test_newest_signature_is_shown(article, editor):
    (warning, _other) = checklist.unsigned(article)
    checklist.sign(article, warning.key, "First.", by=editor)
    checklist.sign(article, warning.key, "Second.", by=editor)
    assert [one.reason for one in checklist.signatures(article, checklist.findings(article)).values()] == [
        "Second."
    ]


def test_words_that_are_suppressed_are_found_in_reasons(article, editor):
    (warning, _other) = checklist.unsigned(article)
    signed = checklist.sign(article, warning.key, "Li Ming says so himself.", by=editor)
    cutter = Cutter(["Li Ming"])
    (place,) = places_of(cutter)
    assert str(place) == f"signed warning “{signed}”: reason"
    assert cut_out(place, cutter)
    signed.refresh_from_db()
    assert signed.reason == "says so himself."


def test_names_of_checks_stay():
    """Signatures are kept under them."""
    assert list(checklist.CHECKS) == [
        "references",
        "figures",
        "values",
        "foundations",
        "summary",
        "numbers",
        "advertising",
        "links",
        "relations",
        "pictures",
        "headings",
        "translations",
        "names",
    ]
