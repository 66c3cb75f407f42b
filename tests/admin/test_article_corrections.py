"""Our error in a value: the page that confirms its correction offers corrections of the articles that showed it."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from ecosystem.domain import figure_records, revisions
from ecosystem.models import Article, Correction, Observation
from tests.admin.forms import confirmed, filled
from tests.factories import (
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    ReaderOfTheAdminFactory,
)

pytestmark = pytest.mark.django_db
FIGURE = '<figure-ref metric="chips"></figure-ref>'
OFFERED = "Chips, 2024: this article now says 500 companies instead of 400 companies."


@pytest.fixture
def value() -> Observation:
    metric = PublishedMetricFactory(slug="chips", name="Chips", name_zh="芯片")
    return PublishedObservationFactory(metric=metric, period="2024", value=Decimal(400))


@pytest.fixture
def article(value) -> Article:
    made = PublishedArticleFactory(title="Story", standfirst=f"It made {FIGURE}.", body="")
    figure_records.record_references(made)
    return made


def asked(client, value, reason="our-error"):
    """The page that confirms the correction."""
    address = reverse("admin:ecosystem_observation_correct", args=[value.pk])
    typed = {"supersede_reason": reason, "supersede_note": "Misread.", "value": "500"}
    return client.post(address, filled(client.get(address), **typed), follow=True)


def name(article, field: str) -> str:
    return f"_correction-{article.pk}-{field}"


def numbers() -> list[int]:
    return [int(value.value) for value in Observation.objects.current()]


def of_articles() -> list[str]:
    found = Correction.objects.filter(article__isnull=False).order_by("pk")
    return [one.text.replace("\u00a0", " ") for one in found]


def test_offered_correction_is_published_with_the_value(admin_client, value, article):
    page = asked(admin_client, value)
    assert (numbers(), of_articles()) == ([400], [])
    done = confirmed(admin_client, page)
    assert (numbers(), of_articles()) == ([500], [OFFERED])
    assert "“Story” has a correction for its readers." in [str(one) for one in done.context["messages"]]
    assert OFFERED in admin_client.get(article.get_absolute_url()).content.decode().replace("\u00a0", " ")


def test_editor_words_it_otherwise(admin_client, value, article):
    confirmed(
        admin_client, asked(admin_client, value), **{name(article, "text"): "We had misread the table."}
    )
    assert of_articles() == ["We had misread the table."]


def test_correction_that_is_left_out_is_not_published(admin_client, value, article):
    page = asked(admin_client, value)
    sent = filled(page)
    del sent[name(article, "is_added")]
    admin_client.post(page.request["PATH_INFO"], sent | {name(article, "text"): ""}, follow=True)
    assert (numbers(), of_articles()) == ([500], [])


@pytest.mark.parametrize("text", ["", "x" * 401])
def test_text_that_cannot_be_stored_comes_back_and_nothing_is_done(admin_client, value, article, text):
    page = confirmed(admin_client, asked(admin_client, value), **{name(article, "text"): text})
    (offer,) = page.context["offers"]
    assert (list(offer.errors), offer["text"].value(), page.context["is_outdated"]) == (["text"], text, False)
    assert (numbers(), of_articles()) == ([400], [])
    confirmed(admin_client, page, **{name(article, "text"): "Now with words."})
    assert (numbers(), of_articles()) == ([500], ["Now with words."])


def test_article_whose_sentences_are_all_pinned_gets_no_correction(
    admin_client, value, article, time_machine
):
    page = asked(admin_client, value)
    keys = [one.sentence.key for one in page.context["ripple"].changes if one.sentence]
    done = confirmed(admin_client, page, _pinned=keys)
    assert (numbers(), of_articles()) == ([500], [])
    assert "“Story” got no correction: all its sentences keep what they said." in [
        str(one) for one in done.context["messages"]
    ]


def test_other_reasons_offer_nothing(admin_client, value, article):
    page = asked(admin_client, value, "source-revised")
    assert list(page.context["offers"]) == []
    confirmed(admin_client, page)
    assert (numbers(), of_articles()) == ([500], [])


def test_what_changed_meanwhile_is_offered_anew_with_todays_words(admin_client, value, article):
    page = asked(admin_client, value)
    other = PublishedArticleFactory(title="Second", standfirst=f"So {FIGURE}.", body="")
    figure_records.record_references(other)
    again = confirmed(admin_client, page)
    assert (again.context["is_outdated"], numbers()) == (True, [400])
    confirmed(admin_client, again)
    assert of_articles() == [OFFERED, OFFERED]


def told_later(client, value, article):
    """The value is corrected without a correction of the article; where the page for later is."""
    page = asked(client, value)
    sent = filled(page)
    del sent[name(article, "is_added")]
    done = client.post(page.request["PATH_INFO"], sent, follow=True)
    return done, reverse("admin:ecosystem_observation_tell", args=[value.pk])


@pytest.fixture
def shown_before(article, editor):
    """The state of the article from before the correction, as readers saw it."""
    revisions.record(article, by=editor)
    return article


def test_what_was_left_out_is_offered_again(admin_client, value, shown_before):
    done, later = told_later(admin_client, value, shown_before)
    assert f'<a href="{later}">' in done.content.decode()
    page = admin_client.get(reverse("admin:ecosystem_observation_change", args=[value.pk]))
    assert f'href="{later}"' in page.content.decode()
    done = admin_client.post(later, filled(admin_client.get(later)), follow=True)
    assert of_articles() == [OFFERED]
    assert "“Story” has a correction for its readers." in [str(one) for one in done.context["messages"]]
    again = admin_client.get(later)
    assert (again.context["offers"], "No article has to tell its readers" in again.content.decode()) == (
        [],
        True,
    )


def test_offer_that_is_left_out_once_more_stays_open(admin_client, value, shown_before):
    _done, later = told_later(admin_client, value, shown_before)
    admin_client.post(later, {name(shown_before, "text"): ""})
    assert of_articles() == []
    assert len(admin_client.get(later).context["offers"]) == 1


def test_offer_without_words_says_what_to_do_and_stores_nothing(admin_client, value, shown_before):
    _done, later = told_later(admin_client, value, shown_before)
    answer = admin_client.post(later, {name(shown_before, "is_added"): "on", name(shown_before, "text"): " "})
    assert "Say what was wrong, or leave this correction out." in answer.content.decode()
    assert of_articles() == []


def test_value_that_was_no_error_has_no_such_button(admin_client, value, article):
    confirmed(admin_client, asked(admin_client, value, reason="source-revised"))
    page = admin_client.get(reverse("admin:ecosystem_observation_change", args=[value.pk]))
    assert (b"/tell/" in page.content, numbers()) == (False, [500])


def test_author_may_not_tell(client, value, shown_before):
    author = ReaderOfTheAdminFactory()
    author.groups.add(Group.objects.get(name="Author"))
    client.force_login(author)
    later = reverse("admin:ecosystem_observation_tell", args=[value.pk])
    assert (client.get(later).status_code, client.post(later).status_code) == (403, 403)
